"""Each rung at half past nine of every zone on earth, counted anew by hand: months of both calendars, for years."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.domain.members import Member, Role
from bot.domain.periods import Period
from bot.domain.readers import CalendarName
from bot.domain.reminders import forecast
from bot.domain.report_books import ReportingBooks, period_books
from bot.domain.report_parts import Part
from bot.domain.working_days import PartyCalendar
from bot.i18n.periods import period_after, period_of
from tests.domain.builders_of_reports import FRIDAYS, IR, NIGHT, RULES, SUNDAYS, TJ, member

DAY = timedelta(days=1)
HALF_PAST_NINE = time(9, 30)
ZONES = sorted(available_timezones())
# Every member has parts to write for all others to be told of; more than this many at once would only cost time.
AT_ONCE = 24
SINCE = datetime(1960, 1, 1, tzinfo=UTC)
ROLES = (Role.MEMBER, Role.MEMBER, Role.SECRETARY, Role.CO_CHAIR)
# How far a rung is from the due day, and the roles that it reaches beside the leads (everybody here is one).
LATE = {1: {Role.SECRETARY}, 2: {Role.CO_CHAIR}, 3: {Role.CO_CHAIR}}


def days_off(seed: int) -> frozenset[date]:
    """Give a country twenty-five holidays a year."""
    chance = Random(seed)  # noqa: S311 - the same holidays each time
    return frozenset(date(year, 1, 1) + DAY * chance.randrange(365) for year in range(1970, 2039) for _ in range(25))


CALENDARS = {IR: PartyCalendar(FRIDAYS, days_off(98)), TJ: PartyCalendar(SUNDAYS, days_off(992))}


def months(calendar: CalendarName, first: date, last: date) -> list[Period]:
    found = [period_of(first, calendar)]
    while found[-1].last_on < last:
        found.append(period_after(found[-1], calendar))
    return found


def books(periods: Iterable[Period], members: list[Member], calendar: CalendarName) -> ReportingBooks:
    rules = replace(RULES, calendar=calendar)
    parts = tuple(Part(person.id, 11) for person in members)
    return ReportingBooks(
        group_id=7,
        rules=rules,
        since=SINCE,
        calendars=CALENDARS,
        quiet_hours=NIGHT,
        members={person.id: person for person in members},
        absences=(),
        periods=tuple(
            period_books(period, owed=parts, answered=frozenset(), rules=rules, calendars=CALENDARS)
            for period in periods
        ),
    )


def people() -> Iterator[list[Member]]:
    """Give somebody in each zone, of either party and every role in turn, a few at once."""
    everybody = [
        member(number, IR if number % 2 else TJ, ROLES[number // 2 % 4], zone=zone, joined_at=SINCE)
        for number, zone in enumerate(ZONES, start=1)
    ]
    for first in range(0, len(everybody), AT_ONCE):
        yield everybody[first : first + AT_ONCE]


# The same once more, the slow and simple way


@dataclass(frozen=True)
class Rung:
    code: str
    day: date
    roles: frozenset[Role]


def rungs_by_hand(periods: list[Period]) -> dict[str, list[Rung]]:
    """Give the rungs of each period: the days on which both work, written in a row and counted off."""
    first, last = periods[0].first_on - 30 * DAY, periods[-1].last_on + 60 * DAY
    shared = [
        day
        for day in (first + DAY * n for n in range((last - first).days))
        if all(day.weekday() not in found.weekend and day not in found.days_off for found in CALENDARS.values())
    ]
    result: dict[str, list[Rung]] = {}
    for period, following in zip(periods, [*periods[1:], None], strict=True):
        begin = sum(day <= period.last_on for day in shared)
        due = begin + 4
        days: dict[date, tuple[str, set[Role]]] = {shared[begin]: ("opens", set(Role))}
        for offset in (-3, -1, 0, 1, 2, 3):
            if (day := shared[due + offset]) > period.last_on:
                _, lower = days.get(day, ("", set()))
                roles = set(Role) if offset < 1 else LATE[offset] | (set(Role) if offset == 1 else set())
                days[day] = (f"d{offset:+d}" if offset else "d", lower | roles)
        ends_on = shared[sum(day <= following.last_on for day in shared)] if following else None
        result[period.key] = [
            Rung(code, day, frozenset(roles))
            for day, (code, roles) in sorted(days.items())
            if ends_on is None or day < ends_on
        ]
    return result


@cache
def morning_by_hand(day: date, zone: str, party_id: int) -> datetime:
    """Give the first minute of *day* from half past nine on; of the next day of work where the zone skipped the day."""
    clock = ZoneInfo(zone)
    at = datetime.combine(day, HALF_PAST_NINE, UTC) - timedelta(hours=30)
    offsets = {(at + timedelta(hours=n)).astimezone(clock).utcoffset() or timedelta() for n in (0, 60)}
    wanted = datetime.combine(day, HALF_PAST_NINE)
    for offset in sorted(offsets, reverse=True):
        found = (wanted - offset).replace(tzinfo=UTC)
        if found.astimezone(clock).replace(tzinfo=None) == wanted:
            return found
    while at.astimezone(clock).replace(tzinfo=None) < wanted:
        at += timedelta(minutes=1)
    if (there := at.astimezone(clock).date()) == day:
        return at
    while not CALENDARS[party_id].is_working(there):
        there += DAY
    return morning_by_hand(there, zone, party_id)


def by_hand(rungs: dict[str, list[Rung]], person: Member) -> list[tuple[str, datetime]]:
    """Give the keys and instants of what reaches a member; of two rungs at one instant the higher."""
    found: dict[datetime, str] = {}
    for period, steps in rungs.items():
        for rung in steps:
            if person.role in rung.roles:
                at = morning_by_hand(rung.day, person.reader.time_zone, person.party_id)
                found[at] = f"report:{period}:{person.id}:{rung.code}"
    return sorted((key, at) for at, key in found.items())


def check(calendar: CalendarName, first: date, last: date) -> int:
    """Compare all that goes in the months from *first* to *last*, to somebody in every zone; give how much it is."""
    periods = months(calendar, first, last)
    rungs, checked = rungs_by_hand(periods), 0
    begin = datetime.combine(first, time(0), UTC) - 2 * DAY
    end = datetime.combine(periods[-1].last_on, time(0), UTC) + 60 * DAY
    for members in people():
        found: dict[int, list[tuple[str, datetime]]] = {}
        for reminder in forecast(books(periods, members, calendar), begin, end):
            found.setdefault(reminder.member_id, []).append((reminder.key, reminder.due_at))
        for person in members:
            assert sorted(found[person.id]) == by_hand(rungs, person), person.reader.time_zone
            checked += len(found[person.id])
    return checked


@pytest.mark.parametrize("calendar", ["gregorian", "persian"])
def test_a_winter_of_rungs_comes_at_half_past_nine_of_every_zone_on_shared_working_days(calendar: CalendarName) -> None:
    # Over both new years, and the changes of clocks in spring.
    checked = check(calendar, date(2029, 12, 1), date(2030, 4, 15))

    assert checked > 5 * 4 * len(ZONES)


@pytest.mark.parametrize("calendar", ["gregorian", "persian"])
@pytest.mark.parametrize(
    ("first", "last"),
    [
        # Greece skipped the hour itself; Kwajalein, Kiribati and Samoa skipped a day, on which a rung may fall.
        (date(1979, 3, 1), date(1979, 4, 30)),
        (date(1993, 7, 20), date(1993, 9, 30)),
        (date(1994, 11, 20), date(1995, 1, 31)),
        (date(2011, 11, 20), date(2012, 1, 31)),
        (date(2026, 1, 1), date(2027, 12, 31)),
        (date(2036, 1, 1), date(2037, 12, 31)),
    ],
)
@pytest.mark.long
def test_years_of_rungs_come_at_half_past_nine_of_every_zone(calendar: CalendarName, first: date, last: date) -> None:
    checked = check(calendar, first, last)

    assert checked > 5 * len(ZONES)
