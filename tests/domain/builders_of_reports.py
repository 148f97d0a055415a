"""Builds the frozen inputs of reminders: the example group's rules, two parties, and members by id."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from bot.domain.groups import ReportingRules, ReportRung
from bot.domain.members import Absence, Member, Names, QuietHours, Role
from bot.domain.periods import Period, gregorian_month
from bot.domain.readers import Reader
from bot.domain.report_books import PeriodBooks, ReportingBooks, period_books
from bot.domain.report_parts import Part
from bot.domain.working_days import PartyCalendar

IR, TJ = 1, 2
FRIDAYS = frozenset({3, 4})
SUNDAYS = frozenset({5, 6})
ZONES = {IR: "Asia/Tehran", TJ: "Asia/Dushanbe"}
# What the holidays package says of the months that the anchors are about; a test of the service holds them together.
DAYS_OFF = {IR: frozenset({date(2026, 12, 23)}), TJ: frozenset[date]()}
JOINED = datetime(2026, 2, 16, tzinfo=UTC)

RULES = ReportingRules(
    calendar="gregorian",
    due_shared_working_day=5,
    due_time=time(15),
    due_time_zone="Asia/Tehran",
    reminder_time=time(9, 30),
    never_on_receivers_day_off=True,
    rungs=(
        ReportRung("opens", None, ("lead",)),
        ReportRung("D-3", -3, ("lead",)),
        ReportRung("D-1", -1, ("lead",)),
        ReportRung("D", 0, ("lead",)),
        ReportRung("D+1", 1, ("lead", "own_secretary")),
        ReportRung("D+2", 2, ("own_co_chair",)),
        ReportRung("D+3", 3, ("co_chairs",)),
    ),
)
CALENDARS = {IR: PartyCalendar(FRIDAYS, DAYS_OFF[IR]), TJ: PartyCalendar(SUNDAYS, DAYS_OFF[TJ])}
SHARED = tuple(CALENDARS.values())

NIGHT = QuietHours(time(20), time(8))


def utc(text: str) -> datetime:
    """Read an instant such as ``2026-12-01 06:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def member(number: int, party_id: int = IR, role: Role = Role.MEMBER, **changes: Any) -> Member:
    """Make a member who joined when the group was formed; *zone* may be given by name."""
    zone = str(changes.pop("zone", ZONES[party_id]))
    made = Member(
        id=number,
        group_id=7,
        person_id=number + 100,
        party_id=party_id,
        handle=f"m{number}",
        role=role,
        names=Names(en=f"Member {number}"),
        reader=Reader("en", "gregorian", "latin", zone),
        quiet_hours=NIGHT,
        joined_at=JOINED,
    )
    return replace(made, **changes)


def month(key: str) -> Period:
    """Give the Gregorian period of a key."""
    year, number = (int(part) for part in key.split("-"))
    return gregorian_month(date(year, number, 1))


def open_period(key: str, owed: Iterable[Part], answered: Iterable[Part] = ()) -> PeriodBooks:
    """Open the books of a month."""
    return period_books(month(key), owed=tuple(owed), answered=frozenset(answered), rules=RULES, calendars=CALENDARS)


def reporting(
    members: Iterable[Member],
    parts: Iterable[Part],
    *,
    answered: Iterable[Part] = (),
    absences: Iterable[Absence] = (),
    months: Iterable[str] = ("2026-11", "2026-12"),
    **changes: Any,
) -> ReportingBooks:
    """Make the books of a group; the parts are owed, and answered, in the first of the months."""
    parts = tuple(parts)
    first, *others = months
    made = ReportingBooks(
        group_id=7,
        rules=RULES,
        quiet_hours=NIGHT,
        since=JOINED,
        calendars=CALENDARS,
        members={person.id: person for person in members},
        absences=tuple(absences),
        periods=(open_period(first, parts, answered), *(open_period(key, parts) for key in others)),
    )
    return replace(made, **changes)
