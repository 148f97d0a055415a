"""The months that a group reports on."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.instants import instant_of


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A reporting period; *key* is year and month of the group's own calendar, such as ``2026-10`` or ``1405-08``."""

    first_on: date
    last_on: date
    key: str

    @property
    def day_after(self) -> date:
        """The first day that is no longer of the period."""
        return self.last_on + timedelta(days=1)

    def ended_at(self, time_zone: str) -> datetime:
        """Give the UTC instant at which the period ends on the clocks of *time_zone*."""
        return instant_of(self.day_after, time(0), time_zone)


def gregorian_month(day: date) -> Period:
    """Give the Gregorian month that *day* lies in."""
    last = monthrange(day.year, day.month)[1]
    return Period(first_on=day.replace(day=1), last_on=day.replace(day=last), key=f"{day.year}-{day.month:02}")
