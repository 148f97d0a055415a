"""The first sheet of an XLSX workbook that holds anything, read cell by cell within bounds."""

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import repeat
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.files.refusals import FileRefused, Problem
from bot.files.tables import BLANK, MOST_COLUMNS, Cell, Row, bounded, numbered

# A workbook is an archive of XML: its size on disk says nothing about its size in memory.
MOST_ENTRIES = 500
MOST_UNPACKED = 40_000_000
MOST_RATIO = 200
HARMLESS = 5_000_000  # below, any ratio will do: sheets of empty rows are packed well

_DAMAGED = (
    DefusedXmlException,
    InvalidFileException,
    ParseError,
    zipfile.BadZipFile,
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    OverflowError,
    struct.error,
    zlib.error,
)


def read_workbook(content: bytes) -> list[Row]:
    """
    Read the first visible sheet that is not empty; formulas are given as formulas.

    Raises:
        FileRefused: the archive is damaged, encrypted, no workbook, or unpacks to more than fits.
    """
    _check_archive(content)
    try:
        with warnings.catch_warnings():
            # Styles and extensions that the reader does not know are of no interest here.
            warnings.simplefilter("ignore")
            workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
            return numbered(_first_filled(workbook))
    except _DAMAGED as error:  # what the reader raises for damaged files, found by feeding it damaged files
        raise FileRefused(Problem("broken_workbook")) from error


def _first_filled(workbook: Any) -> Iterator[tuple[Cell, ...]]:
    for sheet in workbook.worksheets:
        if sheet.sheet_state != "visible":
            continue
        # The sheet's own statement of its size may be wrong, and cuts rows off when it is.
        sheet.reset_dimensions()
        rows = (_filled(row) for row in sheet.iter_rows(max_col=MOST_COLUMNS))
        blank_rows = 0
        for row in rows:
            if not row:
                blank_rows += 1
                continue
            yield from repeat((), blank_rows)
            yield row
            yield from rows
            return


def _filled(row: Sequence[Any]) -> tuple[Cell, ...]:
    """Give a row's cells up to the last one that is not blank."""
    cells = [_cell(cell) for cell in row]
    while cells and cells[-1].is_blank:
        cells.pop()
    return tuple(cells)


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise FileRefused(Problem("broken_workbook")) from error
    unpacked = sum(entry.file_size for entry in entries)
    is_bomb = unpacked > HARMLESS and unpacked > MOST_RATIO * len(content)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or is_bomb:
        raise FileRefused(Problem("unpacks_too_big", values={"limit": MOST_UNPACKED}))
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise FileRefused(Problem("not_a_table"))


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return BLANK
    if cell.data_type in {"f", "e"}:  # an error value is a formula that failed
        return Cell(str(value), kind="formula")
    if isinstance(value, bool):
        return Cell(str(value).upper())
    if isinstance(value, int | float):
        if "%" in str(cell.number_format):
            percent = round(value * 100, 6)
            return Cell(f"{percent:g}%", kind="percent", number=percent)
        return Cell(f"{value:.15g}", kind="number", number=value)
    if isinstance(value, datetime):
        return Cell(value.date().isoformat(), kind="day", day=value.date())
    return Cell(bounded(str(value)).strip())
