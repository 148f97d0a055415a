"""The calendar of a group: shared working days of the months to come, and when the next reports fall due."""

from telegram import Update

from bot.context import Context
from bot.i18n.marking import marked as _
from bot.screens import forecasts as screens
from bot.screens.forecasts import Forecast
from bot.screens.screen import Screen
from bot.services import forecasts
from handlers.feature import Command, Feature
from handlers.lists import audience

_MONTHS = 12
# In a chat the text stands there once for each language.
_MONTHS_IN_CHATS = 6


async def ask(update: Update, context: Context) -> None:
    """Show the months to come."""
    context.show(drawn_anew(context))


async def show(update: Update, context: Context) -> None:
    """Show the months to come in place."""
    context.show(drawn_anew(context))


def drawn_anew(context: Context, mode: str = "") -> Screen:
    """Draw the months to come as of now."""
    group = context.group
    readers = audience(context, mode)
    is_private = context.chat.is_private
    count = _MONTHS if is_private else _MONTHS_IN_CHATS
    calendars = {reader.calendar for reader in readers.readers}
    found = Forecast(
        group=group,
        months={calendar: forecasts.months(context.uow, group, calendar, count) for calendar in calendars},
        reports=forecasts.next_reports(context.uow, group),
    )
    return screens.forecast(readers, found, lists_holidays=is_private)


FEATURE = Feature(
    commands=(Command("calendar", ask, _("Shared working days and the next reports")),),
    presses={"cal.show": show},
    views={screens.VIEW: drawn_anew},
)
