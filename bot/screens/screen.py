"""A screen: what one message says, its buttons, and how to draw it again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.readers import Reader
from bot.i18n.bidi import directed, without_controls
from bot.i18n.direction import rows as mirrored

# Letters of a label that half the width of a phone shows; longer ones would be cut off.
_HALF_A_ROW = 18


@dataclass(frozen=True, slots=True)
class Button:
    """
    A button with plain text. It names either an act with its arguments, or an address to open.

    Arguments are numbers or short words without a colon; the codec bounds the whole to 64 bytes.
    """

    label: str
    act: str = ""
    args: tuple[int | str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """
    What a message is to show: HTML *text* and rows of buttons.

    *view* is a name and arguments from which the screen can be drawn anew, in another language or a later state.
    *about* is the code it shows (``M-12``), so that replies to it find their subject. *silent*: no sound at arrival.
    """

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    view: tuple[Any, ...] | None = None
    about: str = ""
    silent: bool = False


def keyboard(reader: Reader, rows: Iterable[Iterable[Button | None]]) -> tuple[tuple[Button, ...], ...]:
    """
    Lay buttons out for a reader: empty places and rows vanish, each label gets the direction of a line.

    Two that would be cut off side by side stand one above the other; rows are mirrored for right-to-left languages.
    """
    kept = [[_directed(button, reader) for button in row if button is not None] for row in rows]
    fitting = [part for row in kept if row for part in _fitting(row)]
    return tuple(tuple(row) for row in mirrored(reader, fitting))


def _fitting(row: list[Button]) -> list[list[Button]]:
    longest = max(len(without_controls(button.label)) for button in row)
    return [[button] for button in row] if len(row) == 2 and longest > _HALF_A_ROW else [row]


def _directed(button: Button, reader: Reader) -> Button:
    label = directed(button.label, reader.language)
    return button if label == button.label else replace(button, label=label)
