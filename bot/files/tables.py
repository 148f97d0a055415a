"""A file of an office into rows of cells: CSV in UTF-8, or the first sheet of an XLSX workbook."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.files.documents import unguarded
from bot.files.encodings import decoded
from bot.files.refusals import FileRefused, Problem

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_CELL_LENGTH = 40_000

CellKind = Literal["text", "number", "percent", "day", "formula"]

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_SEPARATORS = ",;\t"
_ROWS_TO_JUDGE_BY = 10


@dataclass(frozen=True, slots=True)
class Cell:
    """
    A cell as a person sees it: *text* without spaces at its ends.

    *number* is what a spreadsheet holds for a number; of a percent format it is times a hundred. *day* is a real date.
    """

    text: str
    kind: CellKind = "text"
    number: float | None = None
    day: date | None = None

    @property
    def is_blank(self) -> bool:
        """Tell whether there is nothing in it."""
        return not self.text and self.kind == "text"


BLANK = Cell("")


@dataclass(frozen=True, slots=True)
class Row:
    """A row and its number in the sheet, counted from 1; a line break inside a cell does not count."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        """Tell whether all its cells are empty."""
        return all(cell.is_blank for cell in self.cells)

    def cell(self, index: int | None) -> Cell:
        """Give the cell of a column, a blank one beyond the row's end or for no column."""
        return self.cells[index] if index is not None and index < len(self.cells) else BLANK


def read(content: bytes) -> list[Row]:
    """
    Read a CSV or XLSX file, told apart by their first bytes, into rows; blank rows at the end are dropped.

    Raises:
        FileRefused: it is neither, too big, damaged, or not UTF-8.
    """
    if len(content) > MOST_BYTES:
        raise FileRefused(Problem("file_too_big", values={"size": len(content), "limit": MOST_BYTES}))
    if content.startswith(_OLD_OFFICE):
        raise FileRefused(Problem("old_excel"))
    if is_workbook(content):
        # The spreadsheet reader is heavy; the idle bot does without it.
        from bot.files.workbooks import read_workbook  # noqa: PLC0415

        return read_workbook(content)
    return numbered(_csv_rows(decoded(content)))


def is_workbook(content: bytes) -> bool:
    """Tell whether a file is an archive, as workbooks are."""
    return content.startswith(_ZIP)


def numbered(rows: Iterable[tuple[Cell, ...]]) -> list[Row]:
    """
    Number rows from 1 and drop the blank ones at the end, which office files have by the million.

    Raises:
        FileRefused: more rows than MOST_ROWS hold something, or lie before one that does.
    """
    kept: list[Row] = []
    for number, cells in enumerate(rows, start=1):
        row = Row(number, cells)
        if row.is_blank:
            continue
        if number > MOST_ROWS:
            raise FileRefused(Problem("too_many_rows", values={"limit": MOST_ROWS}))
        kept.extend(Row(between, ()) for between in range(len(kept) + 1, number))
        kept.append(row)
    if not kept:
        raise FileRefused(Problem("empty_file"))
    return kept


def bounded(text: str) -> str:
    """Refuse a cell that no field could ever hold, before anything looks at it."""
    if len(text) > MOST_CELL_LENGTH:
        raise FileRefused(Problem("cell_too_long", values={"limit": MOST_CELL_LENGTH}))
    return text


def _typed(text: str) -> Cell:
    """Make the cell of a typed text; one that begins with an equals sign is a formula, as spreadsheets take it."""
    text = bounded(text).strip()
    return Cell(text, kind="formula") if text.startswith("=") and len(text) > 1 else Cell(unguarded(text))


def _csv_rows(text: str) -> Iterable[tuple[Cell, ...]]:
    if "\0" in text:
        raise FileRefused(Problem("not_a_table"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        for record in reader:
            yield tuple(_typed(cell) for cell in record[:MOST_COLUMNS])
    except csv.Error:
        raise FileRefused(Problem("broken_csv", values={"line": reader.line_num})) from None


def _separator(text: str) -> str:
    """Find what separates the cells: offices whose decimal sign is a comma save with semicolons."""

    def cells(separator: str) -> int:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        try:
            return max((len(record) for _, record in zip(range(_ROWS_TO_JUDGE_BY), reader, strict=False)), default=0)
        except csv.Error:
            return 0

    return max(_SEPARATORS, key=cells)
