"""Strangers get one line in three languages, whatever they send, and never a word of anybody's data."""

import pytest

from bot.screens import answers
from tests.people import Stage, Visitor, bare

LINE = "This service is for members of the working group. To join, please ask your secretary for an invitation."


@pytest.mark.parametrize(
    "text", ["hello", "/start", "/help", "/summary", "/nonsense", "M-12 60%", "/start@hamroh_test_bot"]
)
async def test_whatever_a_stranger_writes_the_answer_is_the_same(stranger: Visitor, text: str) -> None:
    await stranger.opens()
    await stranger.says(text)

    assert stranger.sees.text == bare(answers.stranger().text)
    assert len(stranger.sees.lines) == 3
    assert stranger.sees.lines[2] == LINE


async def test_a_stranger_is_shown_no_buttons(stranger: Visitor) -> None:
    await stranger.opens()

    assert stranger.sees.buttons == []


async def test_a_sticker_of_a_stranger_gets_the_line_too(stage: Stage, stranger: Visitor) -> None:
    await stranger.opens()
    stage.world.send_sticker(stranger.user_id, stranger.chat)
    await stage.settled()

    assert len(stranger.messages()) == 4


async def test_in_a_chat_that_is_not_bound_the_line_comes_once(stage: Stage, stranger: Visitor) -> None:
    chat = stage.world.create_group(stranger.user_id, "Club", members=[stage.bot_id]).id
    await stage.settled()
    before = len(stranger.messages(chat))

    await stranger.says("/help", chat=chat)
    await stranger.says("/help", chat=chat)

    # Two commands and one answer.
    assert len(stranger.messages(chat)) == before + 3
    assert LINE in stranger.sees_in(chat).text


async def test_a_press_of_a_stranger_in_a_group_is_an_alert(stage: Stage, zarina: Visitor, stranger: Visitor) -> None:
    chat = stage.world.create_group(zarina.user_id, "Room", members=[stage.bot_id, stranger.user_id]).id
    await stage.settled()

    await stranger.taps("Bind this chat", chat=chat)

    assert stranger.toast == bare(answers.stranger_alert(answers.plain_reader("tg")))


async def test_in_a_bound_chat_others_are_refused_in_one_line(stage: Stage, zarina: Visitor, stranger: Visitor) -> None:
    chat = stage.world.create_group(zarina.user_id, "Room", members=[stage.bot_id, stranger.user_id]).id
    await stage.settled()
    await zarina.taps("Bind this chat", chat=chat)

    await stranger.says("/help", chat=chat)

    assert len(stranger.sees_in(chat).lines) == 1
