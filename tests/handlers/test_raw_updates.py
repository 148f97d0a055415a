"""What no ordinary client sends: anonymous administrators, channel posts, things that nobody has thought of."""

import itertools
import json
from typing import Any

import pytest
from sqlalchemy import Connection, text

from db.repositories.inbox import Arrival
from tests.people import Stage, Visitor

_NUMBERS = itertools.count(1)
_OFFSET = 5_000_000


async def arrives(stage: Stage, chat_id: int, **content: Any) -> None:
    number = _OFFSET + next(_NUMBERS)
    raw = json.dumps({"update_id": number, **content})
    await stage.house.worker.keep([Arrival(update_id=number, chat_id=chat_id, raw=raw)])
    await stage.house.rested()


def message(chat: dict[str, Any], sender: dict[str, Any], **content: Any) -> dict[str, Any]:
    return {"message_id": 900 + next(_NUMBERS), "date": 1795413600, "chat": chat, "from": sender, **content}


def private(visitor: Visitor, **content: Any) -> dict[str, Any]:
    chat = {"id": visitor.user_id, "type": "private", "first_name": "Ramin"}
    return message(chat, {"id": visitor.user_id, "is_bot": False, "first_name": "Ramin"}, **content)


def states(stage: Stage) -> set[int]:
    def read(connection: Connection) -> set[int]:
        return {state for (state,) in connection.execute(text("SELECT state FROM inbox"))}

    return stage.house.database.once(read)


async def test_an_anonymous_administrator_is_refused_in_the_languages_of_the_chat(
    stage: Stage, zarina: Visitor
) -> None:
    chat = stage.world.create_group(zarina.user_id, "Room", members=[stage.bot_id]).id
    await stage.settled()
    await zarina.taps("Bind this chat", chat=chat)
    here = {"id": chat, "type": "group", "title": "Room"}
    nobody = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    command = {"type": "bot_command", "offset": 0, "length": 6}

    await arrives(stage, chat, message=message(here, nobody, text="/group", entities=[command], sender_chat=here))

    assert len(zarina.sees_in(chat).lines) == 2
    assert "Mining" not in zarina.sees_in(chat).text


async def test_a_channel_post_is_passed_over(stage: Stage) -> None:
    channel = {"id": -1009, "type": "channel", "title": "News"}

    await arrives(stage, -1009, channel_post={"message_id": 1, "date": 1795413600, "chat": channel, "text": "news"})

    assert states(stage) == {1}


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (
            {"location": {"latitude": 38.5, "longitude": 68.7}},
            "The location was not saved: locations are not taken here.",
        ),
        ({"dice": {"emoji": "🎲", "value": 3}}, "A sticker changes nothing here."),
        ({"something_new": {"id": 1}}, "This kind of message is not taken here, and nothing was saved."),
    ],
)
async def test_whatever_comes_in_private_is_answered(
    stage: Stage, ramin: Visitor, content: dict[str, Any], answer: str
) -> None:
    await arrives(stage, ramin.user_id, message=private(ramin, **content))

    assert ramin.sees.lines[0] == answer


async def test_what_the_messenger_itself_notes_is_passed_over(stage: Stage, ramin: Visitor) -> None:
    before = len(ramin.messages())

    await arrives(
        stage,
        ramin.user_id,
        message=private(ramin, write_access_allowed={}),
    )

    assert len(ramin.messages()) == before
    assert states(stage) == {1}


async def test_who_was_removed_is_a_stranger(stage: Stage, ramin: Visitor) -> None:
    def remove(connection: Connection) -> None:
        connection.execute(text("UPDATE members SET removed_at = '2026-11-01' WHERE handle = 'ramin'"))

    stage.house.database.once(remove)

    await ramin.says("/help")

    assert len(ramin.sees.lines) == 3
    assert "Mining" not in ramin.sees.text
