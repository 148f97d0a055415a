"""Changing the language: the choice wins for ever, and the open screen is drawn anew at once."""

from telegram import Update

from bot.context import Context
from bot.i18n.marking import marked as _
from bot.screens import welcome
from bot.services import membership
from handlers import open_screens
from handlers.feature import Command, Feature, Where
from handlers.help import set_menu
from handlers.joining import chosen_language, person_of


async def ask(update: Update, context: Context) -> None:
    """Offer the three languages, the present one first."""
    context.show(welcome.language_choice(context.reader.language, act="ln.set"))


async def choose(update: Update, context: Context) -> None:
    """Keep the choice, confirm it in one line, and draw the screen above in the new language."""
    membership.choose_language(context.uow, person_of(context), chosen_language(context))
    context.forget_person()
    context.show(welcome.language_chosen(context.reader))
    open_screens.redraw(context, above=context.pressed_screen.id)
    set_menu(context)


FEATURE = Feature(
    commands=(Command("language", ask, _("Change the language"), where=Where.PRIVATE),),
    presses={"ln.set": choose},
)
