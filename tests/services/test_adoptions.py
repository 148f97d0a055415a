"""Adopting the roadmap: what is kept and recorded, and who may."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.adoptions import RoadmapAdopted, RoadmapChanged, RoadmapEmpty
from bot.domain.errors import ButtonExpired, NotAllowed
from bot.domain.members import Member
from bot.services import adoptions
from bot.services.example_group import Example
from db.models import ChangeRow
from tests.services.example_unit import GROUP_ID, ExampleUnit, example_unit


@pytest.fixture
def unit(example: tuple[Path, Example], tmp_path: Path) -> Iterator[ExampleUnit]:
    """The example group before its adoption."""
    with example_unit(example[0], tmp_path) as opened:
        for statement in (
            "DELETE FROM adoptions",
            "UPDATE groups SET roadmap_adopted_on = NULL",
            "UPDATE milestones SET baseline_start_on = NULL, baseline_due_on = NULL, added_on = NULL",
        ):
            opened.uow.connection.exec_driver_sql(statement)
        opened.uow.groups.forget(GROUP_ID)
        yield opened


@pytest.fixture
def chairs(unit: ExampleUnit) -> list[Member]:
    return [member for member in unit.uow.members.of_group(GROUP_ID) if member.may_adopt]


def adopt(unit: ExampleUnit, by: Member) -> None:
    adoptions.adopt(unit.uow, adoptions.read(unit.uow, by=by).plan.version, by=by)


def test_the_record_says_of_each_milestone_what_its_baseline_became(unit: ExampleUnit, chairs: list[Member]) -> None:
    for chair in chairs:
        adopt(unit, chair)

    milestones = {found.id: found for found in unit.uow.milestones.of_group(GROUP_ID)}
    rows = unit.uow.connection.execute(
        select(ChangeRow.subject_id, ChangeRow.member_id, ChangeRow.after).where(
            ChangeRow.act == "adopt", ChangeRow.subject == "milestone"
        )
    ).all()
    assert {row.subject_id: row.after["baseline_due_on"] for row in rows} == {
        found.id: found.due_on.isoformat() for found in milestones.values()
    }
    assert {row.member_id for row in rows} == {chairs[-1].id}


def test_adopting_twice_is_adopting_once(unit: ExampleUnit, chairs: list[Member]) -> None:
    adopt(unit, chairs[0])
    adopt(unit, chairs[0])

    assert [adoption.member_id for adoption in unit.uow.adoptions.of_group(GROUP_ID)] == [chairs[0].id]


def test_another_version_than_that_of_now_is_not_adopted(unit: ExampleUnit, chairs: list[Member]) -> None:
    with pytest.raises(RoadmapChanged):
        adoptions.adopt(unit.uow, "00000000", by=chairs[0])

    assert unit.uow.adoptions.of_group(GROUP_ID) == []


def test_what_is_adopted_stays_adopted(unit: ExampleUnit, chairs: list[Member]) -> None:
    for chair in chairs:
        adopt(unit, chair)

    with pytest.raises(RoadmapAdopted):
        adoptions.take_back(unit.uow, by=chairs[0])
    with pytest.raises(RoadmapAdopted):
        adoptions.read(unit.uow, by=chairs[1])


def test_only_a_co_chair_adopts_and_takes_back_what_was_given(unit: ExampleUnit, chairs: list[Member]) -> None:
    with pytest.raises(NotAllowed):
        adoptions.adopt(unit.uow, "00000000", by=unit.person("kavehpour"))
    with pytest.raises(ButtonExpired):
        adoptions.take_back(unit.uow, by=chairs[0])


def test_an_empty_roadmap_is_not_adopted(unit: ExampleUnit, chairs: list[Member]) -> None:
    unit.uow.connection.exec_driver_sql("UPDATE milestones SET state = 'dropped'")

    with pytest.raises(RoadmapEmpty):
        adoptions.read(unit.uow, by=chairs[0])
