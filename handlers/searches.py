"""Finding things by words: asked by command, its pages turned in place."""

from telegram import Update

from bot.context import Context
from bot.domain.errors import ButtonExpired
from bot.i18n.folding import keep
from bot.i18n.marking import marked as _
from bot.screens import searches as screens
from bot.screens.screen import Screen
from bot.services import searches
from handlers.feature import Command, Feature
from handlers.forms import words_after_command
from handlers.lists import audience, numbers_and_mode

_MOST_WORDS = 200


async def ask(update: Update, context: Context) -> None:
    """Show what is found for the words after the command."""
    context.show(drawn_anew(context, 1, keep(words_after_command(context))[:_MOST_WORDS]))


async def show(update: Update, context: Context) -> None:
    """Show another page in place; the words are those of the screen, for a button has no room for them."""
    (page,), mode = numbers_and_mode(context, 1)
    view = context.pressed_screen.view
    if not view or view[0] != screens.VIEW:
        raise ButtonExpired
    context.show(drawn_anew(context, page, view[2], mode))


def drawn_anew(context: Context, page: int, words: str, mode: str = "") -> Screen:
    """Draw a page of what is found now."""
    return screens.found(audience(context, mode), searches.found(context.uow, context.group, words, page))


FEATURE = Feature(
    commands=(Command("find", ask, _("Find milestones, obstacles and people")),),
    presses={"fi.show": show},
    views={screens.VIEW: drawn_anew},
)
