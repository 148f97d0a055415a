"""Months as a calendar on the wall shows them: weeks of seven days, and the months around."""

from datetime import date, timedelta

from bot.domain.readers import CalendarName, Language
from bot.i18n import tables
from bot.i18n.days import fields, month_of, month_span

_DAYS_OF_WEEK = 7

Week = tuple[date | None, ...]


def weekdays(language: Language, calendar: CalendarName) -> tuple[int, ...]:
    """Give the seven ``date.weekday()`` numbers in the order in which a reader's week has them."""
    first = tables.FIRST_WEEKDAY[calendar, language]
    return tuple((first + column) % _DAYS_OF_WEEK for column in range(_DAYS_OF_WEEK))


def weeks(day: date, *, language: Language, calendar: CalendarName) -> list[Week]:
    """Give the month of *calendar* that *day* lies in, week by week; None stands for days of the months around."""
    first_on, last_on = month_of(day, calendar)
    before = weekdays(language, calendar).index(first_on.weekday())
    places: list[date | None] = [None] * before
    places += [first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1)]
    places += [None] * (-len(places) % _DAYS_OF_WEEK)
    return [tuple(places[start : start + _DAYS_OF_WEEK]) for start in range(0, len(places), _DAYS_OF_WEEK)]


def month_away(day: date, months: int, calendar: CalendarName) -> tuple[date, date]:
    """Give the bounds of the month that is *months* after that of *day*, or before it where that is negative."""
    year, month, _ = fields(day, calendar)
    years, place = divmod(month - 1 + months, 12)
    return month_span(year + years, place + 1, calendar)
