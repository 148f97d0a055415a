"""Choosing one from a list for a field of a form, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.i18n.speech import Html, Speech
from bot.screens.day_choice import Drawn
from bot.screens.forms import leaving, page_of, turning
from bot.screens.screen import Button


@dataclass(frozen=True, slots=True)
class ListAsked:
    """
    The field that something is chosen for.

    *prefix* begins the acts of the form's buttons: ``set`` takes a choice, ``edit`` turns the page, ``back`` leaves.
    """

    question: Html
    draft_id: int
    field: str
    page: int
    prefix: str


def choose_from(say: Speech, asked: ListAsked, options: Sequence[tuple[str, int]]) -> Drawn:
    """Ask for one of *options*, each a label and the number that the button gives back."""
    act, args = f"{asked.prefix}.set", (asked.draft_id, asked.field)
    rows: list[list[Button | None]] = [
        [Button(label, act, (*args, number))] for label, number in page_of(options, asked.page)
    ]
    rows.append(turning(say, act=f"{asked.prefix}.edit", args=args, page=asked.page, count=len(options)))
    rows.append(leaving(say, asked.draft_id, back=f"{asked.prefix}.back"))
    return [asked.question], rows
