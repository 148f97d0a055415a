"""Working days of one party, and the days on which all parties work."""

from calendar import monthrange
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.errors import DomainError

SCAN_DAYS = 400
COUNT_DAYS = 3660
_DAY = timedelta(days=1)


@dataclass(unsafe_hash=True)
class NoWorkingDay(DomainError):
    """No working day within SCAN_DAYS of *after*: the weekends of the parties leave none."""

    after: date


@dataclass(frozen=True, slots=True)
class Wait:
    """How long something waits or is still ahead: the days on which all parties work, and the days of the calendar."""

    shared_days: int
    calendar_days: int


@dataclass(frozen=True, slots=True)
class PartyCalendar:
    """
    When a party works. *weekend* holds ``date.weekday()`` numbers; *days_off* its public holidays.

    *worked* are days on which it works all the same, weekend or not: a Saturday given for a Friday.
    """

    weekend: frozenset[int]
    days_off: Container[date]
    worked: Container[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Tell whether the party works on *day*."""
        return day in self.worked or (day.weekday() not in self.weekend and day not in self.days_off)

    def working_day_from(self, day: date) -> date:
        """Give *day* itself or the first working day after it; raises NoWorkingDay."""
        return next(_shared_days(day - _DAY, 1, (self,)))

    def next_working_day(self, day: date) -> date:
        """Give the first working day after *day*; raises NoWorkingDay."""
        return next(_shared_days(day, 1, (self,)))


def is_shared(day: date, calendars: Sequence[PartyCalendar]) -> bool:
    """Tell whether every party works on *day*."""
    return all(calendar.is_working(day) for calendar in calendars)


def shared_day_after(day: date, nth: int, calendars: Sequence[PartyCalendar]) -> date:
    """
    Give the *nth* shared working day strictly after *day*; a negative *nth* counts strictly before it, 0 is *day*.

    Raises:
        NoWorkingDay: the calendars share no working day within SCAN_DAYS.
    """
    if nth == 0:
        return day
    days = _shared_days(day, 1 if nth > 0 else -1, calendars)
    found = day
    for _ in range(abs(nth)):
        found = next(days)
    return found


def shared_days_between(after: date, until: date, calendars: Sequence[PartyCalendar]) -> int:
    """Count shared working days after *after* up to and with *until*; 0 when it is not later. Stops at COUNT_DAYS."""
    span = min((until - after).days, COUNT_DAYS)
    return sum(is_shared(after + timedelta(days=n), calendars) for n in range(1, span + 1))


def waited(after: date, until: date, calendars: Sequence[PartyCalendar]) -> Wait:
    """Measure the wait from *after* to *until*, days of one zone; none at all when *until* is not later."""
    return Wait(shared_days_between(after, until, calendars), max(0, (until - after).days))


def last_shared_day(first_on: date, last_on: date, calendars: Sequence[PartyCalendar]) -> date:
    """Give the last shared working day from *first_on* to *last_on*, or *last_on* where there is none."""
    for back in range((last_on - first_on).days + 1):
        day = last_on - timedelta(days=back)
        if is_shared(day, calendars):
            return day
    return last_on


def month_after(day: date) -> tuple[date, date]:
    """Give the first and last day of the Gregorian month that follows the month of *day*."""
    first_on = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return first_on, first_on.replace(day=monthrange(first_on.year, first_on.month)[1])


def default_due_on(
    today: date,
    calendars: Sequence[PartyCalendar],
    month: tuple[date, date] | None = None,
) -> date:
    """
    Give the due date of a milestone that nobody has chosen: the last shared working day of next month.

    *month* gives the bounds of the next month of another calendar; the Gregorian one is the default.
    """
    first_on, last_on = month or month_after(today)
    return last_shared_day(first_on, last_on, calendars)


def _shared_days(day: date, step: int, calendars: Sequence[PartyCalendar]) -> Iterator[date]:
    last = day
    for n in range(1, COUNT_DAYS + 1):
        candidate = day + timedelta(days=n * step)
        if is_shared(candidate, calendars):
            last = candidate
            yield candidate
        elif abs((candidate - last).days) > SCAN_DAYS:
            break
    raise NoWorkingDay(day)
