"""From somebody's clock to an instant, also where clocks skip an hour or a day, or show an hour twice."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.instants import instant_of, local_day
from tests.domain.builders_of_reports import utc

MIDNIGHT = time(0)


@pytest.mark.parametrize(
    ("zone", "day", "moment", "expected"),
    [
        # Berlin goes from two to three o'clock: whatever is asked of that hour is three o'clock.
        ("Europe/Berlin", date(2027, 3, 28), time(2, 0), "2027-03-28 01:00"),
        ("Europe/Berlin", date(2027, 3, 28), time(2, 30), "2027-03-28 01:00"),
        ("Europe/Berlin", date(2027, 3, 28), time(3, 0), "2027-03-28 01:00"),
        # And back from three to two: the first of the two is meant.
        ("Europe/Berlin", date(2027, 10, 31), time(2, 30), "2027-10-31 00:30"),
        # Greece once skipped the hour of the reminders, nine to ten in the morning.
        ("Europe/Athens", date(1979, 4, 1), time(9, 30), "1979-04-01 07:00"),
        # Greenland skips the last hour of a Saturday: the hour before midnight is midnight.
        ("America/Nuuk", date(2027, 3, 27), time(23, 30), "2027-03-28 01:00"),
        # Beirut skips the first hour of the day.
        ("Asia/Beirut", date(2027, 3, 28), MIDNIGHT, "2027-03-27 22:00"),
        # Samoa skipped a Friday.
        ("Pacific/Apia", date(2011, 12, 30), time(9, 30), "2011-12-30 10:00"),
    ],
)
def test_an_hour_that_the_clocks_skip_is_the_instant_at_which_they_do(
    zone: str, day: date, moment: time, expected: str
) -> None:
    assert instant_of(day, moment, zone) == utc(expected)


@given(
    zone=st.sampled_from(sorted(available_timezones())),
    day=st.dates(date(1970, 1, 1), date(2037, 12, 31)),
    moment=st.times(),
)
def test_a_clock_shows_the_hour_that_was_asked_for_or_has_just_passed_over_it(
    zone: str, day: date, moment: time
) -> None:
    at = instant_of(day, moment, zone)

    wanted, clock = datetime.combine(day, moment), ZoneInfo(zone)
    shown = at.astimezone(clock).replace(tzinfo=None)
    just_before = (at - timedelta.resolution).astimezone(clock).replace(tzinfo=None)
    assert at.tzinfo is UTC
    assert shown == wanted or just_before < wanted < shown
    assert local_day(at, zone) >= day
