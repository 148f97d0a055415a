"""The bot's own comings and goings: added to a group, removed, blocked, and groups that move to another number."""

from telegram import ChatMember, ChatMemberUpdated, Update

from bot.context import Context
from bot.screens import groups as screens
from bot.services import membership, reachability

_PRESENT = frozenset({ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER, ChatMember.RESTRICTED})


async def standing_changed(update: Update, context: Context) -> None:
    """Note that the bot was blocked or taken back, added to a group or removed from it."""
    change = update.my_chat_member
    if change is None:
        return
    was_here, is_here = _is_here(change, "old"), _is_here(change, "new")
    if change.chat.type == change.chat.CHANNEL:
        context.quiet("a channel")
    elif change.chat.type == change.chat.PRIVATE:
        _private(context, is_here=is_here)
    elif is_here and not was_here:
        _entered(context)
    elif was_here and not is_here:
        context.uow.chats.leave(context.chat.id, context.now)
        context.quiet("left")
    else:
        context.quiet("another standing")


def _is_here(change: ChatMemberUpdated, which: str) -> bool:
    standing = change.old_chat_member if which == "old" else change.new_chat_member
    return standing.status in _PRESENT and getattr(standing, "is_member", True)


def _private(context: Context, *, is_here: bool) -> None:
    person = context.person
    if not is_here:
        reachability.mark(context.uow, context.chat.id)
    elif person is not None and not person.is_reachable:
        context.uow.members.change_person(person.id, is_reachable=True)
    context.quiet("reachable" if is_here else "blocked")


def _entered(context: Context) -> None:
    """Offer the binding to a secretary; tell others how it comes about."""
    context.uow.chats.enter(context.chat.id)
    if context.chat.group_id is not None:
        context.quiet("bound already")
        return
    person = context.person
    mine = membership.bindable_by(context.uow, person) if person else []
    if mine:
        context.show(screens.bind_offer(context.reader, mine))
    elif person is not None:
        context.show(screens.bind_hint((context.reader.language,)))
    else:
        context.show(screens.bind_hint())


async def migrated(update: Update, context: Context) -> None:
    """Point our chat to the supergroup that it became; told from both sides, done once."""
    message = context.message
    old, new = message.chat.id, message.chat.id
    if message.migrate_to_chat_id:
        new = message.migrate_to_chat_id
    elif message.migrate_from_chat_id:
        old = message.migrate_from_chat_id
    known = context.uow.chats.find(old)
    if known is not None:
        context.uow.chats.migrate(known.id, new)
    context.quiet("migrated")
