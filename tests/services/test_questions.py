"""How often a screen asks the database: seldom, and as often on a large roadmap as on a small one."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from benchmarks.filling import fill
from bot.domain.groups import WorkingGroup
from bot.domain.instants import local_day
from bot.domain.members import Member
from bot.domain.roadmap_filters import RoadmapFilter, Standing
from bot.services import (
    milestone_cards,
    milestones,
    obstacles,
    past,
    roadmap,
    searches,
    summaries,
    workstreams,
)
from bot.services.example_group import Example
from db.database import Database
from db.unit_of_work import UnitOfWork
from tests.databases import copied
from tests.houses import STARTS_AT
from tests.services.example_unit import GROUP_ID

Ask = Callable[[UnitOfWork, WorkingGroup, Member], Any]
MANY_ENTRIES = 3_000


def _milestone(uow: UnitOfWork, by: Member) -> object:
    today = local_day(uow.now, by.reader.time_zone)
    return milestone_cards.card(uow, milestones.find(uow, GROUP_ID, 13), by=by, today=today)


SCREENS: dict[str, tuple[int, Ask]] = {
    "summary": (6, lambda uow, group, _: summaries.summary(uow, group)),
    "workstreams": (3, lambda uow, group, _: workstreams.listed(uow, group, 1)),
    "milestone": (6, lambda uow, _, by: _milestone(uow, by)),
    "obstacle": (6, lambda uow, _, by: obstacles.card(uow, obstacles.find(uow, GROUP_ID, 5), by=by)),
    "roadmap": (5, lambda uow, group, _: roadmap.roadmap(uow, group, 2)),
    "roadmap, filtered": (
        6,
        lambda uow, group, by: roadmap.roadmap(uow, group, 1, RoadmapFilter(1, 1, Standing.OVERDUE, by.id)),
    ),
    "obstacles": (3, lambda uow, group, _: roadmap.obstacles(uow, group, 1)),
    "history": (5, lambda uow, group, _: past.history(uow, group, past.find(uow, group, "M", 13), 2)),
    "search": (6, lambda uow, group, _: searches.found(uow, group, "маъдан", 2)),
}


@pytest.fixture(params=[0, MANY_ENTRIES], ids=["small", "large"])
def database(request: pytest.FixtureRequest, example: tuple[Path, Example], tmp_path: Path) -> Iterator[Database]:
    opened = Database(copied(example[0], tmp_path / "copy.db"))
    if request.param:
        fill(opened, GROUP_ID, entries=request.param, first=0)
    yield opened
    opened.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_asks_six_questions_at_most_however_much_there_is(database: Database, screen: str) -> None:
    most, ask = SCREENS[screen]
    statements: list[str] = []

    def note(_c: Any, _k: Any, statement: str, _p: Any, _x: Any, _m: Any) -> None:
        statements.append(statement)

    with database.engine.begin() as connection:
        # Who asks, and of which group, every update has looked up before.
        known = UnitOfWork(connection, 1, STARTS_AT)
        group, member = known.groups.get(GROUP_ID), known.members.find_handle(GROUP_ID, "farahmandi")
        assert member is not None
        uow = UnitOfWork(connection, 1, STARTS_AT)
        uow.groups.get(GROUP_ID)
        event.listen(connection, "before_cursor_execute", note)
        ask(uow, group, member)
        event.remove(connection, "before_cursor_execute", note)

    assert 1 <= len(statements) <= most <= 6, statements
