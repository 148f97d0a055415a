"""The library's error handler: what a callback raised is put on the unit of work, and nothing else runs."""

from typing import NoReturn

from telegram.ext import ApplicationHandlerStop

from bot.context import UNIT, Context
from bot.domain.errors import DomainError


async def on_error(update: object, context: Context) -> NoReturn:
    """
    Note what went wrong, with no query and no answer: the worker rolls back and answers in a fresh unit.

    Without the raise the library would go on with the next group, behind a gate that failed.
    """
    uow = UNIT.get()
    if isinstance(context.error, DomainError):
        uow.refuse(context.error)
    else:
        uow.error = context.error
    raise ApplicationHandlerStop
