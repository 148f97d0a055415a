"""Chats of the bot account, known by our own id, which outlives a migration."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from db.models import ChatRow

_COLUMNS = (
    ChatRow.id,
    ChatRow.account_id,
    ChatRow.messenger_id,
    ChatRow.kind,
    ChatRow.title,
    ChatRow.group_id,
)
_BY_MESSENGER = select(*_COLUMNS).where(
    ChatRow.account_id == bindparam("account"), ChatRow.messenger_id == bindparam("messenger")
)
_BY_ID = select(*_COLUMNS).where(ChatRow.id == bindparam("id"))


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat; *group_id* is the working group it is bound to."""

    id: int
    account_id: int
    messenger_id: int
    kind: str
    title: str
    group_id: int | None

    @property
    def is_private(self) -> bool:
        """Tell whether it is one person's chat with the bot."""
        return self.kind == "private"


class Chats:
    """Looks chats up and makes them at first sight."""

    def __init__(self, connection: Connection, account_id: int) -> None:
        self._connection = connection
        self._account_id = account_id

    def get(self, chat_id: int) -> Chat:
        """Give a chat by our own id."""
        return Chat(*self._connection.execute(_BY_ID, {"id": chat_id}).one())

    def find(self, messenger_id: int) -> Chat | None:
        """Find a chat by the messenger's id."""
        row = self._connection.execute(
            _BY_MESSENGER, {"account": self._account_id, "messenger": messenger_id}
        ).one_or_none()
        return Chat(*row) if row else None

    def at(self, messenger_id: int, *, kind: str = "private", title: str = "") -> Chat:
        """Give the chat with the messenger's id, made at first sight."""
        chat = self.find(messenger_id)
        if chat is None:
            values = {"account_id": self._account_id, "messenger_id": messenger_id, "kind": kind, "title": title}
            number = self._connection.execute(insert(ChatRow).returning(ChatRow.id), values).scalar_one()
            chat = self.get(number)
        elif chat.kind != kind and not chat.is_private:
            self._connection.execute(update(ChatRow).where(ChatRow.id == chat.id).values(kind=kind, title=title))
        return chat

    def bind(self, chat_id: int, *, group_id: int | None, member_id: int | None, now: datetime) -> None:
        """Bind a chat to a working group, or (group_id None) unbind it."""
        self._connection.execute(
            update(ChatRow)
            .where(ChatRow.id == chat_id)
            .values(group_id=group_id, bound_by_id=member_id, bound_at=now if group_id else None)
        )

    def leave(self, chat_id: int, now: datetime) -> None:
        """Note that the bot is no longer in the chat; it is bound no more."""
        self._connection.execute(
            update(ChatRow).where(ChatRow.id == chat_id).values(left_at=now, group_id=None, bound_at=None)
        )

    def enter(self, chat_id: int) -> None:
        """Note that the bot is in the chat again."""
        self._connection.execute(update(ChatRow).where(ChatRow.id == chat_id).values(left_at=None))

    def migrate(self, chat_id: int, messenger_id: int) -> None:
        """Point our chat to the supergroup that it became; once, however often it is told."""
        other = self.find(messenger_id)
        if other is not None:
            if other.id == chat_id:
                return
            # Something was written before the news of the migration, in the supergroup or late in the group that it
            # was: a row of its own was made for that, and it steps aside. The chat that was bound stays.
            aside = chat_id if other.group_id is not None else other.id
            self._connection.execute(update(ChatRow).where(ChatRow.id == aside).values(messenger_id=-aside))
            if aside == chat_id:
                return
        self._connection.execute(
            update(ChatRow).where(ChatRow.id == chat_id).values(messenger_id=messenger_id, kind="supergroup")
        )

    def bound_to(self, group_id: int) -> list[Chat]:
        """Give the chats that are bound to a working group."""
        rows = self._connection.execute(
            select(*_COLUMNS).where(ChatRow.account_id == self._account_id, ChatRow.group_id == group_id)
        )
        return [Chat(*row) for row in rows]
