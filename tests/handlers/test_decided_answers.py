"""Each thing that people send has a decided answer: what happened, and what to do next."""

from sqlalchemy import Connection

from tests.handlers.conftest import unit
from tests.people import Stage, Visitor


async def test_an_unknown_command_names_the_way_to_the_known_ones(ramin: Visitor) -> None:
    await ramin.says("/frobnicate now")

    assert ramin.sees.lines == ["There is no command /frobnicate.", "See what can be done here: /help"]


async def test_words_that_nobody_takes(ramin: Visitor) -> None:
    await ramin.says("good morning")

    assert ramin.sees.lines[0] == "This text was not understood, and nothing was saved."
    assert "M-12 60%" in ramin.sees.lines[1]


async def test_a_sticker(stage: Stage, ramin: Visitor) -> None:
    stage.world.send_sticker(ramin.user_id, ramin.chat)
    await stage.settled()

    assert ramin.sees.lines == ["A sticker changes nothing here.", "See what can be done here: /help"]


async def test_a_contact_is_not_kept(stage: Stage, ramin: Visitor) -> None:
    stage.world.send_contact(ramin.user_id, ramin.chat, phone_number="+992000000000", first_name="Somebody")
    await stage.settled()

    assert ramin.sees.lines[0] == "The contact was not saved: people join by invitation only."


async def test_a_forwarded_message_is_not_an_entry(stage: Stage, ramin: Visitor) -> None:
    mine = await ramin.says("M-12 60%")
    stage.world.forward(ramin.user_id, ramin.chat, mine.id, ramin.chat)
    await stage.settled()

    assert ramin.sees.lines[0] == "A forwarded message is not taken as an entry, and nothing was saved."


async def test_an_edited_line_of_progress_is_told_how_to_correct_it(stage: Stage, ramin: Visitor) -> None:
    mine = await ramin.says("M-12 60%")
    stage.world.edit(ramin.user_id, ramin.chat, mine.id, "M-12 65%")
    await stage.settled()

    assert ramin.sees.lines == [
        "Editing a message does not change what was logged.",
        "To correct it, undo the entry within 10 minutes or send a new one.",
    ]


async def test_other_edits_are_passed_over(stage: Stage, ramin: Visitor) -> None:
    mine = await ramin.says("good morning")
    before = len(ramin.messages())
    stage.world.edit(ramin.user_id, ramin.chat, mine.id, "good evening")
    await stage.settled()

    assert len(ramin.messages()) == before


async def test_nothing_to_cancel(ramin: Visitor) -> None:
    await ramin.says("/cancel")

    assert ramin.sees.text == "There is nothing to cancel: no draft is open."


async def test_cancel_drops_the_open_draft(stage: Stage, ramin: Visitor) -> None:
    open_draft(stage, ramin)

    await ramin.says("/cancel")

    assert ramin.sees.text == "The draft was dropped. Nothing was saved."


async def test_a_button_of_another_chat_is_no_button(stage: Stage, ramin: Visitor, zarina: Visitor) -> None:
    await ramin.says("/language")
    message = ramin.messages()[-1]
    await zarina.says("/language")
    data = message.buttons[0][0]["callback_data"]

    stage.world.press_forged(zarina.user_id, zarina.chat, zarina.messages()[-1].id, data)
    await stage.settled()

    assert zarina.toast == "This button is no longer valid. Please open the menu again."


async def test_help_lists_what_the_role_may_do(ramin: Visitor) -> None:
    await ramin.says("/help")

    assert ramin.sees.lines[0] == "What can be done here"
    assert "/language – Change the language" in ramin.sees.lines


async def test_bind_belongs_in_a_group(zarina: Visitor) -> None:
    await zarina.says("/bind")

    assert zarina.sees.lines[0] == "This belongs in a group chat."


def open_draft(stage: Stage, visitor: Visitor) -> None:
    def begin(connection: Connection) -> None:
        uow = unit(stage, connection)
        [member] = uow.members.with_user(visitor.user_id)
        chat = uow.chats.at(visitor.user_id)
        uow.drafts.begin(member_id=member.id, chat_id=chat.id, kind="unknown", fields={}, awaits="title")

    stage.house.database.once(begin)
