"""Killed at random, again and again: every update takes effect once, and the person is answered."""

import random
import shutil
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import func, select

from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import serve
from bot.sandbox.world import World
from bot.services.example_group import Example
from db.database import Database
from db.models import InboxRow, OutboxRow, ProgressRow
from tests.faults.processes import BotProcess
from tests.in_process import TOKEN

UPDATES = 200
KILLS = 20
IN_FLIGHT = 32


async def test_two_hundred_updates_survive_twenty_kills_and_count_once_each(
    example: tuple[Path, Example], tmp_path: Path
) -> None:
    path, loaded = example
    shutil.copy(path, tmp_path / "hamroh.db")
    chance = random.Random(20)  # noqa: S311 - the same run each time
    world = World(clock=SandboxClock(datetime.now(UTC)))
    world.add_bot(token=TOKEN, username="hamroh_test_bot")
    writers = [person for person, member in loaded.people.values() if member.may_write]
    for person in writers:
        world.add_person(person.sandbox_user_id or 0, person.names.en)
        world.start(person.sandbox_user_id or 0)
    served = await serve(world)
    process = BotProcess(url=served.url, data=tmp_path)
    await process.start()
    for number in range(UPDATES):
        writer = writers[number % len(writers)].sandbox_user_id or 0
        world.say(writer, writer, f"M-{3 + number % 3} {number % 90 + 1}% update {number}.")
    for _ in range(KILLS):
        enough = len(world.calls) + chance.randrange(2, 13)
        # Wait until it works, then a moment more that is never the same.
        await world.until(partial(_called, world, enough), within=30)
        await process.kill()
        await process.start()

    database = Database(f"sqlite:///{tmp_path / 'hamroh.db'}")
    await world.settled(within=60)
    await world.until(
        lambda: _count(database, InboxRow, state=0) + _count(database, OutboxRow, state=0) == 0, within=60
    )
    code = await process.stop()
    await served.close()

    notes = database.once(
        lambda connection: (
            connection.execute(select(ProgressRow.note).where(ProgressRow.note.like("update %"))).scalars().all()
        )
    )
    database.close()
    assert sorted(notes) == sorted(f"update {number}." for number in range(UPDATES))
    answers = sum(
        1
        for person in writers
        for message in world.visible(world.chat_of(person.sandbox_user_id or 0, person.sandbox_user_id or 0))
        if message.sender.id == 7001 and "update" in message.text
    )
    assert UPDATES <= answers <= UPDATES + KILLS * IN_FLIGHT
    assert code == 0


def _called(world: World, times: int) -> bool:
    return len(world.calls) >= times


def _count(database: Database, table: type[InboxRow] | type[OutboxRow], *, state: int) -> int:
    return database.once(
        lambda connection: connection.execute(
            select(func.count()).select_from(table).where(table.state == state)
        ).scalar_one()
    )
