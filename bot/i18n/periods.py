"""Reporting periods of either calendar: the month of a day, the month before, the month after."""

from datetime import date, timedelta

from bot.domain.periods import Period
from bot.domain.readers import CalendarName
from bot.i18n.days import day_of, fields, month_span


def period_of(day: date, calendar: CalendarName) -> Period:
    """Give the month of *calendar* that *day* lies in."""
    year, month, _ = fields(day, calendar)
    first_on, last_on = month_span(year, month, calendar)
    return Period(first_on, last_on, f"{year}-{month:02}")


def period_before(period: Period, calendar: CalendarName) -> Period:
    """Give the period that ends the day before *period* begins."""
    return period_of(period.first_on - timedelta(days=1), calendar)


def period_after(period: Period, calendar: CalendarName) -> Period:
    """Give the period that begins the day after *period* ends."""
    return period_of(period.day_after, calendar)


def period_named(key: str, calendar: CalendarName) -> Period:
    """
    Give the period with the key *key*, such as ``2026-10`` or ``1405-08``.

    Raises:
        ValueError: no such month.
    """
    year, month = (int(part) for part in key.split("-"))
    return period_of(day_of(year=year, month=month, day=1, calendar=calendar), calendar)
