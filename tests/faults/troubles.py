"""The faults of the messenger: each begins, is felt, and ends. One that is added to TROUBLES is played."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from bot.sandbox.errors import ApiError, conflict, too_many_requests
from bot.sandbox.faults import Fault
from bot.sandbox.records import BotAccount
from bot.sandbox.transport import Transport
from bot.sandbox.world import World

UNAUTHORIZED = ApiError(401, "Unauthorized")
INTERNAL = ApiError(500, "Internal Server Error")
OTHER_POLLER = conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
SAYING = ("sendMessage", "editMessageText", "answerCallbackQuery")


@dataclass(frozen=True)
class Felt:
    """What a trouble has done so far: is it felt, and how many calls may have taken effect without an answer?"""

    is_felt: Callable[[], bool]
    unanswered: Callable[[], int] = lambda: 0


Trouble = Callable[[World, BotAccount], AbstractAsyncContextManager[Felt]]


def planned(*faults: Fault) -> Trouble:
    """Make a trouble of faults; it is felt once a call has met each of them."""

    @asynccontextmanager
    async def trouble(world: World, _: BotAccount) -> AsyncIterator[Felt]:
        plan = [world.plan.add(replace(fault)) for fault in faults]
        yield Felt(
            lambda: all(fault.met for fault in plan),
            lambda: sum(fault.met for fault in plan if fault.when == "after" and fault.method in SAYING),
        )
        for fault in plan:
            world.plan.remove(fault)

    return trouble


def some(**what: Any) -> Trouble:
    """A poll and the next few messages meet it."""
    counts = {"getUpdates": 1, "sendMessage": 5, "editMessageText": 2, "answerCallbackQuery": 2}
    return planned(*(Fault(method, times=times, **what) for method, times in counts.items()))


def all_calls(**what: Any) -> Trouble:
    """Every call meets it until it ends: first what is to be said, and once that is felt the polls too."""

    @asynccontextmanager
    async def trouble(world: World, _: BotAccount) -> AsyncIterator[Felt]:
        saying = [world.plan.add(Fault(method, times=None, **what)) for method in SAYING]
        polls = Fault("getUpdates", times=None, only_if=lambda _: sum(fault.met for fault in saying) >= 4, **what)
        world.plan.add(polls)
        yield Felt(lambda: polls.met > 0)
        for fault in (*saying, polls):
            world.plan.remove(fault)

    return trouble


@asynccontextmanager
async def half_open(world: World, _: BotAccount) -> AsyncIterator[Felt]:
    """All that is connected falls silent for ever, and what connects is taken and gets no answer."""
    world.connections.silence()
    fault = world.plan.add(Fault(None, times=None, is_silent=True))
    yield Felt(lambda: fault.met > 0)
    world.plan.remove(fault)


@asynccontextmanager
async def forgotten(world: World, _: BotAccount) -> AsyncIterator[Felt]:
    """A router forgets all connections; new ones are well."""
    world.connections.silence()
    yield Felt(lambda: True)


@asynccontextmanager
async def old_age(world: World, _: BotAccount) -> AsyncIterator[Felt]:
    """Every connection is closed at a certain age, whatever is under way on it."""
    world.connections.end_at(0.15)
    world.latency = 0.02
    yield Felt(lambda: world.connections.ended > 3, lambda: world.connections.ended)
    world.connections.end_at(None)
    world.latency = 0.0


@asynccontextmanager
async def another_poller(world: World, bot: BotAccount) -> AsyncIterator[Felt]:
    """Somebody else polls with the same token, and reads without confirming."""
    refused = 0

    async def poll() -> None:
        nonlocal refused
        while True:
            answer = await Transport(world).call(bot.token, "getUpdates", {"timeout": 20})
            refused += not answer["ok"]
            await asyncio.sleep(0.05)

    other = asyncio.create_task(poll())
    yield Felt(lambda: refused > 0)
    other.cancel()
    await asyncio.gather(other, return_exceptions=True)


@asynccontextmanager
async def webhook_of_others(world: World, bot: BotAccount) -> AsyncIterator[Felt]:
    """Somebody else has set a webhook, where nobody listens."""
    await Transport(world).call(bot.token, "setWebhook", {"url": "http://127.0.0.1:9/hook"})
    yield Felt(lambda: bot.webhook is None)


@asynccontextmanager
async def jump_back(world: World, bot: BotAccount) -> AsyncIterator[Felt]:
    """After a quiet time the ids go on from far below."""
    # A week without updates: the last poll that confirmed some has ended, and another waits in vain.
    await world.until(lambda: not bot.queue.pending and "offset" not in _last_poll(world), within=60)
    bot.queue.jump_to(world.random.randrange(1_000, 1_000_000))
    yield Felt(lambda: True)


def _last_poll(world: World) -> Mapping[str, Any]:
    return next(params for _, method, params in reversed(world.calls) if method == "getUpdates")


def rubbish(answer: dict[str, Any]) -> dict[str, Any]:
    """Put what is no update among the updates of a poll."""
    return {**answer, "result": [7, None, "x", {"update_id": "1"}, *answer["result"], {}, [], {"update_id": 2**70}]}


def no_updates(*bodies: dict[str, Any]) -> Trouble:
    """Polls are answered with something that is not a list of updates."""
    return planned(*(Fault("getUpdates", status=200, body=body) for body in bodies))


def crossed(answer: dict[str, Any]) -> dict[str, Any]:
    """Give the updates of a poll three times over, and the chats in another order than they came."""
    return {**answer, "result": sorted(answer["result"], key=_chat, reverse=True) * 3}


def _chat(update: dict[str, Any]) -> int:
    body = update.get("message") or update.get("callback_query", {}).get("message") or {}
    return int(body.get("chat", {}).get("id", 0))


# Of these a call may learn only by waiting in vain.
SILENT = {"time-out before", "time-out after", "half-open sockets", "connections forgotten"}
# They have a quick twin, and are played with what takes long.
SECOND = {
    "502 with a page",
    "reset before",
    "time-out after",
    "answers cut short before",
    "answers to presses hang after",
    "another polls",
}
TROUBLES: dict[str, Trouble] = {
    "429 for one chat": planned(Fault("sendMessage", times=2, refusal=too_many_requests(1))),
    "429 for all": all_calls(refusal=too_many_requests(1)),
    "500": all_calls(refusal=INTERNAL),
    "502 with a page": all_calls(status=502, body="<html>Bad Gateway</html>"),
    "reset before": all_calls(reset=True),
    "reset after": some(reset=True, when="after"),
    "time-out before": all_calls(is_silent=True),
    "time-out after": some(is_silent=True, when="after"),
    "answers cut short before": all_calls(is_cut=True),
    "answers cut short after": some(is_cut=True, when="after"),
    "half-open sockets": half_open,
    "connections forgotten": forgotten,
    "connections closed at an age": old_age,
    "answers to presses hang": planned(Fault("answerCallbackQuery", times=4, is_silent=True)),
    "answers to presses hang after": planned(Fault("answerCallbackQuery", times=4, is_silent=True, when="after")),
    "one 401": some(refusal=UNAUTHORIZED),
    "401 for a while": all_calls(refusal=UNAUTHORIZED),
    "refused as another polls": planned(Fault("getUpdates", times=3, refusal=OTHER_POLLER)),
    "another polls": another_poller,
    "a webhook is set": webhook_of_others,
    "ids jump back": jump_back,
    "three times and crossed": planned(Fault("getUpdates", times=4, alter=crossed)),
    "rubbish among updates": planned(Fault("getUpdates", times=4, alter=rubbish)),
    "answers that make no sense": no_updates(
        {"ok": True},
        {"ok": True, "result": {"update_id": 5}},
        {"ok": True, "result": [{}]},
        {"ok": False, "error_code": "x", "parameters": [], "description": None},
        {},
    ),
}
