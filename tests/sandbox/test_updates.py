"""Updates and how they are confirmed."""

import asyncio

from bot.sandbox.world import World
from tests.sandbox.caller import ZARINA, Api


def say(world: World, *texts: str) -> None:
    for text in texts:
        world.say(ZARINA, ZARINA, text)


def texts(updates: list[dict[str, object]]) -> list[str]:
    return [update["message"]["text"] for update in updates]  # type: ignore[index]


async def test_reading_confirms_nothing(world: World, api: Api) -> None:
    say(world, "one", "two")

    first, second = await api.good("getUpdates"), await api.good("getUpdates")

    assert texts(first) == texts(second) == ["one", "two"]


async def test_an_offset_confirms_all_below_it(world: World, api: Api) -> None:
    say(world, "one", "two", "three")
    pending = await api.good("getUpdates")

    rest = await api.good("getUpdates", offset=pending[1]["update_id"])

    assert texts(rest) == ["two", "three"]
    assert texts(await api.good("getUpdates")) == ["two", "three"]


async def test_a_negative_offset_forgets_all_but_the_last(world: World, api: Api) -> None:
    say(world, "one", "two", "three")

    assert texts(await api.good("getUpdates", offset=-1)) == ["three"]
    assert texts(await api.good("getUpdates")) == ["three"]


async def test_a_limit_gives_the_eldest(world: World, api: Api) -> None:
    say(world, "one", "two", "three")

    assert texts(await api.good("getUpdates", limit=2)) == ["one", "two"]


async def test_update_ids_grow_by_one_from_somewhere(world: World, api: Api) -> None:
    say(world, "one", "two")

    one, two = await api.good("getUpdates")

    assert two["update_id"] == one["update_id"] + 1
    assert one["update_id"] > 1_000_000


async def test_after_a_quiet_week_ids_may_go_on_lower(world: World, api: Api) -> None:
    say(world, "one")
    [one] = await api.updates()
    api.bot.queue.jump_to(one["update_id"] - 5000)

    say(world, "two")

    [two] = await api.good("getUpdates")
    assert two["update_id"] < one["update_id"]


async def test_a_poll_waits_for_the_first_update(world: World, api: Api) -> None:
    poll = asyncio.create_task(api.good("getUpdates", timeout=20))
    await asyncio.sleep(0)

    say(world, "late")

    assert texts(await poll) == ["late"]


async def test_a_second_poll_ends_the_first_with_409(world: World, api: Api) -> None:
    first = asyncio.create_task(api.call("getUpdates", timeout=20))
    await asyncio.sleep(0)
    second = asyncio.create_task(api.good("getUpdates", timeout=20))

    refused = await first
    say(world, "for the second")

    assert refused["error_code"] == 409
    assert refused["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    assert texts(await second) == ["for the second"]


async def test_a_bot_hears_only_the_kinds_it_asked_for(world: World, api: Api) -> None:
    await api.good("getUpdates", allowed_updates=["callback_query"])
    say(world, "not wanted")
    assert await api.good("getUpdates") == []

    await api.good("getUpdates", allowed_updates=[])
    say(world, "wanted again")
    assert texts(await api.good("getUpdates")) == ["wanted again"]


async def test_membership_of_others_comes_only_when_asked_for(world: World, api: Api) -> None:
    chat = world.create_group(ZARINA, "Mining", members=[api.bot.id])
    world.set_admin(ZARINA, chat.id, api.bot.id, admin=True)
    await api.updates()

    world.add_member(ZARINA, chat.id, 5002)
    assert [kind for update in await api.updates() for kind in update if kind != "update_id"] == ["message"]

    await api.good("getUpdates", allowed_updates=["chat_member"])
    world.remove_member(ZARINA, chat.id, 5002)
    [update] = await api.updates()
    assert update["chat_member"]["new_chat_member"]["status"] == "kicked"


async def test_settled_waits_until_updates_are_confirmed(world: World, api: Api) -> None:
    say(world, "one")
    waiting = asyncio.create_task(world.settled())
    await asyncio.sleep(0)
    assert not waiting.done()

    await api.updates()

    await waiting
