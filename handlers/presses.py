"""One handler for all buttons: the act that the button names finds its callback, and every press is answered."""

from collections.abc import Coroutine
from typing import Any

from telegram import Update

from bot.context import Context
from bot.domain.errors import ButtonExpired
from handlers.commands import offer_of


def pressed(update: Update, context: Context) -> Coroutine[Any, Any, None]:
    """
    Give the callback of a genuine button, begun, to the library.

    Raises:
        ButtonExpired: forged, of another chat, of an older version, or nobody knows its act.
    """
    callback = offer_of(context).presses.get(context.press.act)
    if callback is None:
        raise ButtonExpired
    return callback(update, context)


async def answered(update: Update, context: Context) -> None:
    """End the waiting sign of a button whose callback has shown something and said nothing."""
    if not context.answered and context.uow.outcome is not None:
        context.toast()
