"""Somebody floods the bot while others work: they are answered, and the flooder learns what was not taken."""

import asyncio
import re
from datetime import timedelta

from sqlalchemy import func, select

from bot.domain.floods import MOST
from db.models import InboxRow, ProgressRow
from tests.people import Stage, Visitor, bare

MINUTE = timedelta(minutes=1)


async def quiet(stage: Stage) -> None:
    """Wait until all that was sent is worked off."""
    async with asyncio.timeout(120):
        await stage.world.settled(within=110)
        await stage.house.rested()


def writes(visitor: Visitor, numbers: range) -> None:
    """Write many messages at once."""
    for number in numbers:
        visitor.stage.world.say(visitor.user_id, visitor.chat, f"M-3 {number % 90 + 1}% flood {number}.")


def logged(stage: Stage) -> list[str]:
    asked = select(ProgressRow.note).where(ProgressRow.note.like("flood %")).order_by(ProgressRow.id)
    return list(stage.house.database.once(lambda connection: connection.execute(asked).scalars().all()))


def told(visitor: Visitor) -> list[int]:
    """Give the numbers that the lines about messages not taken have named."""
    texts = (bare(message.text) for message in visitor.messages() if message.sender.id == visitor.stage.bot_id)
    return [int(found[1]) for text in texts if (found := re.search(r"and (\d+) messages? w\w+ not taken", text))]


async def test_a_flood_is_cut_at_the_limit_and_others_go_on(stage: Stage, keyvan: Visitor, dilshod: Visitor) -> None:
    stage.clock.advance(2 * MINUTE)  # what opened the conversation counts no more
    writes(keyvan, range(200))
    stage.world.say(dilshod.user_id, dilshod.chat, "M-4 44% dilshod works.")
    writes(keyvan, range(200, MOST + 117))
    stage.world.say(dilshod.user_id, dilshod.chat, "/summary")
    await quiet(stage)

    assert logged(stage) == [f"flood {number}." for number in range(MOST)]
    assert any("dilshod works" in bare(message.text) for message in dilshod.messages())
    assert dilshod.sees.buttons
    held = select(func.count()).select_from(InboxRow).where(InboxRow.state == 3, InboxRow.raw.is_not(None))
    assert stage.house.database.once(lambda connection: connection.execute(held).scalar_one()) == 0
    # The schedule may have ticked, and told the first number, while the flood still came in.
    for _ in range(2):
        await stage.pass_time(MINUTE)
    assert sum(told(keyvan)) == 117
    assert told(dilshod) == []


async def test_there_is_one_line_a_minute_and_its_numbers_add_up(stage: Stage, keyvan: Visitor) -> None:
    stage.clock.advance(2 * MINUTE)
    writes(keyvan, range(MOST + 10))
    await quiet(stage)
    await asyncio.gather(*(stage.house.schedule.tick() for _ in range(3)))
    writes(keyvan, range(MOST + 10, MOST + 15))
    await quiet(stage)
    for _ in range(3):
        await stage.pass_time(timedelta(seconds=15))
    assert told(keyvan) == [10]

    await stage.pass_time(timedelta(seconds=15))
    assert told(keyvan) == [10, 5]

    # The minute is over: the next message counts, and nothing is owed any more.
    await keyvan.says("M-3 50% calm again.")
    assert "calm again" in keyvan.sees.text
    await stage.pass_time(2 * MINUTE)
    assert told(keyvan) == [10, 5]


async def test_presses_and_inline_queries_of_a_flooder_are_refused_too(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("/roadmap")
    stage.clock.advance(2 * MINUTE)
    message = keyvan.sees.message
    data = next(button["callback_data"] for row in message.buttons for button in row if "callback_data" in button)
    for _ in range(MOST + 4):
        stage.world.press(keyvan.user_id, keyvan.chat, message.id, data)
    await quiet(stage)
    await stage.pass_time(timedelta(seconds=5))

    answered = [press for press in stage.world.presses.values() if press.answered_at]
    assert len(answered) == MOST
    assert told(keyvan) == [4]


async def test_a_stranger_who_floods_is_told_in_every_language(stage: Stage) -> None:
    stage.world.add_person(7777, "Stranger", language_code="ru")
    stranger = stage.visitor(7777)
    await stranger.opens()
    stage.clock.advance(2 * MINUTE)
    writes(stranger, range(MOST + 2))
    await quiet(stage)

    await stage.pass_time(timedelta(seconds=5))

    lines = [bare(message.text) for message in stranger.messages() if "not taken" in message.text]
    assert len(lines) == 1
    assert "and 2 messages were not taken" in lines[0]
    assert "2 паём қабул нашуд" in lines[0]
    assert "۲ پیام پذیرفته نشد" in lines[0]
