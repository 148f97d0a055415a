"""Days as people type them."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.readers import LANGUAGES, CalendarName, Digits, Reader
from bot.domain.typed_values import AmbiguousDate, ImpossibleDate, NotADate
from bot.i18n import days, month_names, tables
from bot.i18n.folding import fold
from bot.i18n.speech import speech
from bot.i18n.typed import read_day

TODAY = date(2026, 11, 23)
FIRST_ON = days.day_of(year=1300, month=1, day=1, calendar="persian")
LAST_ON = days.month_span(1500, 12, "persian")[1]

CALENDARS: tuple[CalendarName, ...] = ("persian", "gregorian")
DIGITS: tuple[Digits, ...] = ("persian", "latin")
READERS = [Reader(*choices, "UTC") for choices in product(LANGUAGES, CALENDARS, DIGITS)]


@pytest.mark.parametrize(
    "typed",
    [
        "2026-10-31", "31.10.2026", "31/10/2026", "۱۴۰۵/۰۸/۰۹", "1405/8/9", "١٤٠٥-٠٨-٠٩", "۹ آبان ۱۴۰۵", "9 آبان 1405",
        "9 آبان‌ماه سال 1405", "شنبه ۹ آبان ۱۴۰۵", "1405 آبان 9", "31 октябри 2026", "31 октябри соли 2026",
        "31 ОКТЯБРИ 2026", "шанбе, 31 октябри соли 2026", "31 октября 2026 г.", "31 Oct 2026", "Oct 31, 2026",
        "31-Oct-2026", "Saturday 31st of October 2026", "9 обони соли 1405", "9 Aban 1405", "20261031", "14050809",
        "۳۱ اکتبر ۲۰۲۶", "31.10.26", "۹ آبان ۱۴۰۵ (۳۱ اکتبر ۲۰۲۶)", "2026-10-31 (Sat)", "\u200e2026-10-31\u200e",
        "31 oктябpи 2026", "31 OKTЯБРИ 2026", "9 ОБOН 1405", "9 آبان 05", " 31.10.2026. ", "2026‑10‑31", "31 10 2026",
    ],
)  # fmt: skip
def test_the_last_of_october_is_read_in_every_usual_form(typed: str) -> None:
    assert read_day(typed, today=TODAY) == date(2026, 10, 31)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("16 декабри соли 2026", date(2026, 12, 16)),
        ("5 октябри 2026", date(2026, 10, 5)),
        ("08.12.2026", date(2026, 12, 8)),
        ("۱۴۰۵/۰۹/۱۵", date(2026, 12, 6)),
        ("۱ شهریور ۱۴۰۶", date(2027, 8, 23)),
        ("۳۰ اسفند ۱۴۰۸", date(2030, 3, 20)),
        ("٥ مي ٢٠٢٧", date(2027, 5, 5)),
        ("5 май 2027", date(2027, 5, 5)),
    ],
)
def test_other_days_are_read_too(typed: str, expected: date) -> None:
    assert read_day(typed, today=TODAY) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("tomorrow", date(2026, 11, 24)),
        ("امروز", TODAY),
        ("пасфардо", date(2026, 11, 25)),
        ("پس‌فردا", date(2026, 11, 25)),
        ("Friday", date(2026, 11, 27)),
        ("پنج شنبه", date(2026, 11, 26)),
        ("۵شنبه", date(2026, 11, 26)),
        ("Чумъа.", date(2026, 11, 27)),
        ("якшанбе", date(2026, 11, 29)),
        ("среду", date(2026, 11, 25)),
    ],
)
def test_in_chat_a_day_may_be_counted_from_today(typed: str, expected: date) -> None:
    assert read_day(typed, today=TODAY, is_spoken=True) == expected


@pytest.mark.parametrize("typed", ["Monday", "دوشنبه", "душанбе", "понедельник"])
def test_the_weekday_of_today_may_mean_today_or_a_week_ahead(typed: str) -> None:
    with pytest.raises(AmbiguousDate) as refused:
        read_day(typed, today=TODAY, is_spoken=True)

    assert refused.value.readings == (TODAY, date(2026, 11, 30))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("31 Oct", date(2027, 10, 31)),
        ("31.10", date(2027, 10, 31)),
        ("23 Nov", TODAY),
        ("24 ноябр", date(2026, 11, 24)),
        ("۳ آذر", date(2026, 11, 24)),
        ("۵شنبه ۵ آذر", date(2026, 11, 26)),
        ("سه‌شنبه ۳ آذر", date(2026, 11, 24)),
        ("1 آذر", date(2027, 11, 22)),
        ("Dec 16", date(2026, 12, 16)),
    ],
)
def test_without_a_year_it_is_the_next_such_day(typed: str, expected: date) -> None:
    assert read_day(typed, today=TODAY) == expected


@pytest.mark.parametrize(
    ("typed", "year", "month", "day", "length"),
    [
        ("۳۱ مهر ۱۴۰۶", 1406, 7, 31, 30),
        ("۱۴۰۵/۱۲/۳۰", 1405, 12, 30, 29),
        ("30 Esfand", 1405, 12, 30, 29),
        ("31.11.2026", 2026, 11, 31, 30),
        ("29 феврали соли 2027", 2027, 2, 29, 28),
        ("29 Feb", 2027, 2, 29, 28),
        ("31 Nov", 2026, 11, 31, 30),
        ("45 October 2026", 2026, 10, 45, 31),
    ],
)
def test_a_day_that_its_month_has_not_is_refused_with_the_months_length(
    typed: str, year: int, month: int, day: int, length: int
) -> None:
    with pytest.raises(ImpossibleDate) as refused:
        read_day(typed, today=TODAY)

    found = refused.value
    assert (found.year, found.month, found.day, found.days) == (year, month, day, length)
    assert found.calendar == ("persian" if year < 1700 else "gregorian")


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("05/06/2026", {date(2026, 6, 5), date(2026, 5, 6)}),
        ("05/06/07", {date(2026, 8, 29), date(2028, 8, 26), date(2007, 6, 5), date(2007, 5, 6)}),
        ("05.06.07", {date(2026, 8, 29), date(2007, 6, 5)}),
        ("31/10/26", {date(2026, 10, 31), date(2031, 10, 26)}),
        ("9/8", {date(2027, 8, 9), date(2027, 9, 8), date(2026, 11, 29), date(2027, 10, 31)}),
        ("۹ آبان ۱۴۰۵ (۳۰ اکتبر ۲۰۲۶)", {date(2026, 10, 31), date(2026, 10, 30)}),
    ],
)
def test_what_fits_more_than_one_day_is_asked_about(typed: str, readings: set[date]) -> None:
    with pytest.raises(AmbiguousDate) as refused:
        read_day(typed, today=TODAY)

    assert set(refused.value.readings) == readings


def test_the_nearest_reading_is_offered_first() -> None:
    with pytest.raises(AmbiguousDate) as refused:
        read_day("05/06/2026", today=TODAY)

    assert refused.value.readings[0] == date(2026, 6, 5)


@pytest.mark.parametrize(
    "typed",
    [
        "", "soon", "46413", "2026-13-01", "Monday", "душанбе", "tomorrow", "October 2026", "9 آبان 2026",
        "31 Oct 1405", "0 Oct", "M-12", "60%", "=DATE(2027,2,24)", "1.2.3.4", "99999-01-01", "½", "31 Oct 2026 12",
        "()",
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(NotADate):
        read_day(typed, today=TODAY)


@pytest.mark.parametrize("reader", READERS, ids=str)
@given(day=st.dates(FIRST_ON, LAST_ON), weekday=st.booleans(), both=st.booleans(), short=st.booleans())
@example(day=FIRST_ON, weekday=True, both=True, short=False)
@example(day=LAST_ON, weekday=True, both=True, short=True)
def test_what_is_shown_can_be_typed_back(reader: Reader, *, day: date, weekday: bool, both: bool, short: bool) -> None:
    shown = speech(reader).day(day, weekday=weekday, both=both, short=short)

    assert read_day(shown, today=TODAY) == day


@pytest.mark.long
@pytest.mark.parametrize("reader", READERS, ids=str)
def test_every_day_of_two_centuries_can_be_typed_back_in_every_form(reader: Reader) -> None:
    say = speech(reader)
    count = (LAST_ON - FIRST_ON).days + 1
    wrong = []
    for n in range(count):
        day = FIRST_ON + timedelta(days=n)
        # What stands before a day and behind it takes turns with the two forms, each of which is read alone too.
        whole = say.day(day, short=n % 2 == 0, weekday=n % 3 > 0, both=True)
        shown = (say.day(day), say.day(day, short=True), whole)
        wrong += [text for text in shown if read_day(text, today=TODAY) != day]

    assert count == 73_414
    assert wrong == []


@given(text=st.text())
def test_no_text_is_more_than_refused(text: str) -> None:
    try:
        day = read_day(text, today=TODAY)
    except (NotADate, ImpossibleDate, AmbiguousDate):
        return
    assert speech(Reader("fa", "persian", "persian", "UTC")).day(day, both=True)


def test_every_month_of_every_table_is_understood() -> None:
    for (calendar, _), names in tables.MONTHS.items():
        numbers = [month_names.MONTHS[fold(name)] for name in names]

        assert numbers == [(calendar, number) for number in range(1, 13)]
