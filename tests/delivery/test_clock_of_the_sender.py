"""What is owed is sent although the clock was changed between writing and sending."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery.retry import seconds_left
from bot.screens.screen import Button, Screen
from bot.services import posting
from db.unit_of_work import UnitOfWork
from tests.intake.small_house import SmallHouse, small_house

AT = datetime(2026, 11, 23, 6, tzinfo=UTC)
EARLIER, LATER = AT - timedelta(hours=5), AT + timedelta(hours=5)
TEN_SECONDS = timedelta(seconds=10)


async def owe(house: SmallHouse, text: str, *, written_at: datetime, due_at: datetime | None = None) -> None:
    """Leave a message in the outbox as a process does that ends before it has sent it."""

    def work(connection: object) -> None:
        uow = UnitOfWork(connection, 1, written_at, owner=99)  # type: ignore[arg-type]
        posting.show(uow, uow.chats.at(1), Screen(text), due_at=due_at)

    await house.database.write(work)


def heard(house: SmallHouse) -> list[str]:
    chat = house.world.chat_of(1, 7001)
    return [message.text for message in house.world.visible(chat) if message.sender.id == 7001]


async def test_a_message_of_a_clock_that_was_ahead_leaves_at_once(tmp_path: Path) -> None:
    async with small_house(tmp_path, lambda application: None) as house:
        await owe(house, "salom", written_at=house.clock() + timedelta(days=1))

        await house.world.until(lambda: heard(house) == ["salom"])


async def test_a_message_for_a_later_hour_waits_for_that_hour(tmp_path: Path) -> None:
    async with small_house(tmp_path, lambda application: None) as house:
        now = house.clock()
        await owe(house, "in the morning", written_at=now, due_at=now + timedelta(hours=3))
        await owe(house, "at once", written_at=now)
        await house.world.until(lambda: heard(house) == ["at once"])

        house.clock.advance(timedelta(hours=3))

        await house.world.until(lambda: heard(house) == ["at once", "in the morning"])


async def test_a_press_is_answered_although_the_clock_was_set_forward_meanwhile(tmp_path: Path) -> None:
    async with small_house(tmp_path, lambda application: None) as house:
        card = Screen("card", rows=((Button("Save", "x"),),))

        def show(connection: object) -> list[object]:
            uow = UnitOfWork(connection, 1, house.clock(), owner=1)  # type: ignore[arg-type]
            posting.show(uow, uow.chats.at(1), card)
            return list(uow.born)

        house.dispatcher.offer(await house.database.write(show))  # type: ignore[arg-type]
        await house.rested()
        query = house.world.press_label(1, 7001, "Save")

        def answer(connection: object) -> list[object]:
            an_hour_behind = house.clock() - timedelta(hours=1)
            uow = UnitOfWork(connection, 1, an_hour_behind, owner=1)  # type: ignore[arg-type]
            posting.answer(uow, query, arrived_at=an_hour_behind, text="Saved")
            return list(uow.born)

        house.dispatcher.offer(await house.database.write(answer))  # type: ignore[arg-type]
        await house.rested()

        assert house.world.presses[query].text == "Saved"


@pytest.mark.parametrize(
    ("now", "seconds"), [(AT, 10), (AT + timedelta(seconds=4), 6), (EARLIER, 10), (LATER, 0)], ids=str
)
def test_an_answer_is_tried_for_ten_seconds_and_no_longer_by_any_clock(now: datetime, seconds: int) -> None:
    assert seconds_left(AT, AT + TEN_SECONDS, now=now) == seconds
