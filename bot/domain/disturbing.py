"""When a person may be disturbed by a reminder: their own hours, their party's working days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.instants import instant_of, local_day
from bot.domain.members import QuietHours
from bot.domain.working_days import SCAN_DAYS, NoWorkingDay, PartyCalendar

_MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of one day in which reminders may go, from *opens_at* until just before *closes_at*, both UTC."""

    opens_at: datetime
    closes_at: datetime

    def covers(self, at: datetime) -> bool:
        """Tell whether a reminder may go at *at*."""
        return self.opens_at <= at < self.closes_at


@dataclass(frozen=True, slots=True)
class Hours:
    """
    The hours of one receiver: zone, quiet hours, the hour of reminders, and the calendar whose days off are kept.

    *calendar* None keeps none.
    """

    time_zone: str
    quiet: QuietHours
    reminder_time: time
    calendar: PartyCalendar | None

    def is_working(self, day: date) -> bool:
        """Tell whether reminders may go on *day* at all."""
        return self.calendar is None or self.calendar.is_working(day)

    def day_of(self, at: datetime) -> date:
        """Give the receiver's own day at an instant."""
        return local_day(at, self.time_zone)

    def window(self, day: date) -> Window | None:
        """
        Give the window of *day*: from the hour of reminders until quiet hours or the day's end.

        Where that hour is quiet, the next hour of the day that is not; where none is left, the last waking stretch
        before it. None where clocks that were set forward swallow the whole of it, or the day.
        """
        stretches = _waking(self.quiet)
        begin = self.reminder_time
        left = [(max(start, begin), end) for start, end in stretches if end is None or end > begin]
        start, end = left[0] if left else stretches[-1]
        opens_at = instant_of(day, start, self.time_zone)
        closes_at = instant_of(day + timedelta(days=end is None), end or _MIDNIGHT, self.time_zone)
        return Window(opens_at, closes_at) if opens_at < closes_at else None

    def next_waking(self, at: datetime) -> tuple[datetime, Window]:
        """
        Give the first instant from *at* on at which a reminder may go, and the window that it falls into.

        Raises:
            NoWorkingDay: none within SCAN_DAYS.
        """
        today = self.day_of(at)
        for n in range(SCAN_DAYS):
            day = today + timedelta(days=n)
            window = self.window(day) if self.is_working(day) else None
            if window is not None and at < window.closes_at:
                return max(at, window.opens_at), window
        raise NoWorkingDay(today)

    def next_morning(self, at: datetime) -> tuple[datetime, Window]:
        """Give when reminders begin on the first working day after the day of *at*; raises NoWorkingDay."""
        return self.next_waking(instant_of(self.day_of(at) + timedelta(days=1), _MIDNIGHT, self.time_zone))


def _waking(quiet: QuietHours) -> list[tuple[time, time | None]]:
    """Give the stretches of a day that are not quiet, in order; None ends one at midnight."""
    if quiet.start == quiet.end:
        return [(_MIDNIGHT, None)]
    if quiet.start > quiet.end:
        return [(quiet.end, quiet.start)]
    late: list[tuple[time, time | None]] = [(quiet.end, None)]
    return late if quiet.start == _MIDNIGHT else [(_MIDNIGHT, quiet.start), *late]
