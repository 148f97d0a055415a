"""What tests share: the example working group in a database, and a running bot around a copy of it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.services import example_group
from tests.databases import KIND, POSTGRESQL, SQLITE, fresh
from tests.examples import fill
from tests.houses import move_in, open_stage
from tests.people import Stage, Visitor
from tests.postgres import server

# How long an example takes is the machine's affair, not the test's.
settings.register_profile("hamroh", deadline=None)
settings.load_profile("hamroh")

# What has to hold on every kind of database; the rest of the tests never opens one.
_ON_EVERY_KIND = (
    "cli/test_beside_a_running_bot",
    "db",
    "delivery",
    "faults",
    "handlers",
    "intake",
    "journeys",
    "schedule",
    "services",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=(SQLITE, POSTGRESQL), default=SQLITE, help="the kind that the tests run on")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """
    Leave out what is about the other kind of database alone, and on PostgreSQL what never opens one.

    The long tests are of both kinds in one run: what they take is waited for, whatever the kind.
    """
    chosen, root = config.getoption("--database"), Path(__file__).parent

    def is_wanted(item: pytest.Item) -> bool:
        # The faults are told their kind by a parameter, whatever the other tests run on.
        params = item.callspec.params if hasattr(item, "callspec") else {}
        if params.get("kind", chosen) != chosen and not item.get_closest_marker("long"):
            return False
        return chosen == SQLITE or (
            item.path.relative_to(root).as_posix().startswith(_ON_EVERY_KIND) and not item.get_closest_marker("sqlite")
        )

    wanted = [item for item in items if is_wanted(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in wanted])
    items[:] = wanted


@pytest.fixture(scope="session", autouse=True)
def _kind_of_database(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run the tests on the kind of database that was asked for."""
    if request.config.getoption("--database") == SQLITE:
        yield
        return
    with server() as KIND.server:
        yield
    KIND.server = None


@pytest.fixture(autouse=True)
def _swept(_kind_of_database: None) -> Iterator[None]:
    """Drop the databases of a test when it has ended."""
    kept = len(KIND.made)
    yield
    KIND.sweep(kept)


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, example_group.Example]:
    """A database with the example group, made once; tests copy it."""
    path = tmp_path_factory.mktemp("example") / "hamroh.db"
    return path, fill(fresh(path))


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
