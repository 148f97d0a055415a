"""Months in weeks: where a week begins, and which days it has."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.readers import LANGUAGES, CalendarName, Language
from bot.i18n.days import fields
from bot.i18n.weeks import month_away, weekdays, weeks

MONDAY, SATURDAY = 0, 5


@pytest.mark.parametrize(
    ("language", "calendar", "first"),
    [
        ("fa", "persian", SATURDAY),
        ("fa", "gregorian", SATURDAY),
        ("tg", "gregorian", MONDAY),
        ("tg", "persian", MONDAY),
        ("en", "persian", SATURDAY),
        ("en", "gregorian", MONDAY),
    ],
)
def test_a_week_begins_as_it_does_at_home(language: Language, calendar: CalendarName, first: int) -> None:
    assert weekdays(language, calendar)[0] == first
    assert sorted(weekdays(language, calendar)) == list(range(7))


def test_azar_1405_has_its_thirty_days_under_their_weekdays() -> None:
    shown = weeks(date(2026, 11, 23), language="fa", calendar="persian")

    assert [[fields(day, "persian")[2] if day else 0 for day in week] for week in shown] == [
        [0, 1, 2, 3, 4, 5, 6],
        [7, 8, 9, 10, 11, 12, 13],
        [14, 15, 16, 17, 18, 19, 20],
        [21, 22, 23, 24, 25, 26, 27],
        [28, 29, 30, 0, 0, 0, 0],
    ]


@pytest.mark.parametrize("calendar", ["persian", "gregorian"])
@pytest.mark.parametrize("language", LANGUAGES)
@given(day=st.dates(date(1921, 3, 21), date(2122, 3, 20)))
def test_each_day_of_a_month_stands_once_in_the_column_of_its_weekday(
    language: Language, calendar: CalendarName, day: date
) -> None:
    shown = weeks(day, language=language, calendar=calendar)

    columns = weekdays(language, calendar)
    days = [found for week in shown for found in week if found]
    assert day in days
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    assert {fields(found, calendar)[:2] for found in days} == {fields(day, calendar)[:2]}
    assert all(found is None or found.weekday() == columns[i] for week in shown for i, found in enumerate(week))
    assert all(any(week) and len(week) == 7 for week in shown)


def test_months_are_counted_over_new_year_in_either_direction() -> None:
    azar = date(2026, 11, 23)

    assert month_away(azar, 1, "persian") == (date(2026, 12, 22), date(2027, 1, 20))
    assert month_away(azar, 4, "persian")[0] == date(2027, 3, 21)
    assert month_away(azar, -9, "persian")[0] == date(2026, 2, 20)
    assert month_away(azar, 2, "gregorian") == (date(2027, 1, 1), date(2027, 1, 31))
    assert month_away(azar, -12, "gregorian")[0] == date(2025, 11, 1)
