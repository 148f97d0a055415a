"""Working days of the two countries, from the holidays package and from corrections."""

import sys
from datetime import date, time

import pytest

from bot.domain.groups import Party
from bot.domain.holidays import Holiday
from bot.domain.members import Names
from bot.domain.working_days import shared_day_after
from bot.services.calendars import UnknownHolidays, party_calendar, public_holidays

OFFICE = time(8), time(16)
IRAN = Party(1, 7, "IR", Names(), Names(), "Asia/Tehran", "persian", frozenset({3, 4}), "IR", *OFFICE, "fa")
TAJIKISTAN = Party(2, 7, "TJ", Names(), Names(), "Asia/Dushanbe", "gregorian", frozenset({5, 6}), "TJ", *OFFICE, "tg")


def test_the_reports_of_autumn_2026_were_due_on_these_days() -> None:
    calendars = [party_calendar(IRAN, {}), party_calendar(TAJIKISTAN, {})]

    due = [shared_day_after(date(2026, month, day), 5, calendars) for month, day in ((9, 30), (10, 31), (11, 30))]

    assert due == [date(2026, 10, 13), date(2026, 11, 10), date(2026, 12, 9)]


def test_new_years_days_are_off_on_their_own_side() -> None:
    nowruz, first_of_january = date(2028, 3, 20), date(2027, 1, 1)

    assert not party_calendar(IRAN, {}).is_working(nowruz)
    assert not party_calendar(TAJIKISTAN, {}).is_working(first_of_january)


def test_a_correction_adds_a_day_off_and_makes_another_one_a_working_day() -> None:
    estimated = date(2026, 12, 23)
    calendar = party_calendar(IRAN, {estimated: False, date(2026, 12, 22): True})

    assert not party_calendar(IRAN, {}).is_working(estimated)
    assert calendar.is_working(estimated)
    assert not calendar.is_working(date(2026, 12, 22))


def test_the_package_leaves_nothing_behind_in_this_process() -> None:
    assert date(2026, 9, 9) in public_holidays("TJ", 202)
    assert "holidays" not in sys.modules


def test_a_country_that_nobody_knows_is_named() -> None:
    with pytest.raises(UnknownHolidays, match="XX"):
        public_holidays("XX", 202)


def test_a_correction_opens_a_day_of_the_weekend() -> None:
    saturday = date(2026, 11, 28)

    assert not party_calendar(TAJIKISTAN, {}).is_working(saturday)
    assert party_calendar(TAJIKISTAN, {saturday: False}).is_working(saturday)


def test_holidays_come_with_their_names_and_whether_the_moon_decides() -> None:
    found = public_holidays("IR", 202)

    assert found[date(2028, 6, 3)] == (Holiday("Death of Imam Khomeini"), Holiday("Tasua", is_estimated=True))
    assert found[date(2026, 12, 23)] == (Holiday("Birthday of Imam Ali"),)
