"""The summary: asked for by command or button, shown in other languages in place, not said twice within a minute."""

from datetime import timedelta

from telegram import Update

from bot.context import Context
from bot.domain.summaries import ALL, Selection, selection_of
from bot.i18n.marking import marked as _
from bot.screens import summary as screens
from bot.screens.screen import Screen
from bot.services import posting, summaries
from handlers.feature import Command, Feature
from handlers.forms import words_after_command
from handlers.lists import audience

AGAIN_AFTER = timedelta(seconds=60)


async def ask(update: Update, context: Context) -> None:
    """Show the summary, of what the words after the command name; in a group point to one that was just shown."""
    word = words_after_command(context)
    found = summaries.selections(context.uow, context.group, word)
    if len(found) != 1:
        context.show(_choices(context, word, found))
    elif not _pointed(context, found[0]):
        context.show(drawn_anew(context, found[0].code))


def _choices(context: Context, word: str, found: list[Selection]) -> Screen:
    known = summaries.every_selection(context.uow, context.group)
    candidates = [(selection, known[selection]) for selection in found or known]
    return screens.choices(audience(context), word, candidates, is_guess=bool(found))


def _pointed(context: Context, selection: Selection) -> bool:
    """Point to the same summary where the group's chat shows it since less than a minute."""
    if context.chat.is_private:
        return False
    # What was shown "later" was shown before the clock was set back.
    during = context.now - AGAIN_AFTER, context.now
    last = context.uow.screens.last_like(context.chat.id, screens.VIEW, selection.code, during=during)
    if last is None:
        return False
    posting.show(
        context.uow,
        context.chat,
        screens.pointer(audience(context)),
        member_id=context.member.id,
        reply_to=last.message_id or context.message.message_id,
    )
    context.quiet("pointed to the summary")
    return True


async def show(update: Update, context: Context) -> None:
    """Show the summary in place."""
    args = context.press.args
    context.show(drawn_anew(context, args[0] if args else ALL.code, *args[1:2]))


async def in_language(update: Update, context: Context) -> None:
    """Show the summary in place in another language; nobody's own choice changes."""
    context.show(drawn_anew(context, context.press.word(0), context.press.word(1)))


def drawn_anew(context: Context, code: str, mode: str = "") -> Screen:
    """Draw a summary as of now."""
    found = summaries.summary(context.uow, context.group, selection_of(code))
    member = context.member
    return screens.summary(
        audience(context, mode),
        found,
        may_write=member.may_write,
        has_items=member.may_write and context.chat.is_private,
    )


FEATURE = Feature(
    commands=(Command("summary", ask, _("How the work stands")),),
    presses={"sum.show": show, "sum.lang": in_language},
    views={screens.VIEW: drawn_anew},
)
