"""The columns of a roadmap file: which row names them, and in which of the three languages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.files.refusals import FileRefused, Problem
from bot.files.tables import Cell, Row
from bot.i18n.folding import fold

Column = Literal[
    "id", "workstream", "title", "language", "title_en", "title_fa", "title_tg", "responsible", "lead", "counterpart",
    "start", "due", "baseline_start", "baseline_due", "moved", "added_on", "measurable_result", "percent", "state",
    "evidence", "reason",
]  # fmt: skip

# The first spelling is the format's own; the others are the glossary's terms and what offices write for them.
_SPELLINGS: dict[Column, tuple[str, ...]] = {
    "id": ("id", "code", "number", "no", "№", "شناسه", "کد", "ردیف", "شماره", "рақам", "рамз"),
    "workstream": ("workstream", "محور کاری", "محور", "самти корӣ", "самт"),
    "title": ("title", "milestone", "عنوان", "مرحله کلیدی", "ном", "унвон", "марҳилаи асосӣ"),
    "language": ("language", "زبان", "забон"),
    "title_en": ("title_en", "title (en)", "title in english", "عنوان به انگلیسی", "ном ба забони англисӣ"),
    "title_fa": ("title_fa", "title (fa)", "title in persian", "عنوان به فارسی", "ном ба забони форсӣ"),
    "title_tg": ("title_tg", "title (tg)", "title in tajik", "عنوان به تاجیکی", "ном ба забони тоҷикӣ"),
    "responsible": ("responsible", "responsible party", "طرف مسئول", "ҷониби масъул", "тарафи масъул"),
    "lead": ("lead", "مسئول", "масъул"),
    "counterpart": ("counterpart", "همتا", "ҳамто"),
    "start": ("start", "start date", "شروع", "تاریخ شروع", "оғоз", "санаи оғоз"),
    "due": ("due", "due date", "مهلت", "مهلت انجام", "муҳлат", "муҳлати иҷро"),
    "baseline_start": ("baseline_start", "start at adoption", "شروع در زمان تصویب", "оғоз ҳангоми тасдиқ"),
    "baseline_due": ("baseline_due", "due at adoption", "مهلت در زمان تصویب", "муҳлат ҳангоми тасдиқ"),
    "moved": ("moved", "moves", "دفعات تغییر مهلت", "шумораи тағйири муҳлат"),
    "added_on": ("added_on", "تاریخ افزودن", "санаи илова"),
    "measurable_result": ("measurable_result", "result", "نتیجه", "نتیجه قابل سنجش", "натиҷа", "натиҷаи ченшаванда"),
    "percent": ("percent", "percent complete", "%", "درصد", "درصد پیشرفت", "фоиз", "фоизи иҷро"),
    "state": ("state", "status", "وضعیت", "ҳолат"),
    "evidence": ("evidence", "مستندات", "مدرک", "ҳуҷҷатҳои тасдиқкунанда", "далел"),
    "reason": ("reason", "دلیل", "сабаб"),
}
COLUMNS: tuple[Column, ...] = tuple(_SPELLINGS)
NEEDED: tuple[Column, ...] = ("workstream", "title", "due")
_ENOUGH_TO_BE_A_HEADER = 3


def _key(text: str) -> str:
    return fold(text).replace("_", " ").replace("  ", " ").strip(" :*")


_COLUMN_OF: dict[str, Column] = {
    _key(spelling): column for column, spellings in _SPELLINGS.items() for spelling in spellings
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column stands. *ignored* are headings that mean nothing here."""

    header_row: int
    places: dict[Column, int]
    headings: dict[Column, str]
    ignored: tuple[str, ...]

    def cell(self, row: Row, column: Column) -> Cell:
        """Give a row's cell of a column, a blank one where the file has no such column."""
        return row.cell(self.places.get(column))

    def has(self, column: Column) -> bool:
        """Tell whether the file has the column."""
        return column in self.places

    def heading(self, column: Column) -> str:
        """Give the column's name as the file writes it."""
        return self.headings.get(column, column)


def find_columns(rows: Sequence[Row]) -> Columns:
    """
    Find the row that names the columns.

    Raises:
        FileRefused: no row does, a needed column is missing, or one stands there twice.
    """
    header = next((row for row in rows if len(_known(row.cells)) >= _ENOUGH_TO_BE_A_HEADER), None)
    if header is None:
        raise FileRefused(Problem("no_header", values={"needed": NEEDED}))
    places: dict[Column, int] = {}
    headings: dict[Column, str] = {}
    ignored: list[str] = []
    for place, cell in enumerate(header.cells):
        column = _COLUMN_OF.get(_key(cell.text))
        if column is None:
            if cell.text:
                ignored.append(cell.text)
        elif column in places:
            raise FileRefused(Problem("doubled_column", column=cell.text, values={"heading": cell.text}))
        else:
            places[column] = place
            headings[column] = cell.text
    missing = tuple(column for column in NEEDED if column not in places)
    if missing:
        raise FileRefused(Problem("missing_columns", values={"missing": missing}))
    return Columns(header.number, places, headings, tuple(ignored))


def _known(cells: Iterable[Cell]) -> set[Column]:
    return {column for column in (_COLUMN_OF.get(_key(cell.text)) for cell in cells) if column}
