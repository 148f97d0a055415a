"""People go on working while the clock of the machine is set back: nothing is taken for old, or for another's."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import SetClock
from bot.domain.report_parts import Part
from bot.sandbox.clock import SandboxClock
from bot.services.example_group import Example
from tests.houses import STARTS_AT, fresh_world, move_in, open_stage
from tests.people import Stage, Visitor

OPENING = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)


@dataclass
class Wayward:
    """A bot on a machine with a clock of its own, which can be set back."""

    stage: Stage
    machine: SetClock

    @property
    def keyvan(self) -> Visitor:
        return self.stage.people["farahmandi"]

    async def clock_shows(self, at: datetime) -> None:
        self.machine.set(at)
        await self.stage.house.schedule.tick()
        await self.stage.settled()

    def answered(self) -> frozenset[Part]:
        group_id = self.keyvan.record().group_id
        house = self.stage.house
        found = house.database.once(
            lambda connection: house.unit_of_work(connection).reports.answered(group_id, ["2026-11"])
        )
        return found["2026-11"]

    def reminders(self) -> int:
        return sum("Monthly report" in message.text for message in self.keyvan.messages())


@pytest.fixture
async def wayward(example: tuple[Path, Example], tmp_path: Path) -> AsyncIterator[Wayward]:
    path, loaded = example
    world, machine = fresh_world(SandboxClock(STARTS_AT, running=False)), SetClock(STARTS_AT)
    async with open_stage(tmp_path / "data", template=path, world=world, machine=machine) as stage:
        await move_in(stage, loaded)
        yield Wayward(stage, machine)
    await world.close()


async def test_a_reminder_is_not_said_again_when_its_hour_comes_again(wayward: Wayward) -> None:
    await wayward.clock_shows(OPENING)
    assert wayward.reminders() == 1

    for hours in (-3, -2, 0, -26, -1, 0, 1):
        await wayward.clock_shows(OPENING + timedelta(hours=hours))

    assert wayward.reminders() == 1


async def test_what_was_put_off_comes_back_at_the_hour_that_was_named(wayward: Wayward) -> None:
    await wayward.clock_shows(OPENING)
    await wayward.keyvan.taps("Later today")
    assert "12:30 Tehran" in wayward.keyvan.sees.text

    # Set back and set right again; the bot has said that it comes at half past twelve.
    await wayward.clock_shows(OPENING - timedelta(hours=2))
    await wayward.clock_shows(OPENING + timedelta(hours=2, minutes=59))
    before = wayward.reminders()
    await wayward.clock_shows(OPENING + timedelta(hours=3))

    assert wayward.reminders() == before + 1


async def test_a_line_goes_to_the_form_that_asked_last(wayward: Wayward) -> None:
    keyvan = wayward.keyvan
    await wayward.clock_shows(OPENING)
    await wayward.clock_shows(OPENING + timedelta(hours=2))
    await keyvan.says("/newmilestone")

    await wayward.clock_shows(OPENING + timedelta(minutes=30))
    await keyvan.taps("Write now")
    await keyvan.says("Second line commissioned")

    [part] = wayward.answered()
    assert part.member_id == keyvan.member_id


async def test_a_summary_is_not_withheld_because_one_was_shown_later(wayward: Wayward) -> None:
    keyvan, secretary = wayward.keyvan, wayward.stage.people["qalandarzoda"]
    world, bot = wayward.stage.world, wayward.stage.bot_id
    room = world.create_group(secretary.user_id, "Room", members=[bot, keyvan.user_id]).id
    await wayward.stage.settled()
    await secretary.taps("Пайваст кардани ин чат", chat=room)
    await keyvan.says("/summary", chat=room)

    wayward.machine.move(-timedelta(hours=5))
    await keyvan.says("/summary", chat=room)

    assert len(keyvan.sees_in(room).lines) > 12


async def test_what_is_said_again_a_while_later_is_logged_and_not_taken_for_the_same_message(wayward: Wayward) -> None:
    keyvan, house = wayward.keyvan, wayward.stage.house
    await keyvan.says("M-3 50% second furnace")
    wayward.machine.move(-timedelta(hours=1))

    await keyvan.says("M-3 50% second furnace")

    notes = house.database.once(
        lambda connection: [
            entry.note
            for entry in house.unit_of_work(connection).progress.of_group(
                1, since=STARTS_AT - timedelta(days=1), until=STARTS_AT + timedelta(days=1)
            )
        ]
    )
    assert notes == ["second furnace"] * 2
