"""Tables of figures: printed as Markdown, and put into a document between markers that name them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_PLACE = re.compile(r"(<!-- table: (?P<name>[a-z0-9-]+) -->\n).*?(<!-- end of table -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Table:
    """Figures under headings. *name* is its place in a document, *note* the line above it that says how it was made."""

    name: str
    note: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        """Give the note and the table; figures stand to the right."""
        rules = ["---" if _is_words(column) else "---:" for column in zip(*self.rows, strict=True)] or ["---"]
        lines = [self.headings, tuple(rules), *self.rows]
        return f"{self.note}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _is_words(column: Iterable[str]) -> bool:
    return not all(cell[:1].isdigit() or cell[:1] == "-" for cell in column)


def put(path: Path, tables: Iterable[Table]) -> list[str]:
    """
    Put tables in their places in a document; what was measured before and not now stays as it is.

    Gives the names of the tables that have no place there.
    """
    text = path.read_text(encoding="utf-8")
    found = {table.name: table for table in tables}
    places = {place["name"] for place in _PLACE.finditer(text)}

    def filled(place: re.Match[str]) -> str:
        table = found.get(place["name"])
        return place[0] if table is None else f"{place[1]}\n{table.markdown()}\n{place[3]}"

    path.write_text(_PLACE.sub(filled, text), encoding="utf-8")
    return sorted(set(found) - places)


def figure(value: float, *, digits: int = 1) -> str:
    """Write a figure with a few digits, thousands set apart."""
    return f"{value:,.{digits}f}"
