"""A file becomes the roadmap, all of it or nothing; a replayed past ends where the roadmap of today stands."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.groups import WorkingGroup
from bot.domain.milestones import MilestoneState
from bot.domain.obstacles import ObstacleState
from bot.files.group_file import read_group_file
from bot.files.history_file import read_history
from bot.files.members_file import read_members
from bot.files.roadmap_file import Outcome, Preview
from bot.services import example_group, groups, histories, imports, members
from bot.services.example_group import FOLDER
from db.database import Database
from db.migrating import migrate
from db.unit_of_work import UnitOfWork
from tests.databases import fresh
from tests.houses import STARTS_AT

ROADMAP = (FOLDER / "roadmap.csv").read_bytes()
HISTORY = (FOLDER / "history.csv").read_bytes()
TODAY = date(2026, 11, 23)


@pytest.fixture
def uow(tmp_path: Path) -> Iterator[UnitOfWork]:
    """A unit of work on an empty database, rolled back at the end."""
    database = Database(fresh(tmp_path / "hamroh.db"))
    migrate(database)
    with database.engine.connect() as connection:
        yield UnitOfWork(connection, 0, STARTS_AT)
    database.close()


@pytest.fixture
def group(uow: UnitOfWork) -> WorkingGroup:
    """The example group with its people and no milestones, before adoption."""
    file = read_group_file((FOLDER / "working_group.toml").read_bytes())
    created = groups.create(uow, replace(file, roadmap_adopted_on=None))
    members.enrol(uow, created, read_members((FOLDER / "members.csv").read_bytes(), parties=("IR", "TJ")))
    return created


def _imported(uow: UnitOfWork, group: WorkingGroup, content: bytes) -> Preview:
    preview = imports.preview(uow, group, content)
    imports.carry_out(uow, group, preview)
    return preview


def test_a_roadmap_is_stored_as_the_file_has_it(uow: UnitOfWork, group: WorkingGroup) -> None:
    _imported(uow, group, ROADMAP)

    milestones = uow.milestones.of_group(group.id)
    assert len(milestones) == 46
    m32 = next(milestone for milestone in milestones if milestone.number == 32)
    assert (m32.due_on, m32.baseline_due_on, m32.moves) == (date(2026, 12, 16), date(2026, 9, 30), 3)
    assert imports.preview(uow, group, ROADMAP).count(Outcome.UNCHANGED) == 46
    assert uow.groups.next_milestone_number(group.id) == 47


def test_a_preview_changes_nothing_and_a_refused_row_stops_all(uow: UnitOfWork, group: WorkingGroup) -> None:
    preview = imports.preview(uow, group, ROADMAP + b"M-47,GOLD,One,en,,,,,,,,2027-01-27,,,,,,,,,\n")

    assert preview.is_refused
    with pytest.raises(ValueError, match="refused"):
        imports.carry_out(uow, group, preview)
    assert uow.milestones.of_group(group.id) == []


def test_a_group_that_changed_meanwhile_is_not_written_over(uow: UnitOfWork, group: WorkingGroup) -> None:
    seen = imports.context(uow, group)
    preview = imports.judged(ROADMAP, seen)
    _imported(uow, group, b"workstream,title,due\nTRAIN,Course,2027-01-27\n")

    assert not imports.carry_out_as_seen(uow, seen, preview)
    assert len(uow.milestones.of_group(group.id)) == 1


def test_changes_are_kept_with_their_traces(uow: UnitOfWork, group: WorkingGroup) -> None:
    _imported(uow, group, ROADMAP)
    uow.adoptions.fix_baseline(group.id, TODAY)
    group = uow.groups.get(group.id)
    before = uow.milestones.find(group.id, 33)
    assert before is not None

    line = f"M-33,METALS,{before.title} 2,2027-03-31,60,at risk,prices came late"
    _imported(uow, group, f"id,workstream,title,due,percent,state,reason\n{line}\n".encode())

    after = uow.milestones.find(group.id, 33)
    assert after is not None
    assert (after.title, after.due_on, after.moves) == (f"{before.title} 2", date(2027, 3, 31), 1)
    assert (after.percent, after.state, after.reason) == (60, MilestoneState.AT_RISK, "")
    assert [move.reason for move in uow.milestones.moves(after.id)] == ["prices came late"]
    assert [entry.percent_after for entry in uow.progress.of_milestone(after.id)] == [60]


def test_a_replayed_past_ends_where_the_roadmap_of_today_stands(uow: UnitOfWork) -> None:
    group = example_group.load(uow).group

    milestones = uow.milestones.of_group(group.id)
    assert Counter(milestone.state.value for milestone in milestones) == {
        "done": 17,
        "on track": 8,
        "at risk": 4,
        "off track": 4,
        "not started": 11,
        "dropped": 2,
    }
    assert [milestone.code for milestone in milestones if milestone.is_overdue(TODAY)] == [
        "M-10",
        "M-25",
        "M-28",
        "M-36",
        "M-46",
    ]
    codes = {stream.id: stream.code for stream in uow.groups.workstreams(group.id)}
    with (FOLDER / "roadmap.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, milestone in zip(rows, milestones, strict=True):
        assert row == row | {
            "id": milestone.code,
            "workstream": codes[milestone.workstream_id],
            "title": milestone.title,
            "start": milestone.start_on.isoformat(),
            "due": milestone.due_on.isoformat(),
            "baseline_start": milestone.baseline_start_on.isoformat() if milestone.baseline_start_on else "",
            "baseline_due": milestone.baseline_due_on.isoformat() if milestone.baseline_due_on else "",
            "moved": str(milestone.moves),
            "added_on": milestone.added_on.isoformat() if milestone.added_on else "",
            "percent": str(milestone.percent),
            "state": milestone.state.value,
            "evidence": milestone.evidence,
            "reason": milestone.reason,
        }
    assert imports.preview(uow, group, ROADMAP).count(Outcome.UNCHANGED) == 46


def test_the_obstacles_of_the_past_stand_where_their_threads_ended(uow: UnitOfWork) -> None:
    group = example_group.load(uow).group

    obstacles = uow.obstacles.of_group(group.id)
    assert Counter(obstacle.state for obstacle in obstacles) == {
        ObstacleState.CLOSED: 5,
        ObstacleState.WITHDRAWN: 1,
        ObstacleState.SOLVED: 1,
        ObstacleState.WAITING: 3,
        ObstacleState.TAKEN: 2,
        ObstacleState.RAISED: 2,
    }
    o5 = next(obstacle for obstacle in obstacles if obstacle.number == 5)
    assert o5.waiting_for == "агентии стандарт"
    assert [entry.kind for entry in uow.obstacles.entries(o5.id)] == [
        "raised",
        "taken",
        "waiting",
        *["comment"] * 4,
    ]
    assert uow.groups.next_obstacle_number(group.id) == 15


def test_adoption_and_instants_of_the_past_are_kept(uow: UnitOfWork) -> None:
    group = example_group.load(uow).group

    assert group.roadmap_adopted_on == date(2026, 4, 22)
    assert len(uow.adoptions.of_group(group.id)) == 2
    m1 = uow.milestones.find(group.id, 1)
    assert m1 is not None
    entries = uow.progress.of_milestone(m1.id)
    assert [entry.at.isoformat() for entry in entries][:1] == ["2026-02-24T07:03:00+00:00"]
    assert m1.last_entry_at == entries[-1].at
    assert m1.finished_on == date(2026, 4, 7)
    assert m1.planned_at is not None
    assert m1.planned_at < entries[0].at


def test_nobody_is_told_of_the_past(uow: UnitOfWork) -> None:
    example_group.load(uow)

    assert uow.connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar() == 0


def test_a_past_that_does_not_follow_is_refused_with_the_event(uow: UnitOfWork, group: WorkingGroup) -> None:
    events = read_history(HISTORY)
    first = events[0]
    later = replace(first, id="H-X", at=first.at + timedelta(minutes=1))

    with pytest.raises(histories.HistoryBroken, match="H-X"):
        histories.replay(uow, group, imports.preview(uow, group, ROADMAP), [first, later])
