"""Milestones of the roadmap: how they are planned, logged and moved."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.errors import DomainError
from bot.domain.members import Names
from bot.domain.readers import Language
from bot.domain.texts import checked_note, checked_title


class MilestoneState(StrEnum):
    """The six states. "Not started" is not "no news"."""

    NOT_STARTED = "not started"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    OFF_TRACK = "off track"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def is_open(self) -> bool:
        """Tell whether work remains."""
        return self not in {MilestoneState.DONE, MilestoneState.DROPPED}


# Refusals are hashable but not frozen: contextlib sets __traceback__ on what passes a context manager.


@dataclass(unsafe_hash=True)
class DueDateInPast(DomainError):
    """The due date lies before today."""

    due_on: date


@dataclass(unsafe_hash=True)
class PercentOutOfRange(DomainError):
    """A percent below 0 or above 100."""

    percent: int


@dataclass(unsafe_hash=True)
class EvidenceMissing(DomainError):
    """A milestone is done only with a line of evidence."""

    number: int


@dataclass(unsafe_hash=True)
class ReasonMissing(DomainError):
    """A milestone is dropped only with a reason."""

    number: int


@dataclass(unsafe_hash=True)
class ReopeningReasonMissing(DomainError):
    """A dropped milestone is reopened only with a reason."""

    number: int


@dataclass(unsafe_hash=True)
class MilestoneClosed(DomainError):
    """The milestone is dropped and takes no progress."""

    number: int


@dataclass(frozen=True, slots=True)
class Milestone:
    """
    A dated point of the roadmap.

    *number* is shown as ``M-12``. *responsible_party_id* None means joint. *baseline_due_on* is None for a milestone
    added after adoption, which *added_on* dates. *moves* counts how often the due date moved. *last_entry_at* is the
    last progress (UTC), *finished_on* the day it became done or dropped, *removed_at* (UTC) when planning was undone.
    """

    id: int
    group_id: int
    number: int
    title: str
    language: Language
    titles: Names
    workstream_id: int
    responsible_party_id: int | None
    lead_id: int
    counterpart_id: int | None
    start_on: date
    due_on: date
    baseline_start_on: date | None
    baseline_due_on: date | None
    added_on: date | None
    measurable_result: str
    state: MilestoneState
    percent: int
    moves: int
    evidence: str
    reason: str
    version: int
    last_entry_at: datetime | None
    planned_by_id: int | None = None
    planned_at: datetime | None = None
    removed_at: datetime | None = None
    finished_on: date | None = None

    @property
    def code(self) -> str:
        """The code that people type and see."""
        return f"M-{self.number}"

    def title_for(self, language: Language) -> str:
        """Give the confirmed title in *language*, else the title as it was typed."""
        return getattr(self.titles, language) or self.title

    def is_overdue(self, today: date) -> bool:
        """Tell whether the due date has passed and work remains."""
        return self.state.is_open and self.due_on < today


@dataclass(frozen=True, slots=True)
class Progress:
    """What one entry says: the new percent and state, and the words with it."""

    percent: int
    state: MilestoneState
    note: str


def checked_due(due_on: date, *, today: date) -> date:
    """
    Refuse a due date that has passed.

    Raises:
        DueDateInPast: *due_on* is before *today*, the day in the responsible party's time zone.
    """
    if due_on < today:
        raise DueDateInPast(due_on)
    return due_on


def planned(
    *,
    group_id: int,
    number: int,
    title: str,
    language: Language,
    workstream_id: int,
    responsible_party_id: int | None,
    lead_id: int,
    counterpart_id: int | None,
    start_on: date,
    due_on: date,
    at: datetime,
    by_id: int | None,
    added_on: date | None,
) -> Milestone:
    """
    Give a new milestone, not begun; *at* (UTC) and *by_id* say when and by whom it is planned.

    *added_on* marks one that comes after adoption: it has no baseline. Before adoption none has one yet.
    """
    return Milestone(
        id=0,
        group_id=group_id,
        number=number,
        title=checked_title(title),
        language=language,
        titles=Names(),
        workstream_id=workstream_id,
        responsible_party_id=responsible_party_id,
        lead_id=lead_id,
        counterpart_id=counterpart_id,
        start_on=min(start_on, due_on),
        due_on=due_on,
        baseline_start_on=None,
        baseline_due_on=None,
        added_on=added_on,
        measurable_result="",
        state=MilestoneState.NOT_STARTED,
        percent=0,
        moves=0,
        evidence="",
        reason="",
        version=1,
        last_entry_at=None,
        planned_by_id=by_id,
        planned_at=at,
    )


def progress(milestone: Milestone, *, percent: int | None, state: MilestoneState | None, note: str) -> Progress:
    """
    Work out what an entry makes of *milestone* when only a percent, only a state or both are given.

    100 percent means done and done means 100 percent. Where both are given and disagree the percent is believed: "60%
    done" is sixty percent. A first percent starts the work; a lower one reopens what was done. Nothing given keeps
    both: a comment. What was dropped takes no progress; whoever may log reopens it by the state that it is in now,
    "not started" where nothing was done, with a reason, as it was dropped with one.

    Raises:
        PercentOutOfRange: not between 0 and 100.
        EvidenceMissing: done without a word of evidence.
        ReasonMissing: dropped without a reason.
        MilestoneClosed: the milestone was dropped, and this does not reopen it.
        ReopeningReasonMissing: this would reopen it, and nobody says why.
    """
    if milestone.state is MilestoneState.DROPPED:
        _check_reopens(milestone, percent=percent, state=state, note=note)
    if percent is not None and not 0 <= percent <= 100:
        raise PercentOutOfRange(percent)
    checked_note(note)
    after = _after(milestone, percent=percent, state=state)
    changes = after != (milestone.percent, milestone.state)
    if after[1] is MilestoneState.DONE and changes and not note.strip():
        raise EvidenceMissing(milestone.number)
    if after[1] is MilestoneState.DROPPED and not note.strip():
        raise ReasonMissing(milestone.number)
    return Progress(percent=after[0], state=after[1], note=note)


def _check_reopens(milestone: Milestone, *, percent: int | None, state: MilestoneState | None, note: str) -> None:
    if percent is not None or state is None or not state.is_open:
        raise MilestoneClosed(milestone.number)
    if not note.strip():
        raise ReopeningReasonMissing(milestone.number)


def reopened_state(milestone: Milestone) -> MilestoneState:
    """Give the state in which a dropped milestone is proposed to go on."""
    return MilestoneState.ON_TRACK if milestone.percent else MilestoneState.NOT_STARTED


def _after(milestone: Milestone, *, percent: int | None, state: MilestoneState | None) -> tuple[int, MilestoneState]:
    if state is MilestoneState.DROPPED:
        return (milestone.percent if percent is None else percent), state
    if percent is not None:
        if percent == 100:
            return 100, MilestoneState.DONE
        contradicted = state is MilestoneState.NOT_STARTED and percent > 0
        if state is None or state is MilestoneState.DONE or contradicted:
            state = _state_for(milestone, percent)
        return percent, state
    if state is None:
        return milestone.percent, milestone.state
    if state is MilestoneState.DONE:
        return 100, state
    if state is MilestoneState.NOT_STARTED:
        return 0, state
    # It is open again: something is left to do.
    return min(milestone.percent, 99), state


def _state_for(milestone: Milestone, percent: int) -> MilestoneState:
    if milestone.state is MilestoneState.NOT_STARTED:
        return MilestoneState.ON_TRACK if percent else MilestoneState.NOT_STARTED
    return MilestoneState.ON_TRACK if milestone.state is MilestoneState.DONE else milestone.state


def logged(milestone: Milestone, entry: Progress, *, at: datetime, on: date) -> Milestone:
    """Give the milestone as it stands after *entry*; *on* is the day of *at* in the responsible party's time zone."""
    finished = not entry.state.is_open and entry.state is not milestone.state
    return replace(
        milestone,
        percent=entry.percent,
        state=entry.state,
        evidence=entry.note if entry.state is MilestoneState.DONE and entry.note else milestone.evidence,
        reason=entry.note if entry.state is MilestoneState.DROPPED else milestone.reason,
        finished_on=on if finished else (None if entry.state.is_open else milestone.finished_on),
        last_entry_at=at,
        version=milestone.version + 1,
    )


def rescheduled(milestone: Milestone, due_on: date) -> Milestone:
    """Give the milestone with another due date, the move counted."""
    return replace(milestone, due_on=due_on, moves=milestone.moves + 1, version=milestone.version + 1)
