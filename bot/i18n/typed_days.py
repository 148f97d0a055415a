"""Days as people type them, in two calendars and any usual order; what is unclear is asked about, never guessed."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from bot.domain.readers import CalendarName
from bot.domain.typed_values import AmbiguousDate, ImpossibleDate, NotADate
from bot.i18n import days, month_names
from bot.i18n.folding import fold

_FIRST_GREGORIAN_YEAR = 1700  # a year below is Solar Hijri
_YEARS = range(1000, 3000)
_CENTURIES: dict[CalendarName, int] = {"gregorian": 2000, "persian": 1400}
# Readings of two-digit years further away than this are dropped while a nearer one remains.
_FAR = timedelta(days=20 * 365)
_MONTHS_OF_YEAR = 12

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_THREE = re.compile(r"(\d{1,4}) ?([-./ ]) ?(\d{1,2}) ?\2 ?(\d{1,4})")
_TWO = re.compile(r"(\d{1,2}) ?([-./]) ?(\d{1,2})")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_PARENTHESES = re.compile(r"(.+?) ?\(([^()]+)\)")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+")
_ENDS = " .,،؛;:!?؟"
# Letters of a Latin keyboard that look Cyrillic, in small or in capitals; they slip into Cyrillic words unseen.
_CYRILLIC_WORD = re.compile(r"\b(?=\w*[a-z])(?=\w*[а-яғқҳҷӣӯ])[^\W\d_]+\b")
_LATIN_SLIPS = str.maketrans("abcehkmoptxy", "авсенкмортху")


class _Fields(NamedTuple):
    """A reading before anybody knows whether the day exists."""

    calendar: CalendarName
    year: int
    month: int
    day: int

    def named_day(self) -> date | None:
        try:
            return days.day_of(year=self.year, month=self.month, day=self.day, calendar=self.calendar)
        except ValueError:
            return None


def read_day(text: str, *, today: date, is_spoken: bool = False) -> date:
    """
    Read the day that *text* names: ``2026-10-31``, ``31.10.2026``, ``۹ آبان ۱۴۰۵``, ``31 октябри 2026``, ``31 Oct``.

    A year below 1700 is Solar Hijri. Without a year it is the next such day, *today* included. What *is_spoken* may be
    counted from today: ``tomorrow``, ``панҷшанбе``; the weekday that is today's may mean today or a week ahead.

    Raises:
        NotADate: no day can be read.
        ImpossibleDate: the month has not so many days.
        AmbiguousDate: it fits more than one day.

    """
    folded = _DASHES.sub("-", fold(text))
    folded = _CYRILLIC_WORD.sub(lambda word: word[0].translate(_LATIN_SLIPS), folded)
    if is_spoken and (spoken := _from_today(folded.strip(_ENDS), today)):
        if len(spoken) > 1:
            raise AmbiguousDate(text, spoken)
        return spoken[0]
    both = _PARENTHESES.fullmatch(folded.strip(_ENDS))
    if both is None:
        return _one(folded, text=text, today=today)
    first = _one(both[1], text=text, today=today)
    try:
        second = _one(both[2], text=text, today=today)
    except NotADate:
        return first  # a remark, such as a weekday
    if first != second:
        raise AmbiguousDate(text, (first, second))
    return first


def _from_today(word: str, today: date) -> tuple[date, ...]:
    """Give the days that a word says by counting from today; none where it is no such word."""
    ahead = month_names.DAYS_FROM_TODAY.get(word)
    if ahead is not None:
        return (today + timedelta(days=ahead),)
    weekday = month_names.WEEKDAYS.get(word)
    if weekday is None:
        return ()
    coming = today + timedelta(days=(weekday - today.weekday()) % 7)
    return (coming,) if coming > today else (today, today + timedelta(days=7))


def _one(folded: str, *, text: str, today: date) -> date:
    folded = month_names.WEEKDAY.sub(" ", folded, count=1)
    words = [word for word in _WORD.findall(folded) if word not in month_names.FILLERS]
    if words:
        readings = _with_named_month(folded, words, today=today)
    else:
        readings = list(_in_digits(_WORD.sub(" ", folded).strip(_ENDS), today=today))
    return _chosen(readings, text=text, today=today)


def _with_named_month(folded: str, words: Sequence[str], *, today: date) -> list[_Fields]:
    """Read a number, a month's name and perhaps a year, in any order; the day comes before a two-digit year."""
    named = month_names.MONTHS.get(" ".join(words))
    numbers = [token for token in _TOKEN.findall(folded) if token.isdigit()]
    if named is None or not 1 <= len(numbers) <= 2:
        return []
    calendar, month = named
    if len(numbers) == 1:
        return _next_such_day(calendar, month, numbers[0], today=today) if len(numbers[0]) <= 2 else []
    day, year = sorted(numbers, key=len) if len(numbers[0]) > 2 else numbers
    if len(day) > 2 or len(year) not in {2, 4}:
        return []
    full_year = int(year) if len(year) == 4 else _CENTURIES[calendar] + int(year)
    if full_year not in _YEARS or (full_year < _FIRST_GREGORIAN_YEAR) != (calendar == "persian"):
        return []
    return [_Fields(calendar, full_year, month, int(day))]


def _in_digits(numbers: str, *, today: date) -> Iterator[_Fields]:
    if match := _EIGHT.fullmatch(numbers):
        yield from _year_first(*match.groups())
    elif match := _THREE.fullmatch(numbers):
        first, separator, second, third = match.groups()
        if len(first) == 4:
            yield from _year_first(first, second, third)
        elif len(third) == 4:
            yield from _year_last(first, second, third, is_dotted=separator == ".")
        elif len(first) <= 2 and len(third) <= 2:
            yield from _two_digit_year(int(first), int(second), int(third), is_dotted=separator == ".")
    elif match := _TWO.fullmatch(numbers):
        first, separator, second = match.groups()
        yield from _next_such_day("gregorian", int(second), first, today=today)
        if separator != ".":
            yield from _next_such_day("gregorian", int(first), second, today=today)
            yield from _next_such_day("persian", int(first), second, today=today)
            yield from _next_such_day("persian", int(second), first, today=today)


def _year_first(year: str, month: str, day: str) -> Iterator[_Fields]:
    if int(year) in _YEARS and len(day) <= 2:
        yield _Fields("persian" if int(year) < _FIRST_GREGORIAN_YEAR else "gregorian", int(year), int(month), int(day))


def _year_last(first: str, second: str, year: str, *, is_dotted: bool) -> Iterator[_Fields]:
    yield from _year_first(year, second, first)
    if not is_dotted and int(year) >= _FIRST_GREGORIAN_YEAR:  # month first is American, and never Solar
        yield from _year_first(year, first, second)


def _two_digit_year(first: int, second: int, third: int, *, is_dotted: bool) -> Iterator[_Fields]:
    yield _Fields("gregorian", 2000 + third, second, first)
    yield _Fields("persian", 1400 + first, second, third)
    if not is_dotted:
        yield _Fields("gregorian", 2000 + first, second, third)
        yield _Fields("gregorian", 2000 + third, first, second)
        yield _Fields("persian", 1400 + third, second, first)


def _next_such_day(calendar: CalendarName, month: int, day: str, *, today: date) -> list[_Fields]:
    """Give the day in the next such month, *today*'s included, also where that month has not so many days."""
    if not 1 <= month <= _MONTHS_OF_YEAR:
        return []
    this_year = days.fields(today, calendar)[0]
    reading = _Fields(calendar, this_year, month, int(day))
    last_chance = reading.named_day() or days.month_span(this_year, month, calendar)[1]
    return [reading if last_chance >= today else reading._replace(year=this_year + 1)]


def _chosen(readings: Sequence[_Fields], *, text: str, today: date) -> date:
    named = {day for day in (reading.named_day() for reading in readings) if day}
    found = sorted(named, key=lambda day: abs(day - today))
    near = [day for day in found if abs(day - today) < _FAR]
    # Distance is a reason only between the centuries that two digits leave open.
    candidates = near or found
    if len(candidates) > 1:
        raise AmbiguousDate(text, tuple(candidates))
    if candidates:
        return candidates[0]
    for calendar, year, month, day in readings:
        if 1 <= month <= _MONTHS_OF_YEAR and day >= 1:
            length = days.days_in_month(year, month, calendar)
            raise ImpossibleDate(text, calendar=calendar, year=year, month=month, day=day, days=length)
    raise NotADate(text)
