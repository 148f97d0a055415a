"""Evidence: how much is asked of the database, and whose files may be sent again."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.errors import ButtonExpired, NotAllowed
from bot.domain.evidence import EvidencePage
from bot.domain.members import Role
from bot.domain.progress import Attachment
from bot.services import evidence, milestones, progress
from db.repositories.attachments import MILESTONE, PROGRESS
from tests.services.example_unit import GROUP_ID, ExampleUnit, example_unit


@pytest.fixture
def unit(example: tuple[Path, Any], tmp_path: Path) -> Iterator[ExampleUnit]:
    with example_unit(example[0], tmp_path) as opened:
        yield opened


def test_a_page_of_evidence_asks_as_much_of_a_thousand_files_as_of_one(unit: ExampleUnit) -> None:
    ramin = unit.person("shahsavarzadeh")
    saved = progress.log(
        unit.uow,
        milestones.find(unit.uow, GROUP_ID, 14),
        by=unit.person("ghayurov"),
        percent=61,
        state=None,
        note="",
        way="private",
        attachments=[Attachment("photo", "f1")],
    )

    def ask() -> EvidencePage:
        return evidence.page(unit.uow, saved.milestone, 1, by=ramin)

    few = statements(unit, ask)
    unit.uow.attachments.add(PROGRESS, saved.entry.id, [Attachment("photo", "f")] * 999, at=unit.uow.now)
    plan = Attachment("document", "g", name="plan.pdf")
    unit.uow.attachments.add(MILESTONE, saved.milestone.id, [plan], at=unit.uow.now)
    found = ask()

    assert few == statements(unit, ask) == 3
    assert (found.page.total, len(found.evidence)) == (1001, 5)
    assert found.evidence[0].attachment.name == "plan.pdf"
    assert unit.person("ghayurov").name_for("fa") in found.authors.values()


def statements(unit: ExampleUnit, question: Callable[[], object]) -> int:
    made: list[str] = []

    def note(_c: Any, _k: Any, statement: str, _p: Any, _x: Any, _m: Any) -> None:
        made.append(statement)

    event.listen(unit.uow.connection, "before_cursor_execute", note)
    question()
    event.remove(unit.uow.connection, "before_cursor_execute", note)
    return len(made)


def test_a_file_that_there_is_not_and_an_observers_wish_are_refused(unit: ExampleUnit) -> None:
    ramin = unit.person("shahsavarzadeh")
    observer = next(member for member in unit.uow.members.of_group(GROUP_ID) if member.role is Role.OBSERVER)

    with pytest.raises(ButtonExpired):
        evidence.send_again(unit.uow, 10**6, by=ramin, chat=unit.chat(ramin))
    with pytest.raises(NotAllowed):
        evidence.page(unit.uow, milestones.find(unit.uow, GROUP_ID, 14), 1, by=observer)
