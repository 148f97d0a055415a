"""The days of a report's reminder ladder: when it opens, is due and is escalated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.groups import Receiver, ReportingRules, ReportRung
from bot.domain.instants import instant_of
from bot.domain.periods import Period
from bot.domain.working_days import PartyCalendar, shared_day_after


@dataclass(frozen=True, slots=True)
class RungDay:
    """One step on its day. *code* is the rung in keys: ``opens``, ``d-3``, ``d``, ``d+1``; *offset* None is "opens"."""

    code: str
    offset: int | None
    day: date
    to: frozenset[Receiver]


@dataclass(frozen=True, slots=True)
class Ladder:
    """All that the calendar says about the report of one period; *due_at* is UTC, *rungs* are in order of days."""

    period: Period
    opens_on: date
    due_on: date
    due_at: datetime
    rungs: tuple[RungDay, ...]


def ladder(period: Period, rules: ReportingRules, calendars: Sequence[PartyCalendar]) -> Ladder:
    """
    Work out the days of a period's ladder, counted in shared working days after the period.

    A rung that would fall into the period itself is left out. Rungs that meet on one day become the higher one, for
    all who are named by any of them: nobody gets two messages a day.

    Raises:
        NoWorkingDay: the parties share none.
    """
    opens_on = shared_day_after(period.last_on, 1, calendars)
    due_on = shared_day_after(period.last_on, rules.due_shared_working_day, calendars)
    by_day: dict[date, RungDay] = {}
    for rung in sorted(rules.rungs, key=_height):
        day = opens_on if rung.offset is None else shared_day_after(due_on, rung.offset, calendars)
        if day <= period.last_on:
            continue
        lower = by_day[day].to if day in by_day else frozenset()
        by_day[day] = RungDay(code=rung_code(rung.offset), offset=rung.offset, day=day, to=lower | frozenset(rung.to))
    return Ladder(
        period=period,
        opens_on=opens_on,
        due_on=due_on,
        due_at=instant_of(due_on, rules.due_time, rules.due_time_zone),
        rungs=tuple(by_day[day] for day in sorted(by_day)),
    )


def rung_code(offset: int | None) -> str:
    """Give the rung's name in keys, made of its number and not of the group's words for it."""
    if offset is None:
        return "opens"
    return f"d{offset:+d}" if offset else "d"


def _height(rung: ReportRung) -> tuple[bool, int]:
    return rung.offset is not None, rung.offset or 0
