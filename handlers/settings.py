"""A person's own settings: one screen, edited in place; what stands above it is drawn anew at once."""

from collections.abc import Callable
from datetime import time

from telegram import Update

from bot.context import Context
from bot.domain.errors import ButtonExpired
from bot.domain.members import QuietHours
from bot.i18n.marking import marked as _
from bot.i18n.typed_hours import read_hours
from bot.i18n.typed_zones import read_zone
from bot.screens import settings as screens
from bot.screens.screen import Screen
from bot.screens.settings import PersonalSettings
from bot.services import membership, settings
from db.repositories.drafts import Draft
from handlers import open_screens
from handlers.feature import Command, Feature, Where
from handlers.help import set_menu
from handlers.joining import chosen_language, person_of

_ZONE, _QUIET = "zone", "quiet"


async def ask(update: Update, context: Context) -> None:
    """Show the settings."""
    _await_nothing(context)
    context.show(drawn_anew(context))


async def show(update: Update, context: Context) -> None:
    """Return to the settings."""
    _await_nothing(context)
    context.show(drawn_anew(context))


def drawn_anew(context: Context) -> Screen:
    """Draw the settings as they are now."""
    return screens.settings(context.reader, _found(context))


def _found(context: Context) -> PersonalSettings:
    return settings.of_person(context.uow, person_of(context), context.member_or_none)


async def ask_language(update: Update, context: Context) -> None:
    """Offer the languages."""
    context.show(screens.language(context.reader))


async def ask_calendar(update: Update, context: Context) -> None:
    """Offer the calendars."""
    context.show(screens.calendar(context.reader, _found(context)))


async def ask_digits(update: Update, context: Context) -> None:
    """Offer the digits."""
    context.show(screens.digits(context.reader, _found(context)))


async def ask_zone(update: Update, context: Context) -> None:
    """Offer a page of cities, and await one that is typed."""
    may_type = _await(context, _ZONE)
    context.show(screens.zones(context.reader, _found(context), context.press.number(), may_type=may_type))


async def ask_quiet_hours(update: Update, context: Context) -> None:
    """Offer quiet hours, and await some that are typed."""
    _await(context, _QUIET)
    group_hours = context.group.rules.quiet_hours
    context.show(screens.quiet_hours(context.reader, _found(context), group_hours))


async def choose_language(update: Update, context: Context) -> None:
    """Keep the language."""
    membership.choose_language(context.uow, person_of(context), chosen_language(context))
    _saved(context)
    set_menu(context)


async def choose_calendar(update: Update, context: Context) -> None:
    """Keep the calendar."""
    _keep(context, settings.choose_calendar, {"persian": "persian", "gregorian": "gregorian", screens.AS_PARTY: None})


async def choose_digits(update: Update, context: Context) -> None:
    """Keep the digits."""
    _keep(context, settings.choose_digits, {"persian": "persian", "latin": "latin", screens.AS_PARTY: None})


def _keep(context: Context, choose: Callable[..., None], values: dict[str, str | None]) -> None:
    word = context.press.word()
    if word not in values:
        raise ButtonExpired
    choose(context.uow, person_of(context), values[word])
    _saved(context)


async def choose_zone(update: Update, context: Context) -> None:
    """Keep the time zone of a city."""
    word = context.press.word()
    settings.choose_zone(context.uow, person_of(context), None if word == screens.AS_PARTY else word)
    _saved(context)


async def choose_quiet_hours(update: Update, context: Context) -> None:
    """Keep quiet hours, the group's or none."""
    settings.choose_quiet_hours(context.uow, person_of(context), _hours_of(context.press.word()))
    _saved(context)


def _hours_of(word: str) -> QuietHours | None:
    if word == screens.AS_PARTY:
        return None
    try:
        start, end = (_time_of(part) for part in word.split("-"))
    except ValueError:
        raise ButtonExpired from None
    return QuietHours(start, end)


def _time_of(digits: str) -> time:
    return time(int(digits[:2]), int(digits[2:]))


def typed(context: Context, draft: Draft, text: str) -> None:
    """Take a city or hours that were typed; a name that may mean several places is asked about."""
    person, screen_id = person_of(context), draft.screen_id or 0
    if draft.awaits == _QUIET:
        settings.choose_quiet_hours(context.uow, person, read_hours(text))
    else:
        found = read_zone(text, now=context.now)
        if len(found) > 1:
            context.redraw(screen_id, screens.zones(context.reader, _found(context), 0, among=found, may_type=True))
            return
        settings.choose_zone(context.uow, person, found[0])
    _await_nothing(context)
    context.forget_person()
    context.redraw(screen_id, _with_news(context))
    open_screens.redraw(context, above=screen_id)


def _saved(context: Context) -> None:
    """Show the settings again with what was chosen, and draw what stands above them anew."""
    _await_nothing(context)
    context.forget_person()
    context.show(_with_news(context))
    open_screens.redraw(context, above=context.pressed_screen.id)


def _with_news(context: Context) -> Screen:
    return screens.settings(context.reader, _found(context), news=context.say.gettext("Saved."))


def _await(context: Context, field: str) -> bool:
    """Await typed words where there is a member whose form they can be; tell whether there is."""
    member = context.member_or_none
    if member is None:
        return False
    screen_id = context.pressed_screen.id
    settings.await_words(context.uow, field, by=member, chat=context.chat, screen_id=screen_id)
    return True


def _await_nothing(context: Context) -> None:
    member = context.member_or_none
    if member is not None:
        settings.await_nothing(context.uow, by=member, chat=context.chat)


FEATURE = Feature(
    commands=(
        Command("settings", ask, _("Language, calendar, digits, time zone and quiet hours"), where=Where.PRIVATE),
    ),
    presses={
        "st.show": show,
        "st.language": ask_language,
        "st.calendar": ask_calendar,
        "st.digits": ask_digits,
        "st.zones": ask_zone,
        "st.quiet": ask_quiet_hours,
        "st.say": choose_language,
        "st.count": choose_calendar,
        "st.write": choose_digits,
        "st.zone": choose_zone,
        "st.rest": choose_quiet_hours,
    },
    forms={settings.FORM: typed},
    views={screens.VIEW: drawn_anew},
)
