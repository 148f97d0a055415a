"""The database as the rest of the house sees it: write, read, close."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import ConnectionPoolEntry

from db.writer import Writer

__all__ = ["Connection", "Database"]

T = TypeVar("T")
BUSY_SECONDS = 5


class Database:
    """
    A SQLite file: one writer thread with group commit, and a small pool of readers.

    *write* and *read* are for the running bot; *once* is one transaction for a command beside it or for a test.
    """

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
            message = f"not a SQLite file: {parsed.render_as_string()}"
            raise ValueError(message)
        self.path = Path(parsed.database)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._engine = _engine(url, immediate=True)
        self._readers = _engine(url, immediate=False)
        self._pool: ThreadPoolExecutor | None = None
        self._writer: Writer | None = None

    @property
    def engine(self) -> Engine:
        """The engine whose transactions begin IMMEDIATE; for migrations."""
        return self._engine

    def start(self) -> None:
        """Start the threads; call it on the loop that will await their results."""
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="database-reader")
        self._writer = Writer(self._engine, asyncio.get_running_loop())
        self._writer.start()

    def write(self, work: Callable[[Connection], T], *, first: bool = False) -> Awaitable[T]:
        """
        Run *work* in a transaction on the writer thread and give its result once that is committed.

        *work* may run twice, when the transaction it shared was lost. *first* passes the jobs that wait.
        """
        if self._writer is None:
            message = "the database has not been started"
            raise RuntimeError(message)
        return self._writer.submit(work, first=first)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run *work* on a reader thread; it sees what was committed when it begins."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._read, work)

    def _read(self, work: Callable[[Connection], T]) -> T:
        with self._readers.connect() as connection:
            return work(connection)

    def once(self, work: Callable[[Connection], T]) -> T:
        """Run *work* in a transaction of its own on this thread."""
        with self._engine.begin() as connection:
            return work(connection)

    def close(self) -> None:
        """Finish what waits and close all connections."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None
        self._engine.dispose()
        self._readers.dispose()


def _engine(url: str, *, immediate: bool) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        # The driver's own transaction handling would begin deferred and commit before DDL: it is off, ours is below.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA cache_size = -8000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine
