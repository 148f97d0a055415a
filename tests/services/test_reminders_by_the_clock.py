"""A month of reminders while the clock is moved about, the process stops, the network fails and people answer."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from bot.domain.errors import ButtonExpired
from bot.domain.instants import instant_of
from bot.domain.ladders import RungDay
from bot.domain.members import Member, Role
from bot.domain.report_books import PeriodBooks, ReportingBooks
from bot.domain.report_parts import PartAnswered
from bot.domain.snoozing import TooLateToSnooze
from bot.services import reminders, reports
from bot.services.example_group import Example
from bot.services.report_books import reporting_books
from db.models import Lane, OutboxRow, OutboxState
from db.repositories.outbox import Outgoing
from db.repositories.reports import QUEUED, WAITING, MadeReminder
from db.unit_of_work import UnitOfWork
from tests.services.example_unit import GROUP_ID, example_unit

BEGIN = datetime(2026, 11, 30, tzinfo=UTC)
# Both parties, each role, and homes far from either capital.
ZONES = {
    "farahmandi": "Asia/Tehran",
    "ghayurov": "Asia/Dushanbe",
    "kavehpour": "Pacific/Auckland",
    "qalandarzoda": "Asia/Kathmandu",
    "azarnia": "America/Los_Angeles",
    "nuralizoda": "Asia/Dushanbe",
}
PERSON = st.integers(0, len(ZONES) - 1)
MOVES = st.one_of(
    st.tuples(st.just("run"), st.integers(5, 8 * 3600)),
    st.tuples(st.just("run to a rung of"), PERSON),
    st.tuples(st.just("stand still for"), st.integers(3600, 72 * 3600)),
    st.tuples(st.just("run without a network for"), st.integers(60, 30 * 3600)),
    st.tuples(st.just("set back by"), st.sampled_from([60, 3 * 3600, 26 * 3600, 9 * 86400, 41 * 86400])),
    st.tuples(st.just("set forward by"), st.sampled_from([3600, 5 * 3600, 40 * 86400])),
    st.tuples(st.just("be ahead, without a network, by"), st.sampled_from([3 * 3600, 26 * 3600, 36 * 86400])),
    st.tuples(st.just("answer"), PERSON),
    st.tuples(st.just("later"), PERSON),
    st.tuples(st.just("tomorrow"), PERSON),
)


@dataclass
class Life:
    """The group's service at instants that a wayward clock shows; what it sent, and what people did."""

    uow: UnitOfWork
    people: list[Member]
    now: datetime = BEGIN
    sent: Counter[str] = field(default_factory=Counter)
    last: dict[int, MadeReminder] = field(default_factory=dict)
    returns_at: dict[str, datetime] = field(default_factory=dict)
    asked_back: Counter[str] = field(default_factory=Counter)
    early: set[str] = field(default_factory=set)
    _owner: int = 100

    def move(self, what: str, how: int) -> None:
        match what:
            case "run" | "set forward by" | "stand still for":
                self.now += timedelta(seconds=how)
            case "run to a rung of":
                self.now = self._next_rung(self.people[how])
            case "run without a network for":
                self._tick()
                self.now += timedelta(seconds=how)
            case "set back by":
                self.now -= timedelta(seconds=how)
            case "be ahead, without a network, by":
                self.now += timedelta(seconds=how)
                self._tick()
                # What was put off until then has been made, and may go before its hour, but once.
                self.early |= {key for key, at in self.returns_at.items() if at <= self.now}
                self.now -= timedelta(seconds=how)
            case _:
                self._act(what, self.people[how])
        self._tick()
        self._deliver()
        self._check_nothing_is_lost()

    def _tick(self) -> None:
        if reminders.tick(self._unit_now(), GROUP_ID):
            assert reminders.tick(self.uow, GROUP_ID) == 0

    def _unit_now(self) -> UnitOfWork:
        self.uow = UnitOfWork(self.uow.connection, self.uow.account_id, self.now)
        return self.uow

    def _deliver(self) -> None:
        """Send what is due, as a process does that was started just now."""
        self._owner += 1
        while owed := self.uow.outbox.claim(self._owner, self.now, 500):
            for outgoing in owed:
                if self._is_wanted(outgoing):
                    assert outgoing.key is not None
                    made = self.uow.reports.with_key(outgoing.key)
                    assert made is not None
                    self._note(made)
                    sent = update(OutboxRow).where(OutboxRow.id == outgoing.id).values(state=int(OutboxState.SENT))
                    self.uow.connection.execute(sent)
            self._owner += 1

    def _is_wanted(self, outgoing: Outgoing) -> bool:
        assert outgoing.lane is Lane.REMINDER
        return self.uow.outbox.still_owed(outgoing.id) is not None and reminders.recheck(self.uow, outgoing)

    def _act(self, what: str, person: Member) -> None:
        """Let a person press a button of the last reminder they got; it may be too late for that."""
        if person.id not in self.last:
            return
        uow = self._unit_now()
        with suppress(PartAnswered, ButtonExpired, TooLateToSnooze):
            inquiry = reports.inquire(uow, self.last[person.id].id, by=person)
            if what == "answer":
                reports.report_nothing(uow, inquiry)
                return
            until = reports.put_off(uow, inquiry, until_tomorrow=what == "tomorrow")
            assert self.now < until <= inquiry.said.report_due_at
            newest = uow.reports.latest(group_id=GROUP_ID, period=inquiry.made.period, member_id=person.id)
            assert newest is not None
            self.returns_at[newest.key] = until
            self.asked_back[newest.key] += 1

    # What must hold

    def _note(self, made: MadeReminder) -> None:
        """A reminder goes: once, awake, the highest of its day, never after the answer, as late as it was put off."""
        [person] = [found for found in self.people if found.id == made.member_id]
        books = self._books()
        found = self._highest(books, person)
        self.sent[made.key] += 1
        self.last[person.id] = made
        assert self.sent[made.key] <= 1 + self.asked_back[made.key], made.key
        assert self._is_awake(books, person), (made.key, self.now)
        assert found is not None, (made.key, self.now)
        assert (made.period, made.rung) == (found[0].period.key, found[1].code), self.now
        assert made.key in self.early or self.returns_at.get(made.key, self.now) <= self.now
        named = {*made.own, *made.stood_in, *made.others}
        assert named
        assert named <= set(found[0].missing)

    def _check_nothing_is_lost(self) -> None:
        """Whoever is awake has been sent their highest rung, unless they put it off."""
        books = self._books()
        for person in self.people:
            found = self._highest(books, person)
            if found is None or not self._is_awake(books, person):
                continue
            period, rung = found
            made = self.uow.reports.with_key(_key(period, person, rung))
            assert made is not None, (person.handle, rung.code, self.now)
            if made.state == WAITING:
                assert made.key in self.returns_at
                assert made.due_at > self.now
            else:
                assert (made.state, self.sent[made.key] > 0) == (QUEUED, True), made.key

    def _books(self, *, days: int = 0) -> ReportingBooks:
        until_at = self.now + timedelta(days=days)
        return reporting_books(self.uow, self.uow.groups.get(GROUP_ID), from_at=self.now, until_at=until_at)

    def _rungs(self, books: ReportingBooks, person: Member) -> Iterator[tuple[datetime, PeriodBooks, RungDay]]:
        for period in books.periods:
            for rung in period.ladder.rungs:
                if _is_for(books, period, rung, person):
                    yield _morning(rung.day, person), period, rung

    def _highest(self, books: ReportingBooks, person: Member) -> tuple[PeriodBooks, RungDay] | None:
        """Give the rung that a person has come to, unless the next report has begun or the group was not there yet."""
        opened = [period for period in books.periods if _morning(period.ladder.opens_on, person) <= self.now]
        found = [
            (at, rung)
            for at, period, rung in self._rungs(books, person)
            if opened and period is opened[-1] and books.since <= at <= self.now
        ]
        return (opened[-1], max(found, key=lambda step: step[0])[1]) if found else None

    def _next_rung(self, person: Member) -> datetime:
        coming = [at for at, _, _ in self._rungs(self._books(days=31), person) if at > self.now]
        return min(coming, default=self.now + timedelta(days=1))

    def _is_awake(self, books: ReportingBooks, person: Member) -> bool:
        there = self.now.astimezone(ZoneInfo(person.reader.time_zone))
        works = books.calendars[person.party_id].is_working(there.date())
        return works and there.time() >= time(9, 30) and not books.hours(person).quiet.covers(there.time())


def _key(period: PeriodBooks, person: Member, rung: RungDay) -> str:
    return f"report:{period.period.key}:{person.id}:{rung.code}"


def _morning(day: date, person: Member) -> datetime:
    return instant_of(day, time(9, 30), person.reader.time_zone)


def _is_for(books: ReportingBooks, period: PeriodBooks, rung: RungDay, person: Member) -> bool:
    mine = [part for part in period.missing if part.member_id == person.id]
    of_my_side = [part for part in period.missing if books.members[part.member_id].party_id == person.party_id]
    return bool(
        ("lead" in rung.to and mine)
        or ("own_secretary" in rung.to and person.role is Role.SECRETARY and of_my_side)
        or ("own_co_chair" in rung.to and person.role is Role.CO_CHAIR and of_my_side)
        or ("co_chairs" in rung.to and person.role is Role.CO_CHAIR and period.missing)
    )


def live(template: Path, folder: Path, moves: list[tuple[str, int]]) -> Life:
    """Live through *moves*; everything that must hold is looked at after each."""
    with example_unit(template, folder) as unit:
        for person in unit.uow.members.of_group(GROUP_ID):
            if person.handle in ZONES:
                unit.uow.members.change_person(person.person_id, time_zone=ZONES[person.handle])
            else:
                unit.uow.members.change(person.id, removed_at=BEGIN)
        life = Life(unit.uow, [unit.person(handle) for handle in ZONES])
        for what, how in moves:
            life.move(what, how)
        return life


@pytest.fixture(scope="session")
def template(example: tuple[Path, Example]) -> Path:
    path, _ = example
    return path


def test_a_steady_month_sends_each_rung_once(template: Path, tmp_path: Path) -> None:
    life = live(template, tmp_path, [("run", 9 * 3600)] * 45)

    assert set(life.sent.values()) == {1}
    of_keyvan = [key.split(":")[3] for key in life.sent if key.startswith(f"report:2026-11:{life.people[0].id}:")]
    assert of_keyvan == ["opens", "d-3", "d-1", "d", "d+1"]


def test_a_clock_set_back_by_hours_again_and_again_sends_each_rung_once(template: Path, tmp_path: Path) -> None:
    there_and_back = [("run", 4 * 3600), ("run", 3 * 3600), ("set back by", 3 * 3600)]

    life = live(template, tmp_path, there_and_back * 12)

    assert set(life.sent.values()) == {1}


def test_a_clock_that_was_ahead_by_forty_days_leaves_the_ladder_whole(template: Path, tmp_path: Path) -> None:
    ahead = [("set forward by", 40 * 86400), ("run", 60), ("set back by", 40 * 86400)]

    life = live(template, tmp_path, ahead + [("run", 9 * 3600)] * 45)

    # What the clock was ahead of has come too early, the report of December among it; all else comes at its hour.
    of_keyvan = [key.split(":")[3] for key in life.sent if key.startswith(f"report:2026-11:{life.people[0].id}:")]
    assert of_keyvan == ["opens", "d-3", "d-1", "d", "d+1"]


def test_what_a_clock_ahead_made_and_no_network_took_waits_for_its_day(template: Path, tmp_path: Path) -> None:
    # On Tuesday 5 January, when the ladder of December is at its second rung.
    ahead = ("be ahead, without a network, by", 36 * 86400 + 8 * 3600)

    life = live(template, tmp_path, [ahead, *[("run to a rung of", 0)] * 7])

    assert life.now == datetime(2027, 1, 5, 6, 0, tzinfo=UTC)
    assert life.sent[f"report:2026-12:{life.people[0].id}:d-3"] == 1
    assert set(life.sent.values()) == {1}


def test_a_clock_that_was_ahead_twice_takes_nothing_from_the_ladder(template: Path, tmp_path: Path) -> None:
    ahead = [("be ahead, without a network, by", seconds) for seconds in (32 * 3600, 36 * 86400 + 8 * 3600)]

    life = live(template, tmp_path, [*ahead, *[("run to a rung of", 0)] * 3])

    of_keyvan = [key.split(":")[3] for key in life.sent if key.split(":")[2] == str(life.people[0].id)]
    assert of_keyvan == ["opens", "d-3", "d-1"]


@given(moves=st.lists(MOVES, min_size=10, max_size=30))
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_clock_does_no_reminder_is_lost_doubled_or_sent_at_night(
    template: Path, tmp_path: Path, moves: list[tuple[str, int]]
) -> None:
    live(template, tmp_path, moves)


@pytest.mark.long
@given(moves=st.lists(MOVES, min_size=20, max_size=120))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_clock_does_for_long_no_reminder_is_lost_doubled_or_sent_at_night(
    template: Path, tmp_path: Path, moves: list[tuple[str, int]]
) -> None:
    live(template, tmp_path, moves)
