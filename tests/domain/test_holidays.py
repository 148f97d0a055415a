"""What a day is to a party: rule, correction, and what a correction makes of it."""

from datetime import date, timedelta

import pytest

from bot.domain.forecasts import shared_month
from bot.domain.holidays import Correction, DayOfParty, DayOutOfReach, Holiday, check_reach
from bot.domain.working_days import PartyCalendar, Wait, is_shared, waited
from tests.domain.builders_of_reports import FRIDAYS, IR, SHARED, SUNDAYS, TJ, month

MONDAY = date(2026, 11, 23)
NOWRUZ = (Holiday("Nowruz"),)


def test_a_working_saturday_is_a_working_day_whatever_the_weekend_says() -> None:
    saturday = date(2026, 11, 28)
    calendar = PartyCalendar(SUNDAYS, days_off=frozenset(), worked=frozenset({saturday}))

    assert calendar.is_working(saturday)
    assert not calendar.is_working(saturday + timedelta(days=1))


def test_a_shared_day_needs_every_party_also_where_one_works_on_its_weekend() -> None:
    saturday = date(2026, 11, 28)
    iran, tajikistan = PartyCalendar(FRIDAYS, frozenset()), PartyCalendar(SUNDAYS, frozenset(), frozenset({saturday}))

    assert is_shared(saturday, [iran, tajikistan])
    assert not is_shared(saturday - timedelta(days=1), [iran, tajikistan])


def test_a_wait_counts_both_ways_of_a_day() -> None:
    assert waited(MONDAY, MONDAY + timedelta(days=12), SHARED) == Wait(shared_days=5, calendar_days=12)
    assert waited(MONDAY, MONDAY, SHARED) == Wait(0, 0)
    assert waited(MONDAY, MONDAY - timedelta(days=3), SHARED) == Wait(0, 0)


@pytest.mark.parametrize(
    ("day", "becomes_off"),
    [
        (DayOfParty(MONDAY, IR, is_weekend=False), True),
        (DayOfParty(MONDAY, IR, is_weekend=False, holidays=NOWRUZ), False),
        (DayOfParty(MONDAY, IR, is_weekend=True), False),
    ],
)
def test_a_correction_makes_a_day_what_it_was_not(day: DayOfParty, *, becomes_off: bool) -> None:
    correction = day.corrected("why")

    assert correction == Correction(MONDAY, is_off=becomes_off, name="why")
    assert day.is_off is not becomes_off


def test_years_away_are_taken_for_a_slip() -> None:
    assert check_reach(MONDAY + timedelta(days=300), MONDAY) == MONDAY + timedelta(days=300)
    with pytest.raises(DayOutOfReach):
        check_reach(date(2036, 11, 23), MONDAY)
    with pytest.raises(DayOutOfReach):
        check_reach(date(2025, 11, 23), MONDAY)


def test_a_month_that_loses_a_fifth_of_its_days_is_weak_and_says_to_what() -> None:
    days = [(DayOfParty(date(2026, 11, number), IR, is_weekend=number > 8),) for number in range(1, 31)]
    days[:2] = [(DayOfParty(date(2026, 11, number), TJ, is_weekend=False, holidays=NOWRUZ),) for number in (1, 2)]

    found = shared_month(month("2026-11"), days)

    assert (found.shared_days, found.weekdays) == (6, 8)
    assert found.is_weak
    assert [(day.day.day, day.party_id) for day in found.taken] == [(1, TJ), (2, TJ)]
    assert not shared_month(month("2026-11"), days[1:]).is_weak


def test_what_is_left_of_a_month_without_a_weekday_is_not_weak() -> None:
    weekend = [(DayOfParty(date(2026, 11, 29), IR, is_weekend=True, holidays=NOWRUZ),)]

    found = shared_month(month("2026-11"), weekend)

    assert (found.shared_days, found.weekdays, found.is_weak, found.taken) == (0, 0, False, ())
