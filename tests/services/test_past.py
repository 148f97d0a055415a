"""What became of an item: the imported past, what was logged, changed and undone since, and what nobody knows."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.errors import ButtonExpired, ItemNotFound
from bot.domain.histories import PastAct, Subject
from bot.domain.milestones import MilestoneState
from bot.domain.readers import LANGUAGES
from bot.screens import histories as screens
from bot.screens.audience import of_person
from bot.services import past, progress
from bot.services.example_group import Example
from tests.services.example_unit import GROUP_ID, ExampleUnit, example_unit


@pytest.fixture
def unit(example: tuple[Path, Example], tmp_path: Path) -> Iterator[ExampleUnit]:
    with example_unit(example[0], tmp_path) as opened:
        yield opened


def subject(unit: ExampleUnit, code: str) -> Subject:
    kind, number = code.split("-")
    return past.find(unit.uow, unit.uow.groups.get(GROUP_ID), "M" if kind == "M" else "O", int(number))


def all_acts(unit: ExampleUnit, code: str) -> list[PastAct]:
    of = subject(unit, code)
    group = unit.uow.groups.get(GROUP_ID)
    first = past.history(unit.uow, group, of)
    return [act for number in range(1, first.page.last + 1) for act in past.history(unit.uow, group, of, number).acts]


def test_the_imported_past_of_a_milestone_is_told_the_newest_first(unit: ExampleUnit) -> None:
    milestone = unit.uow.milestones.find(GROUP_ID, 3)
    assert milestone is not None
    entries, moves = unit.uow.progress.of_milestone(milestone.id), unit.uow.milestones.moves(milestone.id)

    acts = all_acts(unit, "M-3")

    assert len(acts) == len(entries) + len(moves) + 1
    assert [act.at for act in acts] == sorted((act.at for act in acts), reverse=True)
    assert acts[-1].act == "plan"
    [move] = [act for act in acts if act.act == "move"]
    assert (move.before, move.after) == ({"due_on": "2026-10-28"}, {"due_on": "2026-12-09"})
    assert move.note == moves[0].reason


def test_the_imported_past_of_an_obstacle_is_its_thread(unit: ExampleUnit) -> None:
    obstacle = unit.uow.obstacles.find(GROUP_ID, 5)
    assert obstacle is not None

    acts = all_acts(unit, "O-5")

    assert [act.act for act in reversed(acts)] == [step.kind for step in unit.uow.obstacles.entries(obstacle.id)]


def test_an_entry_is_told_once_and_as_undone_with_who_undid_it(unit: ExampleUnit) -> None:
    ramin = unit.person("shahsavarzadeh")
    milestone = unit.uow.milestones.find(GROUP_ID, 3)
    assert milestone is not None
    before = len(all_acts(unit, "M-3"))
    saved = progress.log(unit.uow, milestone, by=ramin, percent=70, state=None, note="walls", way="form")

    [logged] = all_acts(unit, "M-3")[:-before]
    unit.at(unit.uow.now + timedelta(minutes=2))
    progress.undo(unit.uow, saved.entry.id, by=ramin)
    undone, entry = all_acts(unit, "M-3")[:2]

    assert (logged.before["percent"], logged.after["percent"], logged.note) == (65, 70, "walls")
    assert not logged.is_undone
    assert (undone.act, undone.member_id) == ("undo", ramin.id)
    assert (entry.after["percent"], entry.is_undone) == (70, True)


def test_a_date_moved_with_other_fields_is_told_once_with_its_reason(unit: ExampleUnit) -> None:
    ramin = unit.person("shahsavarzadeh")
    milestone = unit.uow.milestones.find(GROUP_ID, 3)
    assert milestone is not None
    before = len(all_acts(unit, "M-3"))
    unit.uow.milestones.move(
        milestone,
        date(2027, 3, 1),
        reason="the furnace is late",
        member_id=ramin.id,
        language="en",
        way="form",
        at=unit.uow.now,
    )
    changed = {"due_on": "2027-03-01", "percent_of_tomorrow": {"kind": [1, None]}, "lead_id": 10**6}
    unit.uow.record(
        "edit",
        "milestone",
        milestone.id,
        group_id=GROUP_ID,
        member_id=ramin.id,
        before={"due_on": "2026-12-09", "lead_id": ramin.id},
        after=changed,
    )

    [told] = all_acts(unit, "M-3")[:-before]

    assert (told.after, told.note) == (changed, "the furnace is late")


def test_a_field_or_act_of_a_newer_version_breaks_no_page(unit: ExampleUnit) -> None:
    ramin = unit.person("shahsavarzadeh")
    of = subject(unit, "M-3")
    values: list[object] = [None, 7, "x" * 5000, [], {"a": {"b": [None]}}, True, "2026-13-45", "<b>"]
    fields = (
        "due_on",
        "lead_id",
        "state",
        "percent",
        "owners",
        "titles",
        "workstream_id",
        "attachments",
        "of_tomorrow",
    )
    for value in values:
        everything: dict[str, object] = dict.fromkeys(fields, value)
        unit.uow.record(
            "of a newer version", "milestone", of.id, group_id=GROUP_ID, member_id=ramin.id, before={}, after=everything
        )
    group = unit.uow.groups.get(GROUP_ID)

    pages = [past.history(unit.uow, group, of, number) for number in (1, 2)]

    for handle in ("shahsavarzadeh", "ghayurov", "farahmandi"):
        reader = unit.person(handle).reader
        for page in pages:
            assert len(screens.history(of_person(reader), page).text) < 4096
    assert {unit.person(handle).reader.language for handle in ("shahsavarzadeh", "ghayurov", "farahmandi")} == {
        *LANGUAGES
    }


def test_a_milestone_whose_planning_was_undone_still_has_its_history(unit: ExampleUnit) -> None:
    milestone = unit.uow.milestones.find(GROUP_ID, 3)
    assert milestone is not None
    unit.uow.connection.exec_driver_sql(
        f"UPDATE milestones SET removed_at = planned_at WHERE id = {milestone.id}"  # noqa: S608 - our own number
    )

    acts = all_acts(unit, "M-3")

    assert subject(unit, "M-3").is_removed
    assert acts[-1].is_undone


def test_what_is_not_there_is_refused(unit: ExampleUnit) -> None:
    group = unit.uow.groups.get(GROUP_ID)

    with pytest.raises(ItemNotFound):
        past.find(unit.uow, group, "M", 999)
    with pytest.raises(ButtonExpired):
        past.of_id(unit.uow, "O", 10**6)


def test_states_are_words_in_the_readers_language(unit: ExampleUnit) -> None:
    zebo = unit.person("qalandarzoda")
    of = subject(unit, "M-3")

    screen = screens.history(of_person(zebo.reader), past.history(unit.uow, unit.uow.groups.get(GROUP_ID), of))

    assert "Ҳолат" in screen.text
    assert MilestoneState.AT_RISK.value not in screen.text
