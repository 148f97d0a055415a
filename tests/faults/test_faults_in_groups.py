"""A group that moves to another number stays the same group however it is told; one that shuts the bot out is left."""

from collections.abc import AsyncIterator
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.sandbox.errors import forbidden
from bot.sandbox.faults import Fault
from bot.sandbox.records import Chat, Message
from bot.services.example_group import Example
from db.models import ChatRow
from tests.faults.company import HANDLES, HEALS_WITHIN, Company, company
from tests.people import bare

ROADMAP = "Харитаи роҳ"
ASKS, TOLD_BY_THE_OLD, TOLD_BY_THE_NEW = NEWS = ("text", "migrate_to_chat_id", "migrate_from_chat_id")


@pytest.fixture
async def people(example: tuple[Path, Example], tmp_path: Path) -> AsyncIterator[Company]:
    async with company(example, tmp_path) as at_work:
        yield at_work


async def bound_room(people: Company) -> Chat:
    """Found a group with the bot, which a secretary binds."""
    secretary = people.users["qalandarzoda"]
    members = [people.bot.id, *people.users.values()]
    room = people.world.create_group(secretary, "Room", members=members)
    await people.world.until(lambda: said(people, room))
    [offer] = posts(people, room)
    people.world.press(secretary, room.id, offer.id, offer.buttons[0][0]["callback_data"])
    await people.world.until(lambda: offer.edited_at)
    await people.rested()
    assert bound(people) == [room.id]
    return room


def posts(people: Company, room: Chat) -> list[Message]:
    return [
        message for message in people.world.visible(room) if message.sender is people.bot and not message.is_service
    ]


def said(people: Company, room: Chat) -> list[str]:
    return [bare(message.text) for message in posts(people, room)]


def bound(people: Company) -> list[int]:
    """The messenger's numbers of the chats that are bound to the working group."""
    return people.database.once(
        lambda c: list(c.execute(select(ChatRow.messenger_id).where(ChatRow.group_id.is_not(None))).scalars())
    )


async def test_a_message_that_meets_a_moved_group_follows_it(people: Company) -> None:
    room = await bound_room(people)
    busy = people.world.plan.add(Fault("sendMessage", times=None, only_if=lambda params: params.integer("chat_id") < 0))
    people.world.say(people.users[HANDLES[0]], room.id, "/roadmap")
    await people.world.until(lambda: busy.met > 0)
    moved = people.world.upgrade(people.users["qalandarzoda"], room.id)
    people.world.plan.remove(busy)
    people.everyone_writes()

    await people.all_answered()

    assert [ROADMAP in text for text in said(people, moved)] == [True]
    assert bound(people) == [moved.id]
    people.check()


@pytest.mark.parametrize(
    "order", [order for order in permutations(NEWS) if order.index(ASKS) < order.index(TOLD_BY_THE_OLD)], ids="-".join
)
async def test_the_news_of_a_move_may_come_in_any_order(people: Company, order: tuple[str, ...]) -> None:
    room = await bound_room(people)
    fault = people.world.plan.add(Fault("getUpdates", times=None, alter=lambda answer: arranged(answer, order)))
    await people.world.until(lambda: fault.met > 0)
    people.world.say(people.users[HANDLES[0]], room.id, "/roadmap")
    moved = people.world.upgrade(people.users["qalandarzoda"], room.id)
    people.everyone_writes()
    await people.world.until(lambda: len(said(people, moved)) == 1, within=HEALS_WITHIN)
    await people.all_answered()
    people.world.plan.remove(fault)
    people.world.say(people.users[HANDLES[0]], moved.id, "/roadmap")
    await people.world.until(lambda: len(said(people, moved)) == 2)
    await people.rested()

    assert ROADMAP in said(people, moved)[1]
    assert bound(people) == [moved.id]
    people.check()


def arranged(answer: dict[str, Any], order: tuple[str, ...]) -> dict[str, Any]:
    """Give what concerns the group in a certain order, behind the rest."""

    def place(update: dict[str, Any]) -> int:
        message = update.get("message", {})
        kinds = [kind for kind in order if kind in message and message["chat"]["id"] < 0]
        return order.index(kinds[0]) if kinds else -1

    return {**answer, "result": sorted(answer["result"], key=place)}


async def test_a_group_that_shut_the_bot_out_is_left_and_the_others_are_served(people: Company) -> None:
    room = await bound_room(people)
    people.world.say(people.users[HANDLES[0]], room.id, "/roadmap")
    people.world.plan.add(
        Fault(
            "sendMessage",
            refusal=forbidden("bot was kicked from the group chat"),
            only_if=lambda params: params.integer("chat_id") < 0,
        )
    )
    people.everyone_writes()
    await people.all_answered()

    assert bound(people) == []
    people.check(refused={"the room": 1})


async def test_a_kicked_bot_hears_of_it_and_may_be_taken_back(people: Company) -> None:
    room = await bound_room(people)
    secretary = people.users["qalandarzoda"]
    people.world.say(people.users[HANDLES[0]], room.id, "/roadmap")
    people.world.remove_member(secretary, room.id, people.bot.id)
    people.everyone_writes()
    await people.all_answered()
    left = bound(people)
    people.world.add_member(secretary, room.id, people.bot.id)
    before = len(said(people, room))
    await people.world.until(lambda: len(said(people, room)) == before + 1)

    assert left == []
    assert posts(people, room)[-1].buttons
