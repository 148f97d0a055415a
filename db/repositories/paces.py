"""What was sent of late, where several processes send for one bot account and all of them keep its limits."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from db.models import AccountRow, ChatRow

_NOW = func.extract("epoch", func.clock_timestamp())
_ACCOUNT = select(AccountRow.pace, _NOW).where(AccountRow.id == bindparam("account")).with_for_update(key_share=True)
_CHAT = select(ChatRow.pace).where(ChatRow.id == bindparam("chat")).with_for_update(key_share=True)
_KEEP_ACCOUNT = update(AccountRow).where(AccountRow.id == bindparam("row")).values(pace=bindparam("new"))
_KEEP_CHAT = update(ChatRow).where(ChatRow.id == bindparam("row")).values(pace=bindparam("new"))


@dataclass(frozen=True, slots=True)
class Paces:
    """What was sent of late; *now* is seconds of the database's clock, the one that all processes share."""

    now: float
    of_account: list[Any] | None
    of_chat: list[Any] | None


def held(connection: Connection, account_id: int, chat_id: int | None) -> Paces:
    """Read what was sent of late and keep others from reading it until this transaction ends."""
    # The clock is read once the account's row is ours: instants then grow from one process to the next.
    connection.execute(_ACCOUNT, {"account": account_id}).one()
    of_account, now = connection.execute(_ACCOUNT, {"account": account_id}).one()
    of_chat = connection.execute(_CHAT, {"chat": chat_id}).scalar() if chat_id is not None else None
    return Paces(now=float(now), of_account=of_account, of_chat=of_chat)


def keep(
    connection: Connection, account_id: int, of_account: list[Any], chat_id: int | None, of_chat: list[Any] | None
) -> None:
    """Keep what was sent of late."""
    connection.execute(_KEEP_ACCOUNT, {"row": account_id, "new": of_account})
    if chat_id is not None:
        connection.execute(_KEEP_CHAT, {"row": chat_id, "new": of_chat})
