"""Order of buttons: clients do not mirror keyboards, so a Persian row is reversed here."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from bot.domain.readers import Reader

Button = TypeVar("Button")


def rows(reader: Reader, rows: Iterable[Sequence[Button]]) -> list[list[Button]]:
    """Give the rows of a keyboard so that each reads from the side where *reader* begins."""
    if reader.language == "fa":
        return [list(reversed(row)) for row in rows]
    return [list(row) for row in rows]
