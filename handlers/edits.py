"""Edited messages: they change nothing that was logged, and one who tries to is told how to correct it."""

import re

from telegram import Update

from bot.context import Context
from bot.i18n.typed import read_quick_progress
from bot.screens import answers

_COMMAND = re.compile(r"^/progress(?:@\w+)?\s+", re.IGNORECASE)


async def edited(update: Update, context: Context) -> None:
    """Tell the author of an edited line of progress how to correct it; say nothing of other edits."""
    message = context.message
    quick = read_quick_progress(_COMMAND.sub("", message.text or ""))
    says_progress = quick.percent is not None or quick.state is not None
    if not says_progress or (quick.number is None and message.reply_to_message is None):
        context.quiet("an edit")
        return
    minutes = context.group.rules.undo_minutes
    context.show(answers.edit_changes_nothing(context.reader, minutes))
