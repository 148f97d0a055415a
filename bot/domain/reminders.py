"""Which reminders belong to an instant, and the keys that keep them from repeating."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from bot.domain.disturbing import Hours
from bot.domain.groups import Receiver
from bot.domain.instants import instant_of
from bot.domain.ladders import RungDay
from bot.domain.members import Member, Role
from bot.domain.periods import Period
from bot.domain.report_books import PeriodBooks, ReportingBooks
from bot.domain.report_parts import Part, stand_in

_DAY = timedelta(days=1)
_NO_PARTS: frozenset[Part] = frozenset()


@dataclass(frozen=True, slots=True)
class Reminder:
    """
    One message to one member, however many items: what is missing of their own, of those they stand in for, of others.

    *due_at* is when it goes, *until_at* when its window closes; *report_due_at* is when the report is due. All UTC.
    """

    key: str
    group_id: int
    period: Period
    rung: RungDay
    member_id: int
    due_at: datetime
    until_at: datetime
    report_due_at: datetime
    own: tuple[Part, ...]
    stood_in: tuple[Part, ...]
    others: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Send:
    """The reminder is still due; *reminder* names what is missing now."""

    reminder: Reminder


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The reminder has lost its sense."""


@dataclass(frozen=True, slots=True)
class Postpone:
    """The window has closed, or has not come yet on a clock that was set back; it waits until *until* (UTC)."""

    until: datetime


def reminder_key(period: Period, member_id: int, rung: RungDay) -> str:
    """Give the key under which a rung reaches a member once, such as ``report:2026-10:42:d-1``."""
    return f"report:{period.key}:{member_id}:{rung.code}"


def due_now(books: ReportingBooks, now: datetime) -> list[Reminder]:
    """
    Give the reminders to make at *now*: of the rungs a receiver has missed only the highest, and only while they wake.

    Whenever it is asked, a second late or a week, the answer leaves out what is in *made*.
    """
    return [reminder for reminder in _deliveries(books, now, now) if reminder.due_at <= now]


def forecast(books: ReportingBooks, from_at: datetime, until_at: datetime) -> list[Reminder]:
    """Give the reminders that will go from *from_at* until before *until_at* if nobody answers, in order of time."""
    coming = (reminder for reminder in _deliveries(books, from_at, until_at) if reminder.due_at < until_at)
    return sorted(coming, key=lambda reminder: (reminder.due_at, reminder.member_id))


def still_due(books: ReportingBooks, key: str, now: datetime) -> Send | Withdraw | Postpone:
    """Ask once more, just before a reminder that was made is sent; *books* reach as far as its period."""
    waiting = {other: at for other, at in books.waiting.items() if other != key}
    asked = replace(books, made=books.made - {key}, waiting=waiting)
    for reminder in _deliveries(asked, now, None):
        if reminder.key == key:
            return Send(reminder) if reminder.due_at <= now else Postpone(reminder.due_at)
    return Withdraw()


def _deliveries(books: ReportingBooks, from_at: datetime, until_at: datetime | None) -> Iterator[Reminder]:
    """
    Give what goes from *from_at* until *until_at* (and perhaps later), to each receiver in order of time.

    *until_at* None is the end of the books.

    What was missed moves to the receiver's next waking hour, unless a higher rung or the next period is due by then.
    """
    steps = _steps(books, from_at, until_at)
    addressed = _Addressed(books)
    for member in books.members.values():
        if not member.is_reachable or member.removed_at is not None or not member.may_write:
            continue
        planned = list(_planned(books, steps, member, addressed))
        for number, step in enumerate(planned):
            if step.key in books.made:
                continue
            following = planned[number + 1].at if number + 1 < len(planned) else None
            hours = books.hours(member)
            at, window = hours.next_waking(max(books.waiting.get(step.key, step.at), from_at))
            if any(end is not None and end <= at for end in (following, step.ends_at)):
                continue
            on_that_day = addressed.on(step.period, step.rung, hours.day_of(at))
            if parts := step.parts & on_that_day.get(member.id, _NO_PARTS):
                yield _reminder(books, member, step, parts, at=at, until_at=window.closes_at)


@dataclass(frozen=True, slots=True)
class _Step:
    """A rung that reaches a member; *at* is the instant its day has for them, *ends_at* when the next period opens."""

    key: str
    period: PeriodBooks
    rung: RungDay
    at: datetime
    parts: frozenset[Part]
    ends_at: datetime | None


def _steps(
    books: ReportingBooks, from_at: datetime, until_at: datetime | None
) -> list[tuple[PeriodBooks, RungDay, date | None]]:
    """Give the rungs that can matter anywhere on earth, each with the day on which the next period opens."""
    # Whatever the zone, a local day is at most one off the day in UTC; most ticks end here, with nothing.
    earliest, latest = from_at.date() - 2 * _DAY, until_at.date() + 2 * _DAY if until_at else date.max
    following = [period.ladder.opens_on for period in books.periods[1:]]
    return [
        (period, rung, ends_on)
        for period, ends_on in zip(books.periods, [*following, None], strict=True)
        if ends_on is None or ends_on >= earliest
        for rung in period.ladder.rungs
        if rung.day <= latest
    ]


def _planned(
    books: ReportingBooks,
    steps: Sequence[tuple[PeriodBooks, RungDay, date | None]],
    member: Member,
    addressed: "_Addressed",
) -> Iterator[_Step]:
    """Give the rungs that have something for *member* or had, in order of time."""
    hours = books.hours(member)
    for period, rung, ends_on in steps:
        key = reminder_key(period.period, member.id, rung)
        parts = addressed.on(period, rung, rung.day).get(member.id, _NO_PARTS)
        if not parts and key not in books.made and key not in books.waiting:
            continue
        at = _morning(hours, rung.day)
        if at >= books.since and member.joined_at is not None and member.joined_at <= at:
            ends_at = _morning(hours, ends_on) if ends_on else None
            yield _Step(key, period, rung, at, parts, ends_at)


def _morning(hours: Hours, day: date) -> datetime:
    at, _ = hours.next_waking(instant_of(day, time(0), hours.time_zone))
    return at


def _reminder(
    books: ReportingBooks, member: Member, step: _Step, parts: frozenset[Part], *, at: datetime, until_at: datetime
) -> Reminder:
    day = books.hours(member).day_of(at)
    missing = [part for part in step.period.missing if part in parts]
    own = tuple(part for part in missing if part.member_id == member.id)
    stood_in = tuple(
        part for part in missing if part not in own and stand_in(part.member_id, day, books.absences) == member.id
    )
    return Reminder(
        key=step.key,
        group_id=books.group_id,
        period=step.period.period,
        rung=step.rung,
        member_id=member.id,
        due_at=at,
        until_at=until_at,
        report_due_at=step.period.ladder.due_at,
        own=own,
        stood_in=stood_in,
        others=tuple(part for part in missing if part not in own and part not in stood_in),
    )


class _Addressed:
    """Which missing parts a rung brings to whom on a day, worked out once a question."""

    def __init__(self, books: ReportingBooks) -> None:
        self._books = books
        self._known: dict[tuple[str, str, date], dict[int, frozenset[Part]]] = {}
        self._stand_ins: dict[tuple[int, date], int | None] = {}

    def on(self, period: PeriodBooks, rung: RungDay, day: date) -> dict[int, frozenset[Part]]:
        """Give the parts of each receiver, by the member's id."""
        key = (period.period.key, rung.code, day)
        if key not in self._known:
            found: dict[int, set[Part]] = {}
            for part in period.missing:
                for receiver_id in self._receivers(part, rung.to, day):
                    found.setdefault(receiver_id, set()).add(part)
            self._known[key] = {member_id: frozenset(parts) for member_id, parts in found.items()}
        return self._known[key]

    def _receivers(self, part: Part, to: Iterable[Receiver], day: date) -> set[int]:
        party_id = self._books.members[part.member_id].party_id
        named: list[int] = []
        for receiver in to:
            match receiver:
                case "lead" | "owner":
                    named.append(part.member_id)
                case "own_secretary":
                    named += self._officers.get((Role.SECRETARY, party_id), [])
                case "own_co_chair":
                    named += self._officers.get((Role.CO_CHAIR, party_id), [])
                case "secretaries":
                    named += self._everywhere(Role.SECRETARY)
                case "co_chairs":
                    named += self._everywhere(Role.CO_CHAIR)
        found = (self._stand_in(member_id, day) for member_id in named)
        return {member_id for member_id in found if member_id is not None}

    def _stand_in(self, member_id: int, day: date) -> int | None:
        if (member_id, day) not in self._stand_ins:
            self._stand_ins[member_id, day] = stand_in(member_id, day, self._books.absences)
        return self._stand_ins[member_id, day]

    @cached_property
    def _officers(self) -> dict[tuple[Role, int], list[int]]:
        found: dict[tuple[Role, int], list[int]] = {}
        for member in self._books.members.values():
            if member.removed_at is None:
                found.setdefault((member.role, member.party_id), []).append(member.id)
        return found

    def _everywhere(self, role: Role) -> list[int]:
        return [member_id for (found, _), members in self._officers.items() if found is role for member_id in members]
