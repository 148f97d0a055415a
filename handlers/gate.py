"""Who may pass: strangers get one line, what is not for the bot gets silence, members pass and are reachable again."""

from typing import NoReturn

from telegram import Chat, Message, Update
from telegram.ext import ApplicationHandlerStop

from bot.context import Context
from bot.domain.errors import AnonymousSender, ChatNotBound, NotAMember
from bot.screens import answers
from handlers.commands import offer_of
from handlers.messages import command_of, command_word, is_service, reads_as_progress

# What a member may ask for in a group chat that belongs to no working group yet.
BEFORE_BINDING = frozenset({"bind", "group", "help", "language", "settings", "start"})


async def gate(update: Update, context: Context) -> None:
    """
    Let members pass, answer strangers, and stop what concerns nobody.

    It asks only what the callbacks behind it ask too: the person, the chat, the membership; each is looked up once.
    """
    if update.my_chat_member is not None or _is_migration(update.message):
        return
    chat = update.effective_chat
    if chat is None or update.effective_user is None or chat.type == Chat.CHANNEL:
        _stop(context, "nobody's")
    elif chat.type == Chat.PRIVATE:
        _private(update, context)
    else:
        _group(update, context)


def _is_migration(message: Message | None) -> bool:
    return message is not None and bool(message.migrate_to_chat_id or message.migrate_from_chat_id)


def _private(update: Update, context: Context) -> None:
    person = context.person
    if context.member_or_none is None and not (person and person.is_owner):
        if not _is_invited(update.message):
            _answer_stranger(update, context)
    elif person is not None and not person.is_reachable:
        context.uow.members.change_person(person.id, is_reachable=True)


def _is_invited(message: Message | None) -> bool:
    """Tell whether a stranger opens a link; whether it is a good invitation is seen behind the gate."""
    return message is not None and command_of(message) == "start" and len((message.text or "").split()) > 1


def _answer_stranger(update: Update, context: Context) -> NoReturn:
    if update.callback_query is not None:
        context.toast(answers.stranger_alert(context.reader), alert=True)
    elif update.message is not None and not is_service(update):
        context.show(answers.stranger())
    _stop(context, "a stranger")


def _group(update: Update, context: Context) -> None:
    if update.callback_query is not None:
        _group_act(update, context, command=None)
        return
    message = update.message
    if message is None or message.is_automatic_forward or not _is_addressed(message, context):
        _stop(context, "not for the bot")
    command = command_of(message)
    if command is None and not reads_as_progress(message.text or ""):
        # Thanks and the like, said to the bot's message before everybody, need no answer.
        _stop(context, "not for the bot")
    if message.sender_chat is not None:
        raise AnonymousSender
    if message.from_user is None or message.from_user.is_bot:
        _stop(context, "another bot's")
    _group_act(update, context, command=command)


def _group_act(update: Update, context: Context, *, command: str | None) -> None:
    if context.chat.group_id is not None:
        if context.member_or_none is None:
            raise NotAMember
        return
    person, mine = context.known
    if person is None or not (person.is_owner or mine):
        if update.callback_query is None and context.uow.screens.last_like(context.chat.id, answers.STRANGER_VIEW):
            _stop(context, "a stranger who was told")
        _answer_stranger(update, context)
    if command is not None and command not in BEFORE_BINDING:
        raise ChatNotBound


def _is_addressed(message: Message, context: Context) -> bool:
    """Tell whether a message in a group is for the bot: a command of ours, or a reply to what the bot wrote."""
    command = command_of(message)
    if command is not None:
        return "@" in command_word(message) or any(known.name == command for known in offer_of(context).commands)
    replied = message.reply_to_message
    return replied is not None and replied.from_user is not None and replied.from_user.id == message.get_bot().id


def _stop(context: Context, outcome: str) -> NoReturn:
    context.quiet(outcome)
    raise ApplicationHandlerStop
