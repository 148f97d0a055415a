"""Both kinds of database, whatever the tests run on otherwise, with the example group on each."""

from collections.abc import Iterator

import pytest

from tests.databases import POSTGRESQL, SQLITE, Kind
from tests.postgres import server


@pytest.fixture(scope="session", params=[SQLITE, POSTGRESQL])
def kind(request: pytest.FixtureRequest) -> Iterator[Kind]:
    """SQLite, then a PostgreSQL server of its own."""
    if request.param == SQLITE:
        yield Kind()
        return
    with server() as running:
        yield Kind(running)
