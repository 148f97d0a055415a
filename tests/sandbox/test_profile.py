"""Command menus by scope and language, names and descriptions."""

from typing import Any

import pytest

from bot.sandbox import views
from bot.sandbox.world import World
from tests.sandbox.caller import REZA, ZARINA, Api


def menu(*commands: str) -> list[dict[str, str]]:
    return [{"command": command, "description": f"about {command}"} for command in commands]


def shown(world: World, person_id: int, chat_id: int) -> list[str]:
    person = world.person(person_id)
    return [entry["command"] for entry in views.commands(world.chat_of(person_id, chat_id), person)["commands"]]


async def test_the_narrowest_scope_wins_and_in_it_the_clients_language(world: World, api: Api) -> None:
    await api.good("setMyCommands", commands=menu("start"))
    assert shown(world, ZARINA, ZARINA) == ["start"]

    await api.good("setMyCommands", commands=menu("help"), scope={"type": "all_private_chats"})
    await api.good("setMyCommands", commands=menu("komak"), scope={"type": "all_private_chats"}, language_code="fa")
    assert (shown(world, ZARINA, ZARINA), shown(world, REZA, REZA)) == (["help"], ["komak"])

    own = {"type": "chat", "chat_id": REZA}
    await api.good("setMyCommands", commands=menu("sign", "summary"), scope=own)
    assert shown(world, REZA, REZA) == ["sign", "summary"]
    assert await api.good("getMyCommands", scope=own) == menu("sign", "summary")
    assert await api.good("getMyCommands", scope=own, language_code="fa") == []

    await api.good("deleteMyCommands", scope=own)
    assert shown(world, REZA, REZA) == ["komak"]


async def test_groups_have_menus_of_their_own(world: World, api: Api) -> None:
    chat = world.create_group(ZARINA, "Mining", members=[REZA, api.bot.id])
    await api.good("setMyCommands", commands=menu("summary"), scope={"type": "all_group_chats"})
    await api.good("setMyCommands", commands=menu("bind"), scope={"type": "all_chat_administrators"})

    assert (shown(world, ZARINA, chat.id), shown(world, REZA, chat.id)) == (["bind"], ["summary"])


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"commands": menu("Start")}, "Bad Request: BOT_COMMAND_INVALID"),
        ({"commands": menu("x" * 33)}, "Bad Request: BOT_COMMAND_INVALID"),
        ({"commands": menu("хулоса")}, "Bad Request: BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a", "description": ""}]}, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "a", "description": "x" * 257}]}, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": menu("a") * 101}, "Bad Request: BOT_COMMANDS_TOO_MUCH"),
        ({"commands": menu("a"), "language_code": "fas"}, "Bad Request: invalid language code specified"),
        ({"commands": menu("a"), "scope": {"type": "chat", "chat_id": 99}}, "Bad Request: chat not found"),
        (
            {"commands": menu("a"), "scope": {"type": "planet"}},
            "Bad Request: can't parse BotCommandScope: Unsupported type specified",
        ),
    ],
)
async def test_a_bad_menu_is_refused(api: Api, params: dict[str, Any], description: str) -> None:
    assert await api.refusal("setMyCommands", **params) == description


async def test_names_and_descriptions_fall_back_to_the_default_language(world: World, api: Api) -> None:
    await api.good("setMyName", name="Hamroh")
    await api.good("setMyName", name="همراه", language_code="fa")
    await api.good("setMyDescription", description="Ҳамроҳи гурӯҳи корӣ", language_code="tg")
    await api.good("setMyShortDescription", short_description="On the same road")

    assert await api.good("getMyName", language_code="fa") == {"name": "همراه"}
    assert await api.good("getMyName", language_code="tg") == {"name": "Hamroh"}
    assert await api.good("getMyDescription", language_code="tg") == {"description": "Ҳамроҳи гурӯҳи корӣ"}
    assert await api.good("getMyDescription") == {"description": ""}
    assert await api.good("getMyShortDescription") == {"short_description": "On the same road"}
    assert not (await api.call("setMyName", name="x" * 65))["ok"]
    [chat] = views.chats(world, world.person(REZA))
    assert chat["title"] == "همراه"


async def test_the_menu_button(api: Api) -> None:
    await api.good("setChatMenuButton", chat_id=ZARINA, menu_button={"type": "commands"})

    assert await api.good("getChatMenuButton", chat_id=ZARINA) == {"type": "commands"}
    assert (await api.good("getMe"))["username"] == "hamroh_bot"
