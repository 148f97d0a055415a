"""The client reads whatever comes back, and does not try dead connections one after another."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.delivery.client import MessengerClient, MessengerError, NetworkFault, result_of
from bot.sandbox.clock import SandboxClock
from bot.sandbox.faults import Fault
from bot.sandbox.server import Served, serve
from bot.sandbox.world import World
from tests.in_process import TOKEN

AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
SOON = 0.3


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    world = World(clock=SandboxClock(AT))
    world.add_bot(token=TOKEN, username="hamroh_test_bot")
    server = await serve(world)
    yield server
    await server.close()


@pytest.fixture
async def client(served: Served) -> AsyncIterator[MessengerClient]:
    client = MessengerClient(served.url, TOKEN)
    yield client
    await client.close()


async def test_after_one_silence_no_other_old_connection_is_tried(served: Served, client: MessengerClient) -> None:
    await asyncio.gather(*(client.call("getMe", {}) for _ in range(8)))
    served.world.connections.silence()

    with pytest.raises(NetworkFault, match="Timeout"):
        await client.call("getMe", {}, seconds=SOON)
    me = await client.call("getMe", {}, seconds=SOON)

    assert me["username"] == "hamroh_test_bot"


async def test_a_silence_ends_no_other_call(served: Served, client: MessengerClient) -> None:
    polling = asyncio.create_task(client.call("getUpdates", {"timeout": 20}))
    while not any(method == "getUpdates" for _, method, _ in served.world.calls):
        await client.call("getMe", {})
    served.world.plan.add(Fault("getMe", is_silent=True))

    with pytest.raises(NetworkFault, match="Timeout"):
        await client.call("getMe", {}, seconds=SOON)
    served.world.add_person(5, "Zarina")
    served.world.start(5)

    assert [update["message"]["text"] for update in await polling] == ["/start"]


@pytest.mark.parametrize("when", ["before", "after"])
async def test_half_an_answer_is_none(served: Served, client: MessengerClient, when: Any) -> None:
    served.world.plan.add(Fault("getMe", is_cut=True, when=when))

    with pytest.raises(NetworkFault):
        await client.call("getMe", {})
    assert (await client.call("getMe", {}))["id"] == 7001


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"null", b'"ok"', b"{}", b'{"ok": true', b"\xff", b"[" * 100_000], ids=repr
)
def test_what_is_not_the_messengers_own_words_leaves_the_outcome_open(body: bytes) -> None:
    with pytest.raises(NetworkFault, match="status 200"):
        result_of(200, body)


@pytest.mark.parametrize("parameters", [None, [], "x", {"retry_after": "soon", "migrate_to_chat_id": None}])
@pytest.mark.parametrize("code", [None, "x", []])
def test_a_refusal_is_read_though_it_is_malformed(code: Any, parameters: Any) -> None:
    body = {"ok": False, "error_code": code, "description": None, "parameters": parameters}

    with pytest.raises(MessengerError) as refused:
        result_of(400, json.dumps(body).encode())
    assert (refused.value.code, refused.value.retry_after, refused.value.migrate_to) == (400, None, None)
