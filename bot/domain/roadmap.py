"""How the roadmap fares: health, slippage against the baseline, what has no news, counts beside a month ago's."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.instants import local_day
from bot.domain.milestones import MilestoneState
from bot.domain.obstacles import Severity

WORST_OBSTACLES = 3
NEXT_DUE_DATES = 3


class Health(StrEnum):
    """How a workstream fares; the words are those of the milestones' states."""

    OFF_TRACK = "off track"
    AT_RISK = "at risk"
    ON_TRACK = "on track"
    NOT_STARTED = "not started"
    DONE = "done"
    EMPTY = "empty"


class Standing(Protocol):
    """What of open work decides about health: of one milestone, or of several in one state their earliest dates."""

    @property
    def state(self) -> MilestoneState: ...
    @property
    def start_on(self) -> date: ...
    @property
    def due_on(self) -> date: ...


class Grave(Protocol):
    """What of open obstacles decides about health: of one, or of several that are equally grave."""

    @property
    def severity(self) -> Severity: ...


class Newsworthy(Protocol):
    """What of a milestone decides whether there is news of it; both instants are UTC."""

    @property
    def state(self) -> MilestoneState: ...
    @property
    def start_on(self) -> date: ...
    @property
    def planned_at(self) -> datetime | None: ...
    @property
    def last_entry_at(self) -> datetime | None: ...


class Baselined(Protocol):
    """What of a milestone is held against its baseline."""

    @property
    def state(self) -> MilestoneState: ...
    @property
    def due_on(self) -> date: ...
    @property
    def baseline_due_on(self) -> date | None: ...
    @property
    def finished_on(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class WorkstreamHealth:
    """
    How one workstream fares, and the numbers behind it: milestones open, done, overdue; obstacles open.

    *silent* counts the open milestones without news, *added* those that came after adoption; *slippage* is that of the
    open milestone that has slipped furthest, None where none has a baseline.
    """

    workstream_id: int
    health: Health
    open: int
    done: int
    overdue: int
    obstacles: int
    silent: int = 0
    added: int = 0
    slippage: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Milestones done so far, due within a calendar month, and overdue on a day."""

    done: int
    due_this_month: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The counts of today beside those of the same day a month ago."""

    now: Counts
    month_ago: Counts


def health_of(milestones: Iterable[Standing], obstacles: Iterable[Grave], *, done: int, today: date) -> Health:
    """
    Tell how a workstream fares, by the first of these rules that holds.

    1. Off track: an open milestone is off track or overdue, or an open obstacle is critical.
    2. At risk: an open milestone is at risk, or should have begun and is not started; or an open obstacle is high.
    3. On track: an open milestone is on track.
    4. Not started: milestones are open and none has begun; where some are done already, the work is on track.
    5. Done: nothing is open and something is done.
    6. Empty: there is no milestone.
    """
    milestones = tuple(milestones)
    severities = {obstacle.severity for obstacle in obstacles}
    states = {milestone.state for milestone in milestones}
    is_late = any(is_overdue(milestone, today) for milestone in milestones)
    if MilestoneState.OFF_TRACK in states or is_late or Severity.CRITICAL in severities:
        return Health.OFF_TRACK
    should_have_begun = any(
        milestone.state is MilestoneState.NOT_STARTED and milestone.start_on < today for milestone in milestones
    )
    if MilestoneState.AT_RISK in states or should_have_begun or Severity.HIGH in severities:
        return Health.AT_RISK
    if MilestoneState.ON_TRACK in states or (milestones and done):
        return Health.ON_TRACK
    if milestones:
        return Health.NOT_STARTED
    return Health.DONE if done else Health.EMPTY


def is_overdue(milestone: Standing, today: date) -> bool:
    """Tell whether the due date of an open milestone has passed; on the day itself it has not."""
    return milestone.due_on < today


def slippage(milestone: Baselined, today: date) -> int | None:
    """
    Give by how many days a milestone has slipped against its baseline; fewer than 0 where it is ahead of it.

    What counts is the day it was done; of an open one the due date or, once that has passed, today. None without a
    baseline, and for what was dropped.
    """
    if milestone.baseline_due_on is None or milestone.state is MilestoneState.DROPPED:
        return None
    if milestone.state is MilestoneState.DONE:
        ends_on = milestone.finished_on or milestone.due_on
    else:
        ends_on = max(milestone.due_on, today)
    return (ends_on - milestone.baseline_due_on).days


def silent_since(milestone: Newsworthy, *, today: date, time_zone: str, after_days: int) -> date | None:
    """
    Give since when there is no news of an open milestone that nobody has logged on for *after_days* days, else None.

    The last news is the last entry; where there is none, the later of the planned start and the day it was planned,
    so that work which is to begin next year is "not started" and not "no news". *time_zone* says which day an instant
    belongs to.
    """
    if not milestone.state.is_open:
        return None
    day = _last_news(milestone, time_zone)
    return day if day <= today - timedelta(days=after_days) else None


def _last_news(milestone: Newsworthy, time_zone: str) -> date:
    if milestone.last_entry_at is not None:
        return local_day(milestone.last_entry_at, time_zone)
    if milestone.planned_at is None:
        return milestone.start_on
    return max(milestone.start_on, local_day(milestone.planned_at, time_zone))


def month_ago(today: date) -> date:
    """Give the same day of the last month, or that month's last day where it has no such day."""
    year, month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    return date(year, month, min(today.day, monthrange(year, month)[1]))
