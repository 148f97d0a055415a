"""What became of a milestone or an obstacle: asked for by its code, by a reply to its card or by the card's button."""

from telegram import Update

from bot.context import Context
from bot.domain.errors import ButtonExpired
from bot.domain.histories import Kind, Subject
from bot.i18n.marking import marked as _
from bot.i18n.typed import read_number_code
from bot.screens import histories as screens
from bot.screens.screen import Screen
from bot.services import past
from handlers import forms
from handlers.feature import Command, Feature
from handlers.lists import audience

_KINDS: dict[str, Kind] = {"M": "M", "O": "O"}


async def ask(update: Update, context: Context) -> None:
    """Show what became of the item that the words after the command name, or else of the card replied to."""
    typed = forms.words_after_command(context)
    about = context.replied_screen.about if context.replied_screen and not typed else ""
    code = read_number_code(typed or about)
    if code is None:
        context.show(screens.which_item(audience(context), typed))
        return
    subject = past.find(context.uow, context.group, _KINDS[code[0]], code[1])
    context.show(_drawn(context, subject))


async def show(update: Update, context: Context) -> None:
    """Show a page of it: from a card in a message of its own, then in place."""
    view = context.pressed_screen.view
    is_turned = view is not None and view[:1] == [screens.VIEW]
    press = context.press
    mode = press.args[3] if len(press.args) > 3 else ""
    context.show(drawn_anew(context, press.number(0), press.word(1), press.number(2), mode), anew=not is_turned)


def drawn_anew(context: Context, page: int, kind: str, item_id: int, mode: str = "") -> Screen:
    """Draw a page of what became of an item."""
    return _drawn(context, past.of_id(context.uow, _kind(kind), item_id), page, mode)


def _drawn(context: Context, subject: Subject, page: int = 1, mode: str = "") -> Screen:
    member = forms.acting(context, subject.group_id)
    found = past.history(context.uow, context.uow.groups.get(member.group_id), subject, page)
    return screens.history(audience(context, mode), found)


def _kind(word: str) -> Kind:
    if word not in _KINDS:
        raise ButtonExpired
    return _KINDS[word]


FEATURE = Feature(
    commands=(Command("history", ask, _("What became of a milestone or obstacle")),),
    presses={"hi.show": show},
    views={screens.VIEW: drawn_anew},
)
