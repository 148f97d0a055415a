"""Members who change the plan of a milestone by its form, without a chat."""

from dataclasses import replace
from typing import Any

from bot.domain.milestones import Milestone
from bot.screens.conflicts import Conflict
from bot.services import drafts, editing, milestones
from db.repositories.drafts import Draft
from tests.services.example_unit import GROUP_ID, ExampleUnit


def found(unit: ExampleUnit, number: int = 3) -> Milestone:
    return milestones.find(unit.uow, GROUP_ID, number)


def opened(unit: ExampleUnit, handle: str, number: int = 3) -> Draft:
    by = unit.person(handle)
    return editing.begin(unit.uow, found(unit, number), by=by, chat=unit.chat(by))


def filled(unit: ExampleUnit, draft: Draft, *, reason: str = "", **changes: Any) -> Draft:
    form = editing.form_of(draft)
    return drafts.change(unit.uow, draft, replace(form, plan=replace(form.plan, **changes), reason=reason))


def saved(unit: ExampleUnit, draft: Draft, handle: str, *, over: int | None = None) -> Milestone | Conflict:
    by = unit.person(handle)
    return editing.save(unit.uow, draft, by=by, today=unit.today(by), over=over)


def change(unit: ExampleUnit, handle: str, *, reason: str = "", **changes: Any) -> Milestone:
    result = saved(unit, filled(unit, opened(unit, handle), reason=reason, **changes), handle)
    assert isinstance(result, Milestone)
    return result


def last_change(unit: ExampleUnit, number: int = 3) -> Any:
    return unit.uow.changes.last("milestone", found(unit, number).id)
