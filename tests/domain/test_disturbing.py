"""When a person may be reminded: from half past nine of their own clock, awake, on a working day."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.disturbing import Hours
from bot.domain.members import QuietHours
from bot.domain.snoozing import TooLateToSnooze, later_today, tomorrow
from tests.domain.builders_of_reports import CALENDARS, IR, NIGHT, TJ, utc

AT = time(9, 30)
TEHRAN = Hours("Asia/Tehran", NIGHT, AT, CALENDARS[IR])
DUSHANBE = Hours("Asia/Dushanbe", NIGHT, AT, CALENDARS[TJ])
DUE = utc("2026-12-09 11:30")
# Names such as "localtime" stand for files that differ from machine to machine.
ZONES = sorted(zone for zone in available_timezones() if "/" in zone)


def test_the_window_is_from_half_past_nine_until_quiet_hours() -> None:
    window = TEHRAN.window(date(2026, 12, 1))

    assert window is not None
    assert (window.opens_at, window.closes_at) == (utc("2026-12-01 06:00"), utc("2026-12-01 16:30"))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (time(20), time(10), (time(10), time(20))),  # a late riser
        (time(0), time(0), (time(9, 30), time(0))),  # no quiet hours at all: until midnight
        (time(23), time(6), (time(9, 30), time(23))),
        (time(0), time(7), (time(9, 30), time(0))),
        (time(9), time(18), (time(18), time(0))),  # who works at night
        (time(5), time(4), (time(4), time(5))),  # one waking hour, before the hour of reminders
    ],
)
def test_quiet_hours_bound_the_window(start: time, end: time, expected: tuple[time, time]) -> None:
    window = Hours("Asia/Tehran", QuietHours(start, end), AT, None).window(date(2026, 12, 1))

    assert window is not None
    clock = ZoneInfo("Asia/Tehran")
    assert (window.opens_at.astimezone(clock).time(), window.closes_at.astimezone(clock).time()) == expected


def test_what_was_missed_at_night_waits_for_the_morning_of_a_working_day() -> None:
    # Wednesday, nine in the evening: Thursday and Friday are off in Iran.
    at, _ = TEHRAN.next_waking(utc("2026-12-02 17:30"))

    assert at == utc("2026-12-05 06:00")


def test_what_was_missed_by_day_goes_at_once() -> None:
    at, window = DUSHANBE.next_waking(utc("2026-12-02 10:00"))

    assert at == utc("2026-12-02 10:00")
    assert window.closes_at == utc("2026-12-02 15:00")


def test_later_today_is_in_three_hours() -> None:
    assert later_today(TEHRAN, utc("2026-12-02 06:10"), report_due_at=DUE) == utc("2026-12-02 09:10")


def test_later_today_becomes_the_next_morning_when_that_would_be_quiet() -> None:
    assert later_today(DUSHANBE, utc("2026-12-02 12:30"), report_due_at=DUE) == utc("2026-12-03 04:30")


def test_tomorrow_skips_the_partys_weekend() -> None:
    assert tomorrow(TEHRAN, utc("2026-12-02 06:10"), report_due_at=DUE) == utc("2026-12-05 06:00")


@pytest.mark.parametrize("now", ["2026-12-09 09:00", "2026-12-14 06:30"])
def test_nothing_is_put_off_past_the_due_instant(now: str) -> None:
    with pytest.raises(TooLateToSnooze):
        later_today(TEHRAN, utc(now), report_due_at=DUE)
    with pytest.raises(TooLateToSnooze):
        tomorrow(TEHRAN, utc(now), report_due_at=DUE)


def test_later_today_before_the_morning_is_the_same_morning() -> None:
    assert later_today(DUSHANBE, utc("2026-12-02 00:30"), report_due_at=DUE) == utc("2026-12-02 04:30")


def test_quiet_hours_that_begin_in_a_skipped_hour_begin_with_it() -> None:
    # Greenland goes from eleven in the evening of a Saturday to midnight: half past eleven does not come.
    hours = Hours("America/Nuuk", QuietHours(time(23, 30), time(6)), AT, CALENDARS[IR])

    window = hours.window(date(2027, 3, 27))

    assert window is not None
    assert window.closes_at == utc("2027-03-28 01:00")


def test_a_day_that_the_zone_skips_has_no_hours_and_lends_none_to_the_day_off_after_it() -> None:
    # Samoa went from Thursday to Saturday, which is off in Tajikistan.
    hours = Hours("Pacific/Apia", NIGHT, AT, CALENDARS[TJ])

    assert hours.window(date(2011, 12, 30)) is None
    at, _ = hours.next_waking(utc("2011-12-30 09:00"))
    assert at.astimezone(ZoneInfo("Pacific/Apia")).date() == date(2012, 1, 2)


@given(
    zone=st.sampled_from(ZONES),
    day=st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    second=st.integers(0, 86399),
    party_id=st.sampled_from([IR, TJ]),
)
def test_no_zone_is_woken_at_night_or_on_a_day_off(zone: str, day: date, second: int, party_id: int) -> None:
    hours = Hours(zone, NIGHT, AT, CALENDARS[party_id])
    asked = datetime.combine(day, time(0), ZoneInfo("UTC")) + timedelta(seconds=second)

    at, window = hours.next_waking(asked)

    local = at.astimezone(ZoneInfo(zone))
    assert at >= asked
    assert time(9, 30) <= local.time() < time(20)
    assert CALENDARS[party_id].is_working(local.date())
    assert window.covers(at)
    assert at == asked or local.time() == time(9, 30)
