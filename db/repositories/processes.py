"""The processes that send for a bot account beside one another: who lives, by the database's clock."""

from datetime import timedelta

from sqlalchemy import Connection, Interval, bindparam, delete, func, insert, literal, update

from db.models import ProcessRow

# A message that a process has leased is its own until it has not beaten for this long.
LEASE = timedelta(seconds=15)
_LEASE = literal(LEASE, Interval())
_NOW = func.clock_timestamp(type_=ProcessRow.beat_at.type)
IS_ALIVE = ProcessRow.beat_at > _NOW - _LEASE

_ENTER = insert(ProcessRow).values(started_at=_NOW, beat_at=_NOW)
_BEAT = update(ProcessRow).where(ProcessRow.owner == bindparam("me"), IS_ALIVE).values(beat_at=_NOW)
_LEAVE = delete(ProcessRow).where(ProcessRow.owner == bindparam("me"))
_SWEEP = delete(ProcessRow).where(ProcessRow.beat_at < _NOW - literal(4 * LEASE, Interval()))


class Processes:
    """Keeps who lives; only on a database that several processes share."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def enter(self, owner: int, account_id: int) -> None:
        """Begin to live as *owner*; who has been dead for long is forgotten."""
        self._connection.execute(_SWEEP)
        self._connection.execute(_ENTER, {"owner": owner, "account_id": account_id})

    def beat(self, owner: int) -> bool:
        """Go on living; False when *owner* has not beaten for too long: what it had leased may be another's."""
        return self._connection.execute(_BEAT, {"me": owner}).rowcount > 0

    def leave(self, owner: int) -> None:
        """Live no more, so that nobody has to wait for the lease to end."""
        self._connection.execute(_LEAVE, {"me": owner})
