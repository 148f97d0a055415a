"""A session of the ORM inside a transaction that is not its own."""

from sqlalchemy import Connection
from sqlalchemy.orm import Session


def bound_session(connection: Connection) -> Session:
    """Open a session that flushes into *connection*'s transaction and can neither commit nor end it."""
    return Session(
        bind=connection, join_transaction_mode="rollback_only", expire_on_commit=False, autoflush=True
    )
