"""The Bot API over HTTP, in every way parameters may come, and as a library of others reads it."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest, Forbidden

from bot.sandbox.faults import Fault
from bot.sandbox.limits import RateLimits
from bot.sandbox.server import Served, serve
from bot.sandbox.world import World
from tests.sandbox.caller import ZARINA, Api
from tests.sandbox.test_files import png


@pytest.fixture
async def served(world: World) -> AsyncIterator[Served]:
    server = await serve(world)
    yield server
    await server.close()


@pytest.fixture
async def http(served: Served) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(served.url) as session:
        yield session


async def body(response: aiohttp.ClientResponse) -> dict[str, Any]:
    return {"status": response.status, **(await response.json())}


async def test_parameters_come_as_query_form_json_and_multipart(http: aiohttp.ClientSession, api: Api) -> None:
    path, params = f"/bot{api.bot.token}/sendMessage", {"chat_id": str(ZARINA), "text": "سلام"}
    form = aiohttp.FormData(params)
    form.add_field("unused", b"x", filename="x.bin")

    answers = [
        await body(await http.get(path, params=params)),
        await body(await http.post(path, data=params)),
        await body(await http.post(path, json={"chat_id": ZARINA, "text": "سلام"})),
        await body(await http.post(path, data=form)),
    ]

    assert [answer["result"]["text"] for answer in answers] == ["سلام"] * 4


async def test_files_go_up_and_down(http: aiohttp.ClientSession, api: Api) -> None:
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("chat_id", str(ZARINA))
    form.add_field("document", b"a,b", filename="گزارش.csv")

    sent = await body(await http.post(f"/bot{api.bot.token}/sendDocument", data=form))
    document = sent["result"]["document"]
    file = await body(await http.get(f"/bot{api.bot.token}/getFile", params={"file_id": document["file_id"]}))
    down = await http.get(f"/file/bot{api.bot.token}/{file['result']['file_path']}")

    assert document["file_name"] == "گزارش.csv"
    assert await down.read() == b"a,b"
    assert (await http.get(f"/file/bot{api.bot.token}/documents/none")).status == 404
    assert (await http.get(f"/file/bot1:none/{file['result']['file_path']}")).status == 401


async def test_the_status_is_the_error_code(http: aiohttp.ClientSession, world: World, api: Api) -> None:
    world.limits = RateLimits(now=lambda: 0.0)
    world.limits.is_on = True
    path = f"/bot{api.bot.token}/sendMessage"
    for _ in range(4):
        await http.post(path, json={"chat_id": ZARINA, "text": "x"})

    flooded = await http.post(path, json={"chat_id": ZARINA, "text": "x"})

    assert (flooded.status, flooded.headers["Retry-After"]) == (429, "1")
    assert (await http.post(path, json={"chat_id": ZARINA})).status == 400
    assert (await http.get("/bot7001:wrongtoken/getMe")).status == 401
    assert (await http.get("/botnonsense/getMe")).status == 404
    assert (await body(await http.get("/bot")))["description"] == "Not Found"


async def test_a_cut_connection_is_felt(http: aiohttp.ClientSession, world: World, api: Api) -> None:
    world.plan.add(Fault("getMe", reset=True))

    with pytest.raises(aiohttp.ClientError):
        await http.post(f"/bot{api.bot.token}/getMe")


async def test_foreign_hosts_and_origins_are_refused(http: aiohttp.ClientSession, served: Served, api: Api) -> None:
    path = "/sandbox/api/people"

    assert (await http.get(path)).status == 200
    assert (await http.get(path, headers={"Origin": served.url})).status == 200
    assert (await http.get(path, headers={"Host": f"localhost:{served.port}"})).status == 200
    for headers in (
        {"Origin": "https://example.com"},
        {"Origin": "null"},
        {"Origin": f"http://127.0.0.1:{served.port + 1}"},
        {"Host": "example.com"},
        {"Host": f"127.0.0.1.example.com:{served.port}"},
    ):
        assert (await http.get(path, headers=headers)).status == 403


async def test_only_this_machine_is_served(world: World) -> None:
    with pytest.raises(ValueError, match="this machine"):
        await serve(world, host="0.0.0.0")  # noqa: S104 (that it is refused is the point)


async def test_a_library_of_others_understands_every_answer(served: Served, world: World, api: Api) -> None:
    base = f"{served.url}/bot"
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Save", callback_data="1.save")]])
    async with Bot(api.bot.token, base_url=base, base_file_url=f"{served.url}/file/bot") as bot:
        sent = await bot.send_message(ZARINA, "<b>one</b>", parse_mode="HTML", reply_markup=keyboard)
        edited = await bot.edit_message_text("two", chat_id=ZARINA, message_id=sent.message_id, reply_markup=keyboard)
        photo = await bot.send_photo(ZARINA, png(4, 3), caption="picture")
        world.press(ZARINA, ZARINA, sent.message_id, "1.save")
        updates = await bot.get_updates()
        group = world.create_group(ZARINA, "Mining", members=[api.bot.id])
        chat = await bot.get_chat(group.id)
        [founder] = await bot.get_chat_administrators(group.id)
        with pytest.raises(BadRequest, match="not modified"):
            await bot.edit_message_text("two", chat_id=ZARINA, message_id=sent.message_id, reply_markup=keyboard)
        world.block(ZARINA)
        with pytest.raises(Forbidden):
            await bot.send_message(ZARINA, "x")

    assert isinstance(edited, Message)
    assert (edited.text, photo.caption, chat.title, founder.user.id) == ("two", "picture", "Mining", ZARINA)
    assert isinstance(updates[-1], Update)
    assert updates[-1].callback_query is not None
    assert updates[-1].callback_query.data == "1.save"
