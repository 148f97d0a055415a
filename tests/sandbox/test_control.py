"""The control API, as the chat page uses it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import serve
from bot.sandbox.world import World
from tests.sandbox.caller import REZA, ZARINA, Api
from tests.sandbox.test_files import png

SAVE = {"inline_keyboard": [[{"text": "Save", "callback_data": "1.save"}, {"text": "Site", "url": "https://e.com"}]]}


class Page:
    """What the chat page can ask."""

    def __init__(self, session: aiohttp.ClientSession, bot_id: int) -> None:
        self.session = session
        self.bot_id = bot_id

    async def get(self, path: str, **query: Any) -> dict[str, Any]:
        async with self.session.get(f"/sandbox/api/{path}", params=query) as response:
            return {"status": response.status, **(await response.json())}

    async def post(self, path: str, **body: Any) -> dict[str, Any]:
        async with self.session.post(f"/sandbox/api/{path}", json=body) as response:
            return {"status": response.status, **(await response.json())}

    async def events(self, person_id: int, after: int) -> list[dict[str, Any]]:
        answer = await self.get("events", person=person_id, after=after)
        return list(answer["events"])


@pytest.fixture
async def page(world: World, api: Api) -> AsyncIterator[Page]:
    server = await serve(world)
    async with aiohttp.ClientSession(server.url) as session:
        yield Page(session, api.bot.id)
    await server.close()


async def test_people_bots_and_chats_are_listed(world: World, api: Api, page: Page) -> None:
    world.add_person(5003, "Farrukh", note="secretary of TJ")
    await api.good("setMyDescription", description="A companion")

    people = await page.get("people")
    [chat] = (await page.get("chats", person=5003))["chats"]

    assert [person["id"] for person in people["people"]] == [ZARINA, REZA, 5003]
    assert people["people"][2]["note"] == "secretary of TJ"
    assert people["bots"][0]["username"] == "hamroh_bot"
    assert api.bot.token not in str(people)
    assert (chat["id"], chat["started"], chat["description"]) == (page.bot_id, False, "A companion")


async def test_a_conversation_is_seen_by_the_page(world: World, api: Api, page: Page) -> None:
    said = await page.post("say", person=ZARINA, chat=page.bot_id, text="/summary")
    reply = {"message_id": said["message"]["id"]}
    markup = {"reply_parameters": reply, "reply_markup": SAVE}
    await api.good("sendMessage", chat_id=ZARINA, text="<b>Health</b> 😀", parse_mode="HTML", **markup)

    [chat] = (await page.get("chats", person=ZARINA))["chats"]
    seen = await page.get("messages", person=ZARINA, chat=page.bot_id)
    [read] = (await page.get("chats", person=ZARINA))["chats"]

    last = seen["messages"][-1]
    assert (chat["unread"], read["unread"]) == (1, 0)
    assert last["text"] == "Health 😀"
    assert last["entities"] == [{"offset": 0, "length": 6, "type": "bold"}]
    assert last["reply_to"] == {"id": said["message"]["id"], "name": "Zarina", "text": "/summary"}
    assert last["keyboard"] == [[{"text": "Save", "data": "1.save"}, {"text": "Site", "url": "https://e.com"}]]
    assert (last["mine"], last["from"]["is_bot"], seen["messages"][-2]["mine"]) == (False, True, True)


async def test_older_messages_come_in_pages(world: World, api: Api, page: Page) -> None:
    for number in range(5):
        world.say(ZARINA, ZARINA, f"number {number}")

    newest = await page.get("messages", person=ZARINA, chat=page.bot_id, limit=2)
    before = await page.get("messages", person=ZARINA, chat=page.bot_id, limit=2, before=newest["messages"][0]["id"])

    assert [message["text"] for message in newest["messages"]] == ["number 3", "number 4"]
    assert [message["text"] for message in before["messages"]] == ["number 1", "number 2"]
    assert before["more"] is True


async def test_a_press_and_its_answer(world: World, api: Api, page: Page) -> None:
    sent = await api.good("sendMessage", chat_id=ZARINA, text="x", reply_markup=SAVE)
    start = (await page.get("events", person=ZARINA, after=-1))["last"]
    waiting = asyncio.create_task(page.events(ZARINA, start))

    pressed = await page.post("press", person=ZARINA, chat=page.bot_id, message=sent["message_id"], data="1.save")
    await api.good("answerCallbackQuery", callback_query_id=pressed["query"], text="Saved")

    [event] = await waiting
    assert (event["kind"], event["query"], event["text"], event["alert"]) == (
        "answer",
        pressed["query"],
        "Saved",
        False,
    )


async def test_events_tell_what_changed_and_only_to_whom_it_concerns(world: World, api: Api, page: Page) -> None:
    start = (await page.get("events", person=ZARINA, after=-1))["last"]
    sent = await api.good("sendMessage", chat_id=ZARINA, text="one")
    place = {"chat_id": ZARINA, "message_id": sent["message_id"]}
    await api.good("editMessageText", **place, text="two")
    await api.good("sendChatAction", chat_id=ZARINA, action="typing")
    await api.good("pinChatMessage", **place)
    await api.good("deleteMessage", **place)

    hers = await page.events(ZARINA, start)
    his = await page.get("events", person=REZA, after=start, timeout=0)

    assert [event["kind"] for event in hers] == ["message", "edited", "typing", "message", "pinned", "deleted"]
    assert hers[-1]["message_id"] == sent["message_id"]
    assert hers[-1]["chat"] == page.bot_id
    assert his["events"] == []
    assert his["last"] == hers[-1]["number"]


async def test_files_go_through_the_page(world: World, api: Api, page: Page) -> None:
    form = aiohttp.FormData(quote_fields=False)
    for name, value in {"person": ZARINA, "chat": page.bot_id, "kind": "photo", "caption": "furnace"}.items():
        form.add_field(name, str(value))
    form.add_field("file", png(4, 3), filename="عکس.png", content_type="image/png")

    async with page.session.post("/sandbox/api/send_file", data=form) as response:
        sent = await response.json()
    async with page.session.get(f"/sandbox/api/files/{sent['message']['media']['file']}") as response:
        content, headers = await response.read(), response.headers

    assert sent["message"]["media"]["width"] == 4
    assert sent["message"]["text"] == "furnace"
    assert content == png(4, 3)
    assert headers["Content-Type"] == "image/png"
    assert headers["Content-Disposition"].startswith("inline")
    assert (await page.get("files/none"))["status"] == 404


async def test_links_open_the_bot(world: World, api: Api, page: Page) -> None:
    world.add_person(5003, "Farrukh")
    opened = await page.post("open_link", person=5003, link="https://t.me/hamroh_bot?start=CODE")
    again = await page.post("open_link", person=5003, payload="OTHER")

    assert (opened["chat"], opened["message"]["text"]) == (page.bot_id, "/start CODE")
    assert again["message"]["text"] == "/start OTHER"
    assert (await page.post("open_link", person=5003, link="https://t.me/nobody"))["status"] == 404


async def test_groups_are_made_and_changed_from_the_page(world: World, api: Api, page: Page) -> None:
    group = (await page.post("create_group", person=ZARINA, title="Mining", members=[REZA]))["chat"]
    await page.post("add_bot", person=ZARINA, chat=group, bot=page.bot_id, admin=True)
    await page.post("rename_group", person=ZARINA, chat=group, title="Mining and metals")
    await page.post("remove", person=ZARINA, chat=group, member=REZA)
    upgraded = (await page.post("upgrade", person=ZARINA, chat=group))["chat"]

    chats = {chat["id"]: chat for chat in (await page.get("chats", person=ZARINA))["chats"]}

    services = [message["service"] for message in (await page.get("messages", person=ZARINA, chat=group))["messages"]]
    assert services == [
        "Zarina created the group",
        "Zarina added Hamroh",
        "Zarina renamed the group to Mining and metals",
        "Zarina removed رضا احمدی",
        "The group became a supergroup",
    ]
    assert (chats[upgraded]["kind"], chats[upgraded]["member"], chats[group]["member"]) == ("supergroup", True, False)
    statuses = {member["id"]: member["status"] for member in chats[upgraded]["members"]}
    assert statuses == {ZARINA: "creator", page.bot_id: "administrator"}


async def test_blocking_language_and_commands(world: World, api: Api, page: Page) -> None:
    await api.good("setMyCommands", commands=[{"command": "help", "description": "Help"}])
    farsi = [{"command": "help", "description": "راهنما"}]
    await api.good("setMyCommands", commands=farsi, language_code="fa")

    await page.post("language", person=ZARINA, language_code="fa")
    menu = await page.get("commands", person=ZARINA, chat=page.bot_id)
    await page.post("block", person=ZARINA, bot=page.bot_id)
    refused = await page.post("say", person=ZARINA, chat=page.bot_id, text="x")
    await page.post("unblock", person=ZARINA, bot=page.bot_id)

    assert menu["commands"] == [{"command": "help", "description": "راهنما", "bot": page.bot_id}]
    assert (refused["status"], refused["error"]) == (409, "The bot is blocked; unblock it first.")
    assert (await page.post("say", person=ZARINA, chat=page.bot_id, text="x"))["status"] == 200


async def test_what_one_said_is_edited_forwarded_and_deleted(world: World, api: Api, page: Page) -> None:
    said = (await page.post("say", person=ZARINA, chat=page.bot_id, text="one"))["message"]["id"]
    place = {"person": ZARINA, "chat": page.bot_id, "message": said}

    edited = await page.post("edit", **place, text="two")
    forwarded = await page.post("forward", person=ZARINA, from_chat=page.bot_id, message=said, chat=page.bot_id)
    deleted = await page.post("delete", **place)
    sticker = await page.post("send_sticker", person=ZARINA, chat=page.bot_id, emoji="🙏")
    contact = await page.post("send_contact", person=ZARINA, chat=page.bot_id, phone_number="+992", first_name="F")

    assert (edited["message"]["text"], edited["message"]["edited"]) == ("two", True)
    assert forwarded["message"]["forwarded_from"] == "Zarina"
    assert deleted["status"] == 200
    assert sticker["message"]["media"]["emoji"] == "🙏"
    assert contact["message"]["media"]["phone_number"] == "+992"
    assert (await page.post("edit", **place, text="x"))["status"] == 404


async def test_the_clock_moves_forward_only(clock: SandboxClock, page: Page) -> None:
    start = (await page.get("events", person=ZARINA, after=-1))["last"]

    advanced = await page.post("clock", advance_seconds=3600)
    moved = await page.post("clock", to="2026-12-01T04:30:00Z")
    back = await page.post("clock", to="2026-11-01T00:00:00Z")

    assert (advanced["now"], moved["now"], back["status"]) == ("2026-11-23T05:00:00Z", "2026-12-01T04:30:00Z", 400)
    assert clock() == datetime(2026, 12, 1, 4, 30, tzinfo=UTC)
    assert [event["kind"] for event in await page.events(ZARINA, start)] == ["clock", "clock"]
    assert (await page.get("clock")) == {"status": 200, "now": "2026-12-01T04:30:00Z", "movable": True}


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("say", {"person": ZARINA, "chat": 7001}, 400),
        ("say", {"person": 99, "chat": 7001, "text": "x"}, 404),
        ("say", {"person": ZARINA, "chat": -99, "text": "x"}, 404),
        ("say", {"person": ZARINA, "chat": 7001, "text": "  "}, 409),
        ("press", {"person": ZARINA, "chat": 7001, "message": 1, "data": "x"}, 409),
        ("clock", {"to": "tomorrow"}, 400),
    ],
)
async def test_a_bad_request_is_answered_in_a_sentence(
    page: Page, path: str, body: dict[str, Any], status: int
) -> None:
    answer = await page.post(path, **body)

    assert answer["status"] == status
    assert answer["error"].endswith((".", "'"))


def test_a_running_clock_goes_on_by_itself() -> None:
    clock = SandboxClock(datetime(2026, 11, 23, tzinfo=UTC))

    first, second = clock(), clock()

    assert first <= second < first + timedelta(minutes=1)
    with pytest.raises(ValueError, match="aware"):
        SandboxClock(datetime(2026, 11, 23))  # noqa: DTZ001 (that it is refused is the point)
