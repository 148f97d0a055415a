"""The client reads whatever comes back, and does not try dead connections one after another."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.delivery.client import MessengerClient, MessengerError, NetworkFault, result_of
from bot.files.documents import Document
from bot.sandbox.clock import SandboxClock
from bot.sandbox.faults import DOWNLOAD, Fault
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


async def test_a_file_goes_out_whole_and_comes_in_whole(served: Served, client: MessengerClient) -> None:
    served.world.add_person(5, "Zarina")
    served.world.start(5)
    content = bytes(range(256)) * 2000

    sent = await client.call(
        "sendDocument",
        {"chat_id": 5, "caption": "<b>نقشه</b>", "parse_mode": "HTML"},
        document=Document("roadmap.xlsx", content),
    )
    told = await client.call("getFile", {"file_id": sent["document"]["file_id"]})

    assert (sent["document"]["file_name"], sent["caption"]) == ("roadmap.xlsx", "نقشه")
    assert await client.download(told["file_path"], most=len(content)) == content


async def test_a_file_that_is_longer_than_told_is_left(served: Served, client: MessengerClient) -> None:
    path = await _path_of(served, client, b"x" * 300_000)

    with pytest.raises(MessengerError, match="file is too big"):
        await client.download(path, most=100_000)


async def test_a_path_leads_to_its_file_for_an_hour(served: Served, client: MessengerClient) -> None:
    path = await _path_of(served, client, b"content")
    clock = served.world.clock
    assert isinstance(clock, SandboxClock)

    clock.advance(timedelta(minutes=61))
    with pytest.raises(MessengerError, match="404"):
        await client.download(path, most=100)


async def test_a_fault_of_a_download_tells_no_token(served: Served, client: MessengerClient) -> None:
    path = await _path_of(served, client, b"content")
    # A fetch that is cut once is made again by itself.
    cut = served.world.plan.add(Fault(DOWNLOAD, reset=True, times=None))

    with pytest.raises(NetworkFault) as fault:
        await client.download(path, most=100)
    served.world.plan.remove(cut)
    assert "canary" not in str(fault.value)
    assert await client.download(path, most=100) == b"content"


async def _path_of(served: Served, client: MessengerClient, content: bytes) -> str:
    served.world.add_person(5, "Zarina")
    served.world.start(5)
    sent = await client.call("sendDocument", {"chat_id": 5}, document=Document("a.csv", content))
    return str((await client.call("getFile", {"file_id": sent["document"]["file_id"]}))["file_path"])
