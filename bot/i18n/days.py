"""Days and months in two calendars and three languages."""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from persiantools.jdatetime import JalaliDate

from bot.domain.readers import CalendarName, Language
from bot.i18n import tables

_MOST_DAYS = 4096  # eleven years of days; a card asks for the same few again and again


@lru_cache(maxsize=_MOST_DAYS)
def fields(day: date, calendar: CalendarName) -> tuple[int, int, int]:
    """Give year, month and day of *day* in *calendar*."""
    if calendar == "gregorian":
        return day.year, day.month, day.day
    solar = JalaliDate(day)  # type: ignore[no-untyped-call]  # the library leaves its constructor bare
    return solar.year, solar.month, solar.day


def days_in_month(year: int, month: int, calendar: CalendarName) -> int:
    """Count the days of a month; *month* is 1 to 12."""
    if calendar == "gregorian":
        return monthrange(year, month)[1]
    return JalaliDate.days_in_month(month, year)


def day_of(*, year: int, month: int, day: int, calendar: CalendarName) -> date:
    """
    Give the day that a calendar's fields name.

    Raises:
        ValueError: there is no such day.

    """
    if calendar == "gregorian":
        return date(year, month, day)
    solar = JalaliDate(year, month, day)  # type: ignore[no-untyped-call]  # as above
    return solar.to_gregorian()


def other(calendar: CalendarName) -> CalendarName:
    """Give the calendar that stands in parentheses."""
    return "persian" if calendar == "gregorian" else "gregorian"


@lru_cache(maxsize=_MOST_DAYS)
def long_day(day: date, language: Language, calendar: CalendarName) -> str:
    """Write ``2 آذر 1405``, ``23 ноябри соли 2026`` or ``23 November 2026``, in Latin digits."""
    year, month, number = fields(day, calendar)
    return named_day(year=year, month=month, day=number, language=language, calendar=calendar)


def named_day(*, year: int, month: int, day: int, language: Language, calendar: CalendarName) -> str:
    """Write the fields of a day as `long_day` does, of one that does not exist too, in Latin digits."""
    name = tables.MONTHS[calendar, language][month - 1]
    return tables.LONG_DAY[language].format(day=day, month=name, year=year)


@lru_cache(maxsize=_MOST_DAYS)
def short_day(day: date, language: Language, calendar: CalendarName) -> str:
    """Write ``1405/09/02``, ``23.11.2026`` or ``23 Nov 2026``, in Latin digits."""
    year, month, number = fields(day, calendar)
    name = tables.MONTHS[calendar, language][month - 1]
    return tables.SHORT_DAY[calendar, language].format(day=number, month=month, year=year, name=name)


def month_span(year: int, month: int, calendar: CalendarName) -> tuple[date, date]:
    """Give the first and the last day of a calendar's month."""
    first = day_of(year=year, month=month, day=1, calendar=calendar)
    return first, first + timedelta(days=days_in_month(year, month, calendar) - 1)


def month_of(day: date, calendar: CalendarName) -> tuple[date, date]:
    """Give the first and the last day of the month of *calendar* that *day* lies in."""
    year, month, _ = fields(day, calendar)
    return month_span(year, month, calendar)


def month_name(year: int, month: int, *, language: Language, calendar: CalendarName) -> str:
    """Write ``اکتبر 2026``, ``октябри соли 2026`` or ``October 2026``, in Latin digits."""
    name = tables.MONTHS[calendar, language][month - 1]
    return tables.MONTH_OF_YEAR[language].format(month=name, year=year)


def span(first: date, last: date, *, language: Language, calendar: CalendarName) -> str:
    """Write a range in words, the year once where both ends share it, in Latin digits."""
    year, month, number = fields(first, calendar)
    opening = long_day(first, language, calendar)
    if year == fields(last, calendar)[0]:
        name = tables.MONTHS[calendar, language][month - 1]
        opening = tables.DAY_OF_MONTH[language].format(day=number, month=name)
    return tables.SPAN[language].format(first=opening, last=long_day(last, language, calendar))
