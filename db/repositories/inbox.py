"""Updates as they arrived: kept before they are confirmed, worked off in order of arrival, each once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Connection,
    bindparam,
    column,
    delete,
    func,
    literal_column,
    select,
    text,
    update,
)

from db.faults import AlreadySettled
from db.models import InboxRow, InboxState
from db.models.base import UtcDateTime

# The states are literals here, as in the partial index: a parameter could not use it.
_OLDEST = (
    "SELECT account_id, chat_id, arrival, update_id, raw, tries, next_try_at AS next_try_at, arrived_at AS arrived_at "
    "FROM inbox WHERE account_id = :account AND chat_id = :chat AND state = 0 ORDER BY arrival LIMIT 1"
)
_COLUMNS = (
    InboxRow.account_id,
    InboxRow.chat_id,
    InboxRow.arrival,
    InboxRow.update_id,
    InboxRow.raw,
    InboxRow.tries,
    InboxRow.next_try_at,
    InboxRow.arrived_at,
)
# SQLite has one writer: the chat is free.
_TAKE_ALONE = text(_OLDEST).columns(*_COLUMNS)
# A lock of the transaction, freed with it, also behind a proxy that pools by transaction.
_LOCKED = "WITH lock AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(:key) AS is_taken) "
_IF_LOCKED = "SELECT oldest.*, lock.is_taken FROM lock LEFT JOIN LATERAL ("
_TAKE_BESIDE_OTHERS = (
    text(f"{_LOCKED}{_IF_LOCKED}{_OLDEST}) AS oldest ON lock.is_taken")
    .columns(*_COLUMNS, column("is_taken", Boolean))
    .bindparams(bindparam("key", type_=BigInteger()))
)
_KEEP = text(
    "INSERT INTO inbox (account_id, update_id, chat_id, sender_id, raw, state, tries, arrived_at) "
    "VALUES (:account, :update, :chat, :sender, :raw, :state, 0, :now) ON CONFLICT (account_id, update_id) DO NOTHING"
).bindparams(bindparam("now", type_=UtcDateTime()))
_ALL_WAITING = (
    select(InboxRow.chat_id)
    .where(InboxRow.account_id == bindparam("account"), InboxRow.state == literal_column("0"))
    .group_by(InboxRow.chat_id)
    .order_by(func.min(InboxRow.arrival))
)
_LONG_WAITING = _ALL_WAITING.where(InboxRow.arrived_at < bindparam("before")).limit(bindparam("most"))
_SLICE = (
    select(InboxRow.arrived_at)
    .where(InboxRow.arrived_at >= bindparam("since"), InboxRow.arrived_at < bindparam("before"))
    .order_by(InboxRow.arrived_at)
    .limit(1)
    .offset(bindparam("most"))
)
_AFTER = select(func.min(InboxRow.arrived_at)).where(InboxRow.arrived_at > bindparam("since"))
_FORGET_TEXTS = (
    update(InboxRow)
    .where(
        InboxRow.arrived_at >= bindparam("since"),
        InboxRow.arrived_at < bindparam("until"),
        InboxRow.state != literal_column("0"),
        InboxRow.raw.is_not(None),
    )
    .values(raw=None)
)
# The newest ids stay, however old a clock that jumped says they are: they may still be delivered again.
NEWEST = 1000
_FORGET = delete(InboxRow).where(
    InboxRow.arrival.in_(
        select(InboxRow.arrival)
        .where(
            InboxRow.arrived_at < bindparam("before"),
            InboxRow.state != literal_column("0"),
            InboxRow.arrival <= select(func.max(InboxRow.arrival) - NEWEST).scalar_subquery(),
        )
        .order_by(InboxRow.arrived_at)
        .limit(bindparam("most"))
    )
)
_TAKEN_OF = (
    select(InboxRow.sender_id, func.count())
    .where(
        InboxRow.account_id == bindparam("account"),
        InboxRow.sender_id.in_(bindparam("senders", expanding=True)),
        InboxRow.arrived_at > bindparam("since"),
        InboxRow.arrived_at < bindparam("until"),
        # As in the partial index: what is refused by the thousand costs the next count nothing.
        InboxRow.state != literal_column("3"),
    )
    .group_by(InboxRow.sender_id)
)
# The statement may see its own row as it was.
_SETTLE = text(
    "UPDATE inbox SET state = :state, reference = :reference, next_try_at = NULL "
    "WHERE arrival = :arrival AND state = 0 "
    "RETURNING EXISTS (SELECT 1 FROM inbox AS later WHERE later.account_id = :account AND later.chat_id = :chat "
    "AND later.state = 0 AND later.arrival <> :arrival) AS has_more"
).columns(column("has_more", Boolean))
_AGAIN = (
    update(InboxRow).where(InboxRow.arrival == bindparam("a")).values(tries=bindparam("t"), next_try_at=bindparam("n"))
)
_WAITING_SINCE = text(
    "SELECT arrived_at AS arrived_at FROM inbox "
    "WHERE arrival = (SELECT min(arrival) FROM inbox WHERE account_id = :account AND state = 0)"
).columns(InboxRow.arrived_at)


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update to be kept: the messenger's id of it, the chat (or person) it belongs to, its sender, its raw text."""

    update_id: int
    chat_id: int
    raw: str
    sender_id: int = 0


@dataclass(frozen=True, slots=True)
class Pending:
    """The oldest update of a chat that waits."""

    account_id: int
    chat_id: int
    arrival: int
    update_id: int
    raw: str
    tries: int
    next_try_at: datetime | None
    arrived_at: datetime


class Inbox:
    """The queue of updates."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(
        self,
        account_id: int,
        arrivals: Iterable[Arrival],
        now: datetime,
        state: InboxState = InboxState.PENDING,
    ) -> int:
        """Keep updates in the order given; one that is here already changes nothing. Give how many are new."""
        rows = [
            {
                "account": account_id,
                "update": arrival.update_id,
                "chat": arrival.chat_id,
                "sender": arrival.sender_id,
                "raw": arrival.raw if state is InboxState.PENDING else None,
                "state": int(state),
                "now": now,
            }
            for arrival in arrivals
        ]
        return self._connection.execute(_KEEP, rows).rowcount if rows else 0

    def taken_of(
        self, account_id: int, senders: Collection[int], *, since: datetime, until: datetime
    ) -> dict[int, int]:
        """Count the updates of each of *senders* that were taken after *since* and before *until* (UTC)."""
        values = {"account": account_id, "senders": list(senders), "since": since, "until": until}
        return {row[0]: row[1] for row in self._connection.execute(_TAKEN_OF, values)}

    def take(self, account_id: int, chat_id: int) -> tuple[bool, Pending | None]:
        """
        Keep others from a chat until this transaction ends, and give its oldest pending update: a chat goes in order.

        False when somebody is at the chat already. Who has just left it may have settled what is given: *settle* tells.
        """
        values = {"account": account_id, "chat": chat_id}
        if self._connection.dialect.name != "postgresql":
            row = self._connection.execute(_TAKE_ALONE, values).one_or_none()
            return True, Pending(*row) if row else None
        row = self._connection.execute(_TAKE_BESIDE_OTHERS, values | {"key": _lock_of(account_id, chat_id)}).one()
        return row.is_taken, None if row.arrival is None else Pending(*row[:-1])

    def waiting_since(self, account_id: int) -> datetime | None:
        """Give the instant at which the eldest pending update arrived."""
        found: datetime | None = self._connection.execute(_WAITING_SINCE, {"account": account_id}).scalar_one_or_none()
        return found

    def settle(self, pending: Pending, state: InboxState, reference: str | None = None) -> bool:
        """
        Say what became of an update; tell whether its chat has others pending.

        Raises:
            AlreadySettled: somebody else has settled it.
        """
        has_more: bool | None = self._connection.execute(
            _SETTLE,
            {
                "account": pending.account_id,
                "chat": pending.chat_id,
                "arrival": pending.arrival,
                "state": int(state),
                "reference": reference,
            },
        ).scalar_one_or_none()
        if has_more is None:
            raise AlreadySettled
        return has_more

    def try_again(self, arrival: int, *, tries: int, at: datetime) -> None:
        """Count a failed try and name the instant of the next."""
        self._connection.execute(_AGAIN, {"a": arrival, "t": tries, "n": at})

    def waiting_chats(self, account_id: int) -> list[int]:
        """Give the chats with pending updates, the longest waiting first."""
        return list(self._connection.execute(_ALL_WAITING, {"account": account_id}).scalars())

    def overdue_chats(self, account_id: int, before: datetime, most: int) -> list[int]:
        """Give up to *most* chats with a pending update that arrived before *before*, the longest waiting first."""
        values = {"account": account_id, "before": before, "most": most}
        return list(self._connection.execute(_LONG_WAITING, values).scalars())

    def forget_texts(self, *, since: datetime, before: datetime, limit: int) -> datetime:
        """
        Drop the texts of about *limit* settled updates that arrived from *since* to before *before* (UTC).

        Give the instant up to which that is done; at *before* nothing is left to do. What is pending is passed over.
        """
        values = {"since": since, "before": before, "most": limit}
        until = self._connection.execute(_SLICE, values).scalar() or before
        if until == since:
            # More than *limit* arrived at one instant.
            until = min(before, self._connection.execute(_AFTER, {"since": since}).scalar() or before)
        self._connection.execute(_FORGET_TEXTS, {"since": since, "until": until})
        return until

    def forget(self, *, before: datetime, limit: int) -> int:
        """Drop up to *limit* settled updates, ids and all, that arrived before *before* (UTC)."""
        return self._connection.execute(_FORGET, {"before": before, "most": limit}).rowcount


def _lock_of(account_id: int, chat_id: int) -> int:
    """Make one number of an account and a chat; two chats that share one only wait for each other."""
    return ((account_id * 0x9E3779B97F4A7C15) ^ chat_id) % 2**64 - 2**63
