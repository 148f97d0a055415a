"""A running bot in a sandbox, in one process: what journeys take place in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.app import running
from bot.sandbox.clock import SandboxClock
from bot.sandbox.world import World
from bot.settings import Settings
from tests.databases import copied, fresh
from tests.in_process import TOKEN, InProcess, WorldClock
from tests.people import Stage

STARTS_AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def settings_for(folder: Path, **more: str) -> Settings:
    """Give the settings of a bot whose data lie in *folder*."""
    given = {"HAMROH_TOKEN": TOKEN, "HAMROH_DATA_DIR": str(folder), "HAMROH_SEND_RATE": "0"}
    return Settings.read(given | {f"HAMROH_{name}": value for name, value in more.items()}, None)


@asynccontextmanager
async def open_stage(folder: Path, *, template: Path | None = None, at: datetime = STARTS_AT) -> AsyncIterator[Stage]:
    """Run a bot in a fresh world; its database begins as a copy of *template*."""
    clock = SandboxClock(at, running=False)
    world = World(clock=clock)
    bot = world.add_bot(token=TOKEN, username="hamroh_test_bot")
    path = folder / "hamroh.db"
    settings = settings_for(folder, DATABASE_URL=copied(template, path) if template else fresh(path))
    try:
        async with running(settings, clock=WorldClock(clock), messenger=InProcess(world)) as house:
            yield Stage(world=world, clock=clock, house=house, bot_id=bot.id)
    finally:
        await world.close()
