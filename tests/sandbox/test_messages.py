"""Sending, editing and deleting, refused in the server's own words."""

from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.clock import SandboxClock
from bot.sandbox.world import World
from tests.sandbox.caller import REZA, ZARINA, Api

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def keyboard(*labels: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": label} for label in labels]]}


async def test_a_text_comes_back_as_the_server_keeps_it(world: World, api: Api) -> None:
    sent = await api.good("sendMessage", chat_id=REZA, text="  <b>سلام</b> 😀 <i>x</i>\n ", parse_mode="HTML")

    assert sent["text"] == "سلام 😀 x"
    assert sent["entities"] == [
        {"offset": 0, "length": 4, "type": "bold"},
        {"offset": 8, "length": 1, "type": "italic"},
    ]
    assert sent["chat"] == {
        "id": REZA,
        "first_name": "رضا",
        "last_name": "احمدی",
        "username": "reza",
        "type": "private",
    }
    assert sent["from"]["is_bot"] is True
    assert world.visible(world.chat_of(REZA, REZA))[-1].text == "سلام 😀 x"


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"text": ""}, "Bad Request: message text is empty"),
        ({"text": " \u200f\u2069"}, None),
        ({"text": " \n "}, "Bad Request: text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "Bad Request: text must be non-empty"),
        ({"text": "x" * 4097}, "Bad Request: message is too long"),
        ({"text": "😀" * 2049}, "Bad Request: message is too long"),
        ({"text": "x", "chat_id": ""}, "Bad Request: chat_id is empty"),
        ({"text": "x", "chat_id": 99}, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": -99}, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "Bad Request: chat not found"),
        ({"text": "x", "parse_mode": "Word"}, "Bad Request: unsupported parse_mode"),
        (
            {"text": "<x>y</x>", "parse_mode": "HTML"},
            'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0',
        ),
        (
            {"text": "x", "reply_parameters": {"message_id": 9999}},
            "Bad Request: message to be replied not found",
        ),
    ],
)
async def test_a_bad_text_is_refused(api: Api, params: dict[str, Any], description: str | None) -> None:
    answer = await api.call("sendMessage", **{"chat_id": ZARINA, **params})

    assert answer.get("description") == description or (description is None and answer["ok"])


async def test_4096_units_after_parsing_are_allowed(api: Api) -> None:
    sent = await api.good("sendMessage", chat_id=ZARINA, text=f"<b>{'x' * 4096}</b>", parse_mode="HTML")

    assert len(sent["text"]) == 4096


async def test_direction_marks_are_treated_as_the_server_treats_them(api: Api) -> None:
    sent = await api.good("sendMessage", chat_id=ZARINA, text="a\u202bb\u202c \u2068c\u2069 \u200f\u200f\u200ed\u2028")

    assert sent["text"] == "ab \u2068c\u2069 \u200c\u200c\u200ed"


async def test_a_reply_shows_what_it_replies_to_one_level_deep(world: World, api: Api) -> None:
    asked = world.say(ZARINA, ZARINA, "question")
    first = await api.good("sendMessage", chat_id=ZARINA, text="answer", reply_parameters={"message_id": asked.id})

    world.say(ZARINA, ZARINA, "60%", reply_to=first["message_id"])

    update = (await api.updates())[-1]
    assert update["message"]["reply_to_message"]["text"] == "answer"
    assert "reply_to_message" not in update["message"]["reply_to_message"]


async def test_nobody_is_written_to_who_never_started_the_bot(world: World, api: Api) -> None:
    world.add_person(5003, "Farrukh")
    assert await api.refusal("sendMessage", chat_id=5003, text="x") == "Bad Request: chat not found"

    world.create_group(5003, "Mining", members=[api.bot.id])
    refused = await api.refusal("sendMessage", chat_id=5003, text="x")

    assert refused == "Forbidden: bot can't initiate conversation with a user"


async def test_blocking_and_coming_back(world: World, api: Api) -> None:
    world.block(ZARINA)
    refused = await api.refusal("sendMessage", chat_id=ZARINA, text="x")
    world.start(ZARINA, "CODE")

    await api.good("sendMessage", chat_id=ZARINA, text="x")
    blocked, unblocked, started = await api.updates()
    assert refused == "Forbidden: bot was blocked by the user"
    assert blocked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert unblocked["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert started["message"]["text"] == "/start CODE"
    assert started["message"]["entities"] == [{"offset": 0, "length": 6, "type": "bot_command"}]


async def test_an_edit_changes_text_and_takes_the_keyboard_away(world: World, api: Api) -> None:
    sent = await api.good("sendMessage", chat_id=ZARINA, text="one", reply_markup=keyboard("Save"))
    place = {"chat_id": ZARINA, "message_id": sent["message_id"]}

    edited = await api.good("editMessageText", **place, text="two")

    assert edited["text"] == "two"
    assert "edit_date" in edited
    assert "reply_markup" not in edited
    assert world.visible(world.chat_of(ZARINA, ZARINA))[-1].buttons == []


async def test_an_edit_that_changes_nothing_is_refused(api: Api) -> None:
    sent = await api.good(
        "sendMessage", chat_id=ZARINA, text="<b>one</b>", parse_mode="HTML", reply_markup=keyboard("A")
    )
    place = {"chat_id": ZARINA, "message_id": sent["message_id"], "reply_markup": keyboard("A")}

    assert await api.refusal("editMessageText", **place, text="<b>one</b> ", parse_mode="HTML") == NOT_MODIFIED
    assert await api.refusal("editMessageReplyMarkup", **place) == NOT_MODIFIED
    await api.good("editMessageText", **place, text="one")


async def test_what_cannot_be_edited(world: World, api: Api) -> None:
    theirs = world.say(ZARINA, ZARINA, "mine")
    sent = await api.good("sendMessage", chat_id=ZARINA, text="one")
    place = {"chat_id": ZARINA, "message_id": sent["message_id"]}
    long = await api.refusal("editMessageText", **place, text="x" * 4097)
    await api.good("deleteMessage", **place)

    assert long == "Bad Request: MESSAGE_TOO_LONG"
    assert await api.refusal("editMessageText", **place, text="x") == "Bad Request: message to edit not found"
    assert await api.refusal("deleteMessage", **place) == "Bad Request: message to delete not found"
    refused = await api.refusal("editMessageText", chat_id=ZARINA, message_id=theirs.id, text="x")
    assert refused == "Bad Request: message can't be edited"
    refused = await api.refusal("editMessageText", chat_id=ZARINA, text="x")
    assert refused == "Bad Request: message identifier is not specified"


async def test_an_old_message_cannot_be_deleted(api: Api, clock: SandboxClock) -> None:
    sent = await api.good("sendMessage", chat_id=ZARINA, text="one")
    clock.advance(timedelta(hours=49))

    refused = await api.refusal("deleteMessage", chat_id=ZARINA, message_id=sent["message_id"])

    assert refused == "Bad Request: message can't be deleted for everyone"


async def test_people_edit_and_delete_what_they_said(world: World, api: Api) -> None:
    message = world.say(ZARINA, ZARINA, "M-12 60%")
    world.edit(ZARINA, ZARINA, message.id, "M-12 65%")
    world.remove_message(ZARINA, ZARINA, message.id)

    said, edited = await api.updates()

    assert said["message"]["text"] == "M-12 60%"
    assert edited["edited_message"]["text"] == "M-12 65%"
    assert edited["edited_message"]["edit_date"] >= edited["edited_message"]["date"]
    refused = await api.refusal("sendMessage", chat_id=ZARINA, text="x", reply_to_message_id=message.id)
    assert refused == "Bad Request: message to be replied not found"


async def test_forwards_stickers_and_contacts_reach_the_bot(world: World, api: Api) -> None:
    said = world.say(ZARINA, ZARINA, "to be passed on")
    world.forward(ZARINA, ZARINA, said.id, ZARINA)
    world.send_sticker(ZARINA, ZARINA, "👍")
    world.send_contact(ZARINA, ZARINA, phone_number="+992000000000", first_name="Farrukh")

    _, forwarded, sticker, contact = (update["message"] for update in await api.updates())

    assert forwarded["forward_origin"]["sender_user"]["id"] == ZARINA
    assert sticker["sticker"]["emoji"] == "👍"
    assert contact["contact"]["first_name"] == "Farrukh"


async def test_copies_reactions_pins_and_actions(world: World, api: Api) -> None:
    said = world.say(ZARINA, ZARINA, "look")

    copied = await api.good("copyMessage", chat_id=REZA, from_chat_id=ZARINA, message_id=said.id)
    await api.good("forwardMessage", chat_id=REZA, from_chat_id=ZARINA, message_id=said.id)
    await api.good("pinChatMessage", chat_id=REZA, message_id=copied["message_id"])
    reaction = [{"type": "emoji", "emoji": "👍"}]
    await api.good("setMessageReaction", chat_id=ZARINA, message_id=said.id, reaction=reaction)
    await api.good("sendChatAction", chat_id=ZARINA, action="typing")

    assert [message.text for message in world.chat_of(REZA, REZA).pinned] == ["look"]
    assert said.reactions == {api.bot.id: "👍"}
    refused = await api.refusal("sendChatAction", chat_id=ZARINA, action="dancing")
    assert refused == "Bad Request: wrong parameter action in request"
    await api.good("unpinChatMessage", chat_id=REZA)
    assert world.chat_of(REZA, REZA).pinned == []
