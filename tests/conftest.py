"""What tests share: the example working group in a database, and a running bot around a copy of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.members import Names
from bot.services import example_group
from db.database import Database
from db.migrating import migrate
from db.unit_of_work import UnitOfWork
from tests.houses import STARTS_AT, move_in, open_stage
from tests.in_process import TOKEN
from tests.people import Stage, Visitor

_OWNER = Names(en="Owner")


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, example_group.Example]:
    """A database with the example group, made once; tests copy it."""
    path = tmp_path_factory.mktemp("example") / "hamroh.db"
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


@pytest.fixture
async def stage(example: tuple[Path, example_group.Example], tmp_path: Path) -> AsyncIterator[Stage]:
    """The example group with the bot running, at 2026-11-23 06:00 UTC; its people by handle."""
    path, loaded = example
    async with open_stage(tmp_path / "data", template=path) as opened:
        await move_in(opened, loaded)
        yield opened


@pytest.fixture
def zebo(stage: Stage) -> Visitor:
    """A secretary of Tajikistan, who reads Tajik."""
    return stage.people["qalandarzoda"]


@pytest.fixture
def mina(stage: Stage) -> Visitor:
    """A secretary of Iran, who reads Persian."""
    return stage.people["kavehpour"]


@pytest.fixture
def ramin(stage: Stage) -> Visitor:
    """A member of Iran, lead of MINES, who reads Persian."""
    return stage.people["shahsavarzadeh"]


@pytest.fixture
def keyvan(stage: Stage) -> Visitor:
    """A member of Iran, lead of PROC, who reads English."""
    return stage.people["farahmandi"]


@pytest.fixture
def dilshod(stage: Stage) -> Visitor:
    """A member of Tajikistan, counterpart of MINES and PROC, who reads Tajik."""
    return stage.people["ghayurov"]
