"""From a day and an hour on somebody's clock to an instant, also where clocks are changed."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def instant_of(day: date, moment: time, time_zone: str) -> datetime:
    """
    Give the UTC instant at which a clock in *time_zone* shows *moment* on *day*.

    An hour that the clocks skip is read as the hour they show instead, later by the gap (PEP 495); of an hour shown
    twice it is the first.
    """
    return datetime.combine(day, moment, ZoneInfo(time_zone)).astimezone(UTC)


def local_day(at: datetime, time_zone: str) -> date:
    """Give the day that a calendar in *time_zone* shows at the instant *at*."""
    return at.astimezone(ZoneInfo(time_zone)).date()
