"""Logging progress: at once, once, and back again."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.errors import NotAllowed
from bot.domain.milestones import EvidenceMissing, MilestoneClosed, MilestoneState, ReasonMissing
from bot.domain.progress import AlreadyUndone, Attachment, LoggedSince, UndoTooLate
from bot.screens.progress import Saved
from bot.services import milestones, progress
from db.models import ChangeRow
from tests.services.example_unit import GROUP_ID, ExampleUnit, example_unit


@pytest.fixture
def unit(example: tuple[Path, Any], tmp_path: Path) -> Iterator[ExampleUnit]:
    with example_unit(example[0], tmp_path) as opened:
        yield opened


def log(unit: ExampleUnit, handle: str, percent: int | None, note: str = "", **more: Any) -> Saved:
    milestone = milestones.find(unit.uow, GROUP_ID, more.pop("number", 14))
    given: dict[str, Any] = {"state": None, "way": "private", **more}
    return progress.log(unit.uow, milestone, by=unit.person(handle), percent=percent, note=note, **given)


def test_an_entry_says_before_and_after_and_is_on_record(unit: ExampleUnit) -> None:
    saved = log(unit, "ghayurov", 65, "6 стандарт")

    assert (saved.entry.percent_before, saved.entry.percent_after) == (60, 65)
    assert milestones.find(unit.uow, GROUP_ID, 14) == saved.milestone
    change = unit.uow.connection.execute(select(ChangeRow.__table__).order_by(ChangeRow.id.desc())).first()
    assert change is not None
    assert (change.act, change.before["percent"], change.after["percent"]) == ("log", 60, 65)


def test_any_member_may_log_on_any_milestone_but_an_observer_on_none(unit: ExampleUnit) -> None:
    observer = next(one for one in unit.uow.members.of_group(GROUP_ID) if not one.may_write)

    assert log(unit, "juraeva", 61).milestone.percent == 61
    with pytest.raises(NotAllowed):
        log(unit, observer.handle, 70)


def test_the_same_words_within_a_minute_are_one_entry(unit: ExampleUnit) -> None:
    first = log(unit, "ghayurov", 65, "x")
    again = log(unit, "ghayurov", 65, "x")
    unit.at(unit.uow.now + timedelta(seconds=61))
    later = log(unit, "ghayurov", 65, "x")

    assert again.is_repeat
    assert again.entry.id == first.entry.id
    assert later.entry.id != first.entry.id


def test_the_same_words_of_another_are_another_entry(unit: ExampleUnit) -> None:
    log(unit, "ghayurov", 65, "x")

    assert not log(unit, "farahmandi", 65, "x").is_repeat


def test_a_lower_percent_is_taken(unit: ExampleUnit) -> None:
    assert log(unit, "ghayurov", 40, note="the laboratory burned down").milestone.percent == 40


def test_done_needs_evidence_and_dropping_a_reason(unit: ExampleUnit) -> None:
    with pytest.raises(EvidenceMissing):
        log(unit, "ghayurov", 100)
    with pytest.raises(ReasonMissing):
        log(unit, "ghayurov", None, state=MilestoneState.DROPPED)


def test_what_is_done_is_dated_by_the_responsible_partys_day(unit: ExampleUnit) -> None:
    unit.at(unit.uow.now.replace(hour=19, minute=30))  # 23:00 in Tehran, 00:30 of the next day in Dushanbe
    finished = log(unit, "ghayurov", 100, "9 стандарт тасдиқ шуд").milestone
    group = unit.uow.groups.get(GROUP_ID)
    code = group.party(finished.responsible_party_id or unit.person("farahmandi").party_id).code

    assert finished.finished_on is not None
    assert finished.finished_on.day == {"IR": 23, "TJ": 24}[code]


def test_what_was_dropped_takes_no_progress(unit: ExampleUnit) -> None:
    log(unit, "ghayurov", None, "not needed any more", state=MilestoneState.DROPPED)

    with pytest.raises(MilestoneClosed):
        log(unit, "ghayurov", 50)


def test_undo_brings_everything_back(unit: ExampleUnit) -> None:
    before = milestones.find(unit.uow, GROUP_ID, 14)
    saved = log(unit, "ghayurov", 100, "evidence")
    after = progress.undo(unit.uow, saved.entry.id, by=unit.person("ghayurov"))

    assert (after.percent, after.state, after.evidence) == (before.percent, before.state, before.evidence)
    assert (after.last_entry_at, after.finished_on) == (before.last_entry_at, None)
    assert progress.shown(unit.uow, saved.entry.id, by=unit.person("ghayurov")) is None


def test_undoing_a_reopening_brings_the_day_of_finishing_back(unit: ExampleUnit) -> None:
    finished = log(unit, "ghayurov", 100, "evidence").milestone
    unit.at(unit.uow.now + timedelta(days=3))
    reopened = log(unit, "farahmandi", 90, "one comment is left")
    after = progress.undo(unit.uow, reopened.entry.id, by=unit.person("farahmandi"))

    assert reopened.milestone.finished_on is None
    assert after.finished_on == finished.finished_on


def test_undo_is_the_authors_once_in_time_and_before_others_log(unit: ExampleUnit) -> None:
    author, other = unit.person("ghayurov"), unit.person("farahmandi")
    first = log(unit, "ghayurov", 61)
    with pytest.raises(NotAllowed):
        progress.undo(unit.uow, first.entry.id, by=other)
    second = log(unit, "farahmandi", 62)
    with pytest.raises(LoggedSince):
        progress.undo(unit.uow, first.entry.id, by=author)

    progress.undo(unit.uow, second.entry.id, by=other)
    progress.undo(unit.uow, first.entry.id, by=author)

    with pytest.raises(AlreadyUndone):
        progress.undo(unit.uow, first.entry.id, by=author)
    assert milestones.find(unit.uow, GROUP_ID, 14).percent == 60


def test_after_ten_minutes_it_stays(unit: ExampleUnit) -> None:
    saved = log(unit, "ghayurov", 61)
    unit.at(unit.uow.now + timedelta(minutes=10, seconds=1))

    with pytest.raises(UndoTooLate):
        progress.undo(unit.uow, saved.entry.id, by=unit.person("ghayurov"))
    shown = progress.shown(unit.uow, saved.entry.id, by=unit.person("ghayurov"))
    assert shown is not None
    assert not shown.may_undo


def test_files_are_kept_by_reference(unit: ExampleUnit) -> None:
    file = Attachment("photo", "AgAC", size=1200)
    saved = log(unit, "ghayurov", 61, attachments=[file])

    assert unit.uow.progress.attachments(saved.entry.id) == [file]


def test_news_that_have_not_left_are_withdrawn_with_what_is_undone(unit: ExampleUnit) -> None:
    before = unit.uow.outbox.waiting()
    saved = log(unit, "qalandarzoda", 40, note="the laboratory burned down")
    owed = unit.uow.outbox.waiting()
    progress.undo(unit.uow, saved.entry.id, by=unit.person("qalandarzoda"))

    assert owed == before + 2
    assert unit.uow.outbox.waiting() == before


def test_what_leads_on_is_told_to_nobody(unit: ExampleUnit) -> None:
    before = unit.uow.outbox.waiting()
    log(unit, "qalandarzoda", 61)

    assert unit.uow.outbox.waiting() == before
