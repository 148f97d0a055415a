"""An update is settled once, and whoever settles it learns whether its chat has more."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.database import Connection, Database
from db.faults import AlreadySettled
from db.migrating import migrate
from db.models import InboxState
from db.repositories.inbox import Arrival, Inbox, Pending
from db.repositories.installation import Installation
from tests.databases import fresh

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
CHAT, OTHER = 501, 502


def with_inbox(tmp_path: Path, work: Callable[[Connection, int], None]) -> None:
    """Do *work* in one transaction on an inbox with two updates of a chat and one of another."""
    database = Database(fresh(tmp_path / "hamroh.db"))
    migrate(database)

    def begin(connection: Connection) -> None:
        account = Installation(connection).account(7001).id
        arrivals = [Arrival(10, CHAT, "{}"), Arrival(11, OTHER, "{}"), Arrival(12, CHAT, "{}")]
        Inbox(connection).keep(account, arrivals, NOW)
        work(connection, account)

    try:
        database.once(begin)
    finally:
        database.close()


def test_settling_tells_whether_the_chat_has_more(tmp_path: Path) -> None:
    def work(connection: Connection, account: int) -> None:
        inbox = Inbox(connection)
        first = _taken(inbox, account)
        assert inbox.settle(first, InboxState.DONE) is True
        second = _taken(inbox, account)
        assert inbox.settle(second, InboxState.DONE) is False
        assert (first.update_id, second.update_id) == (10, 12)
        assert inbox.take(account, CHAT) == (True, None)

    with_inbox(tmp_path, work)


def test_what_somebody_else_has_settled_is_not_settled_again(tmp_path: Path) -> None:
    def work(connection: Connection, account: int) -> None:
        inbox = Inbox(connection)
        pending = _taken(inbox, account)
        inbox.settle(pending, InboxState.DONE)
        inbox.settle(pending, InboxState.DEAD, "A1B2C3")

    with pytest.raises(AlreadySettled):
        with_inbox(tmp_path, work)


def _taken(inbox: Inbox, account: int) -> Pending:
    is_taken, pending = inbox.take(account, CHAT)
    assert is_taken
    assert pending is not None
    return pending
