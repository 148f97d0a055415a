"""A roadmap as a few rules of plain Python: what the bot must say of milestones, written apart from its code."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

OPEN = {"not started", "on track", "at risk", "off track"}


class Answer(NamedTuple):
    """What an act is answered with: a word for what happened, or the name of a refusal and what it tells."""

    word: str
    told: tuple[object, ...] = ()


SAVED, REPEATED, ASKED = Answer("saved"), Answer("already saved"), Answer("asked")
UNDONE, TAKEN_OFF = Answer("undone"), Answer("taken off")


class Said(NamedTuple):
    """How far somebody says that a milestone is."""

    percent: int | None
    state: str | None
    note: str = ""


class Standing(NamedTuple):
    """Where a milestone stands: what an entry changes and undoing it brings back."""

    percent: int = 0
    state: str = "not started"
    evidence: str = ""
    reason: str = ""
    finished_on: date | None = None
    last_at: datetime | None = None


@dataclass
class Entry:
    """One line of the log."""

    who: str
    at: datetime
    before: Standing
    after: Standing
    note: str
    is_undone: bool = False


@dataclass
class Point:
    """A milestone."""

    number: int
    title: str
    who: str
    at: datetime
    zone: str
    due_on: date
    now: Standing = field(default_factory=Standing)
    version: int = 1
    is_removed: bool = False
    entries: list[Entry] = field(default_factory=list)
    moves: list[tuple[str, date, date, str]] = field(default_factory=list)

    @property
    def last(self) -> Entry | None:
        """The last entry that was not undone."""
        return next((entry for entry in reversed(self.entries) if not entry.is_undone), None)


@dataclass
class Roadmap:
    """All that was planned, and who has which form in hand."""

    points: dict[int, Point] = field(default_factory=dict)
    forms: dict[str, tuple[int, Said]] = field(default_factory=dict)

    def copy(self) -> "Roadmap":
        """Give a roadmap that goes its own way from here."""
        return deepcopy(self)

    def plan(self, point: Point) -> Answer:
        """Somebody plans a milestone."""
        self.points[point.number] = point
        return SAVED

    def log(self, who: str, number: int, said: Said, now: datetime) -> Answer:
        """Somebody says how far a milestone is, in a line or by saving a form."""
        point = self.points[number]
        if point.is_removed:
            return Answer("ItemNotFound", (f"M-{number}",))
        if point.now.state == "dropped":
            return Answer("MilestoneClosed", (number,))
        if said.percent is not None and not 0 <= said.percent <= 100:
            return Answer("PercentOutOfRange", (said.percent,))
        percent, state = _outcome(point.now, said)
        is_new = (percent, state) != (point.now.percent, point.now.state)
        if not said.note and (state == "dropped" or (state == "done" and is_new)):
            self.forms[who] = (number, said)
            return ASKED
        if _is_repeat(point.last, who, (percent, state, said.note), now):
            return REPEATED
        after = Standing(
            percent,
            state,
            evidence=said.note if state == "done" and said.note else point.now.evidence,
            reason=said.note if state == "dropped" else point.now.reason,
            finished_on=_finished_on(point, state, now),
            last_at=now,
        )
        point.entries.append(Entry(who, now, point.now, after, said.note))
        point.now = after
        point.version += 1
        return SAVED

    def undo_entry(self, who: str, number: int, place: int, now: datetime, names: dict[str, str]) -> Answer:
        """Somebody takes back their entry at *place* of a milestone; *names* are as they read them."""
        point = self.points[number]
        entry = point.entries[place]
        last = point.last
        if entry.is_undone:
            return Answer("AlreadyUndone")
        if last is not entry and last is not None:
            return Answer("LoggedSince", (names[last.who],))
        if now - entry.at > timedelta(minutes=10):
            return Answer("UndoTooLate", (10,))
        entry.is_undone = True
        point.now = entry.before
        point.version += 1
        return UNDONE

    def undo_plan(self, who: str, number: int, now: datetime, names: dict[str, str]) -> Answer:
        """Who planned a milestone takes it off the roadmap again."""
        point = self.points[number]
        since = [point.last.who] if point.last else [mover for mover, *_ in point.moves]
        if point.is_removed:
            return Answer("AlreadyUndone")
        if since:
            return Answer("LoggedSince", (names[since[-1]],))
        if now - point.at > timedelta(minutes=10):
            return Answer("UndoTooLate", (10,))
        point.is_removed = True
        point.version += 1
        return TAKEN_OFF

    def move(self, who: str, number: int, due_on: date, reason: str) -> Answer:
        """Somebody moves the due date."""
        point = self.points[number]
        point.moves.append((who, point.due_on, due_on, reason))
        point.due_on = due_on
        point.version += 1
        return SAVED

    def begin(self, who: str, number: int, said: Said) -> Answer:
        """Somebody opens the form of an entry by buttons, and chooses how far the milestone is."""
        point = self.points[number]
        if point.is_removed:
            return Answer("ItemNotFound", (f"M-{number}",))
        if point.now.state == "dropped":
            return Answer("MilestoneClosed", (number,))
        self.forms[who] = (number, said)
        return ASKED

    def save(self, who: str, note: str, now: datetime) -> Answer:
        """Somebody types the words that their form asks for, and saves it; refused, the form stays with its words."""
        number, said = self.forms[who]
        self.forms[who] = (number, said._replace(note=note))
        answer = self.log(who, number, said._replace(note=note), now)
        if answer in {SAVED, REPEATED}:
            del self.forms[who]
        return answer


def _outcome(now: Standing, said: Said) -> tuple[int, str]:
    match said:
        case Said(percent, "dropped"):
            return now.percent if percent is None else percent, "dropped"
        case Said(100, _) | Said(None, "done"):
            return 100, "done"
        case Said(None, "not started"):
            return 0, "not started"
        case Said(None, None):
            return now.percent, now.state
        case Said(None, str() as state):
            return min(now.percent, 99), state
        case Said(int() as percent, ("on track" | "at risk" | "off track") as state):
            return percent, state
        case Said(0, "not started"):
            return 0, "not started"
        case Said(int() as percent, _):
            if now.state == "done" or (now.state == "not started" and percent):
                return percent, "on track"
            return percent, now.state
    raise AssertionError(said)


def _finished_on(point: Point, state: str, now: datetime) -> date | None:
    if state in OPEN:
        return None
    return point.now.finished_on if state == point.now.state else now.astimezone(ZoneInfo(point.zone)).date()


def _is_repeat(last: Entry | None, who: str, said: tuple[int, str, str], now: datetime) -> bool:
    if last is None or last.who != who or now - last.at > timedelta(minutes=1):
        return False
    return (last.after.percent, last.after.state, last.note) == said
