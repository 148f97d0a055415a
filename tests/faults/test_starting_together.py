"""Two processes that start at the same instant on an empty database make its schema once, and both run."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import serve
from bot.sandbox.world import World
from db.database import Database
from db.migrating import HEAD
from db.models import AccountRow, ProcessRow
from tests.databases import Kind
from tests.faults.processes import BotProcess
from tests.in_process import TOKEN


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_both_start_on_an_empty_database(kind: Kind, tmp_path: Path) -> None:
    url = kind.fresh(tmp_path / "empty.db")
    world = World(clock=SandboxClock(datetime.now(UTC)))
    world.add_bot(token=TOKEN, username="hamroh_test_bot")
    served = await serve(world)
    database = Database(url)
    first, second = (BotProcess(url=served.url, data=tmp_path, database=url) for _ in range(2))
    async with first, second:
        await world.until(lambda: _lives(database) == 2, within=60)
        codes = await asyncio.gather(first.stop(), second.stop())
    await served.close()

    versions = database.once(lambda c: list(c.execute(text("SELECT version_num FROM alembic_version")).scalars()))
    accounts = database.once(lambda c: c.execute(select(func.count()).select_from(AccountRow)).scalar_one())
    database.close()
    assert (versions, accounts, list(codes)) == ([HEAD], 1, [0, 0])


def _lives(database: Database) -> int:
    """Count the processes that have entered; none while there is no schema yet."""
    if not database.once(lambda c: c.execute(text("SELECT to_regclass('processes')")).scalar()):
        return 0
    return database.once(lambda c: c.execute(select(func.count()).select_from(ProcessRow)).scalar_one())
