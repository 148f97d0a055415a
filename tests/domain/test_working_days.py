"""Days on which all parties work: counted, bounded, and right for the first group."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.working_days import (
    NoWorkingDay,
    PartyCalendar,
    default_due_on,
    is_shared,
    last_shared_day,
    month_after,
    shared_day_after,
    shared_days_between,
)
from tests.domain.builders_of_reports import CALENDARS, FRIDAYS, IR, SHARED, SUNDAYS, TJ

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def test_the_first_group_shares_mondays_to_wednesdays() -> None:
    week = [date(2026, 11, 23) + timedelta(days=n) for n in range(7)]

    assert [is_shared(day, SHARED) for day in week] == [True, True, True, False, False, False, False]


def test_the_fifth_shared_day_after_october_is_the_tenth_of_november() -> None:
    assert shared_day_after(date(2026, 10, 31), 5, SHARED) == date(2026, 11, 10)


def test_counting_backwards_from_the_due_day() -> None:
    assert shared_day_after(date(2026, 11, 10), -3, SHARED) == date(2026, 11, 3)


def test_a_milestone_without_a_date_is_due_on_the_last_shared_day_of_next_month() -> None:
    # 31 December 2026 is a Thursday, off in Iran; 30 December is a Wednesday.
    assert default_due_on(date(2026, 11, 23), SHARED) == date(2026, 12, 30)


def test_bounds_of_another_calendar_move_that_date() -> None:
    dey_1405 = date(2026, 12, 22), date(2027, 1, 20)

    assert default_due_on(date(2026, 11, 23), SHARED, dey_1405) == date(2027, 1, 20)


def test_december_is_followed_by_january() -> None:
    assert month_after(date(2026, 12, 31)) == (date(2027, 1, 1), date(2027, 1, 31))


def test_a_month_without_a_shared_day_ends_on_its_last_day() -> None:
    assert last_shared_day(date(2026, 11, 26), date(2026, 11, 29), SHARED) == date(2026, 11, 29)


def test_weekends_that_leave_no_day_are_refused_and_not_searched_for_ever() -> None:
    nobody = [PartyCalendar(frozenset({0, 1, 2, 3, 4}), frozenset()), PartyCalendar(SUNDAYS, frozenset())]

    with pytest.raises(NoWorkingDay):
        shared_day_after(date(2026, 11, 23), 1, nobody)


def test_an_obstacle_of_friday_is_three_shared_days_old_on_wednesday() -> None:
    assert shared_days_between(date(2026, 11, 20), date(2026, 11, 25), SHARED) == 3


def test_the_next_working_day_of_a_party_skips_its_own_weekend() -> None:
    wednesday = date(2026, 11, 25)

    assert CALENDARS[IR].next_working_day(wednesday) == date(2026, 11, 28)
    assert CALENDARS[TJ].next_working_day(wednesday) == date(2026, 11, 26)
    assert CALENDARS[IR].working_day_from(wednesday) == wednesday


@given(day=DAYS, nth=st.integers(1, 40), off=st.sets(DAYS, max_size=30))
def test_going_forth_and_counting_agree(day: date, nth: int, off: set[date]) -> None:
    calendars = [PartyCalendar(FRIDAYS, off), PartyCalendar(SUNDAYS, frozenset())]

    found = shared_day_after(day, nth, calendars)

    assert is_shared(found, calendars)
    assert shared_days_between(day, found, calendars) == nth
    assert shared_day_after(found + timedelta(days=1), -1, calendars) == found


@given(day=DAYS, nth=st.integers(-40, 40))
def test_going_forth_and_back_returns_to_a_shared_day(day: date, nth: int) -> None:
    start = shared_day_after(day, 1, SHARED)

    assert shared_day_after(shared_day_after(start, nth, SHARED), -nth, SHARED) == start
