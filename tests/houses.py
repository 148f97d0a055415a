"""A running bot in a sandbox, in one process: what journeys take place in."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.app import running
from bot.domain.members import Names
from bot.sandbox.clock import SandboxClock
from bot.sandbox.world import World
from bot.services import example_group
from bot.settings import Settings
from db.database import Database
from db.migrating import migrate
from db.unit_of_work import UnitOfWork
from tests.in_process import TOKEN, InProcess, WorldClock
from tests.people import Stage

STARTS_AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
_OWNER = Names(en="Owner")


def example_database(folder: Path) -> tuple[Path, example_group.Example]:
    """Make a database with the example group."""
    path = folder / "hamroh.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)

    def fill(connection: object) -> example_group.Example:
        uow = UnitOfWork(connection, 0, STARTS_AT)  # type: ignore[arg-type]
        account = uow.installation.account(int(TOKEN.partition(":")[0]))
        uow.installation.name_account(account.id, username="hamroh_test_bot", name="Hamroh")
        uow.members.change_person(uow.members.add_person(user_id=1, names=_OWNER, language="en"), is_owner=True)
        return example_group.load(UnitOfWork(uow.connection, account.id, STARTS_AT))

    loaded = database.once(fill)
    database.close()
    return path, loaded


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
    settings = settings_for(folder)
    if template is not None:
        folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - a test's own folder
        shutil.copy(template, folder / "hamroh.db")
    try:
        async with running(settings, clock=WorldClock(clock), messenger=InProcess(world)) as house:
            yield Stage(world=world, clock=clock, house=house, bot_id=bot.id)
    finally:
        await world.close()
