"""Buttons of a calendar that choose nothing: they say what they stand for."""

from telegram import Update

from bot.context import Context
from bot.screens.day_choice import NO_DAY, WEEKDAY
from handlers.feature import Feature


async def no_day(update: Update, context: Context) -> None:
    """Say that a place of the calendar holds no day to choose."""
    context.toast(context.say.gettext("Please choose one of the numbered days."))


async def weekday(update: Update, context: Context) -> None:
    """Say the whole name of a weekday."""
    context.toast(context.say.weekday_name(context.press.number(0)))


FEATURE = Feature(presses={NO_DAY: no_day, WEEKDAY: weekday})
