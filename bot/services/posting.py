"""Putting screens, answers and other calls into the outbox, in the same transaction as the change that owes them."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from bot.domain.members import Member
from bot.domain.progress import Attachment
from bot.domain.readers import Reader
from bot.screens.callback_data import pack
from bot.screens.screen import Button, Screen
from db.models import Lane
from db.repositories.chats import Chat
from db.repositories.outbox import Outgoing
from db.unit_of_work import UnitOfWork

BORN_MOST = 256
ANSWER_LIFE = timedelta(seconds=10)
_KEY_NAME = "button_key"

Draw = Callable[[Reader], Screen]


def button_key(uow: UnitOfWork) -> bytes:
    """Give the key that signs buttons, made at first use and kept in the database."""
    kept = uow.installation.value(_KEY_NAME) or uow.installation.first(_KEY_NAME, secrets.token_hex(32))
    return bytes.fromhex(kept)


def show(
    uow: UnitOfWork,
    chat: Chat,
    screen: Screen,
    *,
    screen_id: int | None = None,
    member_id: int | None = None,
    reply_to: int | None = None,
    lane: Lane | None = None,
    key: str | None = None,
    due_at: datetime | None = None,
) -> int:
    """
    Owe a message that shows *screen* in *chat*: a new one, or in place of what *screen_id* shows.

    Gives the number of the screen. *reply_to* is a message of the chat; *key* lets it be withdrawn; it may leave from
    *due_at* (UTC) on.
    """
    view = list(screen.view) if screen.view else None
    message_id: int | None = None
    if screen_id is None:
        screen_id = uow.screens.add(chat.id, view=view, about=screen.about, member_id=member_id, now=uow.now)
        lane = Lane.REPLY if lane is None else lane
    else:
        shown = uow.screens.find(screen_id)
        message_id = shown.message_id if shown else None
        uow.screens.redraw(screen_id, view=view, about=screen.about, now=uow.now)
        lane = Lane.EDIT if lane is None else lane
    sign = button_key(uow)
    payload: dict[str, Any] = {
        "text": screen.text,
        "rows": [[_drawn(button, sign, chat.id, screen_id) for button in row] for row in screen.rows],
    }
    if reply_to is not None:
        payload["reply_to"] = reply_to
    if screen.silent:
        payload["silent"] = True
    owe(
        uow,
        "show",
        payload,
        chat=chat,
        screen_id=screen_id,
        message_id=message_id,
        lane=lane,
        key=key,
        due_at=due_at,
    )
    return screen_id


def _drawn(button: Button, sign: bytes, chat_id: int, screen_id: int) -> dict[str, str]:
    if button.url:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "data": pack(sign, chat_id, screen_id, button.act, button.args)}


def answer(uow: UnitOfWork, query_id: str, *, arrived_at: datetime, text: str = "", alert: bool = False) -> None:
    """Owe the answer to a button press: a toast, an alert, or nothing but the end of its waiting sign."""
    owe(
        uow,
        "answer",
        {"query": query_id, "text": text[:200], "alert": alert},
        lane=Lane.ANSWER,
        expires_at=min(arrived_at, uow.now) + ANSWER_LIFE,
    )


def send_file(uow: UnitOfWork, chat: Chat, attachment: Attachment, *, caption: str, otherwise: str) -> int:
    """
    Owe a file of the messenger's, sent again by its reference, with an HTML *caption*.

    *otherwise* (HTML) is said in its place where the messenger takes the reference no longer.
    """
    payload = {"kind": attachment.kind, "file": attachment.file_id, "caption": caption, "otherwise": otherwise}
    return owe(uow, "file", payload, chat=chat, lane=Lane.REPLY)


def notify(
    uow: UnitOfWork,
    member: Member,
    draw: Draw,
    *,
    key: str | None = None,
    lane: Lane = Lane.NOTICE,
    due_at: datetime | None = None,
) -> int | None:
    """Owe a private message to a member in their own language; None when they have not joined."""
    user_id = uow.members.user_id(member.id)
    if user_id is None or not member.has_joined:
        return None
    chat = uow.chats.at(user_id)
    return show(uow, chat, draw(member.reader), member_id=member.id, key=key, lane=lane, due_at=due_at)


def owe(
    uow: UnitOfWork,
    method: str,
    payload: dict[str, Any],
    *,
    lane: Lane,
    chat: Chat | None = None,
    screen_id: int | None = None,
    message_id: int | None = None,
    key: str | None = None,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
) -> int:
    """Write a message into the outbox and hand it to this process's delivery once it is committed; give its number."""
    due_at = due_at or uow.now
    # What waits for its hour is nobody's yet: whoever runs then takes it. So is what exceeds a handful: a broadcast to
    # thousands waits in the database, not in memory.
    is_born_here = due_at <= uow.now and len(uow.born) < BORN_MOST
    number, is_ours = uow.outbox.owe(
        method=method,
        payload=payload,
        lane=lane,
        now=uow.now,
        chat_id=chat.id if chat else None,
        screen_id=screen_id,
        due_at=due_at,
        expires_at=expires_at,
        key=key,
        owner=uow.owner if is_born_here else None,
        update_id=uow.update_id,
    )
    if is_ours and uow.owner is not None:
        uow.born.append(
            Outgoing(
                id=number,
                chat_id=chat.id if chat else None,
                messenger_id=chat.messenger_id if chat else None,
                chat_kind=chat.kind if chat else None,
                screen_id=screen_id,
                message_id=message_id,
                method=method,
                payload=payload,
                lane=lane,
                due_at=due_at,
                expires_at=expires_at,
                key=key,
                owner=uow.owner,
            )
        )
    return number
