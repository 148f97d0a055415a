"""Corrections of a party's calendar: kept with their record, by its own secretaries, and never over each other's."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.errors import ButtonExpired, NotAllowed
from bot.domain.holidays import Correction
from bot.domain.members import Member
from bot.services import calendars, holidays
from bot.services.example_group import Example
from db.models import ChangeRow
from db.repositories.drafts import Draft
from tests.services.example_unit import GROUP_ID, ExampleUnit, example_unit

DUE_DAY = date(2026, 12, 9)


@pytest.fixture
def unit(example: tuple[Path, Example], tmp_path: Path) -> Iterator[ExampleUnit]:
    with example_unit(example[0], tmp_path) as opened:
        yield opened


@pytest.fixture
def zebo(unit: ExampleUnit) -> Member:
    return unit.person("qalandarzoda")


def begun(unit: ExampleUnit, by: Member) -> Draft:
    return holidays.begin(unit.uow, DUE_DAY, by=by, chat=unit.chat(by), today=unit.today(by))


def test_a_correction_is_kept_recorded_and_counts_at_once(unit: ExampleUnit, zebo: Member) -> None:
    holidays.save(unit.uow, begun(unit, zebo), by=zebo)

    group = unit.uow.groups.get(GROUP_ID)
    assert not calendars.group_calendars(unit.uow, group)[zebo.party_id].is_working(DUE_DAY)
    [(member_id, before, after)] = unit.uow.connection.execute(
        select(ChangeRow.member_id, ChangeRow.before, ChangeRow.after).where(ChangeRow.act == "day corrected")
    ).all()
    assert member_id == zebo.id
    assert before == {"day": "2026-12-09", "is": "by rule"}
    assert after["day"] == "2026-12-09"


def test_one_partys_correction_leaves_the_other_alone(unit: ExampleUnit, zebo: Member) -> None:
    mina = unit.person("kavehpour")

    holidays.save(unit.uow, begun(unit, zebo), by=zebo)

    group = unit.uow.groups.get(GROUP_ID)
    assert calendars.group_calendars(unit.uow, group)[mina.party_id].is_working(DUE_DAY)


def test_a_member_corrects_nothing(unit: ExampleUnit) -> None:
    dilshod = unit.person("ghayurov")

    with pytest.raises(NotAllowed):
        begun(unit, dilshod)


def test_a_day_that_a_colleague_has_corrected_meanwhile_is_shown_anew_and_not_turned_round(
    unit: ExampleUnit, zebo: Member
) -> None:
    draft = begun(unit, zebo)
    unit.uow.holidays.correct(zebo.party_id, Correction(DUE_DAY, is_off=True, name="colleague"))

    assert holidays.save(unit.uow, draft, by=zebo) is None

    kept = unit.uow.holidays.corrections(zebo.party_id, DUE_DAY, DUE_DAY)
    assert kept == {DUE_DAY: Correction(DUE_DAY, is_off=True, name="colleague")}
    shown = unit.uow.drafts.find(draft.id)
    assert shown is not None
    assert shown.is_open
    assert holidays.save(unit.uow, shown, by=zebo) is not None
    assert unit.uow.holidays.corrections(zebo.party_id, DUE_DAY, DUE_DAY) == {}


def test_undo_of_a_removal_brings_the_correction_back_with_its_name(unit: ExampleUnit, zebo: Member) -> None:
    was = Correction(DUE_DAY, is_off=True, name="Рӯзи ҳамкорон")
    unit.uow.holidays.correct(zebo.party_id, was)
    draft = begun(unit, zebo)
    holidays.save(unit.uow, draft, by=zebo)
    saved = unit.uow.drafts.find(draft.id)
    assert saved is not None

    holidays.undo(unit.uow, saved, by=zebo)

    assert unit.uow.holidays.corrections(zebo.party_id, DUE_DAY, DUE_DAY) == {DUE_DAY: was}
    with pytest.raises(ButtonExpired):
        holidays.undo(unit.uow, saved, by=zebo)


def test_a_long_list_is_turned_in_pages(unit: ExampleUnit, zebo: Member) -> None:
    spring = date(2027, 3, 1)

    first, last = (holidays.listed(unit.uow, zebo, number, today=spring) for number in (1, 9))

    assert (first.page.last, last.page.number) == (3, 3)
    assert len(first.days) == holidays.PAGE
    assert first.days[0].day == spring
    assert last.days[-1].day <= date(2027, 5, 29)
