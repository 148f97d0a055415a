"""Binding a chat, choosing a group, and the bot's own comings and goings."""

from sqlalchemy import Connection

from bot.domain.members import Role
from db.repositories.chats import Chats
from tests.handlers.conftest import invitation, unit
from tests.people import Stage, Visitor


def group_of(stage: Stage, chat: int) -> int | None:
    found = stage.house.database.once(lambda connection: Chats(connection, stage.house.account.id).find(chat))
    assert found is not None
    return found.group_id


async def room(stage: Stage, founder: Visitor, *others: Visitor) -> int:
    chat = stage.world.create_group(
        founder.user_id, "Room", members=[stage.bot_id, *(other.user_id for other in others)]
    )
    await stage.settled()
    return chat.id


async def test_a_secretary_who_adds_the_bot_may_bind_with_one_tap(stage: Stage, zarina: Visitor) -> None:
    chat = await room(stage, zarina)
    assert zarina.sees_in(chat).lines == [
        "Bind this chat to Mining Working Group?",
        "What the bot posts here is read by everyone in this chat.",
    ]

    await zarina.taps("Bind this chat", chat=chat)

    assert group_of(stage, chat) is not None
    assert "Гурӯҳи кории маъдан" in zarina.sees_in(chat).text
    assert "کارگروه معدن" in zarina.sees_in(chat).text


async def test_another_member_is_told_who_can_bind(stage: Stage, ramin: Visitor) -> None:
    chat = await room(stage, ramin)

    assert ramin.sees_in(chat).text == "A secretary of the working group can bind this chat with /bind."


async def test_the_right_to_bind_is_the_pressers_own(stage: Stage, zarina: Visitor, ramin: Visitor) -> None:
    chat = await room(stage, zarina, ramin)

    await ramin.taps("Bind this chat", chat=chat)

    assert group_of(stage, chat) is None
    assert ramin.toast.startswith("You are not allowed to do this.")


async def test_a_secretary_of_another_group_cannot_take_a_bound_chat_over(stage: Stage, zarina: Visitor) -> None:
    sino = stage.people["sino"]
    await sino.opens()
    chat = await room(stage, zarina, sino)
    await zarina.taps("Bind this chat", chat=chat)

    await sino.says("/bind", chat=chat)

    assert sino.sees_in(chat).text.startswith("You are not registered in this working group.")


async def test_bind_offers_the_button_again(stage: Stage, ramin: Visitor, zarina: Visitor) -> None:
    chat = await room(stage, ramin, zarina)

    await zarina.says("/bind", chat=chat)

    assert zarina.sees_in(chat).buttons == ["Bind this chat"]


async def test_commands_wait_for_the_binding(stage: Stage, ramin: Visitor) -> None:
    chat = await room(stage, ramin)

    await ramin.says("/cancel", chat=chat)

    assert ramin.sees_in(chat).lines[0] == "This chat is not bound to a working group."


async def test_a_bound_chat_says_to_which_group(stage: Stage, zarina: Visitor) -> None:
    chat = await room(stage, zarina)
    await zarina.taps("Bind this chat", chat=chat)

    await zarina.says("/group", chat=chat)

    assert zarina.sees_in(chat).text == "This chat is bound to Mining Working Group."


async def test_a_chat_that_the_bot_was_removed_from_is_bound_no_more(stage: Stage, zarina: Visitor) -> None:
    chat = await room(stage, zarina)
    await zarina.taps("Bind this chat", chat=chat)

    stage.world.remove_member(zarina.user_id, chat, stage.bot_id)
    await stage.settled()

    assert group_of(stage, chat) is None


async def test_a_supergroup_is_the_chat_that_it_was(stage: Stage, zarina: Visitor) -> None:
    chat = await room(stage, zarina)
    await zarina.taps("Bind this chat", chat=chat)

    new = stage.world.upgrade(zarina.user_id, chat).id
    await stage.settled()
    await zarina.says("/group", chat=new)

    assert zarina.sees_in(new).text == "This chat is bound to Mining Working Group."


async def test_talk_in_a_group_is_none_of_the_bots_business(stage: Stage, zarina: Visitor) -> None:
    chat = await room(stage, zarina)
    await zarina.taps("Bind this chat", chat=chat)
    offer = zarina.messages(chat)[-1]
    before = len(zarina.messages(chat))

    await zarina.says("Good morning", chat=chat)
    await zarina.says("Thank you", chat=chat, reply_to=offer.id)

    assert len(zarina.messages(chat)) == before + 2


async def test_one_group_needs_no_choice(ramin: Visitor) -> None:
    await ramin.says("/group")

    assert ramin.sees.text == "You belong to one working group: Mining Working Group."


async def test_of_two_groups_one_is_chosen(stage: Stage) -> None:
    sino = stage.people["sino"]
    await sino.opens()
    await sino.opens(invitation(stage, role=Role.MEMBER))

    await sino.says("/group")
    assert sino.sees.lines[0] == "Commands act on Mining Working Group."
    await sino.taps("Water Working Group")

    assert sino.sees.text == "Commands now act on Water Working Group."


async def test_who_blocks_the_bot_is_marked_and_cleared_when_they_write(
    stage: Stage, ramin: Visitor, mina: Visitor
) -> None:
    def is_reachable() -> bool:
        def read(connection: Connection) -> bool:
            person = unit(stage, connection).members.person(ramin.user_id)
            assert person is not None
            return person.is_reachable

        return stage.house.database.once(read)

    stage.world.block(ramin.user_id)
    await stage.settled()
    assert not is_reachable()
    assert "Ramin" in mina.sees.text

    stage.world.unblock(ramin.user_id)
    await ramin.says("/help")

    assert is_reachable()
