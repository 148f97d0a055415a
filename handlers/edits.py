"""Edited messages: they change nothing that was logged, and one who edits a line is offered to correct its entry."""

import re

from telegram import Update

from bot.context import Context
from bot.i18n.typed import read_number_code, read_quick_progress
from bot.screens import answers
from handlers.progress_lines import offer_correction

_COMMAND = re.compile(r"^/progress(?:@\w+)?\s+", re.IGNORECASE)


async def edited(update: Update, context: Context) -> None:
    """Offer the author of an edited line of progress to log the correction; say nothing of other edits."""
    message = context.message
    quick = read_quick_progress(_COMMAND.sub("", message.text or message.caption or ""))
    says_progress = quick.percent is not None or quick.state is not None
    if not says_progress or (quick.number is None and message.reply_to_message is None):
        context.quiet("an edit")
        return
    if quick.number is None and context.replied_screen is not None:
        code = read_number_code(context.replied_screen.about)
        quick = quick._replace(number=code[1] if code and code[0] == "M" else None)
    if not offer_correction(context, quick):
        context.show(answers.edit_changes_nothing(context.reader, context.group.rules.undo_minutes))
