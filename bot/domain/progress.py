"""Progress entries: never edited, corrected by later ones, undone for ten minutes."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.errors import DomainError
from bot.domain.milestones import Milestone, MilestoneState, Progress
from bot.domain.readers import Language

SAME_WITHIN = timedelta(minutes=1)


@dataclass(unsafe_hash=True)
class UndoTooLate(DomainError):
    """The time for undo has passed."""

    minutes: int


@dataclass(unsafe_hash=True)
class LoggedSince(DomainError):
    """Somebody has logged on the same item since."""

    by: str


@dataclass(unsafe_hash=True)
class AlreadyUndone(DomainError):
    """The entry has been undone before."""


@dataclass(frozen=True, slots=True)
class ProgressEntry:
    """Who logged what, when (UTC), before and after; *way* is how: buttons, form, reply, private, command or file."""

    id: int
    group_id: int
    milestone_id: int
    member_id: int
    at: datetime
    percent_before: int
    percent_after: int
    state_before: MilestoneState
    state_after: MilestoneState
    evidence_before: str
    reason_before: str
    note: str
    language: Language
    way: str
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """
    A file of the messenger's, kept by reference; *size* in bytes where known.

    *kind*: document, photo, video, voice, audio, animation or video_note (a round video).
    """

    kind: str
    file_id: str
    name: str = ""
    size: int | None = None

    @property
    def described(self) -> dict[str, object]:
        """What the record of changes keeps of it."""
        return {"kind": self.kind, "name": self.name, "size": self.size}


def repeats(entry: ProgressEntry | None, progress: Progress, *, member_id: int, at: datetime) -> bool:
    """Tell whether *entry*, the milestone's latest, says the same as *progress*, by the same member within a minute."""
    return (
        entry is not None
        and entry.member_id == member_id
        and abs(at - entry.at) <= SAME_WITHIN
        and (entry.percent_after, entry.state_after, entry.note) == (progress.percent, progress.state, progress.note)
    )


def is_news(entry: ProgressEntry) -> bool:
    """Tell whether an entry closes the milestone, opens it again or sets it back: its lead and counterpart hear."""
    closes = not entry.state_after.is_open and entry.state_after is not entry.state_before
    return closes or entry.percent_after < entry.percent_before


def check_undo(*, at: datetime, now: datetime, minutes: int, undone: bool, logged_since_by: str | None) -> None:
    """
    Permit undo within *minutes* of *at*, once, and only while nobody has logged since.

    Raises:
        AlreadyUndone, LoggedSince, UndoTooLate: as their names say.
    """
    if undone:
        raise AlreadyUndone
    if logged_since_by is not None:
        raise LoggedSince(logged_since_by)
    if now - at > timedelta(minutes=minutes):
        raise UndoTooLate(minutes)


def is_correctable(entry: ProgressEntry, *, member_id: int, now: datetime, minutes: int) -> bool:
    """Tell whether *entry*, a milestone's latest, can still be put right by who edits the line that made it."""
    return entry.member_id == member_id and now - entry.at <= timedelta(minutes=minutes)


def before(
    milestone: Milestone, entry: ProgressEntry, *, last_at: datetime | None, finished_on: date | None
) -> Milestone:
    """
    Give the milestone as it stood before *entry*.

    *last_at* is the instant of the entry before it, *finished_on* the day the milestone had been finished by then.
    """
    return replace(
        milestone,
        percent=entry.percent_before,
        state=entry.state_before,
        evidence=entry.evidence_before,
        reason=entry.reason_before,
        last_entry_at=last_at,
        finished_on=None if entry.state_before.is_open else finished_on,
        version=milestone.version + 1,
    )
