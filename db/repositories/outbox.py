"""Messages that are owed: written with the change that owes them, settled when the messenger has taken them."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, literal_column, or_, select, update

from db.models import ChatRow, Lane, OutboxRow, OutboxState, ScreenRow

_OWE = insert(OutboxRow).returning(OutboxRow.id)
_SETTLE = (
    update(OutboxRow)
    .where(OutboxRow.id == bindparam("row"), OutboxRow.state == literal_column("0"))
    .values(state=bindparam("s"), message_id=bindparam("m"), settled_at=bindparam("at"), error=bindparam("e"))
)
_PENDING = (
    select(
        OutboxRow.id,
        OutboxRow.chat_id,
        ChatRow.messenger_id,
        ChatRow.kind,
        OutboxRow.screen_id,
        ScreenRow.message_id,
        OutboxRow.method,
        OutboxRow.payload,
        OutboxRow.lane,
        OutboxRow.due_at,
        OutboxRow.expires_at,
        OutboxRow.key,
        OutboxRow.tries,
    )
    .outerjoin(ChatRow, ChatRow.id == OutboxRow.chat_id)
    .outerjoin(ScreenRow, ScreenRow.id == OutboxRow.screen_id)
    .where(OutboxRow.state == literal_column("0"), OutboxRow.account_id == bindparam("account"))
)
_CLAIMABLE = (
    select(OutboxRow.id)
    .where(
        OutboxRow.state == literal_column("0"),
        OutboxRow.account_id == bindparam("account"),
        or_(OutboxRow.owner.is_(None), OutboxRow.owner != bindparam("me")),
        # What was due when it was written stays due, though the clock be set back since.
        or_(OutboxRow.due_at <= bindparam("now"), OutboxRow.due_at <= OutboxRow.created_at),
    )
    .order_by(OutboxRow.id)
    .limit(bindparam("most"))
)
_CLAIM = update(OutboxRow).where(OutboxRow.id == bindparam("row")).values(owner=bindparam("me"))


@dataclass(frozen=True, slots=True)
class Outgoing:
    """
    A message on its way: to whom, what, in which lane.

    *message_id* is what the screen's message was known by when the row was read. *payload* is the messenger-neutral
    body that the adapter turns into a call. *due_at*, *expires_at*: aware UTC.
    """

    id: int
    chat_id: int | None
    messenger_id: int | None
    chat_kind: str | None
    screen_id: int | None
    message_id: int | None
    method: str
    payload: dict[str, Any]
    lane: Lane
    due_at: datetime
    expires_at: datetime | None
    key: str | None
    tries: int


class Outbox:
    """The queue of messages."""

    def __init__(self, connection: Connection, account_id: int) -> None:
        self._connection = connection
        self._account_id = account_id

    def owe(
        self,
        *,
        method: str,
        payload: dict[str, Any],
        lane: Lane,
        now: datetime,
        chat_id: int | None = None,
        screen_id: int | None = None,
        due_at: datetime | None = None,
        expires_at: datetime | None = None,
        key: str | None = None,
        owner: int | None = None,
        update_id: int | None = None,
    ) -> int:
        """Write a message that is owed; give its number."""
        number: int = self._connection.execute(
            _OWE,
            {
                "account_id": self._account_id,
                "chat_id": chat_id,
                "screen_id": screen_id,
                "method": method,
                "payload": json.dumps(payload, ensure_ascii=False, separators=(",", ":")),
                "lane": int(lane),
                "state": 0,
                "owner": owner,
                "tries": 0,
                "created_at": now,
                "due_at": due_at or now,
                "expires_at": expires_at,
                "key": key,
                "update_id": update_id,
            },
        ).scalar_one()
        return number

    def claim(self, owner: int, now: datetime, most: int) -> list[Outgoing]:
        """Lease up to *most* due messages that no running process has, the eldest first."""
        rows = self._connection.execute(
            _CLAIMABLE, {"account": self._account_id, "me": owner, "now": now, "most": most}
        )
        ids = [row for (row,) in rows]
        if not ids:
            return []
        self._connection.execute(_CLAIM, [{"row": row, "me": owner} for row in ids])
        return self._read(ids)

    def has_due(self, owner: int, now: datetime) -> bool:
        """Tell whether *claim* would find something."""
        rows = self._connection.execute(_CLAIMABLE, {"account": self._account_id, "me": owner, "now": now, "most": 1})
        return rows.first() is not None

    def _read(self, ids: list[int]) -> list[Outgoing]:
        rows = self._connection.execute(
            _PENDING.where(OutboxRow.id.in_(ids)).order_by(OutboxRow.id), {"account": self._account_id}
        )
        return [_outgoing(tuple(row)) for row in rows]

    def still_owed(self, number: int) -> Outgoing | None:
        """Read a message once more; None when it was withdrawn or settled."""
        found = self._read([number])
        return found[0] if found else None

    def settle(
        self, number: int, state: OutboxState, *, now: datetime, message_id: int | None = None, error: str | None = None
    ) -> bool:
        """Say what became of a message; False when it had been settled before."""
        return (
            self._connection.execute(
                _SETTLE, {"row": number, "s": int(state), "m": message_id, "at": now, "e": error}
            ).rowcount
            > 0
        )

    def withdraw(self, key: str, now: datetime) -> int:
        """Withdraw what has not left under *key*; give how many."""
        return self._connection.execute(
            update(OutboxRow)
            .where(OutboxRow.key == key, OutboxRow.state == literal_column("0"))
            .values(state=int(OutboxState.WITHDRAWN), settled_at=now)
        ).rowcount

    def waiting(self) -> int:
        """Count what is owed and has not left."""
        rows = self._connection.execute(
            select(OutboxRow.id).where(OutboxRow.state == literal_column("0"), OutboxRow.account_id == self._account_id)
        )
        return len(rows.all())

    def forget(self, *, before: datetime, limit: int) -> int:
        """Drop up to *limit* messages that were settled before *before*."""
        old = select(OutboxRow.id).where(OutboxRow.settled_at < before).limit(limit)
        return self._connection.execute(delete(OutboxRow).where(OutboxRow.id.in_(old))).rowcount


def _outgoing(row: tuple[Any, ...]) -> Outgoing:
    values = list(row)
    values[7] = json.loads(values[7] or "{}")
    values[8] = Lane(values[8])
    return Outgoing(*values)
