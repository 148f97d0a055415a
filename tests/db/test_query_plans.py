"""The hot statements use their partial indexes; a parameter in place of the literal would scan the whole table."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.summaries import ALL
from db.database import Database
from db.faults import AlreadySettled
from db.models import Base, InboxState
from db.repositories.inbox import Pending
from db.repositories.summary_figures import Span
from db.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 23, tzinfo=UTC)
DAY = NOW.date()
SPAN = Span(DAY, DAY, NOW, (DAY, DAY), (DAY, DAY), DAY, NOW)


# SQLite tells its plans in words of its own.
pytestmark = pytest.mark.sqlite


def plan(tmp_path: Path, ask: Any) -> list[str]:
    """Give SQLite's plan of every statement that *ask* makes of a unit of work."""
    database = Database(f"sqlite:///{tmp_path / 'plan.db'}")
    Base.metadata.create_all(database.engine)
    made: list[tuple[str, Any]] = []
    event.listen(
        database.engine,
        "before_cursor_execute",
        lambda _c, _k, statement, parameters, _x, _m: made.append((statement, parameters)),
    )
    database.once(lambda connection: ask(UnitOfWork(connection, 1, NOW)))
    asked = [(statement, parameters) for statement, parameters in made if statement.startswith(("SELECT", "UPDATE"))]
    plans = database.once(
        lambda connection: [
            str(row[3])
            for statement, parameters in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    )
    database.close()
    return plans


def settle(uow: UnitOfWork) -> None:
    """Settle an update that is not there."""
    with suppress(AlreadySettled):
        uow.inbox.settle(Pending(1, 5, 1, 1, "{}", 0, None, NOW), InboxState.DONE)


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda uow: uow.inbox.take(1, 5), "ix_inbox_pending"),
        (settle, "ix_inbox_pending"),
        (lambda uow: uow.inbox.waiting_chats(1), "ix_inbox_pending"),
        (lambda uow: uow.inbox.taken_of(1, [5, 6], since=NOW, until=NOW), "ix_inbox_sender"),
        (lambda uow: uow.outbox.has_due(7, NOW), "ix_outbox_pending"),
        (lambda uow: uow.outbox.claim(7, NOW, 10), "ix_outbox_pending"),
        (lambda uow: uow.drafts.open_one(1, 2), "ix_drafts_open"),
        (lambda uow: uow.members.of_person(1), "ix_members_person_id"),
        (lambda uow: uow.screens.of_message(1, 2), "ix_screens_chat_id_message_id"),
        (lambda uow: uow.summaries.figures(1, SPAN), "ix_milestones_open"),
        (lambda uow: uow.summaries.next_due(1, ALL, today=DAY, limit=3), "ix_milestones_open"),
        (lambda uow: uow.summaries.figures(1, SPAN), "ix_obstacles_open"),
        (lambda uow: uow.summaries.worst_obstacles(1), "ix_obstacles_open"),
        (lambda uow: uow.attachments.page("milestone", 1, skipped=0, most=5), "ix_attachments_subject"),
        (lambda uow: uow.attachments.count("milestone", 1), "ix_progress_milestone"),
        (lambda uow: uow.attachments.count("obstacle", 1), "ix_attachments_subject"),
        (lambda uow: uow.recorded_by("log", "milestone", 1), "ix_changes_subject"),
        (lambda uow: uow.screens.receivers("progress:1:news"), "ix_outbox_key"),
    ],
    ids=[
        "oldest",
        "settle",
        "waiting chats",
        "taken of senders",
        "due",
        "claim",
        "open draft",
        "memberships",
        "screen of a message",
        "open work",
        "next due dates",
        "open obstacles",
        "worst obstacles",
        "page of evidence",
        "evidence of a milestone",
        "evidence of an obstacle",
        "who recorded it",
        "who was told",
    ],
)
def test_a_hot_statement_uses_its_index(tmp_path: Path, ask: Any, index: str) -> None:
    plans = plan(tmp_path, ask)

    assert any(index in step for step in plans), plans
