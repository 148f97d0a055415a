"""Messages that are owed: written with the change that owes them, settled when the messenger has taken them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal_column,
    null,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import SQLCoreOperations

from db.models import ChatRow, Lane, OutboxRow, OutboxState, ProcessRow, ScreenRow
from db.repositories.processes import IS_ALIVE

_IS_PENDING = OutboxRow.state == literal_column("0")
_NOTICE: ColumnElement[int] = literal_column(str(int(Lane.NOTICE)))
_Earlier = aliased(OutboxRow)


def _goes_before(lane: SQLCoreOperations[Any], screen_id: SQLCoreOperations[Any]) -> ColumnElement[bool]:
    """Tell which pending messages of a chat go before one of *lane*: what answers somebody may pass notices."""
    return or_(_Earlier.lane < _NOTICE, lane >= _NOTICE, _Earlier.screen_id == screen_id)


# A chat's messages are sent by one process at a time, in order: where another one still has some that go before, the
# new one is left to whoever takes it up after those.
_IS_BLOCKED = (
    select(_Earlier.id)
    .where(
        _Earlier.state == literal_column("0"),
        _Earlier.chat_id == bindparam("chat"),
        _goes_before(bindparam("of_lane"), bindparam("of_screen")),
        or_(
            _Earlier.owner != bindparam("me"),
            and_(_Earlier.owner.is_(None), _Earlier.due_at <= bindparam("due")),
        ),
    )
    .exists()
)
_OWE = (
    insert(OutboxRow)
    .values(
        owner=case((_IS_BLOCKED, null()), else_=bindparam("me", type_=BigInteger())),
    )
    .returning(OutboxRow.id, OutboxRow.owner)
)
_SETTLE = (
    update(OutboxRow)
    .where(OutboxRow.id == bindparam("row"), _IS_PENDING, OutboxRow.owner == bindparam("me"))
    .values(state=bindparam("s"), message_id=bindparam("m"), settled_at=bindparam("at"), error=bindparam("e"))
)
_COUNT = select(func.count()).select_from(OutboxRow).where(_IS_PENDING, OutboxRow.account_id == bindparam("account"))
_OWNERS = select(OutboxRow.id, OutboxRow.owner).where(OutboxRow.id.in_(bindparam("rows", expanding=True)))
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
        OutboxRow.owner,
    )
    .outerjoin(ChatRow, ChatRow.id == OutboxRow.chat_id)
    .outerjoin(ScreenRow, ScreenRow.id == OutboxRow.screen_id)
    .where(_IS_PENDING, OutboxRow.account_id == bindparam("account"))
)
_DUE = (
    select(OutboxRow.id)
    .where(
        _IS_PENDING,
        OutboxRow.account_id == bindparam("account"),
        OutboxRow.lane <= bindparam("up_to_lane"),
        # What was due when it was written stays due, though the clock be set back since.
        or_(OutboxRow.due_at <= bindparam("now"), OutboxRow.due_at <= OutboxRow.created_at),
    )
    .order_by(OutboxRow.lane, OutboxRow.id)
    .limit(bindparam("most"))
)
# Alone on its database, a process takes what an earlier one left. Beside others it takes what is nobody's or belongs to
# one that does not live, unless somebody who lives has messages that go before.
_ALONE = _DUE.where(or_(OutboxRow.owner.is_(None), OutboxRow.owner != bindparam("me")))
_BESIDE_OTHERS = _DUE.where(
    or_(
        OutboxRow.owner.is_(None),
        and_(
            OutboxRow.owner != bindparam("me"),
            ~exists().where(ProcessRow.owner == OutboxRow.owner, IS_ALIVE),
        ),
    ),
    ~exists().where(
        _Earlier.chat_id == OutboxRow.chat_id,
        _Earlier.state == literal_column("0"),
        _Earlier.id < OutboxRow.id,
        _Earlier.owner != bindparam("me"),
        _goes_before(OutboxRow.lane, OutboxRow.screen_id),
        exists().where(ProcessRow.owner == _Earlier.owner, IS_ALIVE),
    ),
)
# Two processes that claimed at once could each take a part of one chat's messages.
_ONE_AT_A_TIME = text("SELECT pg_try_advisory_xact_lock(4206, :account)")
_CLAIM = update(OutboxRow).where(OutboxRow.id == bindparam("row")).values(owner=bindparam("me"))


@dataclass(frozen=True, slots=True)
class Outgoing:
    """
    A message on its way: to whom, what, in which lane.

    *message_id* is what the screen's message was known by when the row was read. *payload* is the messenger-neutral
    body that the adapter turns into a call. *due_at*, *expires_at*: aware UTC. *owner* has leased it.
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
    owner: int

    @property
    def is_group(self) -> bool:
        """Tell whether it goes to a group chat, which has limits of its own."""
        return self.chat_kind in {"group", "supergroup"}


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of message *number* of *owner*: its end, the messenger's id of what was sent, what went wrong."""

    number: int
    owner: int
    state: OutboxState
    message_id: int | None = None
    error: str | None = None


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
    ) -> tuple[int, bool]:
        """Write a message that is owed; give its number, and whether *owner* is the one to send it."""
        due_at = due_at or now
        row = self._connection.execute(
            _OWE,
            {
                "me": owner,
                "chat": chat_id,
                "of_lane": int(lane),
                "of_screen": screen_id,
                "due": due_at,
                "account_id": self._account_id,
                "chat_id": chat_id,
                "screen_id": screen_id,
                "method": method,
                "payload": json.dumps(payload, ensure_ascii=False, separators=(",", ":")),
                "lane": int(lane),
                "state": 0,
                "created_at": now,
                "due_at": due_at,
                "expires_at": expires_at,
                "key": key,
                "update_id": update_id,
            },
        ).one()
        return row.id, owner is not None and row.owner == owner

    def claim(self, owner: int, now: datetime, most: int, *, up_to: Lane = Lane.REMINDER) -> list[Outgoing]:
        """Lease up to *most* due messages that no running process has: what answers somebody first, then by age."""
        if self._is_shared:
            is_mine = self._connection.execute(_ONE_AT_A_TIME, {"account": self._account_id}).scalar_one()
            if not is_mine:
                return []
        ids = self._due(owner, now, most, up_to)
        if not ids:
            return []
        self._connection.execute(_CLAIM, [{"row": row, "me": owner} for row in ids])
        return self._read(ids)

    def has_due(self, owner: int, now: datetime, *, up_to: Lane = Lane.REMINDER) -> bool:
        """Tell whether *claim* would find something."""
        return bool(self._due(owner, now, 1, up_to))

    @property
    def _is_shared(self) -> bool:
        return self._connection.dialect.name == "postgresql"

    def _due(self, owner: int, now: datetime, most: int, up_to: Lane) -> list[int]:
        values = {"account": self._account_id, "me": owner, "now": now, "most": most, "up_to_lane": int(up_to)}
        return list(self._connection.execute(_BESIDE_OTHERS if self._is_shared else _ALONE, values).scalars())

    def _read(self, ids: list[int]) -> list[Outgoing]:
        wanted = _PENDING.where(OutboxRow.id.in_(ids)).order_by(OutboxRow.id)
        return [_outgoing(tuple(row)) for row in self._connection.execute(wanted, {"account": self._account_id})]

    def still_owed(self, number: int) -> Outgoing | None:
        """Read a message once more; None when it was withdrawn or settled."""
        found = self._read([number])
        return found[0] if found else None

    def settle(self, settlements: Sequence[Settlement], *, now: datetime) -> set[int]:
        """
        Say what became of messages; those that were withdrawn meanwhile stay so.

        Give the numbers of those that are another's by now, as their owner was silent for too long: they are untouched.
        """
        changed = self._connection.execute(
            _SETTLE,
            [
                {
                    "row": one.number,
                    "me": one.owner,
                    "s": int(one.state),
                    "m": one.message_id,
                    "at": now,
                    "e": one.error,
                }
                for one in settlements
            ],
        ).rowcount
        if changed == len(settlements):
            return set()
        numbers = [one.number for one in settlements]
        owners = {row.id: row.owner for row in self._connection.execute(_OWNERS, {"rows": numbers})}
        return {one.number for one in settlements if owners.get(one.number) != one.owner}

    def withdraw(self, key: str, now: datetime) -> int:
        """Withdraw what has not left under *key*; give how many."""
        return self._connection.execute(
            update(OutboxRow)
            .where(OutboxRow.key == key, OutboxRow.state == literal_column("0"))
            .values(state=int(OutboxState.WITHDRAWN), settled_at=now)
        ).rowcount

    def waiting(self) -> int:
        """Count what is owed and has not left."""
        found: int = self._connection.execute(_COUNT, {"account": self._account_id}).scalar_one()
        return found

    def forget(self, *, before: datetime, limit: int) -> int:
        """Drop up to *limit* messages that were settled before *before*."""
        old = select(OutboxRow.id).where(OutboxRow.settled_at < before).limit(limit)
        return self._connection.execute(delete(OutboxRow).where(OutboxRow.id.in_(old))).rowcount


def _outgoing(row: tuple[Any, ...]) -> Outgoing:
    values = list(row)
    values[7] = json.loads(values[7] or "{}")
    values[8] = Lane(values[8])
    return Outgoing(*values)
