"""What befalls one chat is not felt in another; a chat that was out of reach is answered as soon as it is in reach."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.sandbox.errors import ApiError, bad_request, forbidden, too_many_requests
from bot.sandbox.faults import Fault
from bot.sandbox.params import Params
from bot.sandbox.server import serve
from bot.services.example_group import Example
from db.models import PersonRow
from tests.faults.company import HANDLES, Company, company
from tests.people import bare


@pytest.fixture
async def people(example: tuple[Path, Example], tmp_path: Path) -> AsyncIterator[Company]:
    async with company(example, tmp_path) as at_work:
        yield at_work


def to(*users: int) -> Callable[[Params], bool]:
    """Choose the calls that concern somebody's chat."""
    return lambda params: params.integer("chat_id") in users


async def test_who_is_refused_for_an_hour_holds_nobody_up(people: Company) -> None:
    refused = HANDLES[:3]
    chats = to(*(people.users[handle] for handle in refused))
    fault = people.world.plan.add(Fault("sendMessage", times=None, refusal=too_many_requests(3600), only_if=chats))
    people.everyone_writes()
    await people.world.until(lambda: fault.met == len(refused))
    people.everyone_writes()

    await people.world.until(lambda: people.is_answered(HANDLES[3]))

    # Nobody asks again before the hour is over: but a restart does not know of it.
    assert fault.met == len(refused)
    people.world.plan.remove(fault)
    await people.stop()
    await people.start()
    await people.all_answered()
    people.check()


@pytest.mark.parametrize(
    "refusal", [forbidden("bot was blocked by the user"), bad_request("chat not found")], ids=["403", "400"]
)
async def test_who_was_out_of_reach_is_answered_again_and_the_others_all_along(
    people: Company, refusal: ApiError
) -> None:
    away, secretary = "farahmandi", "kavehpour"
    fault = people.world.plan.add(Fault("sendMessage", times=None, refusal=refusal, only_if=to(people.users[away])))
    people.everyone_writes()
    people.everyone_writes()
    await people.all_answered(but=(away,))
    await people.world.until(lambda: fault.met == 2)
    await people.rested()
    told = [bare(message.text) for message in people.said_to(secretary) if "ربات در گفت‌وگو به" in message.text]
    was_reachable = _is_reachable(people, away)
    people.world.plan.remove(fault)

    people.everyone_writes()
    await people.all_answered(but=(away,))
    await people.world.until(lambda: people.answers(away) == [0, 3])

    assert (was_reachable, _is_reachable(people, away)) == (False, True)
    assert len(told) == 1
    people.check(refused={away: 2})


def _is_reachable(people: Company, handle: str) -> bool:
    found: bool = people.database.once(
        lambda connection: connection.execute(
            select(PersonRow.is_reachable).where(PersonRow.user_id == people.users[handle])
        ).scalar_one()
    )
    return found


async def test_updates_that_cannot_be_read_are_put_aside_and_the_chat_goes_on(people: Company) -> None:
    user = people.users[HANDLES[0]]
    chat: dict[str, Any] = {"id": user, "type": "private"}
    for unreadable in (
        {"message": {"chat": chat}},
        {"message": {"chat": chat, "message_id": "x", "date": "x", "from": 5}},
        {"callback_query": {"id": 5, "message": {"chat": chat}}},
        {"message": "x"},
        {"my_chat_member": {"chat": chat, "from": {}}},
    ):
        people.bot.queue.insert(unreadable)
        people.everyone_writes()

    await people.all_answered()

    people.check(dead=5)


async def test_updates_of_which_nothing_is_known_are_taken_in_silence(people: Company) -> None:
    for unknown in ({}, {"message": None}, {"from_the_future": {"id": 1}}):
        people.bot.queue.insert(unknown)
    people.everyone_writes()

    await people.all_answered()

    people.check()


async def test_the_messenger_may_be_gone_altogether(people: Company) -> None:
    port = people.served.port
    await people.served.runner.cleanup()
    people.everyone_writes()
    people.served = await serve(people.world, port=port)
    people.everyone_writes()

    await people.all_answered()

    people.check()
