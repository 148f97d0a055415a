"""A whole roadmap file, row after row, into a preview of what it would do."""

from collections.abc import Callable
from dataclasses import fields

from bot.domain.groups import Workstream
from bot.domain.milestones import Milestone
from bot.files import tables
from bot.files.roadmap_columns import Columns, find_columns
from bot.files.roadmap_file import Outcome, Preview, RoadmapContext, RoadmapEntry, RowVerdict
from bot.files.roadmap_rows import RowReader
from bot.files.tables import Row
from bot.i18n.folding import fold
from bot.i18n.typed import read_number_code

_TOTALS = frozenset(
    fold(word) for word in ("total", "sum", "جمع", "مجموع", "جمع کل", "ҷамъ", "ҳамагӣ", "итого", "всего")
)
_ONLY_WHEN_ADDED = frozenset({"number", "baseline_start_on", "baseline_due_on", "added_on", "moves", "move_reason"})


Progress = Callable[[int, int], None]


def read_roadmap(content: bytes, context: RoadmapContext, progress: Progress | None = None) -> Preview:
    """
    Read a roadmap from the bytes of a CSV or XLSX file and hold every row against the group.

    *progress* is told how many rows of how many have been judged, on the thread that reads.

    Raises:
        FileRefused: the file as a whole cannot be read.
    """
    rows = tables.read(content)
    columns = find_columns(rows)
    reading = _Reading(columns, context)
    verdicts = []
    for row in rows:
        verdicts.append(reading.verdict(row))
        if progress is not None:
            progress(len(verdicts), len(rows))
    return Preview(tuple(verdicts), columns.ignored)


class _Reading:
    """What earlier rows of the same file have said: ids and titles stand there once."""

    def __init__(self, columns: Columns, context: RoadmapContext) -> None:
        self._columns = columns
        self._context = context
        self._row_of_number: dict[int, int] = {}
        self._row_of_title: dict[tuple[int, str], int] = {}
        self._by_number = {milestone.number: milestone for milestone in context.milestones}
        self._by_title = {
            (milestone.workstream_id, fold(milestone.title)): milestone for milestone in context.milestones
        }

    def verdict(self, row: Row) -> RowVerdict:
        """Judge one row."""
        ignored = self._ignored(row)
        if ignored:
            return RowVerdict(row.number, Outcome.IGNORE, ignored)
        reader = RowReader(row, self._columns, self._context)
        number = reader.number()
        workstream = reader.workstream()
        title = reader.title()
        known = self._known(number, workstream, title)
        self._check_doubles(reader, row, number=number, workstream=workstream, title=title, known=known)
        entry = reader.entry(number=number, workstream=workstream, title=title, known=known)
        if entry is None or reader.problems:
            return RowVerdict(row.number, Outcome.REFUSE, problems=tuple(reader.problems))
        normalised = self._normalised(row, entry)
        if known is None:
            return RowVerdict(row.number, Outcome.ADD, normalised=normalised, entry=entry)
        changes = _changes(known, entry)
        return RowVerdict(
            row.number,
            Outcome.CHANGE if changes else Outcome.UNCHANGED,
            normalised=normalised,
            entry=entry,
            milestone_id=known.id,
            changes=changes,
        )

    def _ignored(self, row: Row) -> str:
        if row.is_blank:
            return "blank_row"
        if row.number < self._columns.header_row:
            return "title_row" if sum(not cell.is_blank for cell in row.cells) == 1 else "group_header"
        if row.number == self._columns.header_row:
            return "header"
        first = next(cell.text for cell in row.cells if not cell.is_blank)
        words = {fold(word) for word in first.replace("·", "/").replace(":", "/").split("/")}
        has_code = read_number_code(self._columns.cell(row, "id").text) is not None
        if self._columns.cell(row, "workstream").is_blank and not has_code and words & _TOTALS:
            return "total_row"
        return ""

    def _known(self, number: int | None, workstream: Workstream | None, title: str) -> Milestone | None:
        """Find the milestone a row means: by its number or, in a file without numbers, by workstream and title."""
        if number is not None:
            return self._by_number.get(number)
        return self._by_title.get((workstream.id, fold(title))) if workstream and title else None

    def _check_doubles(
        self,
        reader: RowReader,
        row: Row,
        *,
        number: int | None,
        workstream: Workstream | None,
        title: str,
        known: Milestone | None,
    ) -> None:
        if number is not None:
            first = self._row_of_number.setdefault(number, row.number)
            if first != row.number:
                reader.refuse("id", "duplicate_id", code=f"M-{number}", row=first)
                return
        if workstream is None or not title:
            return
        key = (workstream.id, fold(title))
        first = self._row_of_title.setdefault(key, row.number)
        same = self._by_title.get(key)
        if known is not None and (known.workstream_id, fold(known.title)) == key:
            return  # it has that title already, whoever else has it
        if first != row.number:
            reader.refuse("title", "duplicate_title", row=first)
        elif same is not None and same is not known:
            reader.refuse("title", "title_taken", code=same.code)

    def _normalised(self, row: Row, entry: RoadmapEntry) -> dict[str, str]:
        """Give the cells as they will be stored; names and codes only where they differ from what was typed."""
        handles = {member.id: member.handle for member in self._context.members}
        codes = {workstream.id: workstream.code for workstream in self._context.workstreams}
        as_stored = {
            "title": entry.title,
            "workstream": codes[entry.workstream_id],
            "lead": handles.get(entry.lead_id, ""),
            "counterpart": handles.get(entry.counterpart_id, "") if entry.counterpart_id else "",
        }
        typed = {
            "title": self._columns.cell(row, "title").text,
            "workstream": self._columns.cell(row, "workstream").text,
            "lead": self._columns.cell(row, "lead").text,
            "counterpart": self._columns.cell(row, "counterpart").text,
        }
        return {column: text for column, text in as_stored.items() if text != typed[column]} | {
            "start": entry.start_on.isoformat(),
            "due": entry.due_on.isoformat(),
            "percent": str(entry.percent),
            "state": entry.state.value,
        }


def _changes(known: Milestone, entry: RoadmapEntry) -> tuple[str, ...]:
    names = (field.name for field in fields(entry) if field.name not in _ONLY_WHEN_ADDED)
    return tuple(name for name in names if getattr(entry, name) != getattr(known, name))
