"""A running bot in a sandbox, in one process: what journeys take place in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.app import running
from bot.clock import Clock
from bot.sandbox.clock import SandboxClock
from bot.sandbox.world import World
from bot.services import example_group
from bot.settings import Settings
from tests.databases import copied, found
from tests.in_process import TOKEN, InProcess, WorldClock
from tests.people import Stage, Visitor

STARTS_AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def settings_for(folder: Path, **more: str) -> Settings:
    """Give the settings of a bot whose data lie in *folder*."""
    given = {"HAMROH_TOKEN": TOKEN, "HAMROH_DATA_DIR": str(folder), "HAMROH_SEND_RATE": "0"}
    return Settings.read(given | {f"HAMROH_{name}": value for name, value in more.items()}, None)


def fresh_world(clock: SandboxClock) -> World:
    """Make a world with the bot's account in it."""
    world = World(clock=clock)
    world.add_bot(token=TOKEN, username="hamroh_test_bot")
    return world


@asynccontextmanager
async def open_stage(
    folder: Path,
    *,
    template: Path | None = None,
    at: datetime = STARTS_AT,
    world: World | None = None,
    machine: Clock | None = None,
) -> AsyncIterator[Stage]:
    """
    Run a bot in a fresh world, or in *world*, which outlives it.

    Its database begins as a copy of *template*; without one it is what lies there, or empty. The bot lives by the
    world's clock, or by that of its own *machine*.
    """
    ours = world or fresh_world(SandboxClock(at, running=False))
    clock = ours.clock
    assert isinstance(clock, SandboxClock)
    path = folder / "hamroh.db"
    settings = settings_for(folder, DATABASE_URL=copied(template, path) if template else found(path))
    try:
        async with running(settings, clock=machine or WorldClock(clock), messenger=InProcess(ours)) as house:
            yield Stage(world=ours, clock=clock, house=house, bot_id=house.account.bot_id)
    finally:
        if world is None:
            await ours.close()


async def move_in(stage: Stage, loaded: example_group.Example) -> None:
    """
    Give the people of the example group a phone each, on which the bot was started long ago.

    Pressing Start in each test would be most of the work of many; the tests of invitations press it.
    """
    for handle, (person, member) in loaded.people.items():
        user_id = person.sandbox_user_id
        assert user_id is not None
        if user_id not in stage.world.people:
            stage.world.add_person(user_id, person.names.en, language_code=person.language)
            chat = stage.world.private_chat(stage.world.person(user_id), stage.world.bots[stage.bot_id])
            chat.is_started = True
        stage.people[handle] = Visitor(stage, user_id, handle, member.id)
    await stage.settled()
