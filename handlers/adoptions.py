"""Adopting the roadmap: a co-chair reads what is adopted, adopts it for their party, or takes that back."""

from telegram import Update

from bot.context import Context
from bot.domain.adoptions import RoadmapChanged
from bot.domain.members import Role
from bot.i18n.marking import marked as _
from bot.screens import adoptions as screens
from bot.screens.screen import Screen
from bot.services import adoptions
from handlers.feature import Command, Feature, Where


async def ask(update: Update, context: Context) -> None:
    """Show what would be adopted."""
    context.show(card(context))


async def show(update: Update, context: Context) -> None:
    """Show what would be adopted, in a message of its own."""
    context.show(card(context), anew=True)


def card(context: Context) -> Screen:
    """Draw what would be adopted now."""
    return screens.adoption(context.reader, adoptions.read(context.uow, by=context.member))


async def adopt(update: Update, context: Context) -> None:
    """Adopt what was read; where it has changed meanwhile, show it as it is now."""
    try:
        found = adoptions.adopt(context.uow, context.press.word(), by=context.member)
    except RoadmapChanged:
        context.toast(
            context.say.gettext("The roadmap has changed meanwhile. Please read it again before you adopt it."),
            alert=True,
        )
        context.show(card(context))
        return
    if found.awaited:
        context.show(screens.adoption(context.reader, found, news=context.say.gettext("Saved.")))
    else:
        context.show(screens.adopted(context.reader, found))


async def take_back(update: Update, context: Context) -> None:
    """Take the adoption of the own party back."""
    found = adoptions.take_back(context.uow, by=context.member)
    news = context.say.gettext("Your adoption has been taken back.")
    context.show(screens.adoption(context.reader, found, news=news))


FEATURE = Feature(
    commands=(
        Command(
            "adopt",
            ask,
            _("Adopt the roadmap for your party"),
            where=Where.PRIVATE,
            roles=frozenset({Role.CO_CHAIR}),
        ),
    ),
    presses={"ad.show": show, "ad.adopt": adopt, "ad.undo": take_back},
    views={screens.VIEW: card},
)
