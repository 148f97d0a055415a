"""What is owed is sent, whatever the messenger answers first."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.sandbox.faults import Fault
from bot.screens.screen import Screen
from bot.services import posting
from db.models import ChatRow, OutboxRow, OutboxState, ScreenRow
from db.unit_of_work import UnitOfWork
from tests.intake.small_house import SmallHouse, small_house


async def show(house: SmallHouse, *texts: str, screen_id: int | None = None, chat: int = 1) -> int:
    """Owe one screen after another (each in place of the one before) in one transaction; give the screen's number."""

    def work(connection: object) -> tuple[int, list[object]]:
        uow = UnitOfWork(connection, 1, house.clock(), owner=house.presence.owner)  # type: ignore[arg-type]
        number = screen_id
        for text in texts:
            number = posting.show(uow, uow.chats.at(chat), Screen(text), screen_id=number)
        assert number is not None
        return number, list(uow.born)

    number, born = await house.database.write(work)
    house.dispatcher.offer(born)  # type: ignore[arg-type]
    await house.rested()
    return number


def seen(house: SmallHouse) -> list[str]:
    chat = house.world.chat_of(1, 7001)
    return [message.text for message in house.world.visible(chat) if message.sender.id == 7001]


def states(house: SmallHouse) -> list[int]:
    return house.database.once(lambda connection: list(connection.execute(select(OutboxRow.state)).scalars()))


@pytest.mark.parametrize(
    "fault",
    [
        Fault("sendMessage", status=500, body={"ok": False, "error_code": 500, "description": "Internal Server Error"}),
        Fault("sendMessage", status=502, body="<html>Bad Gateway</html>"),
        Fault("sendMessage", reset=True, when="before"),
        Fault("sendMessage", status=401, body={"ok": False, "error_code": 401, "description": "Unauthorized"}),
    ],
    ids=["500", "502 with a page", "reset", "401"],
)
async def test_a_call_that_had_no_effect_is_made_again(tmp_path: Path, fault: Fault) -> None:
    async with small_house(tmp_path, lambda application: None) as house:
        house.world.plan.add(fault)

        await show(house, "salom")

        assert seen(house) == ["salom"]
        assert states(house) == [OutboxState.SENT]


async def test_a_chat_that_is_refused_for_its_pace_waits_and_keeps_its_order(tmp_path: Path) -> None:
    async with small_house(tmp_path, lambda application: None) as house:
        body = {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        }
        house.world.plan.add(Fault("sendMessage", status=429, body=body))

        await show(house, "first")
        await show(house, "second")

        assert seen(house) == ["first", "second"]


async def test_an_edit_that_changes_nothing_counts_as_done(tmp_path: Path) -> None:
    async with small_house(tmp_path, lambda application: None) as house:
        number = await show(house, "card")

        await show(house, "card", screen_id=number)

        assert seen(house) == ["card"]
        assert set(states(house)) == {OutboxState.SENT}


async def test_a_deleted_message_is_sent_anew_and_the_screen_moves(tmp_path: Path) -> None:
    async with small_house(tmp_path, lambda application: None) as house:
        number = await show(house, "card")
        [message] = [found for found in house.world.visible(house.world.chat_of(1, 7001)) if found.sender.id == 7001]
        house.world.delete(message)

        await show(house, "card, changed", screen_id=number)
        await show(house, "card, changed again", screen_id=number)

        assert seen(house) == ["card, changed again"]
        moved = house.database.once(lambda connection: connection.execute(select(ScreenRow.message_id)).scalar_one())
        assert moved != message.id


async def test_of_edits_that_have_not_left_only_the_newest_is_sent(tmp_path: Path) -> None:
    async with small_house(tmp_path, lambda application: None) as house:
        await show(house, "draft 1", "draft 2", "draft 3")

        assert seen(house) == ["draft 3"]
        assert states(house) == [OutboxState.SENT] * 3


async def test_a_text_that_cannot_be_parsed_goes_without_formatting(tmp_path: Path) -> None:
    async with small_house(tmp_path, lambda application: None) as house:
        await show(house, "<b>60 &lt; 70")

        assert seen(house) == ["60 < 70"]


async def test_a_person_who_blocked_the_bot_ends_the_message_and_not_the_queue(tmp_path: Path) -> None:
    async with small_house(tmp_path, lambda application: None) as house:
        house.world.block(1)
        await show(house, "unheard")
        house.world.unblock(1)

        await show(house, "heard")

        assert seen(house) == ["heard"]
        assert states(house) == [OutboxState.FAILED, OutboxState.SENT]


async def test_a_group_that_became_a_supergroup_is_followed(tmp_path: Path) -> None:
    async with small_house(tmp_path, lambda application: None) as house:
        group = house.world.create_group(1, "Mining", members=[7001])
        await show(house, "before", chat=group.id)
        moved = house.world.upgrade(1, group.id)

        await show(house, "after", chat=group.id)

        assert [message.text for message in house.world.visible(moved) if message.sender.id == 7001] == ["after"]
        known = house.database.once(lambda connection: connection.execute(select(ChatRow.messenger_id)).scalar_one())
        assert known == moved.id
