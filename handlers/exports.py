"""Giving the roadmap out: as a table, and its due dates for a calendar."""

from telegram import Update

from bot.context import Context
from bot.domain.errors import ButtonExpired, NotAllowed
from bot.i18n.marking import marked as _
from bot.screens import exports as screens
from bot.screens.screen import Screen
from bot.services import exports as services
from handlers.feature import WRITERS, Command, Feature, Where
from handlers.forms import acting

_FORMS = frozenset({"xlsx", "csv", "ics"})


async def ask(update: Update, context: Context) -> None:
    """Ask in which form the roadmap is wanted."""
    context.show(choice(context))


async def make(update: Update, context: Context) -> None:
    """Owe the roadmap in the form that was pressed."""
    form = context.press.word(0)
    _check(context)
    if form not in _FORMS:
        raise ButtonExpired
    services.owe_roadmap(context.uow, context.chat, context.member, context.group, form)
    context.toast(screens.on_its_way(context.reader))


async def make_due_date(update: Update, context: Context) -> None:
    """Owe the due date of a milestone for a calendar."""
    milestone = context.uow.milestones.get(context.press.number(0))
    member = acting(context, milestone.group_id)
    if not member.may_export:
        raise NotAllowed
    services.owe_due_date(context.uow, context.chat, member, milestone)
    context.toast(screens.on_its_way(context.reader))


def choice(context: Context) -> Screen:
    """Draw the question."""
    _check(context)
    return screens.choice(context.reader)


def _check(context: Context) -> None:
    """Refuse observers, and chats in which others would get the whole roadmap."""
    if not context.member.may_export or not context.chat.is_private:
        raise NotAllowed


FEATURE = Feature(
    commands=(Command("export", ask, _("The roadmap as a file"), where=Where.PRIVATE, roles=WRITERS),),
    presses={"ex.ask": ask, "ex.make": make, "ex.day": make_due_date},
    views={screens.VIEW: choice},
)
