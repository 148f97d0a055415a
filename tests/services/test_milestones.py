"""Planning milestones: defaults, changes of the form, saving and undoing."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.errors import ItemNotFound, NotAllowed, TextMissing, TextTooLong
from bot.domain.milestones import DueDateInPast
from bot.domain.progress import AlreadyUndone, LoggedSince, UndoTooLate
from bot.services import drafts, milestones, progress
from tests.services.example_unit import GROUP_ID, ExampleUnit, example_unit


@pytest.fixture
def unit(example: tuple[Path, Any], tmp_path: Path) -> Iterator[ExampleUnit]:
    with example_unit(example[0], tmp_path) as opened:
        yield opened


def plan(unit: ExampleUnit, handle: str, title: str = "Sign the water protocol") -> Any:
    by = unit.person(handle)
    draft = milestones.begin(unit.uow, title, by=by, chat=unit.chat(by), today=unit.today(by))
    return milestones.plan(unit.uow, draft, by=by, today=unit.today(by))


def test_the_workstream_is_the_one_the_member_leads(unit: ExampleUnit) -> None:
    workstreams = {found.id: found.code for found in unit.uow.groups.workstreams(GROUP_ID)}

    codes = {handle: workstreams[plan(unit, handle).workstream_id] for handle in ("sotoudehfar", "uktamzoda")}

    assert codes["uktamzoda"] == "TRAIN"
    assert codes["sotoudehfar"] in {"STEEL", "PIPES"}


def test_who_leads_none_gets_the_one_used_last_else_the_first(unit: ExampleUnit) -> None:
    workstreams = {found.id: found.code for found in unit.uow.groups.workstreams(GROUP_ID)}
    secretary = unit.person("kavehpour")
    first = plan(unit, "kavehpour")
    metals = next(number for number, code in workstreams.items() if code == "METALS")
    draft = milestones.begin(unit.uow, "x", by=secretary, chat=unit.chat(secretary), today=unit.today(secretary))
    form = milestones.choose_workstream(unit.uow, milestones.form_of(draft), metals, by=secretary)
    milestones.plan(unit.uow, drafts.change(unit.uow, draft, form), by=secretary, today=unit.today(secretary))

    assert workstreams[first.workstream_id] == "MINES"
    assert workstreams[plan(unit, "kavehpour").workstream_id] == "METALS"


def test_the_due_date_is_the_last_shared_working_day_of_next_month(unit: ExampleUnit) -> None:
    assert plan(unit, "farahmandi").due_on == date(2026, 12, 30)


def test_lead_and_counterpart_are_of_two_sides(unit: ExampleUnit) -> None:
    planned = plan(unit, "ghayurov")

    assert planned.lead_id == unit.person("ghayurov").id
    assert planned.counterpart_id is not None
    assert unit.uow.members.get(planned.counterpart_id).party_id != unit.person("ghayurov").party_id


def test_a_lead_of_the_other_side_takes_the_counterpart_along(unit: ExampleUnit) -> None:
    by, other = unit.person("farahmandi"), unit.person("ghayurov")
    draft = milestones.begin(unit.uow, "x", by=by, chat=unit.chat(by), today=unit.today(by))

    form = milestones.choose_lead(unit.uow, milestones.form_of(draft), other.id, by=by)

    assert form.lead_id == other.id
    assert form.counterpart_id == by.id


def test_a_counterpart_of_the_same_party_is_refused(unit: ExampleUnit) -> None:
    by = unit.person("farahmandi")
    draft = milestones.begin(unit.uow, "x", by=by, chat=unit.chat(by), today=unit.today(by))

    with pytest.raises(NotAllowed):
        milestones.choose_counterpart(unit.uow, milestones.form_of(draft), unit.person("baharvand").id, by=by)


def test_what_comes_after_adoption_is_marked(unit: ExampleUnit) -> None:
    planned = plan(unit, "farahmandi")

    assert planned.added_on == date(2026, 11, 23)
    assert planned.baseline_due_on is None


def test_a_title_is_needed_and_bounded(unit: ExampleUnit) -> None:
    by = unit.person("farahmandi")
    draft = milestones.begin(unit.uow, "", by=by, chat=unit.chat(by), today=unit.today(by))

    with pytest.raises(TextMissing):
        milestones.plan(unit.uow, draft, by=by, today=unit.today(by))
    with pytest.raises(TextTooLong):
        milestones.begin(unit.uow, "x" * 201, by=by, chat=unit.chat(by), today=unit.today(by))


def test_a_form_that_waited_past_its_date_is_refused(unit: ExampleUnit) -> None:
    by = unit.person("farahmandi")
    draft = milestones.begin(unit.uow, "x", by=by, chat=unit.chat(by), today=unit.today(by))

    with pytest.raises(DueDateInPast):
        milestones.plan(unit.uow, draft, by=by, today=date(2027, 1, 1))


def test_an_observer_plans_nothing(unit: ExampleUnit) -> None:
    observer = next(one for one in unit.uow.members.of_group(GROUP_ID) if not one.may_write)

    with pytest.raises(NotAllowed):
        milestones.begin(unit.uow, "x", by=observer, chat=unit.chat(observer), today=unit.today(observer))


def test_undo_takes_it_off_the_roadmap_once(unit: ExampleUnit) -> None:
    by = unit.person("farahmandi")
    planned = plan(unit, "farahmandi")

    milestones.undo(unit.uow, planned.id, by=by)

    with pytest.raises(ItemNotFound):
        milestones.find(unit.uow, GROUP_ID, planned.number)
    with pytest.raises(AlreadyUndone):
        milestones.undo(unit.uow, planned.id, by=by)


def test_undo_is_the_planners_in_time_and_before_others_build_on_it(unit: ExampleUnit) -> None:
    by, other = unit.person("farahmandi"), unit.person("ghayurov")
    planned, second = plan(unit, "farahmandi"), plan(unit, "farahmandi", "Another")
    progress.log(unit.uow, second, by=other, percent=10, state=None, note="", way="private")

    with pytest.raises(NotAllowed):
        milestones.undo(unit.uow, planned.id, by=other)
    with pytest.raises(LoggedSince):
        milestones.undo(unit.uow, second.id, by=by)
    unit.at(unit.uow.now + timedelta(minutes=10, seconds=1))
    with pytest.raises(UndoTooLate):
        milestones.undo(unit.uow, planned.id, by=by)


def test_a_message_becomes_a_title_that_fits() -> None:
    long = "ҷумлаи дароз " * 40

    assert milestones.title_from("First line\nsecond line") == "First line"
    assert len(milestones.title_from(long)) <= 200
    assert milestones.title_from(long).endswith("…")
