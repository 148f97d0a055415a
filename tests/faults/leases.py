"""Time on the database's clock, which nobody can move: what it dates is made as old as it would be."""

from datetime import timedelta

from sqlalchemy import Interval, func, literal, select, update

from db.database import Connection, Database
from db.models import InboxRow, OutboxRow, PollRow, ProcessRow
from db.repositories.processes import LEASE


def let_leases_end(database: Database, *, after: timedelta = LEASE) -> None:
    """Let *after* pass for all who lease messages: for those that live no more, a little more than their lease."""
    if database.is_shared:
        aged = update(ProcessRow).values(beat_at=ProcessRow.beat_at - literal(after, Interval()))
        database.once(lambda connection: connection.execute(aged))


def let_polling_age(database: Database, *, by: timedelta) -> None:
    """Let *by* pass since the one who polls was last heard of."""
    aged = update(PollRow).values(beat_at=PollRow.beat_at - literal(by, Interval()))
    database.once(lambda connection: connection.execute(aged))


def waiting(connection: Connection) -> int:
    """Count the updates and the messages that wait."""
    return sum(
        connection.execute(select(func.count()).select_from(table).where(table.state == 0)).scalar_one()
        for table in (InboxRow, OutboxRow)
    )
