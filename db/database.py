"""The database as the rest of the house sees it: write, read, close."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, make_url

from db.sqlite import sqlite_engine
from db.writer import Writer
from db.writers import THREADS, Writers

__all__ = ["Connection", "Database"]

T = TypeVar("T")
READERS = 2


class Database:
    """
    A SQLite file, with one writer thread and group commit, or a PostgreSQL database, with several writer threads.

    *write* and *read* are for the running bot; *once* is one transaction for a command beside it or for a test.
    *direct_url* is how to reach a PostgreSQL past a pooling proxy that *url* leads to.
    """

    def __init__(self, url: str, *, direct_url: str | None = None) -> None:
        parsed = make_url(url)
        self.url = url
        self.direct_url = direct_url or url
        self.path: Path | None = None
        if parsed.get_backend_name() == "postgresql":
            self._engine, self._readers = _postgresql(url, is_pooled=direct_url is not None)
            self.name = parsed.render_as_string()
        elif parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
            self.path = Path(parsed.database)
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._engine = sqlite_engine(url, immediate=True)
            self._readers = sqlite_engine(url, immediate=False)
            self.name = str(self.path)
        else:
            message = f"neither a SQLite file nor a PostgreSQL: {parsed.render_as_string()}"
            raise ValueError(message)
        self._pool: ThreadPoolExecutor | None = None
        self._writer: Writer | Writers | None = None
        self._doubtful: list[Callable[[], None]] = []

    @property
    def is_shared(self) -> bool:
        """Tell whether several processes may run the bot on it."""
        return self.path is None

    @property
    def engine(self) -> Engine:
        """The engine of those who write; for migrations."""
        return self._engine

    def start(self) -> None:
        """Start the threads; call it on the loop that will await their results."""
        self._pool = ThreadPoolExecutor(READERS, thread_name_prefix="database-reader")
        loop = asyncio.get_running_loop()
        self._writer = (
            Writers(self._engine, loop, doubtful=self._in_doubt) if self.is_shared else Writer(self._engine, loop)
        )
        self._writer.start()

    def when_doubtful(self, tell: Callable[[], None]) -> None:
        """Call *tell* on the loop whenever a commit may or may not have taken effect."""
        self._doubtful.append(tell)

    def _in_doubt(self) -> None:
        for tell in self._doubtful:
            tell()

    def write(self, work: Callable[[Connection], T], *, first: bool = False) -> Awaitable[T]:
        """
        Run *work* in a transaction on a writer thread and give its result once that is committed.

        *work* may run again, when its transaction was lost. *first* passes the jobs that wait.
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


def _postgresql(url: str, *, is_pooled: bool) -> tuple[Engine, Engine]:
    # Loaded where it is used: a bot on SQLite starts without it.
    from db.postgresql import partial_indexes, postgresql_engine  # noqa: PLC0415

    partial_indexes()
    writers = postgresql_engine(url, connections=THREADS + 1, is_pooled=is_pooled)
    readers = postgresql_engine(url, connections=READERS, is_pooled=is_pooled)
    return writers, readers.execution_options(isolation_level="AUTOCOMMIT")
