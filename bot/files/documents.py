"""Files that are given out: CSV and XLSX sheets that hold no formula, and what they are called."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

SheetFormat = Literal["xlsx", "csv"]
SheetValue = str | int | date | None

# What a spreadsheet takes for the beginning of a formula, with the full-width signs that some take for it too.
_FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]")
_WIDEST = 60
_NARROWEST = 8
# What no cell of a workbook can hold.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Document:
    """A file on its way to somebody."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    A table with a row of headings.

    In a CSV a text that a spreadsheet would take for a formula stands behind an apostrophe, which `plain` takes off;
    in a workbook such a cell is a text by its type.
    """

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[SheetValue]]
    is_right_to_left: bool = False

    def encoded(self, form: SheetFormat) -> bytes:
        """Give the bytes of the file."""
        if form == "xlsx":
            # The spreadsheet writer is heavy; the idle bot does without it.
            from bot.files.workbook_writing import write_workbook  # noqa: PLC0415

            return write_workbook(self)
        return self._csv()

    def _csv(self) -> bytes:
        written = io.StringIO(newline="")
        writer = csv.writer(written, lineterminator="\r\n")
        writer.writerow([guarded(heading) for heading in self.headings])
        for row in self.rows:
            writer.writerow([guarded(value) if isinstance(value, str) else _plain(value) for value in row])
        # Without the mark, offices take the file for one in their old code page.
        return written.getvalue().encode("utf-8-sig")


def _plain(value: SheetValue) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def guarded(text: str) -> str:
    """Put an apostrophe before a text that would be taken for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Take that apostrophe off again."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def storable(text: str) -> str:
    """Give a text without the signs that no workbook takes."""
    return _UNSTORABLE.sub("", text)


def width_of(texts: Iterable[str]) -> int:
    """Give the width of a column in letters: that of its longest line, within reason."""
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    return min(max(longest + 2, _NARROWEST), _WIDEST)
