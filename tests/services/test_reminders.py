"""Reminders between the tick that makes them and the moment they are sent: asked about again, withdrawn, put off."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.report_parts import Part
from bot.services import reminders, reports
from bot.services.example_group import Example
from db.database import Database
from db.models import OutboxRow
from db.repositories.outbox import Outgoing
from db.repositories.reports import WAITING
from db.unit_of_work import UnitOfWork
from tests.databases import copied

KEYVAN = "farahmandi"


class Desk:
    """The example group's database at chosen instants, with nobody who sends."""

    def __init__(self, database: Database, example: Example) -> None:
        self._database = database
        self._example = example
        self.group_id = example.group.id
        self.keyvan = example.people[KEYVAN][1]

    def at(self, text: str, act: Callable[[UnitOfWork], object]) -> object:
        now = datetime.fromisoformat(text).replace(tzinfo=UTC)

        def work(connection: object) -> object:
            return act(UnitOfWork(connection, 1, now))  # type: ignore[arg-type]

        return self._database.once(work)

    def tick(self, text: str) -> object:
        return self.at(text, lambda uow: reminders.tick(uow, self.group_id))

    def owed(self, uow: UnitOfWork) -> list[Outgoing]:
        """Give what is owed to Keyvan."""
        rows = uow.connection.execute(
            select(OutboxRow.id).where(OutboxRow.state == 0, OutboxRow.key.like(f"report:%:{self.keyvan.id}:%"))
        )
        found = [uow.outbox.still_owed(number) for number in rows.scalars()]
        return [outgoing for outgoing in found if outgoing is not None]

    def ask_again(self, text: str) -> object:
        def ask(uow: UnitOfWork) -> bool:
            [outgoing] = self.owed(uow)
            return reminders.recheck(uow, outgoing)

        return self.at(text, ask)

    def texts(self) -> list[str]:
        found = self.at("2026-12-01 06:00", lambda uow: [json.dumps(one.payload) for one in self.owed(uow)])
        assert isinstance(found, list)
        return found

    def answer(self, text: str, *, parts: int) -> None:
        def act(uow: UnitOfWork) -> None:
            made = uow.reports.latest(group_id=self.group_id, period="2026-11", member_id=self.keyvan.id)
            assert made is not None
            for _ in range(parts):
                inquiry = reports.inquire(uow, made.id, by=self.keyvan)
                reports.write(uow, inquiry, "Commissioned")

        self.at(text, act)


@pytest.fixture
def desk(example: tuple[Path, Example], tmp_path: Path) -> Iterator[Desk]:
    path, loaded = example
    database = Database(copied(path, tmp_path / "hamroh.db"))
    yield Desk(database, loaded)
    database.close()


def test_after_an_outage_of_a_week_only_the_highest_rung_is_made(desk: Desk) -> None:
    desk.tick("2026-12-09 07:00")

    made = desk.at(
        "2026-12-09 07:00", lambda uow: [one.rung for one in uow.reports.reminders(desk.group_id, ["2026-11"])]
    )
    assert isinstance(made, list)
    assert set(made) == {"d"}


def test_a_second_tick_makes_nothing(desk: Desk) -> None:
    assert desk.tick("2026-12-01 06:00")

    assert desk.tick("2026-12-01 06:00:05") == 0


def test_what_still_holds_is_sent(desk: Desk) -> None:
    desk.tick("2026-12-01 06:00")

    assert desk.ask_again("2026-12-01 06:01") is True


def test_an_answer_to_everything_withdraws_what_has_not_left(desk: Desk) -> None:
    desk.tick("2026-12-01 06:00")

    desk.answer("2026-12-01 06:01", parts=3)

    assert desk.texts() == []


def test_an_answer_to_one_part_changes_the_words_of_what_has_not_left(desk: Desk) -> None:
    desk.tick("2026-12-01 06:00")
    [before] = desk.texts()

    desk.answer("2026-12-01 06:01", parts=1)
    assert desk.ask_again("2026-12-01 06:02") is False

    [after] = desk.texts()
    assert "Mineral-processing" in before
    assert "Mineral-processing" not in after
    assert "Cement plants" in after
    assert desk.ask_again("2026-12-01 06:03") is True


def test_what_could_not_leave_by_night_waits_for_the_morning_of_a_working_day(desk: Desk) -> None:
    # Wednesday, after eight in the evening in Tehran; Thursday and Friday are off.
    desk.tick("2026-12-02 06:00")

    assert desk.ask_again("2026-12-02 17:00") is False
    assert desk.texts() == []
    assert desk.tick("2026-12-04 08:00") == 0
    desk.tick("2026-12-05 06:00")

    assert len(desk.texts()) == 1


def test_what_could_not_leave_before_the_next_rung_is_withdrawn(desk: Desk) -> None:
    desk.tick("2026-12-01 06:00")

    assert desk.ask_again("2026-12-01 17:00") is False
    waiting = desk.at(
        "2026-12-01 17:00",
        lambda uow: [one for one in uow.reports.reminders(desk.group_id, ["2026-11"]) if one.state == WAITING],
    )
    assert waiting == []
    desk.tick("2026-12-02 06:00")

    assert len(desk.texts()) == 1


def test_a_part_is_kept_with_who_answered_it(desk: Desk) -> None:
    desk.tick("2026-12-01 06:00")

    desk.answer("2026-12-01 06:01", parts=1)

    kept = desk.at("2026-12-01 06:02", lambda uow: uow.reports.answered(desk.group_id, ["2026-11"])["2026-11"])
    assert isinstance(kept, frozenset)
    [part] = kept
    assert isinstance(part, Part)
    assert part.member_id == desk.keyvan.id
