"""Days, months and spans in two calendars."""

from datetime import date, timedelta

import pytest

from bot.domain.readers import Reader
from bot.i18n import days, tables
from bot.i18n.speech import Speech, speech

ADOPTED_ON = date(2026, 11, 23)  # 2 Azar 1405


@pytest.mark.parametrize("year", [1403, 1408])
def test_esfand_of_a_leap_year_has_thirty_days(year: int) -> None:
    assert days.days_in_month(year, 12, "persian") == 30


@pytest.mark.parametrize("year", [1404, 1405, 1406, 1407])
def test_esfand_of_a_common_year_has_29_days(year: int) -> None:
    assert days.days_in_month(year, 12, "persian") == 29


def test_the_first_halves_of_solar_years_have_months_of_31_days() -> None:
    lengths = [days.days_in_month(1405, month, "persian") for month in range(1, 13)]

    assert lengths == [31] * 6 + [30] * 5 + [29]


@pytest.mark.parametrize(
    ("day", "solar"),
    [(date(2025, 3, 21), (1404, 1, 1)), (date(2026, 11, 23), (1405, 9, 2)), (date(2026, 10, 31), (1405, 8, 9))],
)
def test_the_anchor_days_stand_where_they_should(day: date, solar: tuple[int, int, int]) -> None:
    assert days.fields(day, "persian") == solar


def test_solar_days_follow_each_other_for_two_centuries() -> None:
    day = days.day_of(year=1300, month=1, day=1, calendar="persian")
    for year in range(1300, 1501):
        for month in range(1, 13):
            for number in range(1, days.days_in_month(year, month, "persian") + 1):
                assert days.fields(day, "persian") == (year, month, number)
                day += timedelta(days=1)


def test_a_persian_day_has_its_two_calendars(persian: Speech) -> None:
    assert persian.day(ADOPTED_ON) == "۲ آذر ۱۴۰۵"
    assert persian.day(ADOPTED_ON, short=True) == "۱۴۰۵/۰۹/۰۲"
    assert persian.day(ADOPTED_ON, weekday=True) == "دوشنبه ۲ آذر ۱۴۰۵"
    assert persian.day(ADOPTED_ON, both=True) == "۲ آذر ۱۴۰۵ (۲۳ نوامبر ۲۰۲۶)"


def test_a_tajik_day_takes_the_ezafe(tajik: Speech) -> None:
    assert tajik.day(ADOPTED_ON) == "23 ноябри соли 2026"
    assert tajik.day(ADOPTED_ON, short=True) == "23.11.2026"
    assert tajik.day(ADOPTED_ON, weekday=True) == "душанбе, 23 ноябри соли 2026"
    assert tajik.day(date(2027, 5, 9)) == "9 майи соли 2027"


def test_an_english_day_names_its_month(english: Speech) -> None:
    assert english.day(ADOPTED_ON) == "23 November 2026"
    assert english.day(ADOPTED_ON, both=True, weekday=True) == "Monday 23 November 2026 (2 Azar 1405)"


def test_a_tajik_reader_of_the_solar_calendar_sees_its_months_in_cyrillic() -> None:
    say = speech(Reader("tg", "persian", "latin", "Asia/Dushanbe"))

    months = [say.day(days.day_of(year=1405, month=month, day=1, calendar="persian")) for month in range(1, 13)]

    assert months == [
        "1 фарвардини соли 1405",
        "1 урдибиҳишти соли 1405",
        "1 хурдоди соли 1405",
        "1 тири соли 1405",
        "1 мурдоди соли 1405",
        "1 шаҳривари соли 1405",
        "1 меҳри соли 1405",
        "1 обони соли 1405",
        "1 озари соли 1405",
        "1 дайи соли 1405",
        "1 баҳмани соли 1405",
        "1 исфанди соли 1405",
    ]


def test_digits_are_a_choice_of_their_own() -> None:
    assert speech(Reader("fa", "persian", "latin", "Asia/Tehran")).day(ADOPTED_ON) == "2 آذر 1405"
    assert speech(Reader("tg", "gregorian", "persian", "Asia/Tehran")).day(ADOPTED_ON) == "۲۳ ноябри соли ۲۰۲۶"


def test_a_period_is_printed_with_both_spans(persian: Speech, tajik: Speech, english: Speech) -> None:
    assert persian.month(2026, 10, both=True) == "اکتبر ۲۰۲۶ (از ۹ مهر تا ۹ آبان ۱۴۰۵)"
    assert tajik.month(2026, 10, both=True) == "октябри соли 2026 (аз 9 меҳр то 9 обони соли 1405)"
    assert english.month(2026, 10, both=True) == "October 2026 (9 Mehr to 9 Aban 1405)"


def test_a_span_over_new_year_says_both_years(persian: Speech) -> None:
    assert persian.month(2026, 3, both=True) == "مارس ۲۰۲۶ (از ۱۰ اسفند ۱۴۰۴ تا ۱۱ فروردین ۱۴۰۵)"


def test_a_solar_period_spans_gregorian_days(persian: Speech) -> None:
    assert persian.month(1405, 7, "persian", both=True) == "مهر ۱۴۰۵ (از ۲۳ سپتامبر تا ۲۲ اکتبر ۲۰۲۶)"


def test_each_table_has_twelve_months_and_seven_weekdays() -> None:
    assert {len(set(names)) for names in tables.MONTHS.values()} == {12}
    assert {len(set(names)) for names in tables.WEEKDAYS.values()} == {7}
