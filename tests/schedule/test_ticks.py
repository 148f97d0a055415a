"""Ticks of the schedule go on whatever is done to the machine's clock, and any number of them makes a rung once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.clock import SetClock, SystemClock
from bot.schedule import Schedule
from bot.services.example_group import Example
from db.database import Database
from db.models import OutboxRow
from db.unit_of_work import UnitOfWork
from tests.databases import copied

OPENING = datetime(2026, 12, 1, 6, tzinfo=UTC)


@pytest.fixture
async def database(example: tuple[Path, Example], tmp_path: Path) -> AsyncIterator[Database]:
    path, _ = example
    opened = Database(copied(path, tmp_path / "hamroh.db"))
    opened.start()
    yield opened
    opened.close()


async def test_ticks_go_on_after_the_clock_of_the_machine_was_set_back() -> None:
    asked = asyncio.Semaphore(0)

    async def act(change: Callable[[UnitOfWork], Any]) -> Any:
        asked.release()
        return [], set(), OPENING.date()

    # The scheduler has planned its next tick by a clock that is an hour ahead; then the clock is put right.
    machine = SetClock(SystemClock().now() + timedelta(hours=1))
    schedule = Schedule(act=act, seconds=0.05, machine=machine)
    await schedule.start()
    machine.move(-timedelta(hours=1))

    async with asyncio.timeout(10):
        for _ in range(3):
            await asked.acquire()

    await schedule.stop()


async def test_ticks_of_several_schedules_at_once_make_each_rung_once(database: Database) -> None:
    clock = SetClock(OPENING)

    async def act(change: Callable[[UnitOfWork], Any]) -> Any:
        return await database.write(lambda connection: change(UnitOfWork(connection, 1, clock.now())))

    schedules = [Schedule(act=act) for _ in range(3)]
    for minutes in (0, 1, -180, 180, 60 * 24, -60 * 24):
        clock.move(timedelta(minutes=minutes))
        await asyncio.gather(*(schedule.tick() for schedule in schedules for _ in range(2)))

    keys = database.once(lambda connection: list(connection.execute(select(OutboxRow.key)).scalars()))
    times = Counter(keys)
    assert len(times) > 10
    assert set(times.values()) == {1}
