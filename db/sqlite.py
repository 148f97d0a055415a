"""SQLite as this house opens it: one file, durable, with transactions of its own."""

import sqlite3

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_SECONDS = 5


def sqlite_engine(url: str, *, immediate: bool) -> Engine:
    """Make an engine on a file; *immediate* is for those who write."""
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        # The driver's own transaction handling would begin deferred and commit before DDL: it is off, ours is below.
        connection.isolation_level = None
        cursor = connection.cursor()
        # Pages that are freed can be given back piece by piece. It takes effect in a file that is new or vacuumed.
        cursor.execute("PRAGMA auto_vacuum = INCREMENTAL")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA cache_size = -8000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine
