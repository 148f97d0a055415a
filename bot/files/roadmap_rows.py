"""One row of a roadmap file into a milestone's entry, cell by cell, with every reason that speaks against it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bot.domain.groups import Party, Workstream
from bot.domain.members import Member, Names
from bot.domain.milestones import Milestone, MilestoneState
from bot.domain.readers import Language
from bot.files import roadmap_cells as cells
from bot.files.refusals import Problem, Value
from bot.files.roadmap_cells import CellRefused
from bot.files.roadmap_columns import Column, Columns
from bot.files.roadmap_file import RoadmapContext, RoadmapEntry
from bot.files.tables import Cell, Row

T = TypeVar("T")
_TEXTS = frozenset({"title", "title_en", "title_fa", "title_tg", "measurable_result", "evidence", "reason"})


@dataclass(frozen=True, slots=True)
class _Progress:
    percent: int
    state: MilestoneState
    evidence: str
    reason: str


class RowReader:
    """
    Reads the cells of one row for one milestone, a known one or a new one.

    A cell that is empty, or whose column the file lacks, keeps what the known milestone has. *problems* collects, in
    the order of the columns, what speaks against the row.
    """

    def __init__(self, row: Row, columns: Columns, context: RoadmapContext) -> None:
        self._row = row
        self._columns = columns
        self._context = context
        self.problems: list[Problem] = []

    def number(self) -> int | None:
        """Read the milestone's number."""
        return self._read("id", cells.number, None)

    def workstream(self) -> Workstream | None:
        """Read the workstream; None where it is refused."""
        known = self._context.workstreams
        return self._read("workstream", lambda cell: cells.workstream(cell, known), None, blank=True)

    def title(self) -> str:
        """Read the title, empty where it is refused."""
        known = self._language_as_typed()
        return self._read("title", lambda cell: cells.title(cell, known), "", blank=True)

    def refuse(self, column: Column, reason: str, **values: Value) -> None:
        """Add a reason against the row."""
        heading = self._columns.heading(column)
        self.problems.append(Problem(reason, heading, {"field": column, **values}))

    def entry(
        self, *, number: int | None, workstream: Workstream | None, title: str, known: Milestone | None
    ) -> RoadmapEntry | None:
        """Read the other cells and hold them against each other; None where something speaks against the row."""
        usual_lead = workstream.lead_id if workstream else None
        lead = self._person("lead", known.lead_id if known else usual_lead)
        counterpart = self._person("counterpart", known.counterpart_id if known else self._usual(workstream, lead))
        # Who has left the group cannot be named in a file; what they led stays theirs until it is handed over.
        lead_id = lead.id if lead else known.lead_id if known and not self._given("lead") else None
        counterpart_id = known.counterpart_id if known and not self._given("counterpart") else None
        if workstream is not None and (lead is not None or lead_id is None):
            self._check_people(lead, counterpart)
        responsible = self._responsible(known, lead)
        start, due = self._days(known)
        result = self._read("measurable_result", cells.note, known.measurable_result if known else "")
        progress = self._progress(known)
        language = self._read("language", lambda cell: cells.language(cell, title), None)
        if not self.problems and known and due is not None:
            self._check_move(known, due)
        adding = self._for_new(known, start)
        if self.problems or workstream is None or lead_id is None or start is None or due is None:
            return None
        return RoadmapEntry(
            number=number,
            title=title,
            language=language or (known.language if known else cells.language(Cell(""), title)),
            titles=self._titles(known),
            workstream_id=workstream.id,
            responsible_party_id=responsible,
            lead_id=lead_id,
            counterpart_id=counterpart.id if counterpart else counterpart_id,
            start_on=start,
            due_on=due,
            measurable_result=result,
            percent=progress.percent,
            state=progress.state,
            evidence=progress.evidence,
            reason=progress.reason,
            move_reason=self._move_reason(known, due),
            baseline_start_on=adding[0],
            baseline_due_on=adding[1],
            added_on=adding[2],
            moves=self._read("moved", cells.count, 0),
        )

    def _read(self, column: Column, parse: Callable[[Cell], T], default: T, *, blank: bool = False) -> T:
        """Parse a cell; an empty one gives *default*, unless *blank* lets the parser judge it."""
        cell = self._columns.cell(self._row, column)
        if cell.kind == "formula":
            self.refuse(column, "formula", words=int(column in _TEXTS))
            return default
        if cell.is_blank and not blank:
            return default
        try:
            return parse(cell)
        except CellRefused as refused:
            self.refuse(column, refused.reason, **refused.values)
            return default

    def _given(self, column: Column) -> bool:
        return not self._columns.cell(self._row, column).is_blank

    def _language_as_typed(self) -> Language | None:
        cell = self._columns.cell(self._row, "language")
        try:
            return None if cell.is_blank else cells.language(cell, "")
        except CellRefused:
            return None  # refused in its turn

    def _titles(self, known: Milestone | None) -> Names:
        have = known.titles if known else Names()
        return Names(
            fa=self._read("title_fa", lambda cell: cells.title(cell, "fa"), have.fa),
            tg=self._read("title_tg", lambda cell: cells.title(cell, "tg"), have.tg),
            en=self._read("title_en", lambda cell: cells.title(cell, "en"), have.en),
        )

    def _responsible(self, known: Milestone | None, lead: Member | None) -> int | None:
        if not self._given("responsible"):
            return known.responsible_party_id if known else lead.party_id if lead else None
        parties = self._context.group.parties
        party: Party | None = self._read("responsible", lambda cell: cells.party(cell, parties), None)
        return party.id if party else None

    def _person(self, column: Column, default_id: int | None) -> Member | None:
        """Read a person; None where the cell is refused, the default where it is empty."""
        members = self._context.members
        if self._columns.cell(self._row, column).is_blank:
            return next((member for member in members if member.id == default_id), None)
        return self._read(column, lambda cell: cells.person(cell, members), None)

    def _usual(self, workstream: Workstream | None, lead: Member | None) -> int | None:
        """Give who answers for the workstream on the side that the lead is not of."""
        if workstream is None or lead is None:
            return None
        return next((member for party, member in workstream.people.items() if party != lead.party_id), None)

    def _check_people(self, lead: Member | None, counterpart: Member | None) -> None:
        if lead is None:
            if not any(problem.values.get("field") == "lead" for problem in self.problems):
                self.refuse("lead", "lead_missing")
        elif counterpart and lead.party_id == counterpart.party_id:
            group = self._context.group
            own, other = group.party(lead.party_id), group.other_party(lead.party_id)
            self.refuse("counterpart", "same_party", party=own.names, other=other.names)

    def _days(self, known: Milestone | None) -> tuple[date | None, date | None]:
        today = self._context.today
        before = len(self.problems)
        start = self._read("start", lambda cell: cells.day(cell, today=today), known.start_on if known else None)
        if not self._given("due"):
            self.refuse("due", "due_missing")
            return start, None
        due = self._read("due", lambda cell: cells.day(cell, today=today), None)
        if len(self.problems) == before and due is not None:
            start = start or min(today, due)
            is_as_it_was = known is not None and (start, due) == (known.start_on, known.due_on)
            if due < start and not is_as_it_was:
                self.refuse("due", "due_before_start", due=due, start=start)
        return start, due

    def _progress(self, known: Milestone | None) -> _Progress:
        before = len(self.problems)
        percent = self._read("percent", cells.percent, None)
        state = self._read("state", cells.state, None)
        evidence = self._read("evidence", cells.note, "")
        reason = self._read("reason", cells.note, "")
        if len(self.problems) > before:
            return _Progress(0, MilestoneState.NOT_STARTED, evidence, reason)
        percent, state = _completed(percent, state, known)
        self._check_progress(_Progress(percent, state, evidence, reason), known)
        evidence = evidence or (known.evidence if known else "")
        if state is not MilestoneState.DROPPED or not reason:
            reason = known.reason if known else ""
        return _Progress(percent, state, evidence, reason)

    def _check_progress(self, after: _Progress, known: Milestone | None) -> None:
        is_new_state = known is None or known.state is not after.state
        if known and known.state is MilestoneState.DROPPED and (is_new_state or known.percent != after.percent):
            self.refuse("state", "milestone_dropped", code=known.code)
        elif after.state is MilestoneState.DONE and after.percent < 100:
            self.refuse("state", "done_below_100", percent=after.percent)
        elif after.state is MilestoneState.NOT_STARTED and after.percent > 0:
            self.refuse("state", "not_started_above_0", percent=after.percent)
        elif after.state is MilestoneState.DONE and is_new_state and not after.evidence:
            self.refuse("evidence", "evidence_missing")
        elif after.state is MilestoneState.DROPPED and is_new_state and not after.reason:
            self.refuse("reason", "reason_missing")

    def _check_move(self, known: Milestone, due: date) -> None:
        if self._context.group.roadmap_adopted_on and due != known.due_on and not self._given("reason"):
            self.refuse("due", "move_without_reason", due=known.due_on, code=known.code)

    def _move_reason(self, known: Milestone | None, due: date) -> str:
        if known is None or due == known.due_on:
            return ""
        return self._read("reason", cells.note, "")

    def _for_new(self, known: Milestone | None, start: date | None) -> tuple[date | None, date | None, date | None]:
        """Give both baselines and the day a late addition was made; the file may bring its own, from an export."""
        today, adopted_on = self._context.today, self._context.group.roadmap_adopted_on
        baseline_start = self._read("baseline_start", lambda cell: cells.day(cell, today=today), None)
        baseline_due = self._read("baseline_due", lambda cell: cells.day(cell, today=today), None)
        added_on = self._read("added_on", lambda cell: cells.day(cell, today=today), None)
        if known:
            return known.baseline_start_on, known.baseline_due_on, known.added_on
        if baseline_due:
            return baseline_start or start, baseline_due, added_on
        # Adoption fixes the baseline: before it none has one, after it a new one is marked as late.
        return None, None, added_on or (today if adopted_on else None)


def _completed(
    percent: int | None, state: MilestoneState | None, known: Milestone | None
) -> tuple[int, MilestoneState]:
    """Fill in what the row leaves out: what the milestone has, or what the one says about the other."""
    if percent is None and state is None:
        return (known.percent, known.state) if known else (0, MilestoneState.NOT_STARTED)
    if percent is None:
        percent = 100 if state is MilestoneState.DONE else known.percent if known else 0
    if state is None:
        is_open = known is not None and known.state not in {MilestoneState.NOT_STARTED, MilestoneState.DONE}
        if percent == 100:
            state = MilestoneState.DONE
        elif known and is_open:
            state = known.state
        else:
            state = MilestoneState.ON_TRACK if percent else MilestoneState.NOT_STARTED
    return percent, state
