"""Moving everything from one database to another: all of it or nothing, counted and compared on both sides."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, func, insert, literal, select, text, update
from sqlalchemy.engine import make_url

from db.database import Database
from db.migrating import HEAD, revision, walk
from db.models import Base, OutboxRow, PollRow, ProcessRow
from db.repositories.processes import IS_ALIVE

BATCH = 1000
# Who runs and who polls belongs to the processes of the former database.
_LEFT_BEHIND = {ProcessRow.__tablename__, PollRow.__tablename__}
# Leases of processes, and sends counted by the former database's clock.
_CLEARED = {(OutboxRow.__tablename__, "owner"), ("accounts", "pace"), ("chats", "pace")}

Progress = Callable[[str, int, int], None]


class CopyRefused(Exception):
    """What was asked for cannot be done, in a sentence; nothing has been changed."""


class InUse(CopyRefused):
    """The bot runs on one of the databases."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A table that was moved; *checksum* is that of both sides, *stripped* counts texts that lost NUL characters."""

    table: str
    rows: int
    checksum: str
    stripped: int


def copy(source: Database, target: Database, progress: Progress) -> list[Copied]:
    """
    Move everything from *source* to *target*, which is empty; *progress* is told table, rows done, rows in all.

    That no bot runs on a file is for the caller to see to; on PostgreSQL it is asked here.

    Raises:
        InUse: the bot runs on one of them.
        CopyRefused: both are the same, the target is not empty, or a schema is of another version.
    """
    if is_same(source, target):
        raise CopyRefused("Both addresses lead to the same database.")
    return source.once(lambda origin: target.once(lambda goal: _copy(origin, goal, progress)))


def is_same(one: Database, other: Database) -> bool:
    """Tell whether two addresses lead to the same file or the same database of a server."""
    return _place(one) == _place(other)


def _place(database: Database) -> object:
    if database.path is not None:
        return database.path.resolve()
    url = make_url(database.url)
    return (url.host, url.port or 5432, url.database)


def _copy(origin: Connection, goal: Connection, progress: Progress) -> list[Copied]:
    _hold(origin)
    found = revision(origin)
    if found != HEAD:
        if found is None:
            raise CopyRefused("There is nothing to copy.")
        raise CopyRefused(
            f"The schema of the source is at {found}, and this program's at {HEAD}. Run on it first: hamroh migrate."
        )
    there = revision(goal)
    if there is None:
        walk(goal)
    elif there != HEAD:
        raise CopyRefused(f"The schema of the target is at {there}, and that of the source at {HEAD}.")
    _hold(goal)
    tables = [table for table in Base.metadata.sorted_tables if table.name not in _LEFT_BEHIND]
    for table in tables:
        if goal.execute(select(literal(1)).select_from(table).limit(1)).first() is not None:
            raise CopyRefused(f"The target is not empty: its table {table.name} has rows.")
    moved = [_move(origin, goal, table, progress) for table in tables]
    for table in tables:
        _fill_late(origin, goal, table)
        _set_counter(goal, table)
    for table, copied in zip(tables, moved, strict=True):
        rows, checksum = _summed(_stored(goal, table))
        if (rows, checksum) != (copied.rows, copied.checksum):
            raise CopyRefused(f"The table {table.name} differs in the target ({rows} of {copied.rows} rows).")
    return moved


def _hold(connection: Connection) -> None:
    """On PostgreSQL, refuse if the bot runs, keep it from starting until the end, and take all the time it needs."""
    if connection.dialect.name != "postgresql":
        return
    connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
    if revision(connection) is None:
        return
    # A process that starts writes its name there, and waits.
    connection.execute(text("LOCK TABLE processes IN SHARE MODE"))
    if connection.execute(select(ProcessRow.owner).where(IS_ALIVE).limit(1)).first() is not None:
        raise InUse(f"Hamroh is running on {connection.engine.url.render_as_string()}. Stop it first.")


def _late(table: Table) -> list[Column[Any]]:
    """Give the columns that point to a table which is filled later: two tables may point to each other."""
    return [column for column in table.columns for key in column.foreign_keys if key.use_alter]


def _move(origin: Connection, goal: Connection, table: Table, progress: Progress) -> Copied:
    total: int = origin.execute(select(func.count()).select_from(table)).scalar_one()
    late = {column.name for column in _late(table)}
    digest, done, stripped = 0, 0, 0
    for batch in _batches(origin, table):
        rows = []
        for row in batch:
            values, lost = _fitting(table, row)
            stripped += lost
            digest += _digest(values)
            rows.append({name: None if name in late else value for name, value in values.items()})
        goal.execute(insert(table), rows)
        done += len(rows)
        progress(table.name, done, total)
    return Copied(table.name, done, _hex(digest), stripped)


def _batches(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    found = connection.execution_options(stream_results=True, yield_per=BATCH).execute(
        select(table).order_by(*table.primary_key.columns)
    )
    for part in found.mappings().partitions():
        yield [dict(row) for row in part]


def _stored(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    for batch in _batches(connection, table):
        yield from batch


def _fitting(table: Table, row: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Clear what belongs to the former database and strip NUL characters, which PostgreSQL takes in no text."""
    stripped = 0
    for name, value in row.items():
        if (table.name, name) in _CLEARED:
            row[name] = None
        elif isinstance(value, str) and "\0" in value:
            row[name] = value.replace("\0", "")
            stripped += 1
    return row, stripped


def _fill_late(origin: Connection, goal: Connection, table: Table) -> None:
    for column in _late(table):
        [key] = table.primary_key.columns
        fill = update(table).where(key == bindparam("row")).values({column.name: bindparam("points_to")})
        for batch in _batches(origin, table):
            rows = [{"row": row[key.name], "points_to": row[column.name]} for row in batch if row[column.name]]
            if rows:
                goal.execute(fill, rows)


def _set_counter(goal: Connection, table: Table) -> None:
    """Let PostgreSQL count on from the highest number; SQLite does by itself."""
    column = table.autoincrement_column
    if goal.dialect.name != "postgresql" or column is None:
        return
    highest = goal.execute(select(func.max(column))).scalar()
    if highest is not None:
        goal.execute(
            text("SELECT setval(pg_get_serial_sequence(:table, :column), :highest)"),
            {"table": table.name, "column": column.name, "highest": highest},
        )


def _summed(rows: Iterator[dict[str, Any]]) -> tuple[int, str]:
    count, digest = 0, 0
    for row in rows:
        count += 1
        digest += _digest(row)
    return count, _hex(digest)


def _digest(row: dict[str, Any]) -> int:
    """Sum up a row so that the order of rows does not matter: databases sort texts each in their own way."""
    words = "\x1f".join(f"{name}={_word(row[name])}" for name in sorted(row))
    return int.from_bytes(hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest(), "big")


def _word(value: Any) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, dict):
        return repr(sorted((key, _word(one)) for key, one in value.items()))
    if isinstance(value, list):
        return repr([_word(one) for one in value])
    return repr(value)


def _hex(digest: int) -> str:
    return f"{digest % 2**256:064x}"
