"""From a day and an hour on somebody's clock to an instant, also where clocks are changed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def instant_of(day: date, moment: time, time_zone: str) -> datetime:
    """
    Give the UTC instant at which a clock in *time_zone* shows *moment* on *day*.

    Of an hour that the clocks skip it is the instant at which they do so; of an hour shown twice it is the first.
    """
    zone = ZoneInfo(time_zone)
    local = datetime.combine(day, moment, zone)
    at = local.astimezone(UTC)
    # Two readings of one zone are compared by what their clocks show.
    return at if at.astimezone(zone) == local else _end_of_gap(local, at, zone)


def local_day(at: datetime, time_zone: str) -> date:
    """Give the day that a calendar in *time_zone* shows at the instant *at*."""
    return at.astimezone(ZoneInfo(time_zone)).date()


def _end_of_gap(skipped: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Give the instant at which the clocks of *zone* pass over *skipped*; *after* is its reading by PEP 495."""
    before = skipped.replace(fold=1).astimezone(UTC)
    new_offset = after.astimezone(zone).utcoffset()
    while after - before > timedelta.resolution:
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == new_offset:
            after = middle
        else:
            before = middle
    return after
