"""Everything moves from SQLite to PostgreSQL and back, or nothing does; and the group goes on living there."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text, update

from bot.app import running
from bot.sandbox.clock import SandboxClock
from bot.sandbox.world import World
from bot.services.example_group import Example
from db.database import Connection, Database
from db.locking import RunLock
from db.migrating import migrate
from db.models import Base, ChangeRow, InboxRow, MilestoneRow, OutboxRow, PersonRow, ProcessRow, ProgressRow
from db.repositories.processes import Processes
from tests.cli.conftest import Run
from tests.houses import STARTS_AT, settings_for
from tests.in_process import TOKEN, InProcess, WorldClock
from tests.people import bare
from tests.postgres import Server, server

KEYVAN = "farahmandi"
BIG = 2**60 + 7


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    with server() as started:
        yield started


@pytest.fixture
def empty(postgres: Server) -> Iterator[str]:
    yield postgres.database("copied")
    postgres.drop("copied")


@pytest.fixture
def source(example: tuple[Path, Example], tmp_path: Path) -> Database:
    path = tmp_path / "from.db"
    shutil.copy(example[0], path)
    return Database(f"sqlite:///{path}")


def count(database: Database, table: type[Base]) -> int:
    return database.once(lambda c: c.execute(select(func.count()).select_from(table)).scalar_one())


def owe(connection: Connection, loaded: Example) -> None:
    """Leave an update unworked and a message unsent, as a bot that is stopped in the middle does."""
    user_id = loaded.people[KEYVAN][0].sandbox_user_id
    sender = {"id": user_id, "is_bot": False, "first_name": "Keyvan"}
    body = {"message_id": 5, "date": 1, "chat": {"id": user_id, "type": "private"}, "from": sender}
    raw = json.dumps({"update_id": BIG, "message": {**body, "text": "M-3 61% before the move."}})
    chat = connection.execute(
        text("INSERT INTO chats (account_id, messenger_id, kind, title) VALUES (1, :user, 'private', '') RETURNING id"),
        {"user": user_id},
    ).scalar_one()
    values = {"account_id": 1, "update_id": BIG, "chat_id": user_id, "sender_id": user_id, "raw": raw}
    connection.execute(insert(InboxRow), {**values, "arrived_at": STARTS_AT})
    owed = {"account_id": 1, "chat_id": chat, "method": "show", "payload": '{"text": "owed since", "rows": []}'}
    times = {"created_at": STARTS_AT, "due_at": STARTS_AT}
    connection.execute(insert(OutboxRow), {**owed, **times, "lane": 1, "owner": 123456789})


async def test_a_copied_group_goes_on_living(
    run: Run, source: Database, example: tuple[Path, Example], empty: str, tmp_path: Path
) -> None:
    _, loaded = example
    source.once(lambda connection: owe(connection, loaded))

    ended = run("copy", "--from", source.url, "--to", empty)

    assert ended.code == 0, ended.err
    assert any(line.split()[:2] == ["milestones", str(count(source, MilestoneRow))] for line in ended.lines)
    clock = SandboxClock(STARTS_AT, running=False)
    world = World(clock=clock)
    world.add_bot(token=TOKEN, username="hamroh_test_bot")
    user_id = loaded.people[KEYVAN][0].sandbox_user_id or 0
    world.add_person(user_id, "Keyvan")
    world.private_chat(world.person(user_id), next(iter(world.bots.values()))).is_started = True
    settings = settings_for(tmp_path / "data", DATABASE_URL=empty)
    async with running(settings, clock=WorldClock(clock), messenger=InProcess(world)) as house:

        def seen() -> str:
            chat = world.chat_of(user_id, user_id)
            return "\n".join(bare(message.text) for message in world.visible(chat) if message.sender.id != user_id)

        await world.until(lambda: "owed since" in seen() and "before the move" in seen(), within=30)
        # New rows get numbers of their own.
        world.say(user_id, user_id, "M-3 62% after the move.")
        await world.until(lambda: "after the move" in seen(), within=30)
        await house.rested()
        notes = house.database.once(lambda c: c.execute(select(ProgressRow.note)).scalars().all())
    await world.close()
    assert {"before the move.", "after the move."} <= set(notes)


def test_there_and_back_everything_is_as_it_was(run: Run, source: Database, empty: str, tmp_path: Path) -> None:
    at = datetime(2026, 3, 29, 1, 30, 0, 123457, tzinfo=UTC)
    odd = {"ҳ": ["\N{PILE OF POO}", 1.5, None, True, "a\x00b"], "n": {"deep": BIG}}

    def prepare(connection: Connection) -> None:
        values = {"at": at, "act": "odd", "subject": "milestone", "subject_id": 1, "before": None, "after": odd}
        connection.execute(insert(ChangeRow), {**values, "update_id": BIG})
        connection.execute(update(PersonRow).where(PersonRow.id == 1).values(user_id=BIG, group_id=1))

    source.once(prepare)
    back = f"sqlite:///{tmp_path / 'back.db'}"

    assert run("copy", "--from", source.url, "--to", empty).code == 0
    assert run("copy", "--from", empty, "--to", back).code == 0

    returned = Database(back)
    for table in Base.metadata.sorted_tables:
        asked = select(table).order_by(*table.primary_key.columns)
        before = source.once(lambda c, asked=asked: [tuple(row) for row in c.execute(asked)])  # type: ignore[misc]
        after = returned.once(lambda c, asked=asked: [tuple(row) for row in c.execute(asked)])  # type: ignore[misc]
        assert after == before, table.name
    returned.close()


def test_characters_that_postgresql_does_not_take_are_left_out_and_named(
    run: Run, source: Database, empty: str
) -> None:
    source.once(lambda c: c.execute(update(MilestoneRow).where(MilestoneRow.id == 1).values(title="a\0b")))

    ended = run("copy", "--from", source.url, "--to", empty)

    assert ended.code == 0, ended.err
    assert "milestones (1)" in ended.err
    target = Database(empty)
    assert target.once(lambda c: c.execute(select(MilestoneRow.title).where(MilestoneRow.id == 1)).scalar()) == "ab"
    target.close()


def test_a_target_with_anything_in_it_is_refused(run: Run, source: Database, empty: str) -> None:
    assert run("copy", "--from", source.url, "--to", empty).code == 0

    ended = run("copy", "--from", source.url, "--to", empty)

    assert ended.code == 1
    assert "not empty" in ended.err


def test_while_the_bot_runs_nothing_is_copied(run: Run, source: Database, empty: str, tmp_path: Path) -> None:
    assert source.path is not None
    lock = RunLock(source.path)
    lock.take()
    assert run("copy", "--from", source.url, "--to", empty).code == 3
    lock.free()
    assert run("copy", "--from", source.url, "--to", empty).code == 0
    lively = Database(empty)
    lively.once(lambda connection: Processes(connection).enter(77, 1))

    ended = run("copy", "--from", empty, "--to", f"sqlite:///{tmp_path / 'back.db'}")

    assert ended.code == 3
    assert "is running" in ended.err
    lively.once(lambda connection: Processes(connection).leave(77))
    assert count(lively, ProcessRow) == 0
    lively.close()


def test_a_source_of_another_version_is_refused(run: Run, source: Database, empty: str) -> None:
    source.once(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '0001'")))

    ended = run("copy", "--from", source.url, "--to", empty)

    assert ended.code == 1
    assert "hamroh migrate" in ended.err


def test_after_a_failure_the_target_is_as_it_was(run: Run, source: Database, empty: str) -> None:
    # A number that fits SQLite's column and not PostgreSQL's, in one of the last tables.
    source.once(
        lambda c: c.execute(insert(ChangeRow), {"at": STARTS_AT, "act": "x", "subject": "y", "subject_id": BIG})
    )

    ended = run("copy", "--from", source.url, "--to", empty)

    assert ended.code == 1
    assert "Nothing was copied" in ended.err
    target = Database(empty)
    there = target.once(
        lambda c: c.execute(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).scalar()
    )
    assert there == 0
    target.close()


@pytest.mark.parametrize(
    ("addresses", "code", "word"),
    [
        (("sqlite:///there_is_none.db", "sqlite:///new.db"), 1, "There is no database"),
        (("mysql://somewhere/else", "sqlite:///new.db"), 2, "neither"),
        (("sqlite:///same.db", "sqlite:///../{folder}/same.db"), 1, "same database"),
        (("sqlite:///same.db", "sqlite:///same.db"), 1, "same database"),
    ],
    ids=["no source", "another kind", "the same by another name", "the same"],
)
def test_what_cannot_be_copied_is_said(
    run: Run, tmp_path: Path, addresses: tuple[str, str], code: int, word: str
) -> None:
    same = Database(f"sqlite:///{tmp_path / 'same.db'}")
    migrate(same)
    same.close()

    origin, goal = addresses
    ended = run("copy", "--from", origin, "--to", goal.format(folder=tmp_path.name))

    assert (ended.code, word in ended.err) == (code, True), ended.err
    assert not (tmp_path / "there_is_none.db").exists()
