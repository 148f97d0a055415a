"""One row for each update, as an ordinary developer would write it for a stock bot: an INSERT and a COMMIT each."""

import asyncio
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Protocol

_TABLE = "CREATE TABLE IF NOT EXISTS messages (user_id BIGINT, text TEXT, at DOUBLE PRECISION)"


class Rows(Protocol):
    """Where a stock bot writes what it was told."""

    async def add(self, user_id: int, text: str) -> None:
        """Write a row; when this returns it is committed."""


class SqliteRows:
    """The standard library's driver on one thread. WAL is on, which spares the stock bots half of their waiting."""

    def __init__(self, path: str) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._connection = sqlite3.connect(path, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute(_TABLE)

    async def add(self, user_id: int, text: str) -> None:
        """Write a row on the thread."""
        await asyncio.get_running_loop().run_in_executor(self._thread, partial(self._add, user_id, text))

    def _add(self, user_id: int, text: str) -> None:
        self._connection.execute("INSERT INTO messages VALUES (?, ?, ?)", (user_id, text, time.time()))
        self._connection.commit()


class PostgresRows:
    """One asynchronous connection in autocommit."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._opening: asyncio.Task[Any] | None = None

    async def _connected(self) -> Any:
        # Here, so that a stock bot on SQLite does not carry it.
        from psycopg import AsyncConnection  # noqa: PLC0415

        connection = await AsyncConnection.connect(self._url, autocommit=True)
        await connection.execute(_TABLE)
        return connection

    async def add(self, user_id: int, text: str) -> None:
        """Write a row; the connection takes one statement at a time."""
        if self._opening is None:
            self._opening = asyncio.create_task(self._connected())
        connection = await self._opening
        await connection.execute("INSERT INTO messages VALUES (%s, %s, %s)", (user_id, text, time.time()))


def rows(database_url: str) -> Rows:
    """Open the rows at a database's address, as SQLAlchemy writes it."""
    if database_url.startswith("sqlite:///"):
        return SqliteRows(database_url.removeprefix("sqlite:///"))
    return PostgresRows(database_url.replace("+psycopg", "", 1))
