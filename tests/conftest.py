"""What tests share: the example working group in a database, and a running bot around a copy of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.services import example_group
from tests.houses import example_database, open_stage
from tests.people import Stage, Visitor


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, example_group.Example]:
    """A database with the example group, made once; tests copy it."""
    return example_database(tmp_path_factory.mktemp("example"))


@pytest.fixture
async def stage(example: tuple[Path, example_group.Example], tmp_path: Path) -> AsyncIterator[Stage]:
    """The example group with the bot running, at 2026-11-23 06:00 UTC; its people by handle."""
    path, loaded = example
    async with open_stage(tmp_path / "data", template=path) as opened:
        for handle, (person, member) in loaded.people.items():
            user_id = person.sandbox_user_id
            assert user_id is not None
            opened.world.add_person(user_id, person.names.en, language_code=person.language)
            opened.world.start(user_id, "")
            opened.people[handle] = Visitor(opened, user_id, handle, member.id)
        await opened.settled()
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
