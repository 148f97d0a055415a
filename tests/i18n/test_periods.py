"""Reporting periods of both calendars."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.readers import CalendarName
from bot.i18n.periods import period_after, period_before, period_named, period_of


def test_aban_1405_begins_on_23_october() -> None:
    period = period_of(date(2026, 11, 1), "persian")

    assert (period.key, period.first_on, period.last_on) == ("1405-08", date(2026, 10, 23), date(2026, 11, 21))


@pytest.mark.parametrize("calendar", ["persian", "gregorian"])
@given(day=st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_periods_follow_one_another_and_are_found_by_name(day: date, calendar: CalendarName) -> None:
    period = period_of(day, calendar)
    following = period_after(period, calendar)

    assert period.first_on <= day <= period.last_on
    assert following.first_on == period.last_on + timedelta(days=1)
    assert period_before(following, calendar) == period
    assert period_named(period.key, calendar) == period
