"""The chosen language wins, and what is open is drawn anew at once."""

from tests.people import Stage, Visitor


async def test_the_open_screen_changes_with_the_language(ramin: Visitor) -> None:
    await ramin.says("/language")
    await ramin.taps("Тоҷикӣ")

    [main, confirmation] = [message for message in ramin.messages() if message.sender.id == ramin.stage.bot_id]
    assert "Mining Working Group" not in main.text
    assert "Гурӯҳи кории маъдан" in main.text
    assert len(confirmation.text.split("\n")) == 1


async def test_the_present_language_is_offered_first(daler: Visitor) -> None:
    await daler.says("/language")

    assert daler.sees.buttons == ["Тоҷикӣ", "فارسی", "English"]


async def test_a_persian_row_begins_at_the_right(mina: Visitor) -> None:
    await mina.says("/language")

    assert mina.sees.buttons == ["English", "Тоҷикӣ", "فارسی"]


async def test_the_menu_follows_the_language(stage: Stage, ramin: Visitor) -> None:
    key = f"chat:{ramin.user_id}", ""
    before = stage.world.bots[stage.bot_id].commands[key]

    await ramin.says("/language")
    await ramin.taps("فارسی")

    after = stage.world.bots[stage.bot_id].commands[key]
    assert [one["command"] for one in after] == [one["command"] for one in before]
    assert after != before


async def test_language_belongs_to_private_chats(stage: Stage, zarina: Visitor) -> None:
    chat = stage.world.create_group(zarina.user_id, "Room", members=[stage.bot_id]).id
    await stage.settled()

    await zarina.says("/language", chat=chat)

    assert zarina.sees_in(chat).text == "Please open this in a private chat with the bot."
