"""Groups: who hears what, who comes and goes, and becoming a supergroup."""

from typing import Any

import pytest

from bot.sandbox.records import Chat
from bot.sandbox.world import World
from tests.sandbox.caller import REZA, ZARINA, Api


@pytest.fixture
def group(world: World, api: Api) -> Chat:
    """A basic group of both people and the bot, nothing pending."""
    chat = world.create_group(ZARINA, "Mining", members=[REZA, api.bot.id])
    api.bot.queue.clear()
    return chat


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"].get("text", "") for update in updates]


async def test_being_added_is_told_by_a_change_of_standing_and_a_service_message(world: World, api: Api) -> None:
    chat = world.create_group(ZARINA, "Mining")
    world.add_member(ZARINA, chat.id, api.bot.id)

    standing, service = await api.updates()

    assert standing["my_chat_member"]["chat"] == {
        "id": chat.id,
        "title": "Mining",
        "type": "group",
        "all_members_are_administrators": False,
    }
    assert standing["my_chat_member"]["old_chat_member"]["status"] == "left"
    assert standing["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert service["message"]["new_chat_members"][0]["id"] == api.bot.id


async def test_under_privacy_a_bot_hears_only_what_is_meant_for_it(world: World, api: Api, group: Chat) -> None:
    sent = await api.good("sendMessage", chat_id=group.id, text="card")
    world.say(ZARINA, group.id, "just talking")
    world.say(ZARINA, group.id, "/summary")
    world.say(ZARINA, group.id, "/summary@hamroh_bot")
    world.say(ZARINA, group.id, "/summary@other_bot")
    [card] = [message for message in world.visible(group) if message.text == "card"]
    world.say(REZA, group.id, "60%", reply_to=card.id)

    assert texts(await api.updates()) == ["/summary", "/summary@hamroh_bot", "60%"]
    assert sent["chat"]["id"] == group.id


async def test_an_administrator_hears_everything(world: World, api: Api, group: Chat) -> None:
    world.set_admin(ZARINA, group.id, api.bot.id, admin=True)
    world.say(ZARINA, group.id, "just talking")

    promoted, said = await api.updates()

    assert promoted["my_chat_member"]["new_chat_member"]["status"] == "administrator"
    assert said["message"]["text"] == "just talking"


async def test_a_removed_bot_may_not_write(world: World, api: Api, group: Chat) -> None:
    world.remove_member(ZARINA, group.id, api.bot.id)

    refused = await api.refusal("sendMessage", chat_id=group.id, text="x")

    assert refused == "Forbidden: bot was kicked from the group chat"
    assert [kind for update in await api.updates() for kind in update if kind != "update_id"] == [
        "message",
        "my_chat_member",
    ]


async def test_a_bot_may_leave(world: World, api: Api, group: Chat) -> None:
    await api.good("leaveChat", chat_id=group.id)

    refused = await api.refusal("sendMessage", chat_id=group.id, text="x")

    assert refused == "Forbidden: bot is not a member of the group chat"
    assert world.visible(group)[-1].content["left_chat_member"]["id"] == api.bot.id


async def test_a_group_that_became_a_supergroup_says_where_it_went(world: World, api: Api, group: Chat) -> None:
    new = world.upgrade(ZARINA, group.id)

    answer = await api.call("sendMessage", chat_id=group.id, text="x")

    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": new.id}
    moved_to, moved_from = await api.updates()
    assert moved_to["message"]["migrate_to_chat_id"] == new.id
    assert moved_from["message"]["migrate_from_chat_id"] == group.id
    assert (await api.good("sendMessage", chat_id=new.id, text="x"))["chat"]["type"] == "supergroup"


async def test_ids_are_the_accounts_own_in_private_and_basic_groups_and_the_chats_own_in_supergroups(
    world: World, api: Api, group: Chat
) -> None:
    supergroup = world.create_group(ZARINA, "Big", members=[api.bot.id], supergroup=True)

    ids = [
        (await api.good("sendMessage", chat_id=chat_id, text="x"))["message_id"]
        for chat_id in (ZARINA, group.id, REZA, supergroup.id)
    ]

    assert ids[0] < ids[1] < ids[2]
    assert ids[1] == ids[0] + 1
    assert ids[3] == 2


async def test_two_bots_of_a_basic_group_count_for_themselves(world: World, api: Api, group: Chat) -> None:
    other = Api(world, world.add_bot(username="other_bot"))
    world.add_member(ZARINA, group.id, other.bot.id)
    said = world.say(ZARINA, group.id, "/help")
    [update] = [u for u in await other.updates() if u.get("message", {}).get("text") == "/help"]

    reply = {"message_id": update["message"]["message_id"]}
    sent = await other.good("sendMessage", chat_id=group.id, text="here", reply_parameters=reply)

    assert update["message"]["message_id"] != said.id
    assert sent["reply_to_message"]["text"] == "/help"
    assert world.visible(group)[-1].reply_to is said


async def test_what_a_bot_may_ask_about_a_group(world: World, api: Api, group: Chat) -> None:
    assert (await api.good("getChat", chat_id=group.id))["title"] == "Mining"
    assert await api.good("getChatMemberCount", chat_id=group.id) == 3
    assert (await api.good("getChatMember", chat_id=group.id, user_id=ZARINA))["status"] == "creator"
    admins = await api.good("getChatAdministrators", chat_id=group.id)
    assert [admin["user"]["id"] for admin in admins] == [ZARINA]
    assert await api.refusal("getChatMember", chat_id=group.id, user_id=99) == "Bad Request: user not found"


async def test_pinning_in_a_group_needs_the_right_and_leaves_a_service_message(
    world: World, api: Api, group: Chat
) -> None:
    sent = await api.good("sendMessage", chat_id=group.id, text="dashboard")
    place = {"chat_id": group.id, "message_id": sent["message_id"]}

    refused = await api.refusal("pinChatMessage", **place)
    world.set_admin(ZARINA, group.id, api.bot.id, admin=True)
    await api.good("pinChatMessage", **place)

    assert refused == "Bad Request: not enough rights to manage pinned messages in the chat"
    assert [message.text for message in group.pinned] == ["dashboard"]
    assert (await api.updates())[-1]["message"]["pinned_message"]["text"] == "dashboard"
