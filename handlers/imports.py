"""A roadmap file that is sent to the bot in private: taken in, looked through page by page, and confirmed."""

from pathlib import PurePath

from telegram import Update
from telegram.ext import filters

from bot.context import Context
from bot.domain.errors import ButtonExpired
from bot.files.refusals import Problem
from bot.files.tables import MOST_BYTES
from bot.screens import import_previews as screens
from bot.screens.screen import Screen
from bot.services import errands as services
from handlers.feature import Feature

# What offices keep tables in; what is none of ours is refused with the advice to save it as one that is.
_SUFFIXES = frozenset({".csv", ".tsv", ".xls", ".xlsm", ".xlsx", ".ods"})
_MOST_NAME = 100


class _Arrival(filters.UpdateFilter):
    """Finds what was put into the inbox for a file that has been fetched; the messenger itself sends no such thing."""

    def filter(self, update: Update) -> bool:
        return services.MARK in update.api_kwargs and update.update_id < 0


ARRIVAL = _Arrival()


def taken(context: Context) -> bool:
    """Begin an import of the table that a message brings; tell whether it brings one."""
    document = context.message.document
    name = (document.file_name or "") if document else ""
    member = context.member_or_none
    is_table = PurePath(name).suffix.casefold() in _SUFFIXES
    if document is None or member is None or not is_table or not context.chat.is_private:
        return False
    shown = name if len(name) <= _MOST_NAME else f"…{name[1 - _MOST_NAME :]}"
    if not member.may_import:
        context.show(screens.not_entitled(context.reader))
    elif (document.file_size or 0) > MOST_BYTES:
        values = {"size": document.file_size or 0, "limit": MOST_BYTES}
        context.show(screens.refused(context.reader, shown, Problem("file_too_big", values=values)))
    else:
        errand = services.begin(context.uow, member, context.chat, file_id=document.file_id, name=shown)
        screen_id = context.show(services.draw(context.uow, errand, context.reader))
        context.uow.errands.show_on(errand.id, screen_id)
    return True


async def arrived(update: Update, context: Context) -> None:
    """Let the file be read that has been fetched."""
    services.read(context.uow, int(update.api_kwargs[services.MARK]))
    context.quiet("a file has arrived")


async def show_page(update: Update, context: Context) -> None:
    """Show a page of the preview."""
    context.show(preview(context, context.press.number(1), context.press.number(0)))


async def confirm(update: Update, context: Context) -> None:
    """Let the file become the roadmap."""
    errand_id, seen = context.press.number(0), context.press.number(1)
    if services.confirm(context.uow, errand_id, seen, by=context.member):
        context.show(preview(context, errand_id))
    else:
        context.toast(context.say.gettext("Already saved."))


async def cancel(update: Update, context: Context) -> None:
    """Let nothing come of the file."""
    errand_id = context.press.number(0)
    if not services.drop(context.uow, errand_id, by=context.member):
        raise ButtonExpired
    context.show(preview(context, errand_id))


async def send_refused(update: Update, context: Context) -> None:
    """Owe the refused rows as a file."""
    services.send_refused(context.uow, context.press.number(0), context.chat, by=context.member)
    context.toast(context.say.gettext("The file follows in a moment."))


def preview(context: Context, errand_id: int, page: int = 1) -> Screen:
    """Draw an import as it stands."""
    errand = services.own(context.uow, errand_id, by=context.member)
    return services.draw(context.uow, errand, context.reader, page)


FEATURE = Feature(
    presses={"im.page": show_page, "im.ok": confirm, "im.no": cancel, "im.bad": send_refused},
    views={screens.VIEW: preview},
)
