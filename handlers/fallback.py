"""What nobody else takes: unknown commands get a sentence, everything else is noted in silence."""

from telegram import Update

from bot.context import Context
from bot.screens import answers
from handlers.messages import command_of


async def unknown_command(update: Update, context: Context) -> None:
    """Say that there is no such command; in private, or where it was addressed to the bot."""
    command = command_of(context.message)
    if command is None:
        context.quiet("another bot's")
        return
    context.show(answers.unknown_command(context.reader, command))


async def unhandled(update: Update, context: Context) -> None:
    """Note that nothing is to be done about an update."""
    context.quiet("nothing to do")
