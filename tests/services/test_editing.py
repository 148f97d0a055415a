"""Changing the plan of a milestone: what is kept and recorded, who is told, undoing it, and two people at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.editing import EditForm
from bot.domain.errors import ButtonExpired, NotAllowed
from bot.domain.milestones import Milestone, MilestoneClosed, MilestoneState
from bot.domain.plans import MoveReasonMissing, Plan
from bot.domain.progress import AlreadyUndone, LoggedSince, UndoTooLate
from bot.screens.progress import Saved
from bot.services import editing, milestone_cards, milestones, progress
from db.unit_of_work import UnitOfWork
from tests.services.changing import change, filled, found, last_change, opened, saved
from tests.services.example_unit import ExampleUnit, example_unit

LATER = date(2027, 1, 15)


@pytest.fixture
def unit(example: tuple[Path, Any], tmp_path: Path) -> Iterator[ExampleUnit]:
    with example_unit(example[0], tmp_path) as opened:
        yield opened


def test_all_that_changes_is_kept_and_recorded_before_and_after(unit: ExampleUnit) -> None:
    before = found(unit)
    tajikistan = unit.person("ghayurov").party_id
    after = change(
        unit,
        "farahmandi",
        reason="the rig waits",
        due_on=LATER,
        responsible_party_id=tajikistan,
        measurable_result="two signatures",
    )

    assert found(unit) == after
    assert (after.due_on, after.responsible_party_id, after.measurable_result) == (LATER, tajikistan, "two signatures")
    assert (after.moves, after.version) == (before.moves + 1, before.version + 1)
    recorded = last_change(unit)
    assert recorded.act == "edit"
    assert recorded.member_id == unit.person("farahmandi").id
    assert recorded.before == {
        "due_on": "2026-12-09",
        "responsible_party_id": before.responsible_party_id,
        "measurable_result": before.measurable_result,
        "moves": 1,
    }
    move = unit.uow.milestones.moves(after.id)[-1]
    assert (move.due_before, move.due_after, move.reason, move.language) == (
        before.due_on, LATER, "the rig waits", "en",
    )  # fmt: skip
    assert recorded.after == {
        "due_on": "2027-01-15",
        "responsible_party_id": tajikistan,
        "measurable_result": "two signatures",
        "moves": 2,
        "move_id": move.id,
        "move_reason": "the rig waits",
    }


def test_saving_what_is_the_same_changes_nothing(unit: ExampleUnit) -> None:
    before = found(unit)

    assert saved(unit, opened(unit, "farahmandi"), "farahmandi") == before
    assert found(unit) == before


def test_a_date_moves_only_with_a_reason(unit: ExampleUnit) -> None:
    draft = filled(unit, opened(unit, "farahmandi"), due_on=LATER)

    with pytest.raises(MoveReasonMissing):
        saved(unit, draft, "farahmandi")


def test_a_chosen_date_asks_for_the_reason_next(unit: ExampleUnit) -> None:
    form = editing.form_of(opened(unit, "farahmandi")).at("due_on")
    form = editing.choose_day(unit.uow, form, LATER, today=date(2026, 11, 23))

    assert (form.step, form.awaits) == ("reason", "reason")
    assert editing.typed(unit.uow, form, "the rig waits").reason == "the rig waits"


def test_an_observer_and_what_is_dropped_are_refused(unit: ExampleUnit) -> None:
    observer = unit.person("dadgarnejad")

    with pytest.raises(NotAllowed):
        editing.begin(unit.uow, found(unit), by=observer, chat=unit.chat(observer))
    with pytest.raises(MilestoneClosed):
        opened(unit, "farahmandi", 42)


def test_a_lead_of_the_other_party_takes_responsibility_along(unit: ExampleUnit) -> None:
    by, lead = unit.person("farahmandi"), unit.person("uktamzoda")
    form = editing.choose(unit.uow, editing.form_of(opened(unit, "farahmandi")), "lead", lead.id, by=by)

    assert (form.plan.lead_id, form.plan.responsible_party_id) == (lead.id, lead.party_id)
    assert form.plan.counterpart_id is not None
    assert unit.uow.members.get(form.plan.counterpart_id).party_id != lead.party_id


def test_places_are_given_to_those_who_may_have_them(unit: ExampleUnit) -> None:
    by = unit.person("farahmandi")
    form = editing.form_of(opened(unit, "farahmandi"))

    def choose(field: str, chosen: int) -> EditForm:
        return editing.choose(unit.uow, form, field, chosen, by=by)

    assert choose("counterpart", 0).plan.counterpart_id is None
    assert choose("party", 0).plan.responsible_party_id is None
    assert choose("result", 0).plan.measurable_result == ""
    with pytest.raises(NotAllowed):
        choose("counterpart", unit.person("baharvand").id)
    with pytest.raises(NotAllowed):
        choose("lead", unit.person("ghulomzoda").id)
    for field, chosen in (("workstream", 999), ("party", 999), ("nothing", 1)):
        with pytest.raises(ButtonExpired):
            choose(field, chosen)


def test_undo_brings_the_plan_and_the_count_back_and_withdraws_what_has_not_left(unit: ExampleUnit) -> None:
    before, by = found(unit), unit.person("farahmandi")
    owed = unit.uow.outbox.waiting()
    after = change(unit, "farahmandi", reason="the rig waits", due_on=LATER, lead_id=unit.person("baharvand").id)
    told = unit.uow.outbox.waiting() - owed
    back = editing.undo(unit.uow, last_change(unit).id, by=by)

    assert told == 2
    assert unit.uow.outbox.waiting() == owed
    assert replace(back, version=before.version) == before
    assert back.version == after.version + 1
    assert len(unit.uow.milestones.moves(back.id)) == before.moves
    assert last_change(unit).after == {"due_on": "2026-12-09", "lead_id": before.lead_id, "moves": 1}


def test_undo_is_ones_own_once_in_time_and_before_others_go_on(unit: ExampleUnit) -> None:
    by, other = unit.person("farahmandi"), unit.person("ghayurov")
    change(unit, "farahmandi", measurable_result="two signatures")
    first = last_change(unit).id

    with pytest.raises(NotAllowed):
        editing.undo(unit.uow, first, by=other)
    editing.undo(unit.uow, first, by=by)
    with pytest.raises(AlreadyUndone):
        editing.undo(unit.uow, first, by=by)

    change(unit, "farahmandi", measurable_result="three signatures")
    second = last_change(unit).id
    progress.log(unit.uow, found(unit), by=other, percent=70, state=None, note="", way="private")
    with pytest.raises(LoggedSince):
        editing.undo(unit.uow, second, by=by)

    change(unit, "farahmandi", measurable_result="four signatures")
    third = last_change(unit).id
    unit.at(unit.uow.now + timedelta(minutes=10, seconds=1))
    with pytest.raises(UndoTooLate):
        editing.undo(unit.uow, third, by=by)


def test_who_planned_cannot_take_off_the_roadmap_what_another_has_changed_since(unit: ExampleUnit) -> None:
    by = unit.person("farahmandi")
    draft = milestones.begin(unit.uow, "Sign", by=by, chat=unit.chat(by), today=unit.today(by))
    planned = milestones.plan(unit.uow, draft, by=by, today=unit.today(by))
    other = filled(unit, opened(unit, "ghayurov", planned.number), measurable_result="two signatures")
    saved(unit, other, "ghayurov")

    with pytest.raises(LoggedSince):
        milestones.undo(unit.uow, planned.id, by=by)


def test_a_dropped_milestone_is_reopened_with_a_reason(unit: ExampleUnit) -> None:
    by = unit.person("farahmandi")
    with pytest.raises(MilestoneClosed):
        progress.begin(unit.uow, found(unit, 42), by=by, chat=unit.chat(by))
    draft = progress.begin(
        unit.uow, found(unit, 42), by=by, chat=unit.chat(by), state=MilestoneState.ON_TRACK, note="money came"
    )
    result = progress.save(unit.uow, draft, by=by)

    assert isinstance(result, Saved)
    reopened = found(unit, 42)
    assert (reopened.state, reopened.percent, reopened.finished_on) == (MilestoneState.ON_TRACK, 25, None)


def test_a_card_asks_no_more_of_the_database_however_much_there_is(unit: ExampleUnit) -> None:
    by, milestone = unit.person("baharvand"), found(unit)
    few = _count(unit, milestone)
    for percent in range(66, 90):
        progress.log(unit.uow, found(unit), by=by, percent=percent, state=None, note="x", way="private")
    many = _count(unit, found(unit))

    assert (few, many) == (6, 6)


def _count(unit: ExampleUnit, milestone: Milestone) -> int:
    statements: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        statements.append(statement)

    by = unit.person("farahmandi")
    fresh = UnitOfWork(unit.uow.connection, 1, unit.uow.now)
    event.listen(unit.uow.connection, "before_cursor_execute", note)
    milestone_cards.card(fresh, milestone, by=by, today=unit.today(by))
    event.remove(unit.uow.connection, "before_cursor_execute", note)
    return len(statements)


def test_silence_is_told_after_thirty_days_without_news(unit: ExampleUnit) -> None:
    by = unit.person("farahmandi")

    def silent(number: int, on: date) -> date | None:
        return milestone_cards.card(unit.uow, found(unit, number), by=by, today=on).silent_since

    assert silent(3, date(2026, 12, 16)) is None
    assert silent(3, date(2026, 12, 17)) == date(2026, 11, 17)
    # It was to begin on 2 November, and nobody has said a word of it; before that it was only "not started".
    assert silent(45, date(2026, 12, 1)) is None
    assert silent(45, date(2026, 12, 2)) == date(2026, 11, 2)
    assert silent(1, date(2027, 2, 1)) is None


def test_the_plan_of_a_new_milestone_is_recorded_whole(unit: ExampleUnit) -> None:
    by = unit.person("farahmandi")
    draft = milestones.begin(unit.uow, "Sign", by=by, chat=unit.chat(by), today=unit.today(by))
    planned = milestones.plan(unit.uow, draft, by=by, today=unit.today(by))

    assert last_change(unit, planned.number).after == Plan.of(planned).fields()
