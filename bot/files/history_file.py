"""history.csv into events of a group's past, to be replayed in their order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Literal, TypeVar, cast, get_args

from bot.domain.milestones import MilestoneState
from bot.domain.obstacles import ObstacleState, Severity
from bot.domain.readers import Language
from bot.files import tables
from bot.files.refusals import Misfit, Misfits
from bot.files.tables import Row

T = TypeVar("T")

EventKind = Literal[
    "planned",
    "adopted",
    "progress",
    "due_moved",
    "raised",
    "taken",
    "waiting",
    "solved",
    "closed",
    "withdrawn",
    "comment",
]
_NEEDED = ("id", "at", "kind", "subject", "by", "language", "note")
_LANGUAGES: tuple[Language, ...] = ("fa", "tg", "en")
_OWNER = "owner_"
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """
    Something that somebody did, *at* an instant (UTC).

    *subject* is M-…, O-… or ``roadmap``; *about* what an obstacle holds up. *owners* gives the person of each party's
    code, *court* the code of the party to act afterwards. States are those of the subject.
    """

    id: str
    at: datetime
    kind: EventKind
    subject: str
    about: str
    by: str
    language: Language
    percent_before: int | None
    percent_after: int | None
    state_before: str
    state_after: str
    due_before: date | None
    due_after: date | None
    severity: Severity | None
    needed_from: str
    needed_by: date | None
    need: str
    owners: Mapping[str, str]
    waiting_for: str
    court: str
    way: str
    note: str
    attachment: str

    @property
    def number(self) -> int:
        """The number of the milestone or obstacle."""
        return int(self.subject[2:])


def read_history(content: bytes) -> list[HistoryEvent]:
    """
    Read the events of a CSV file, in their order.

    Raises:
        FileRefused: the file as a whole cannot be read.
        Misfits: cells that do not hold what is expected.
    """
    rows = tables.read(content)
    places = {cell.text: place for place, cell in enumerate(rows[0].cells) if cell.text}
    missing = [name for name in _NEEDED if name not in places]
    if missing:
        raise Misfits((Misfit("row 1", f"the columns' names, with {', '.join(missing)} among them"),))
    misfits: list[Misfit] = []
    events = [_EventReader(row, places, misfits).event() for row in rows[1:] if not row.is_blank]
    for row, (before, after) in enumerate(pairwise(events), start=3):
        if after.at < before.at:
            misfits.append(Misfit(f"row {row}, at", "not before the event above it"))
    if misfits:
        raise Misfits(tuple(misfits))
    return events


class _EventReader:
    def __init__(self, row: Row, places: dict[str, int], misfits: list[Misfit]) -> None:
        self._row = row
        self._places = places
        self._misfits = misfits

    def event(self) -> HistoryEvent:
        """Read the row; a cell that does not fit is noted and stands in for itself."""
        kind = (
            self._needed("kind", _one_of(get_args(EventKind)), f"one of {', '.join(get_args(EventKind))}") or "comment"
        )
        is_about_obstacle = self._text("subject").startswith("O-")
        states = tuple(ObstacleState) if is_about_obstacle else tuple(MilestoneState)
        state = _one_of(states)
        return HistoryEvent(
            id=self._text("id"),
            at=self._needed("at", _instant, "an instant such as 2026-02-24T07:03:00Z") or _NEVER,
            kind=cast("EventKind", kind),
            subject=self._needed("subject", _subject, "M-…, O-… or roadmap") or "",
            about=self._text("about"),
            by=self._needed("by", str, "a handle") or "",
            language=cast("Language", self._needed("language", _one_of(_LANGUAGES), "fa, tg or en") or "en"),
            percent_before=self._read("percent_before", _percent, "a percent"),
            percent_after=self._read("percent_after", _percent, "a percent"),
            state_before=self._read("state_before", state, "a state of the subject") or "",
            state_after=self._read("state_after", state, "a state of the subject") or "",
            due_before=self._read("due_before", date.fromisoformat, "a day such as 2026-10-31"),
            due_after=self._read("due_after", date.fromisoformat, "a day such as 2026-10-31"),
            severity=self._read("severity", Severity, f"one of {', '.join(Severity)}"),
            needed_from=self._text("needed_from"),
            needed_by=self._read("needed_by", date.fromisoformat, "a day such as 2026-10-31"),
            need=self._text("need"),
            owners={
                name.removeprefix(_OWNER).upper(): self._text(name)
                for name in self._places
                if name.startswith(_OWNER) and self._text(name)
            },
            waiting_for=self._text("waiting_for"),
            court=self._text("court"),
            way=self._text("way") or "file",
            note=self._text("note"),
            attachment=self._text("attachment"),
        )

    def _text(self, column: str) -> str:
        return self._row.cell(self._places.get(column)).text

    def _read(self, column: str, parse: Callable[[str], T], expected: str) -> T | None:
        text = self._text(column)
        if not text:
            return None
        try:
            return parse(text)
        except ValueError:
            self._misfits.append(Misfit(f"row {self._row.number}, {column}", expected))
            return None

    def _needed(self, column: str, parse: Callable[[str], T], expected: str) -> T | None:
        if not self._text(column):
            self._misfits.append(Misfit(f"row {self._row.number}, {column}", expected))
        return self._read(column, parse, expected)


def _one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    def choose(text: str) -> str:
        if text not in choices:
            raise ValueError(text)
        return text

    return choose


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return at


def _subject(text: str) -> str:
    if text != "roadmap" and not (text[:2] in {"M-", "O-"} and text[2:].isascii() and text[2:].isdigit()):
        raise ValueError(text)
    return text


def _percent(text: str) -> int:
    percent = int(text)
    if not 0 <= percent <= 100:
        raise ValueError(text)
    return percent
