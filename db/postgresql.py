"""PostgreSQL as this house opens it: psycopg, pooled, safe behind a proxy that pools by transaction."""

from typing import Any

from sqlalchemy import Connection, Engine, Index, create_engine, event, make_url

from db.models import Base

CONNECT_SECONDS = 10
# A process that froze within a transaction must not keep its locks: the server ends it.
IDLE_IN_TRANSACTION = "15s"


def postgresql_engine(url: str, *, connections: int, is_pooled: bool) -> Engine:
    """
    Make an engine of at most *connections* connections.

    *is_pooled*: between us and the server stands a proxy that lends a connection for one transaction only, so that
    nothing may be kept on it: no prepared statements, no settings of a session.
    """
    arguments: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS}
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
