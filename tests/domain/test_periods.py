"""Reporting periods: whole months, one after the other, ended on the clocks of the group."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.periods import Period, gregorian_month
from tests.domain.builders_of_reports import month, utc


def test_a_period_is_named_by_year_and_month() -> None:
    assert gregorian_month(date(2026, 2, 16)) == Period(date(2026, 2, 1), date(2026, 2, 28), "2026-02")


def test_a_period_ends_at_midnight_of_the_clocks_it_is_due_by() -> None:
    assert month("2026-10").ended_at("Asia/Tehran") == utc("2026-10-31 20:30")


@given(day=st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_months_follow_one_another_without_a_gap(day: date) -> None:
    period = gregorian_month(day)

    assert period.first_on <= day <= period.last_on
    assert gregorian_month(period.day_after).first_on - period.last_on == timedelta(days=1)
