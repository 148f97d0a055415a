"""From a token and a method's name to its answer: the one way in, for HTTP and for calls in process."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from bot.sandbox.api import chats, media, messages, polling, profile, queries
from bot.sandbox.api.access import Call
from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Fault
from bot.sandbox.params import Params
from bot.sandbox.world import World

Method = Callable[[Call], Any]

# The real server reads method names in any letter case.
METHODS: dict[str, Method] = {
    name.lower(): method
    for module in (chats, media, messages, polling, profile, queries)
    for name, method in module.METHODS.items()
}
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{3,}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: a status and a JSON object, or raw text where a fault was planned; *is_cut*: half of it."""

    status: int
    body: dict[str, Any] | str
    headers: dict[str, str] = field(default_factory=dict)
    is_cut: bool = False


class ConnectionCut(ConnectionResetError):
    """A planned fault: the caller gets no answer at all."""


class Silence(TimeoutError):
    """A planned fault: the caller waits for an answer in vain."""


async def answer(world: World, token: str, method: str, params: Params) -> Answer:
    """
    Carry a call out and answer it.

    Raises:
        ConnectionCut: a fault planned so.
        Silence: likewise.
    """
    counted = method.lower() != "getupdates"
    world.calls_in_flight += counted
    try:
        if world.latency:
            await asyncio.sleep(world.latency / 2)
        result = await _met(world, token, method, params)
        if world.latency:
            await asyncio.sleep(world.latency / 2)
        return result
    finally:
        world.calls_in_flight -= counted
        world.changed()


async def _met(world: World, token: str, method: str, params: Params) -> Answer:
    fault = world.plan.take(method, params)
    if fault is None:
        return await _carried_out(world, token, method, params)
    if fault.delay:
        await asyncio.sleep(fault.delay)
    has_effect = fault.when == "after" or fault.alter is not None
    return _failed(fault, await _carried_out(world, token, method, params) if has_effect else None)


def _failed(fault: Fault, true: Answer | None) -> Answer:
    """Give what is answered in place of the *true* answer, which is None where the call took no effect."""
    if fault.reset:
        raise ConnectionCut
    if fault.is_silent:
        raise Silence
    if fault.alter is not None and true is not None and not isinstance(true.body, str):
        return replace(true, body=fault.alter(true.body))
    if fault.is_cut:
        return replace(true or Answer(200, {"ok": True, "result": True}), is_cut=True)
    return _refused(fault.refusal) if fault.refusal is not None else Answer(fault.status, fault.body)


async def _carried_out(world: World, token: str, method: str, params: Params) -> Answer:
    try:
        return Answer(200, {"ok": True, "result": await _result(world, token, method, params)})
    except ApiError as error:
        return _refused(error)


def _refused(error: ApiError) -> Answer:
    retry_after = error.parameters.get("retry_after")
    headers = {"Retry-After": str(retry_after)} if retry_after else {}
    return Answer(error.code, error.payload(), headers)


async def _result(world: World, token: str, method: str, params: Params) -> Any:
    if not _TOKEN.fullmatch(token):
        raise ApiError(404, "Not Found")
    bot = world.bot_by_token(token)
    if bot is None:
        raise ApiError(401, "Unauthorized")
    world.calls.append((bot.username, method, params.values))
    carry_out = METHODS.get(method.lower())
    if carry_out is None:
        world.fault(f"unknown method {method}")
        raise ApiError(404, "Not Found: method not found")
    result = carry_out(Call(world, bot, params))
    return await result if isinstance(result, Awaitable) else result
