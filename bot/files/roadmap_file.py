"""A roadmap file against the group it is for: what each row would add or change, or why it is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.groups import WorkingGroup, Workstream
from bot.domain.members import Member, Names
from bot.domain.milestones import Milestone, MilestoneState
from bot.domain.readers import Language
from bot.files.refusals import Problem


class Outcome(StrEnum):
    """What becomes of a row."""

    ADD = "add"
    CHANGE = "change"
    UNCHANGED = "unchanged"
    REFUSE = "refuse"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class RoadmapContext:
    """The group that a file is read for: members who were not removed, all milestones, and the day it is there."""

    group: WorkingGroup
    workstreams: Sequence[Workstream]
    members: Sequence[Member]
    milestones: Sequence[Milestone]
    today: date


@dataclass(frozen=True, slots=True)
class RoadmapEntry:
    """
    A milestone as a row gives it, in our own ids. *number* None takes the next free one.

    *reason* is why it is dropped, *move_reason* why its due date moves.
    *baseline_start_on*, *baseline_due_on*, *added_on* and *moves* count only for a milestone that is added.
    """

    number: int | None
    title: str
    language: Language
    titles: Names
    workstream_id: int
    responsible_party_id: int | None
    lead_id: int
    counterpart_id: int | None
    start_on: date
    due_on: date
    measurable_result: str
    percent: int
    state: MilestoneState
    evidence: str
    reason: str
    move_reason: str = ""
    baseline_start_on: date | None = None
    baseline_due_on: date | None = None
    added_on: date | None = None
    moves: int = 0


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """
    What becomes of a row, and why.

    *reason* says why a row is ignored; *problems* why it is refused, one a cell. *normalised* are the cells as they
    will be stored, by column: dates, percent and state always, others where they differ from what was typed.
    *milestone_id* is the milestone it changes, *changes* the fields of *entry* that differ from it.
    """

    row: int
    outcome: Outcome
    reason: str = ""
    problems: tuple[Problem, ...] = ()
    normalised: Mapping[str, str] = field(default_factory=dict)
    entry: RoadmapEntry | None = None
    milestone_id: int | None = None
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """All rows of a file with what becomes of them; *ignored_columns* are headings that mean nothing here."""

    verdicts: tuple[RowVerdict, ...]
    ignored_columns: tuple[str, ...] = ()

    def count(self, outcome: Outcome) -> int:
        """Count the rows with an outcome."""
        return sum(1 for verdict in self.verdicts if verdict.outcome is outcome)

    @property
    def counts(self) -> dict[str, int]:
        """Count the rows by outcome."""
        return {outcome.value: self.count(outcome) for outcome in Outcome}

    @property
    def is_refused(self) -> bool:
        """Tell whether a row is refused; then none is taken."""
        return self.count(Outcome.REFUSE) > 0
