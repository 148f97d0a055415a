"""PostgreSQL as this house opens it: psycopg, pooled, safe behind a proxy that pools by transaction."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, overload

import psycopg
from psycopg.rows import TupleRow
from sqlalchemy import Connection, Engine, Index, create_engine, event, make_url

from db.models import Base

CONNECT_SECONDS = 10
# A process that froze within a transaction must not keep its locks: the server ends it.
IDLE_IN_TRANSACTION = "15s"


class _Columns(Sequence[psycopg.Column]):
    """The columns of a result, told when somebody looks at them."""

    def __init__(self, cursor: "TerseCursor", count: int) -> None:
        self._cursor = cursor
        self._count = count

    @cached_property
    def _told(self) -> list[psycopg.Column]:
        return super(TerseCursor, self._cursor).description or []

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> psycopg.Column: ...
    @overload
    def __getitem__(self, place: slice) -> list[psycopg.Column]: ...
    def __getitem__(self, place: int | slice) -> psycopg.Column | list[psycopg.Column]:
        return self._told[place]


class TerseCursor(psycopg.Cursor[TupleRow]):
    """
    A cursor that describes the columns of a result only to who looks at them.

    SQLAlchemy asks whether there are any after each statement, and looks at them once in the life of a statement;
    describing all of them each time took a fifth of a statement's CPU.
    """

    @property
    def description(self) -> Sequence[psycopg.Column] | None:  # type: ignore[override]
        """The columns of the result; None where the statement gives no rows."""
        result = self.pgresult
        if result is None or not result.nfields:
            return None
        return _Columns(self, result.nfields)


def postgresql_engine(url: str, *, connections: int, is_pooled: bool) -> Engine:
    """
    Make an engine of at most *connections* connections.

    *is_pooled*: between us and the server stands a proxy that lends a connection for one transaction only, so that
    nothing may be kept on it: no prepared statements, no settings of a session.
    """
    arguments: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, "cursor_factory": TerseCursor}
    if is_pooled:
        arguments["prepare_threshold"] = None
    else:
        arguments["options"] = f"-c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION}"
    engine = create_engine(
        driver_url(url), connect_args=arguments, pool_size=connections, max_overflow=0, pool_use_lifo=True
    )
    if is_pooled:

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql(f"SET LOCAL idle_in_transaction_session_timeout = '{IDLE_IN_TRANSACTION}'")

    return engine


def driver_url(url: str) -> str:
    """Name psycopg as the driver, whichever way the address of the database was written."""
    return make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def partial_indexes() -> None:
    """
    Give the models' indexes for PostgreSQL the predicates that they have for SQLite.

    It is done when a PostgreSQL is opened: the mere mention of its dialect would load it, 70 ms and 3 MiB that a bot on
    SQLite need not pay.
    """
    for table in Base.metadata.tables.values():
        for index in table.indexes:
            _copy_predicate(index)


def _copy_predicate(index: Index) -> None:
    predicate = index.dialect_options["sqlite"]["where"]
    if predicate is not None:
        index.dialect_options["postgresql"]["where"] = predicate
