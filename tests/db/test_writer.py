"""The writer thread: jobs share a COMMIT, a failed one takes nothing with it, and nobody is told too early."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, text

from db.database import Database
from db.models import Base, SettingRow

pytestmark = pytest.mark.sqlite


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'writer.db'}")
    Base.metadata.create_all(opened.engine)
    opened.start()
    yield opened
    opened.close()


def remember(name: str, *, then: Exception | None = None) -> Callable[[Connection], str]:
    def work(connection: Connection) -> str:
        connection.execute(insert(SettingRow), {"name": name, "value": "1"})
        if then is not None:
            raise then
        return name

    return work


async def names(database: Database) -> list[str]:
    return await database.read(
        lambda connection: list(connection.execute(select(SettingRow.name).order_by(SettingRow.name)).scalars())
    )


async def test_a_job_that_fails_takes_nothing_of_the_others_with_it(database: Database) -> None:
    jobs = [
        database.write(remember("a")),
        database.write(remember("b", then=ZeroDivisionError())),
        database.write(remember("c")),
    ]

    told = await asyncio.gather(*jobs, return_exceptions=True)

    assert [told[0], type(told[1]), told[2]] == ["a", ZeroDivisionError, "c"]
    assert await names(database) == ["a", "c"]


async def test_a_transaction_lost_under_a_job_runs_every_job_again_alone(database: Database) -> None:
    lost: list[bool] = []

    def lose(connection: Connection) -> None:
        # What a full disk does to SQLite: the whole transaction ends under the job that met it.
        if not lost:
            lost.append(True)
            connection.exec_driver_sql("ROLLBACK")

    told = await asyncio.gather(database.write(remember("a")), database.write(lose), database.write(remember("c")))

    assert list(told) == ["a", None, "c"]
    assert await names(database) == ["a", "c"]


async def test_another_command_writes_beside_the_running_bot(database: Database) -> None:
    beside = Database(f"sqlite:///{database.path}")

    await asyncio.to_thread(beside.once, remember("beside"))
    await database.write(remember("bot"))

    beside.close()
    assert await names(database) == ["beside", "bot"]


async def test_what_was_queued_before_closing_is_done(tmp_path: Path) -> None:
    opened = Database(f"sqlite:///{tmp_path / 'closing.db'}")
    Base.metadata.create_all(opened.engine)
    opened.start()
    jobs = [opened.write(remember(f"{number:03}")) for number in range(200)]

    await asyncio.to_thread(opened.close)

    assert len(await asyncio.gather(*jobs)) == 200


async def test_durability_is_not_traded_for_speed(database: Database) -> None:
    def pragmas(connection: Connection) -> tuple[object, ...]:
        return tuple(
            connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        )

    assert await database.write(pragmas) == ("wal", 2, 1)
