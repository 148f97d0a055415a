"""Two people change the same milestone at once: the second is told, and nothing is overwritten silently."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.milestones import Milestone
from bot.screens.conflicts import Conflict
from bot.screens.progress import Saved
from bot.services import drafts, editing, progress
from tests.services.changing import change, filled, found, last_change, opened, saved
from tests.services.example_unit import ExampleUnit, example_unit


@pytest.fixture
def unit(example: tuple[Path, Any], tmp_path: Path) -> Iterator[ExampleUnit]:
    with example_unit(example[0], tmp_path) as opened:
        yield opened


def test_the_second_of_two_is_told_and_lays_theirs_over_with_one_act(unit: ExampleUnit) -> None:
    mine = filled(unit, opened(unit, "farahmandi"), title="Design")
    unit.at(unit.uow.now + timedelta(minutes=4))
    theirs = change(unit, "ghayurov", measurable_result="two signatures")
    conflict = saved(unit, mine, "farahmandi")

    assert isinstance(conflict, Conflict)
    assert conflict.by == unit.person("ghayurov")
    assert conflict.at == unit.uow.now
    assert conflict.seen.plan.measurable_result != conflict.milestone.measurable_result == "two signatures"
    assert found(unit) == theirs

    after = saved(unit, mine, "farahmandi", over=theirs.version)
    assert isinstance(after, Milestone)
    assert (after.title, after.measurable_result) == ("Design", "two signatures")


def test_what_changes_again_before_the_one_act_is_shown_again(unit: ExampleUnit) -> None:
    mine = filled(unit, opened(unit, "farahmandi"), title="Design")
    theirs = change(unit, "ghayurov", measurable_result="two signatures")
    change(unit, "baharvand", measurable_result="three signatures")

    conflict = saved(unit, mine, "farahmandi", over=theirs.version)

    assert isinstance(conflict, Conflict)
    assert conflict.by == unit.person("baharvand")


def test_a_form_that_goes_on_from_what_was_shown_meets_no_conflict(unit: ExampleUnit) -> None:
    mine = filled(unit, opened(unit, "farahmandi"), title="Design")
    change(unit, "ghayurov", measurable_result="two signatures")
    form = editing.anew(unit.uow, editing.form_of(mine))
    after = saved(unit, drafts.change(unit.uow, mine, form), "farahmandi")

    assert form.changed == ("title",)
    assert isinstance(after, Milestone)
    assert (after.title, after.measurable_result) == ("Design", "two signatures")


def test_ones_own_changes_and_what_changed_back_are_no_conflict(unit: ExampleUnit) -> None:
    mine = filled(unit, opened(unit, "farahmandi"), title="Design")
    progress.log(unit.uow, found(unit), by=unit.person("farahmandi"), percent=70, state=None, note="", way="private")
    own = saved(unit, mine, "farahmandi")
    second = filled(unit, opened(unit, "farahmandi"), title="The design")
    change(unit, "ghayurov", measurable_result="two signatures")
    editing.undo(unit.uow, last_change(unit).id, by=unit.person("ghayurov"))
    after_undo = saved(unit, second, "farahmandi")

    assert isinstance(own, Milestone)
    assert isinstance(after_undo, Milestone)
    assert after_undo.title == "The design"


def test_a_typed_line_has_seen_nothing_and_never_conflicts(unit: ExampleUnit) -> None:
    change(unit, "ghayurov", measurable_result="two signatures")
    result = progress.log(
        unit.uow, found(unit), by=unit.person("farahmandi"), percent=70, state=None, note="", way="private"
    )

    assert (result.milestone.percent, result.milestone.measurable_result) == (70, "two signatures")


def test_an_entry_by_its_form_obeys_the_same(unit: ExampleUnit) -> None:
    by, other = unit.person("farahmandi"), unit.person("ghayurov")
    draft = progress.begin(unit.uow, found(unit), by=by, chat=unit.chat(by), percent=80)
    said = progress.log(unit.uow, found(unit), by=other, percent=70, state=None, note="", way="private")
    conflict = progress.save(unit.uow, draft, by=by)

    assert isinstance(conflict, Conflict)
    assert (conflict.seen.percent, conflict.milestone.percent) == (65, 70)
    assert found(unit).percent == 70
    result = progress.save(unit.uow, draft, by=by, over=said.milestone.version)
    assert isinstance(result, Saved)
    assert (result.entry.percent_before, result.entry.percent_after) == (70, 80)
