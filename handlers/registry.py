"""The one ordered list of what handles updates, with the reason for each place."""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.context import Context
from bot.domain.drafts import MILESTONE, OBSTACLE, PROGRESS
from bot.domain.errors import GroupOnly, NotAllowed, PrivateOnly
from bot.domain.members import Role
from bot.domain.readers import LANGUAGES
from bot.services import profile
from db.unit_of_work import UnitOfWork
from handlers import (
    adoptions,
    chats,
    day_choice,
    drafts,
    editing,
    edits,
    evidence,
    exports,
    fallback,
    forecasts,
    gate,
    groups,
    histories,
    holidays,
    imports,
    joining,
    language,
    lists,
    milestones,
    names,
    obstacles,
    presses,
    progress,
    progress_lines,
    reports,
    searches,
    settings,
    summary,
    texts,
    workstreams,
)
from handlers import help as helping
from handlers.commands import Offer, collected, keep_offer, menu
from handlers.errors import on_error
from handlers.feature import EVERYBODY, Command, Feature, Where

# In the order of the menu: what is done every day first.
FEATURES: tuple[Feature, ...] = (
    summary.FEATURE,
    lists.FEATURE,
    searches.FEATURE,
    histories.FEATURE,
    workstreams.FEATURE,
    progress_lines.FEATURE,
    exports.FEATURE,
    imports.FEATURE,
    progress.FEATURE,
    milestones.FEATURE,
    editing.FEATURE,
    obstacles.FEATURE,
    evidence.FEATURE,
    adoptions.FEATURE,
    drafts.FEATURE,
    day_choice.FEATURE,
    reports.FEATURE,
    forecasts.FEATURE,
    holidays.FEATURE,
    groups.FEATURE,
    settings.FEATURE,
    language.FEATURE,
    names.FEATURE,
    helping.FEATURE,
    joining.FEATURE,
)
OFFER: Offer = collected(
    FEATURES,
    replies=(progress_lines.from_reply,),
    texts=(progress_lines.from_text, obstacles.from_text),
    files={MILESTONE: milestones.attach, OBSTACLE: obstacles.attach, PROGRESS: progress.attach},
    evidence=(progress_lines.from_file,),
    documents=(imports.taken,),
)

LibraryApplication = Application[Any, Context, Any, Any, Any, Any]
GATE, WORK, AFTER = -1, 0, 1


def register(application: LibraryApplication, offer: Offer = OFFER) -> None:
    """
    Add all handlers to the library's application. All of them block, and of a group one handler runs.

    Messages are taken with UpdateType.MESSAGE: without it the library would hand edited ones to commands too.
    """
    keep_offer(application.bot_data, offer)
    # Before all else: strangers and what is not for the bot end here.
    application.add_handler(TypeHandler(Update, gate.gate), GATE)
    # Commands, also in the middle of a form, which keeps its place.
    for command in offer.commands:
        application.add_handler(CommandHandler(command.name, _guarded(command), filters.UpdateType.MESSAGE), WORK)
    # One handler for all buttons: their data are authenticated in one place.
    application.add_handler(CallbackQueryHandler(presses.pressed), WORK)
    application.add_handler(ChatMemberHandler(chats.standing_changed, ChatMemberHandler.MY_CHAT_MEMBER), WORK)
    # Before words: this is a message too, of our own.
    application.add_handler(MessageHandler(imports.ARRIVAL, imports.arrived), WORK)
    # Before words: these are messages too.
    application.add_handler(
        MessageHandler(filters.UpdateType.MESSAGE & filters.StatusUpdate.MIGRATE, chats.migrated), WORK
    )
    # After the commands that there are: what still looks like one is unknown.
    application.add_handler(
        MessageHandler(filters.UpdateType.MESSAGE & filters.COMMAND, fallback.unknown_command), WORK
    )
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & ~filters.COMMAND, texts.said), WORK)
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, edits.edited), WORK)
    # Last, so that every update has an outcome.
    application.add_handler(TypeHandler(Update, fallback.unhandled), WORK)
    # After the button's own callback: a press that was not answered yet is answered with nothing.
    application.add_handler(CallbackQueryHandler(presses.answered), AFTER)
    application.add_error_handler(on_error)


def _guarded(command: Command) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    """Check where and by whom a command may be used before its callback begins."""

    def run(update: Update, context: Context) -> Coroutine[Any, Any, None]:
        here = Where.PRIVATE if context.chat.is_private else Where.GROUP
        if here not in command.where:
            raise PrivateOnly if here is Where.GROUP else GroupOnly
        if command.roles != EVERYBODY and context.member.role not in command.roles:
            raise NotAllowed
        return command.callback(update, context)

    return run


def present(uow: UnitOfWork) -> None:
    """Owe the bot's names, descriptions and menus, where they are not what was set last."""
    at_the_door = [command for command in OFFER.commands if command.name == "start"]
    profile.owe_profile(
        uow,
        strangers={language: menu(at_the_door, language) for language in LANGUAGES},
        groups={language: OFFER.menu(role=Role.MEMBER, language=language, where=Where.GROUP) for language in LANGUAGES},
    )
