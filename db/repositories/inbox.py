"""Updates as they arrived: kept before they are confirmed, worked off in order of arrival, each once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, literal_column, select, text, update
from sqlalchemy.dialects.sqlite import insert

from db.models import InboxRow, InboxState

# The states are literals here, as in the partial index: a parameter could not use it.
_OLDEST = text(
    "SELECT arrival, update_id, raw, tries, next_try_at AS next_try_at, arrived_at AS arrived_at "
    "FROM inbox WHERE account_id = :account AND chat_id = :chat AND state = 0 ORDER BY arrival LIMIT 1"
).columns(InboxRow.arrival, InboxRow.update_id, InboxRow.raw, InboxRow.tries, InboxRow.next_try_at, InboxRow.arrived_at)
_KEEP = insert(InboxRow).on_conflict_do_nothing(index_elements=["account_id", "update_id"])
_SETTLE = (
    update(InboxRow)
    .where(InboxRow.arrival == bindparam("a"))
    .values(state=bindparam("s"), reference=bindparam("r"), next_try_at=None)
)
_AGAIN = (
    update(InboxRow).where(InboxRow.arrival == bindparam("a")).values(tries=bindparam("t"), next_try_at=bindparam("n"))
)
_WAITING_SINCE = text(
    "SELECT arrived_at AS arrived_at FROM inbox "
    "WHERE arrival = (SELECT min(arrival) FROM inbox WHERE account_id = :account AND state = 0)"
).columns(InboxRow.arrived_at)
_MORE = text("SELECT 1 FROM inbox WHERE account_id = :account AND chat_id = :chat AND state = 0 LIMIT 1")


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update to be kept: the messenger's id of it, the chat (or person) it belongs to, its raw text."""

    update_id: int
    chat_id: int
    raw: str


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

    def keep(self, account_id: int, arrivals: Iterable[Arrival], now: datetime) -> None:
        """Keep updates in the order given; one that is here already changes nothing."""
        rows = [
            {
                "account_id": account_id,
                "update_id": arrival.update_id,
                "chat_id": arrival.chat_id,
                "raw": arrival.raw,
                "state": 0,
                "tries": 0,
                "arrived_at": now,
            }
            for arrival in arrivals
        ]
        if rows:
            self._connection.execute(_KEEP, rows)

    def oldest(self, account_id: int, chat_id: int) -> Pending | None:
        """Give the oldest pending update of a chat: a chat is worked off in order."""
        row = self._connection.execute(_OLDEST, {"account": account_id, "chat": chat_id}).one_or_none()
        return Pending(*row) if row else None

    def has_more(self, account_id: int, chat_id: int) -> bool:
        """Tell whether the chat has pending updates."""
        return self._connection.execute(_MORE, {"account": account_id, "chat": chat_id}).first() is not None

    def waiting_since(self, account_id: int) -> datetime | None:
        """Give the instant at which the eldest pending update arrived."""
        found: datetime | None = self._connection.execute(_WAITING_SINCE, {"account": account_id}).scalar_one_or_none()
        return found

    def settle(self, arrival: int, state: InboxState, reference: str | None = None) -> None:
        """Say what became of an update."""
        self._connection.execute(_SETTLE, {"a": arrival, "s": int(state), "r": reference})

    def try_again(self, arrival: int, *, tries: int, at: datetime) -> None:
        """Count a failed try and name the instant of the next."""
        self._connection.execute(_AGAIN, {"a": arrival, "t": tries, "n": at})

    def waiting_chats(self, account_id: int) -> list[int]:
        """Give the chats with pending updates, the longest waiting first."""
        rows = self._connection.execute(
            select(InboxRow.chat_id)
            .where(InboxRow.account_id == account_id, InboxRow.state == literal_column("0"))
            .group_by(InboxRow.chat_id)
            .order_by(func.min(InboxRow.arrival))
        )
        return [chat_id for (chat_id,) in rows]

    def forget(self, *, raw_before: datetime, ids_before: datetime, limit: int) -> int:
        """Drop texts of settled updates that arrived before *raw_before* and whole rows before *ids_before*."""
        old = select(InboxRow.arrival).where(InboxRow.arrived_at < ids_before, InboxRow.state != 0).limit(limit)
        gone = self._connection.execute(delete(InboxRow).where(InboxRow.arrival.in_(old))).rowcount
        stale = (
            select(InboxRow.arrival)
            .where(InboxRow.arrived_at < raw_before, InboxRow.state != 0, InboxRow.raw.is_not(None))
            .limit(limit)
        )
        return (
            gone
            + self._connection.execute(update(InboxRow).where(InboxRow.arrival.in_(stale)).values(raw=None)).rowcount
        )
