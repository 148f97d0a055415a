"""The bot's name, descriptions and menus are set in three languages, and set again only when they have changed."""

from sqlalchemy import Connection

from bot.services import profile
from db.repositories.chats import Chat
from db.unit_of_work import UnitOfWork
from handlers.registry import present
from tests.handlers.conftest import unit
from tests.people import Stage, Visitor


async def test_name_and_descriptions_are_set_in_three_languages(stage: Stage) -> None:
    await stage.settled()

    bot = stage.world.bots[stage.bot_id]
    assert sorted(bot.names) == ["", "fa", "tg"]
    assert sorted(bot.descriptions) == ["", "fa", "tg"]
    assert sorted(bot.short_descriptions) == ["", "fa", "tg"]


async def test_groups_and_strangers_have_menus_by_the_clients_language(stage: Stage) -> None:
    await stage.settled()

    commands = stage.world.bots[stage.bot_id].commands
    for language in ("", "fa", "tg"):
        assert [one["command"] for one in commands["default", language]] == ["start"]
        assert "bind" not in [one["command"] for one in commands["all_group_chats", language]]


async def test_what_is_set_already_is_not_set_again(stage: Stage) -> None:
    def owe_again(connection: Connection) -> int:
        uow = unit(stage, connection)
        before = uow.outbox.waiting()
        present(uow)
        return uow.outbox.waiting() - before

    assert stage.house.database.once(owe_again) == 0


async def test_a_menu_is_owed_when_it_differs_and_only_then(stage: Stage, ramin: Visitor) -> None:
    def owe(connection: Connection) -> list[bool]:
        uow = unit(stage, connection)
        chat = chat_of(uow, ramin)
        one, other = [{"command": "one", "description": "One"}], [{"command": "other", "description": "Other"}]
        return [profile.owe_menu(uow, chat, menu) for menu in (one, one, other, other, one)]

    assert stage.house.database.once(owe) == [True, False, True, False, True]


def chat_of(uow: UnitOfWork, visitor: Visitor) -> Chat:
    return uow.chats.at(visitor.user_id)
