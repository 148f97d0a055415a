"""Which of several processes polls for a bot account: a lock on a connection of its own, and a beat beside it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, create_engine, func, select, text, update
from sqlalchemy.pool import NullPool

from db.faults import LeadershipLost
from db.models import PollRow
from db.postgresql import driver_url

# A stopped process keeps its connection, and with it the lock, alive for ever: who has not beaten for this long is
# ended by whoever wants to take over.
FROZEN = timedelta(seconds=30)
CONNECT_SECONDS = 5
_LOCK_SPACE = 4207

_NOW = func.clock_timestamp(type_=PollRow.beat_at.type)
_TAKE = text("SELECT pg_try_advisory_lock(:space, :account)").bindparams(space=_LOCK_SPACE)
_LEAD = text(
    "INSERT INTO polls (account_id, epoch, beat_at) VALUES (:account, 1, clock_timestamp()) "
    "ON CONFLICT (account_id) DO UPDATE SET epoch = polls.epoch + 1, beat_at = excluded.beat_at RETURNING epoch"
)
_BEAT = (
    update(PollRow)
    .where(PollRow.account_id == bindparam("account"), PollRow.epoch == bindparam("led"))
    .values(beat_at=_NOW)
)
_END_FROZEN = text("""
    SELECT pg_terminate_backend(held.pid) FROM pg_locks held, polls
    WHERE held.locktype = 'advisory' AND held.classid = :space AND held.objid = :account AND held.objsubid = 2
    AND held.granted AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND polls.account_id = :account AND polls.beat_at < clock_timestamp() - CAST(:frozen AS interval)
""").bindparams(space=_LOCK_SPACE, frozen=FROZEN)
# Shared, so that arrivals do not wait for each other; who takes over waits until those under way are kept.
_LEADS = (
    select(PollRow.epoch)
    .where(PollRow.account_id == bindparam("account"), PollRow.epoch == bindparam("led"))
    .with_for_update(read=True, key_share=False)
)


class Leadership:
    """
    The right to poll, held by at most one process of an account.

    Its methods wait for the server; call them from a thread, one at a time. Each raises DatabaseFault when the
    connection is gone: then the right is gone too.
    """

    def __init__(self, direct_url: str, account_id: int) -> None:
        self._account = {"account": account_id}
        arguments: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, "tcp_user_timeout": 10_000}
        # Outside any transaction, since the lock is the connection's.
        self._engine: Engine = create_engine(
            driver_url(direct_url), poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=arguments
        )
        self._connection: Connection | None = None

    def take(self) -> int | None:
        """Take the right to poll and give its epoch; None while another process has it."""
        if self._connection is None:
            self._connection = self._engine.connect()
        if not self._connection.execute(_TAKE, self._account).scalar_one():
            self._connection.execute(_END_FROZEN, self._account)
            return None
        epoch: int = self._connection.execute(_LEAD, self._account).scalar_one()
        return epoch

    def beat(self, epoch: int) -> bool:
        """Say that the poller lives; False when another one leads by now."""
        if self._connection is None:
            return False
        return self._connection.execute(_BEAT, {**self._account, "led": epoch}).rowcount > 0

    def free(self) -> None:
        """Give the right back, by closing the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()


def check(connection: Connection, account_id: int, epoch: int) -> None:
    """Make sure, in the transaction that keeps what was fetched, that *epoch* still leads; raises LeadershipLost."""
    if connection.execute(_LEADS, {"account": account_id, "led": epoch}).first() is None:
        raise LeadershipLost
