"""What all forms have in common: pages of things to choose from, the ways out, and the unfinished draft."""

from collections.abc import Sequence
from typing import TypeVar

from bot.domain.readers import Reader
from bot.domain.texts import cut
from bot.i18n.folding import correct_title
from bot.i18n.speech import Phrase, Speech, speech
from bot.screens.screen import Button, Screen, keyboard

Item = TypeVar("Item")

PAGE = 5
_LABEL_LIMIT = 48


def page_of(items: Sequence[Item], page: int) -> Sequence[Item]:
    """Give the items of a page, the last one where there are not so many."""
    first = min(page, max(0, (len(items) - 1) // PAGE)) * PAGE
    return items[first : first + PAGE]


def turning(say: Speech, *, act: str, args: tuple[int | str, ...], page: int, count: int) -> list[Button | None]:
    """Give the buttons that turn pages; the number of the page is their last argument."""
    last = max(0, (count - 1) // PAGE)
    page = min(page, last)
    return [
        Button(say.gettext("Previous"), act, (*args, page - 1)) if page > 0 else None,
        Button(say.gettext("Next"), act, (*args, page + 1)) if page < last else None,
    ]


def clipped(text: str, limit: int = _LABEL_LIMIT) -> str:
    """Shorten a text for a button."""
    return cut(text, limit)


def name_label(say: Speech, name: str) -> str:
    """Give a name of somebody's choosing as the label of a button, in its own direction."""
    return say.label("{name}", name=clipped(name))


def quoted(say: Speech, text: str) -> Phrase:
    """Quote the beginning of what was typed, in one line: whoever sent pages of it knows the rest."""
    return say.quote(clipped(correct_title(text)))


def leaving(say: Speech, draft_id: int, *, back: str = "") -> list[Button | None]:
    """Give the buttons that leave a step (by the act *back*, where there is one) and the form."""
    return [
        Button(say.gettext("Back"), back, (draft_id,)) if back else None,
        Button(say.gettext("Cancel"), "draft.cancel", (draft_id,)),
    ]


def unfinished(reader: Reader, *, draft_id: int, title: str) -> Screen:
    """Offer to go on with a form that was left, or to drop it."""
    say = speech(reader)
    text = say.gettext("You have an unfinished draft: {title}. Would you like to continue?")
    return Screen(
        say.page([say.line(text, title=title)]),
        keyboard(
            reader,
            [
                [
                    Button(say.gettext("Continue"), "draft.continue", (draft_id,)),
                    Button(say.gettext("Drop"), "draft.drop", (draft_id,)),
                ]
            ],
        ),
    )


def dropped(reader: Reader) -> Screen:
    """Say that a form was left without saving."""
    say = speech(reader)
    return Screen(say.page([say.gettext("Nothing was saved; the draft was dropped.")]))
