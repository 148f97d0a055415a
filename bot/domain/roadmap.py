"""The state of the roadmap in a few words and numbers: how each workstream fares, what is worst, what comes next."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.instants import local_day
from bot.domain.milestones import MilestoneState
from bot.domain.obstacles import ObstacleState, Severity
from bot.domain.working_days import PartyCalendar, shared_days_between

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


@dataclass(frozen=True, slots=True)
class OpenMilestone:
    """What is read of a milestone that is not over. *last_entry_at* is the last progress; both instants are UTC."""

    id: int
    number: int
    workstream_id: int
    state: MilestoneState
    start_on: date
    due_on: date
    planned_at: datetime
    last_entry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenObstacle:
    """What is read of an obstacle that is not over; *workstream_id* is its own or its milestone's. Instants are UTC."""

    id: int
    number: int
    workstream_id: int | None
    severity: Severity
    state: ObstacleState
    raised_at: datetime
    state_changed_at: datetime
    court_party_id: int | None


@dataclass(frozen=True, slots=True)
class WorkstreamHealth:
    """How one workstream fares, and the numbers behind it: milestones open, done, overdue; obstacles open."""

    workstream_id: int
    health: Health
    open: int
    done: int
    overdue: int
    obstacles: int


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


@dataclass(frozen=True, slots=True)
class WorstObstacle:
    """
    An open obstacle with its age, both counted in shared working days.

    *age* is since it was raised; *in_court* since its last change, when the turn of *court_party_id* began.
    """

    obstacle: OpenObstacle
    age: int
    in_court: int


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


def workstream_healths(
    workstream_ids: Sequence[int],
    *,
    milestones: Sequence[OpenMilestone],
    obstacles: Sequence[OpenObstacle],
    done: dict[int, int],
    today: date,
) -> list[WorkstreamHealth]:
    """Tell how each workstream fares, in the order given; *done* counts finished milestones by workstream."""
    found = []
    for workstream_id in workstream_ids:
        mine = [milestone for milestone in milestones if milestone.workstream_id == workstream_id]
        blocking = [obstacle for obstacle in obstacles if obstacle.workstream_id == workstream_id]
        finished = done.get(workstream_id, 0)
        found.append(
            WorkstreamHealth(
                workstream_id=workstream_id,
                health=health_of(mine, blocking, done=finished, today=today),
                open=len(mine),
                done=finished,
                overdue=sum(is_overdue(milestone, today) for milestone in mine),
                obstacles=len(blocking),
            )
        )
    return found


def is_overdue(milestone: Standing, today: date) -> bool:
    """Tell whether the due date of an open milestone has passed; on the day itself it has not."""
    return milestone.due_on < today


def overdue(milestones: Iterable[OpenMilestone], today: date) -> list[OpenMilestone]:
    """Give the overdue milestones, the longest overdue first."""
    return sorted((found for found in milestones if is_overdue(found, today)), key=_by_due_date)


def next_due(milestones: Iterable[OpenMilestone], today: date, *, limit: int = NEXT_DUE_DATES) -> list[OpenMilestone]:
    """Give the open milestones that are due next, today's included."""
    return sorted((found for found in milestones if not is_overdue(found, today)), key=_by_due_date)[:limit]


def without_news(
    milestones: Iterable[OpenMilestone], *, today: date, time_zone: str, after_days: int
) -> list[tuple[OpenMilestone, date]]:
    """
    Give the open milestones that nobody has logged on for *after_days* days, with the day of the last news.

    The last news is the last entry; where there is none, the later of the planned start and the day it was planned,
    so that work which is to begin next year is not asked about. *time_zone* says which day an instant belongs to.
    """
    found = ((milestone, _last_news(milestone, time_zone)) for milestone in milestones)
    silent = [(milestone, day) for milestone, day in found if day <= today - timedelta(days=after_days)]
    return sorted(silent, key=lambda item: (item[1], item[0].number))


def _last_news(milestone: OpenMilestone, time_zone: str) -> date:
    if milestone.last_entry_at is not None:
        return local_day(milestone.last_entry_at, time_zone)
    return max(milestone.start_on, local_day(milestone.planned_at, time_zone))


def worst_obstacles(
    obstacles: Iterable[OpenObstacle],
    *,
    today: date,
    time_zone: str,
    calendars: Sequence[PartyCalendar],
    limit: int = WORST_OBSTACLES,
) -> list[WorstObstacle]:
    """Give the gravest open obstacles, the eldest first; *time_zone* says which day an instant belongs to."""
    worst = sorted(obstacles, key=lambda found: (found.severity.rank, found.raised_at, found.number))[:limit]
    return [
        WorstObstacle(
            obstacle=found,
            age=shared_days_between(local_day(found.raised_at, time_zone), today, calendars),
            in_court=shared_days_between(local_day(found.state_changed_at, time_zone), today, calendars),
        )
        for found in worst
    ]


def month_ago(today: date) -> date:
    """Give the same day of the last month, or that month's last day where it has no such day."""
    year, month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def _by_due_date(milestone: OpenMilestone) -> tuple[date, int]:
    return milestone.due_on, milestone.number
