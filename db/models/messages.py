"""The pipeline's tables: bot accounts, chats, the inbox, screens and the outbox."""

from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Big


class InboxState(IntEnum):
    """What became of an update."""

    PENDING = 0
    DONE = 1
    DEAD = 2
    REFUSED = 3


class OutboxState(IntEnum):
    """What became of a message that is owed."""

    PENDING = 0
    SENT = 1
    WITHDRAWN = 2
    FAILED = 3


class Lane(IntEnum):
    """Which message goes first; answers to buttons have a lane of their own."""

    ANSWER = 0
    REPLY = 1
    EDIT = 2
    NOTICE = 3
    REMINDER = 4


class SettingRow(Base):
    """What the installation remembers of itself: the key of the buttons, what the profile was last set to."""

    __tablename__ = "settings"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class AccountRow(Base):
    """A bot account of a messenger; update ids and sending limits are its own."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("messenger", "bot_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    messenger: Mapped[str]
    bot_id: Mapped[int] = mapped_column(BigInteger)
    username: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    pace: Mapped[list[Any] | None] = mapped_column(comment="what was sent of late, where several processes send")


class ProcessRow(Base):
    """A process that sends for an account. Its messages are its own until it has not beaten for a while."""

    __tablename__ = "processes"
    owner: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    started_at: Mapped[datetime]
    beat_at: Mapped[datetime] = mapped_column(comment="by the database's clock")


class PollRow(Base):
    """Which of several processes polls for an account; *epoch* counts how often that has changed."""

    __tablename__ = "polls"
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    epoch: Mapped[int] = mapped_column(BigInteger)
    beat_at: Mapped[datetime] = mapped_column(comment="by the database's clock")


class FloodRow(Base):
    """Messages that were not taken of somebody who wrote too many, until the person has been told how many."""

    __tablename__ = "floods"
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    sender_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    untold: Mapped[int]
    told_at: Mapped[datetime | None]


class ChatRow(Base):
    """A chat of a bot account. Rows everywhere point to *id*, which outlives a migration to a supergroup."""

    __tablename__ = "chats"
    __table_args__ = (UniqueConstraint("account_id", "messenger_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    messenger_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(default="private")
    title: Mapped[str] = mapped_column(default="")
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), index=True)
    bound_at: Mapped[datetime | None]
    bound_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    left_at: Mapped[datetime | None]
    pace: Mapped[list[Any] | None] = mapped_column(comment="what was sent of late, where several processes send")


class InboxRow(Base):
    """An update as it arrived. *arrival* gives the order inside a chat; (account, update id) tells a repeat."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("account_id", "update_id"),
        Index(
            "ix_inbox_pending",
            "account_id",
            "chat_id",
            "arrival",
            sqlite_where=text("state = 0"),
        ),
        Index("ix_inbox_arrived_at", "arrived_at"),
        Index("ix_inbox_sender", "account_id", "sender_id", "arrived_at"),
    )
    arrival: Mapped[int] = mapped_column(Big, primary_key=True, autoincrement=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    update_id: Mapped[int] = mapped_column(BigInteger)
    chat_id: Mapped[int] = mapped_column(BigInteger, comment="the messenger's chat, or the person, or 0")
    sender_id: Mapped[int] = mapped_column(
        BigInteger, default=0, server_default="0", comment="the messenger's user, or 0"
    )
    raw: Mapped[str | None]
    state: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    arrived_at: Mapped[datetime]
    next_try_at: Mapped[datetime | None]
    reference: Mapped[str | None] = mapped_column(comment="of the error that made it dead")


class ScreenRow(Base):
    """A message that is edited in place. *view* says how to draw it again for another language or later state."""

    __tablename__ = "screens"
    __table_args__ = (Index("ix_screens_chat_id_message_id", "chat_id", "message_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(ForeignKey("chats.id"))
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    view: Mapped[list[Any] | None]
    about: Mapped[str] = mapped_column(default="", comment="the code shown, such as M-12, for replies to it")
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    shown_at: Mapped[datetime]


class OutboxRow(Base):
    """A message, edit, answer or other call that a change owes. *owner* is the lease of the process that sends it."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_pending", "account_id", "lane", "id", sqlite_where=text("state = 0")),
        Index("ix_outbox_chat", "chat_id", "id", sqlite_where=text("state = 0")),
        Index("ix_outbox_key", "key", sqlite_where=text("key IS NOT NULL")),
        Index("ix_outbox_settled_at", "settled_at"),
    )
    id: Mapped[int] = mapped_column(Big, primary_key=True, autoincrement=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    chat_id: Mapped[int | None] = mapped_column(ForeignKey("chats.id"))
    screen_id: Mapped[int | None] = mapped_column(ForeignKey("screens.id"))
    method: Mapped[str]
    payload: Mapped[str | None]
    lane: Mapped[int]
    state: Mapped[int] = mapped_column(default=0)
    owner: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    key: Mapped[str | None] = mapped_column(comment="what this message is about, to withdraw or recheck it")
    update_id: Mapped[int | None] = mapped_column(BigInteger)
    error: Mapped[str | None]
