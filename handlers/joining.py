"""Coming in: an invitation's deep link, the choice of a language, the welcome; and the main screen for who returns."""

from telegram import Update

from bot.context import Context
from bot.domain.errors import ButtonExpired, NotAMember
from bot.domain.members import Role
from bot.domain.readers import LANGUAGES, Language
from bot.i18n.marking import marked as _
from bot.screens import welcome
from bot.screens.screen import Screen
from bot.services import membership
from db.repositories.members import Person
from handlers import names
from handlers.feature import Command, Feature, Where
from handlers.help import home, listed, set_menu


async def start(update: Update, context: Context) -> None:
    """Let in who brings an invitation; show the main screen to who returns."""
    if not context.args:
        context.show(home(context))
        set_menu(context)
        return
    accepted = membership.join(context.uow, context.args[0], user_id=context.user.id, name=context.user.full_name)
    context.forget_person()
    person = context.person
    if person is None or not person.language_chosen:
        first = context.client_language or context.reader.language
        context.show(welcome.language_choice(first, act="jn.lang"))
        return
    context.show(_welcome(context, already=accepted.already))
    set_menu(context)
    if not accepted.already:
        names.ask_newcomer(context)


async def choose_language(update: Update, context: Context) -> None:
    """Keep the first choice of a language, welcome in it, and ask for the name in both scripts."""
    person = person_of(context)
    membership.choose_language(context.uow, person, chosen_language(context))
    context.forget_person()
    context.show(_welcome(context))
    set_menu(context)
    if not person.language_chosen:
        names.ask_newcomer(context)


def chosen_language(context: Context) -> Language:
    """Read the language that a button names; raises ButtonExpired for one that there is not."""
    word = context.press.word()
    if word not in LANGUAGES:
        raise ButtonExpired
    return word


def person_of(context: Context) -> Person:
    """Give the person who acts; raises NotAMember for a stranger."""
    if context.person is None:
        raise NotAMember
    return context.person


def _welcome(context: Context, *, already: bool = False) -> Screen:
    member = context.member_or_none
    if member is None:
        return welcome.owner_welcome(context.reader)
    return welcome.welcome(
        context.reader, context.group, listed(context), is_observer=member.role is Role.OBSERVER, already=already
    )


FEATURE = Feature(
    commands=(Command("start", start, _("Open the main screen"), where=Where.PRIVATE, is_listed=False),),
    presses={"jn.lang": choose_language},
    views={"welcome": _welcome},
)
