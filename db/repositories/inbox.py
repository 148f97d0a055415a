"""Updates as they arrived: kept before they are confirmed, worked off in order of arrival, each once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Connection, bindparam, delete, func, literal_column, select, text, update

from db.models import InboxRow, InboxState
from db.models.base import UtcDateTime

# The states are literals here, as in the partial index: a parameter could not use it.
_OLDEST = text(
    "SELECT arrival, update_id, raw, tries, next_try_at AS next_try_at, arrived_at AS arrived_at "
    "FROM inbox WHERE account_id = :account AND chat_id = :chat AND state = 0 ORDER BY arrival LIMIT 1"
).columns(InboxRow.arrival, InboxRow.update_id, InboxRow.raw, InboxRow.tries, InboxRow.next_try_at, InboxRow.arrived_at)
_KEEP = text(
    "INSERT INTO inbox (account_id, update_id, chat_id, sender_id, raw, state, tries, arrived_at) "
    "VALUES (:account, :update, :chat, :sender, :raw, :state, 0, :now) ON CONFLICT (account_id, update_id) DO NOTHING"
).bindparams(bindparam("now", type_=UtcDateTime()))
# A lock of the transaction, freed with it, also behind a proxy that pools by transaction.
_LOCK = text("SELECT pg_try_advisory_xact_lock(:key)").bindparams(bindparam("key", type_=BigInteger()))
_ALL_WAITING = (
    select(InboxRow.chat_id)
    .where(InboxRow.account_id == bindparam("account"), InboxRow.state == literal_column("0"))
    .group_by(InboxRow.chat_id)
    .order_by(func.min(InboxRow.arrival))
)
_LONG_WAITING = _ALL_WAITING.where(InboxRow.arrived_at < bindparam("before")).limit(bindparam("most"))
_FORGET_TEXTS = (
    update(InboxRow)
    .where(
        InboxRow.arrival.in_(
            select(InboxRow.arrival)
            .where(
                InboxRow.arrived_at >= bindparam("since"),
                InboxRow.arrived_at < bindparam("before"),
                InboxRow.state != literal_column("0"),
                InboxRow.raw.is_not(None),
            )
            .limit(bindparam("most"))
        )
    )
    .values(raw=None)
)
_FORGET = delete(InboxRow).where(
    InboxRow.arrival.in_(
        select(InboxRow.arrival)
        .where(InboxRow.arrived_at < bindparam("before"), InboxRow.state != literal_column("0"))
        .limit(bindparam("most"))
    )
)
_TAKEN_OF = (
    select(InboxRow.sender_id, func.count())
    .where(
        InboxRow.account_id == bindparam("account"),
        InboxRow.sender_id.in_(bindparam("senders", expanding=True)),
        InboxRow.arrived_at > bindparam("since"),
        InboxRow.state != literal_column(str(int(InboxState.REFUSED))),
    )
    .group_by(InboxRow.sender_id)
)
_SETTLE = (
    update(InboxRow)
    .where(InboxRow.arrival == bindparam("a"))
    .values(state=bindparam("s"), reference=bindparam("r"), next_try_at=None)
)
_AGAIN = (
    update(InboxRow).where(InboxRow.arrival == bindparam("a")).values(tries=bindparam("t"), next_try_at=bindparam("n"))
)
_MORE = text("SELECT 1 FROM inbox WHERE account_id = :account AND chat_id = :chat AND state = 0 LIMIT 1")


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

    def taken_of(self, account_id: int, senders: Collection[int], since: datetime) -> dict[int, int]:
        """Count the updates of each of *senders* that were taken after *since* (UTC)."""
        values = {"account": account_id, "senders": list(senders), "since": since}
        return {row[0]: row[1] for row in self._connection.execute(_TAKEN_OF, values)}

    def take_chat(self, account_id: int, chat_id: int) -> bool:
        """Keep others from working on a chat until this transaction ends; False when somebody is at it already."""
        if self._connection.dialect.name != "postgresql":
            return True  # SQLite has one writer
        found: bool = self._connection.execute(_LOCK, {"key": _lock_of(account_id, chat_id)}).scalar_one()
        return found

    def oldest(self, account_id: int, chat_id: int) -> Pending | None:
        """Give the oldest pending update of a chat: a chat is worked off in order."""
        row = self._connection.execute(_OLDEST, {"account": account_id, "chat": chat_id}).one_or_none()
        return Pending(*row) if row else None

    def has_more(self, account_id: int, chat_id: int) -> bool:
        """Tell whether the chat has pending updates."""
        return self._connection.execute(_MORE, {"account": account_id, "chat": chat_id}).first() is not None

    def settle(self, arrival: int, state: InboxState, reference: str | None = None) -> None:
        """Say what became of an update."""
        self._connection.execute(_SETTLE, {"a": arrival, "s": int(state), "r": reference})

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

    def forget_texts(self, *, since: datetime, before: datetime, limit: int) -> int:
        """Drop the texts of up to *limit* settled updates that arrived from *since* to before *before* (UTC)."""
        return self._connection.execute(_FORGET_TEXTS, {"since": since, "before": before, "most": limit}).rowcount

    def forget(self, *, before: datetime, limit: int) -> int:
        """Drop up to *limit* settled updates, ids and all, that arrived before *before* (UTC)."""
        return self._connection.execute(_FORGET, {"before": before, "most": limit}).rowcount


def _lock_of(account_id: int, chat_id: int) -> int:
    """Make one number of an account and a chat; two chats that share one only wait for each other."""
    return ((account_id * 0x9E3779B97F4A7C15) ^ chat_id) % 2**64 - 2**63
