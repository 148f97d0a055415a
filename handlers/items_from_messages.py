"""An item made of a person's message, by a command in reply to it."""

from collections.abc import Callable
from typing import TypeVar

from telegram import Message, MessageOriginUser

from bot.context import Context
from bot.domain.members import Member
from bot.domain.milestones import MilestoneState
from bot.domain.readers import Reader
from bot.i18n.folding import correct_title, keep
from bot.i18n.typed import QuickProgress, read_quick_progress
from bot.screens import items_from_messages as screens
from bot.screens.screen import Screen
from bot.services import items_from_messages as items
from bot.services import milestones
from handlers.attachments import attachment_of

T = TypeVar("T")


def plan(context: Context, typed: str) -> bool:
    """Put the replied message on the roadmap, under a *typed* title where there is one; tell whether there is any."""
    return _made(context, typed, items.plan, screens.planned)


def raise_(context: Context, typed: str) -> bool:
    """Make the replied message an obstacle, under a *typed* title where there is one; tell whether there is any."""
    return _made(context, typed, items.raise_, screens.raised)


def _made(context: Context, typed: str, make: Callable[..., T], told: Callable[[T, Member, Reader], Screen]) -> bool:
    said = said_in_reply(context)
    if said is None:
        return False
    by = context.member
    author = items.author_of(context.uow, said, by=by)
    item = make(context.uow, said, correct_title(typed), by=by, author=author, chat=context.chat, today=context.today)
    context.show(told(item, author, context.reader))
    return True


def merged(said: items.Said, quick: QuickProgress) -> QuickProgress:
    """
    Read an entry of a command and of the message that it replies to.

    What the command says goes before what the message says; whatever says no percent or state is the note.
    """
    told = read_quick_progress(said.words)
    number = quick.number if quick.number is not None else told.number
    if quick.percent is not None or quick.state is not None or told.number not in {None, number}:
        return quick._replace(number=number, note=quick.note or keep(said.words))
    return told._replace(number=number, note=quick.note or told.note)


def log(context: Context, said: items.Said, quick: QuickProgress, *, is_own: bool) -> None:
    """Log the replied message as *quick* reads it; *is_own*: the words are those of who replied."""
    milestone = milestones.find(context.uow, context.member.group_id, quick.number or 0)
    author = context.member if is_own else items.author_of(context.uow, said, by=context.member)
    saved = items.log(
        context.uow,
        said,
        milestone,
        percent=quick.percent,
        state=MilestoneState(quick.state) if quick.state else None,
        note=quick.note,
        by=context.member,
        author=author,
        chat=context.chat,
    )
    context.show(screens.logged(saved, author, context.reader))


def said_in_reply(context: Context) -> items.Said | None:
    """Read the message that a command replies to; None where there is none, or it is a bot's."""
    replied = context.message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.is_bot:
        return None
    attachment = attachment_of(replied)
    return items.Said(
        words=replied.text or replied.caption or "",
        attachments=(attachment,) if attachment else (),
        author_id=_author_of(replied),
        message_id=replied.message_id,
    )


def _author_of(message: Message) -> int | None:
    """Give who wrote a message: of a forwarded one, who wrote it first, None where they do not let it be known."""
    if message.forward_origin is None:
        return message.from_user.id if message.from_user and message.sender_chat is None else None
    return message.forward_origin.sender_user.id if isinstance(message.forward_origin, MessageOriginUser) else None
