"""Raising obstacles: defaults, owners, who is told, and undoing."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.errors import NotAllowed
from bot.domain.obstacles import Obstacle, ObstacleState, Severity
from bot.domain.progress import AlreadyUndone, LoggedSince
from bot.domain.working_days import Wait
from bot.services import milestones, obstacles, progress
from db.faults import Collision
from db.models import OutboxRow, OutboxState
from tests.services.example_unit import GROUP_ID, ExampleUnit, example_unit


@pytest.fixture
def unit(example: tuple[Path, Any], tmp_path: Path) -> Iterator[ExampleUnit]:
    with example_unit(example[0], tmp_path) as opened:
        yield opened


def raised(unit: ExampleUnit, handle: str, *, number: int | None = 14) -> Obstacle:
    by = unit.person(handle)
    milestone_id = milestones.find(unit.uow, GROUP_ID, number).id if number else None
    draft = obstacles.begin(unit.uow, "No laboratory", by=by, chat=unit.chat(by), milestone_id=milestone_id)
    return obstacles.raise_(unit.uow, draft, by=by, today=unit.today(by))


def waiting(unit: ExampleUnit, state: OutboxState = OutboxState.PENDING) -> list[str]:
    rows = unit.uow.connection.execute(
        select(OutboxRow.payload).where(OutboxRow.state == int(state), OutboxRow.created_at == unit.uow.now)
    )
    return [payload or "" for (payload,) in rows]


def test_the_other_party_is_needed_and_it_is_their_turn(unit: ExampleUnit) -> None:
    obstacle = raised(unit, "farahmandi")
    other = unit.uow.groups.get(GROUP_ID).other_party(unit.person("farahmandi").party_id)

    assert obstacle.needed_from_party_id == other.id
    assert obstacle.court_party_id == other.id
    assert (obstacle.severity, obstacle.state) == (Severity.LOW, ObstacleState.RAISED)
    assert unit.uow.obstacles.find(GROUP_ID, obstacle.number) == obstacle


def test_its_owners_are_those_of_the_milestone(unit: ExampleUnit) -> None:
    obstacle = raised(unit, "farahmandi")

    assert set(obstacle.owners.values()) == {unit.person("farahmandi").id, unit.person("ghayurov").id}


def test_without_a_milestone_of_ones_own_it_is_about_a_workstream(unit: ExampleUnit) -> None:
    by = unit.person("kavehpour")
    own = unit.uow.milestones.open_of_member(GROUP_ID, by.id)
    draft = obstacles.begin(unit.uow, "x", by=by, chat=unit.chat(by))
    form = obstacles.form_of(draft)

    assert (form.milestone_id is None) == (not own)
    assert (form.workstream_id is None) == bool(own)


def test_the_milestone_logged_on_last_is_meant(unit: ExampleUnit) -> None:
    by = unit.person("farahmandi")
    milestone = milestones.find(unit.uow, GROUP_ID, 14)
    progress.log(unit.uow, milestone, by=by, percent=61, state=None, note="", way="private")

    draft = obstacles.begin(unit.uow, "x", by=by, chat=unit.chat(by))

    assert obstacles.form_of(draft).milestone_id == milestone.id


def test_the_owner_on_the_other_side_is_told_in_their_language(unit: ExampleUnit) -> None:
    obstacle = raised(unit, "farahmandi")

    [message] = waiting(unit)
    assert obstacle.code in message
    assert "Кайвон" in message


def test_undo_withdraws_what_has_not_left(unit: ExampleUnit) -> None:
    obstacle = raised(unit, "farahmandi")
    obstacles.undo(unit.uow, obstacle.id, by=unit.person("farahmandi"))

    assert waiting(unit) == []
    assert len(waiting(unit, OutboxState.WITHDRAWN)) == 1
    assert unit.uow.obstacles.find(GROUP_ID, obstacle.number) is None
    with pytest.raises(AlreadyUndone):
        obstacles.undo(unit.uow, obstacle.id, by=unit.person("farahmandi"))


def test_undo_is_the_raisers_and_ends_when_somebody_acts(unit: ExampleUnit) -> None:
    obstacle = raised(unit, "farahmandi")
    with pytest.raises(NotAllowed):
        obstacles.undo(unit.uow, obstacle.id, by=unit.person("ghayurov"))
    unit.uow.obstacles.entry(
        obstacle,
        "taken",
        member_id=unit.person("ghayurov").id,
        note="",
        language="tg",
        way="buttons",
        at=unit.uow.now,
        court_party_id=obstacle.court_party_id,
    )

    with pytest.raises(LoggedSince):
        obstacles.undo(unit.uow, obstacle.id, by=unit.person("farahmandi"))


def test_the_card_counts_shared_working_days_since_the_last_change(unit: ExampleUnit) -> None:
    obstacle = raised(unit, "farahmandi")
    unit.at(unit.uow.now + timedelta(days=7))  # Monday to Monday

    card = obstacles.card(unit.uow, obstacle, by=unit.person("ghayurov"))

    assert card.in_court == Wait(shared_days=3, calendar_days=7)


def test_an_obstacle_is_kept_step_by_step(unit: ExampleUnit) -> None:
    obstacle = raised(unit, "farahmandi")
    given: dict[str, Any] = {"language": "tg", "way": "reply", "member_id": unit.person("ghayurov").id}
    later = unit.uow.now + timedelta(hours=2)
    commented = unit.uow.obstacles.entry(
        obstacle, "comment", note="x", at=later, court_party_id=obstacle.court_party_id, **given
    )
    closed = unit.uow.obstacles.entry(commented, "closed", note="y", at=later, court_party_id=None, **given)

    assert commented.state_changed_at == obstacle.state_changed_at
    assert (closed.state, closed.resolved_at, closed.court_party_id) == (ObstacleState.CLOSED, later, None)
    assert [step.kind for step in unit.uow.obstacles.entries(obstacle.id)] == ["raised", "comment", "closed"]
    with pytest.raises(Collision):
        unit.uow.obstacles.entry(obstacle, "taken", note="", at=later, court_party_id=None, **given)
