"""The roadmap as a sheet that can be imported again: a row a milestone, and a column for each that the import reads."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.groups import Party, Workstream
from bot.domain.members import Member
from bot.domain.milestones import Milestone, MilestoneState
from bot.files.documents import Sheet, SheetValue
from bot.files.roadmap_columns import COLUMNS, Column

_DAYS: tuple[Column, ...] = ("start", "due")


@dataclass(frozen=True, slots=True)
class SheetWords:
    """
    How a reader's sheet speaks.

    *headings* by column; *shown_day* writes a day in the reader's own calendar, with *shown_heading* over it, and is
    None where that calendar is the one of the ISO dates.
    """

    title: str
    headings: Mapping[Column, str]
    state: Callable[[MilestoneState], str]
    joint: str
    shown_day: Callable[[date], str] | None
    shown_heading: Callable[[str], str]
    is_right_to_left: bool


def roadmap_sheet(
    milestones: Sequence[Milestone],
    *,
    parties: Sequence[Party],
    workstreams: Sequence[Workstream],
    members: Sequence[Member],
    words: SheetWords,
) -> Sheet:
    """Give the sheet; *members* are those who may be named in a file, others' cells stay empty and change nothing."""
    party_codes = {party.id: party.code for party in parties}
    codes = {workstream.id: workstream.code for workstream in workstreams}
    handles = {member.id: member.handle for member in members}

    def rows() -> Iterator[Sequence[SheetValue]]:
        for milestone in milestones:
            responsible = milestone.responsible_party_id
            named: dict[Column, SheetValue] = {
                "id": milestone.code,
                "workstream": codes[milestone.workstream_id],
                "title": milestone.title,
                "language": milestone.language,
                "title_en": milestone.titles.en,
                "title_fa": milestone.titles.fa,
                "title_tg": milestone.titles.tg,
                "responsible": words.joint if responsible is None else party_codes[responsible],
                "lead": handles.get(milestone.lead_id, ""),
                "counterpart": handles.get(milestone.counterpart_id, "") if milestone.counterpart_id else "",
                "start": milestone.start_on,
                "due": milestone.due_on,
                "baseline_start": milestone.baseline_start_on,
                "baseline_due": milestone.baseline_due_on,
                "moved": milestone.moves,
                "added_on": milestone.added_on,
                "measurable_result": milestone.measurable_result,
                "percent": milestone.percent,
                "state": words.state(milestone.state),
                "evidence": milestone.evidence,
                "reason": milestone.reason,
            }
            yield [value for column in COLUMNS for value in _with_shown(column, named[column], words)]

    return Sheet(words.title, _headings(words), rows(), words.is_right_to_left)


def _headings(words: SheetWords) -> list[str]:
    found = []
    for column in COLUMNS:
        found.append(words.headings[column])
        if column in _DAYS and words.shown_day is not None:
            found.append(words.shown_heading(words.headings[column]))
    return found


def _with_shown(column: Column, value: SheetValue, words: SheetWords) -> list[SheetValue]:
    """Give a cell and, behind a day, the same day as the reader's calendar has it."""
    if column in _DAYS and words.shown_day is not None and isinstance(value, date):
        return [value, words.shown_day(value)]
    return [value]
