"""A database for one bot at a time, made when it is asked for: a SQLite file or a database of a PostgreSQL server."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Literal

from tests.postgres import server


@dataclass(frozen=True, slots=True)
class Store:
    """*fresh(folder)* makes an empty database and gives its address; *cpu_seconds* is what its server has taken."""

    name: str
    fresh: Callable[[Path], str]
    cpu_seconds: Callable[[], float]


@contextmanager
def store(database: Literal["sqlite", "postgresql"]) -> Iterator[Store]:
    """Open the kind of database; a server runs as long as the context lasts."""
    if database == "sqlite":
        # SQLite runs inside the bot: its time is counted there.
        yield Store("SQLite", lambda folder: f"sqlite:///{folder / 'hamroh.db'}", lambda: 0.0)
        return
    numbers = count(1)
    with server(is_durable=True) as running:
        yield Store("PostgreSQL", lambda _: running.database(f"hamroh_{next(numbers)}"), running.cpu_seconds)
