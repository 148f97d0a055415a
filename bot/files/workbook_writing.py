"""A sheet into an XLSX workbook: dates that are dates, texts that are texts, and the heading kept in sight."""

import io
from collections.abc import Sequence
from datetime import date
from itertools import chain, islice

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from bot.files.documents import Sheet, SheetValue, storable, width_of

_TO_JUDGE_BY = 200
_MOST_NAME = 31
_NOT_IN_NAMES = str.maketrans("", "", "[]:*?/\\")


def write_workbook(sheet: Sheet) -> bytes:
    """Write the workbook row by row; the widths are judged by the first rows."""
    workbook = Workbook(write_only=True)
    page = workbook.create_sheet(sheet.title.translate(_NOT_IN_NAMES)[:_MOST_NAME])
    page.sheet_view.rightToLeft = sheet.is_right_to_left
    page.freeze_panes = "A2"
    rows = iter(sheet.rows)
    first = list(islice(rows, _TO_JUDGE_BY))
    for place, heading in enumerate(sheet.headings):
        texts = (_shown(row[place]) for row in first)
        page.column_dimensions[get_column_letter(place + 1)].width = width_of([heading, *texts])
    page.append([_heading(page, heading) for heading in sheet.headings])
    for row in chain(first, rows):
        page.append(_cells(page, row))
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def _shown(value: SheetValue) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _heading(page: WriteOnlyWorksheet, text: str) -> Cell:
    cell = _text(page, text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _cells(page: WriteOnlyWorksheet, row: Sequence[SheetValue]) -> list[Cell | str | int | None]:
    return [_cell(page, value) for value in row]


def _cell(page: WriteOnlyWorksheet, value: SheetValue) -> Cell | str | int | None:
    if isinstance(value, str):
        # Only what begins so would be taken for a formula; a cell made by hand costs as much as ten others.
        return _text(page, value) if value.startswith("=") else storable(value) or None
    if isinstance(value, date):
        cell = WriteOnlyCell(page, value)
        cell.number_format = "yyyy-mm-dd"
        return cell
    return value


def _text(page: WriteOnlyWorksheet, text: str) -> Cell:
    cell = WriteOnlyCell(page, storable(text))
    # The writer takes what begins with an equals sign for a formula, unless it is told.
    cell.data_type = "s"
    return cell
