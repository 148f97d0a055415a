"""The summary and its lists in a private chat and in a group's: asked for, turned, translated, pointed to."""

from datetime import timedelta

from tests.houses import STARTS_AT
from tests.people import Stage, Visitor


async def bound_room(stage: Stage, zebo: Visitor, *others: Visitor) -> int:
    chat = stage.world.create_group(zebo.user_id, "Room", members=[stage.bot_id, *(other.user_id for other in others)])
    await stage.settled()
    await zebo.taps("Пайваст кардани ин чат", chat=chat.id)
    return chat.id


async def test_the_summary_leads_to_workstreams_their_milestones_and_back_in_one_message(keyvan: Visitor) -> None:
    await keyvan.says("/summary")
    assert keyvan.sees.lines[1].startswith("🔴 off track 6: TRAIN")
    count = len(keyvan.messages())

    await keyvan.taps("Workstreams")
    await keyvan.taps("Next")
    assert keyvan.sees.lines[0] == "Workstreams, page 2 of 3"
    await keyvan.taps("STEEL")
    assert keyvan.sees.lines[0] == "Steel distribution centres"
    await keyvan.taps("Summary")
    await keyvan.taps("Obstacles")
    assert "O-5" in keyvan.sees.lines[1]
    await keyvan.taps("Summary")

    assert keyvan.sees.lines[0].startswith("Iran–Tajikistan")
    assert len(keyvan.messages()) == count


async def test_a_list_opens_the_cards_of_its_items(keyvan: Visitor) -> None:
    await keyvan.says("/roadmap")
    await keyvan.taps("M-3")
    assert keyvan.sees.lines[0].startswith("M-3 Concept design")

    await keyvan.says("/obstacles")
    await keyvan.taps("O-11")
    assert keyvan.sees.lines[0].startswith("O-11 ")


async def test_the_language_of_one_summary_changes_in_place_and_nobodys_choice(keyvan: Visitor) -> None:
    await keyvan.says("/summary steel")
    count = len(keyvan.messages())
    await keyvan.taps("Тоҷикӣ")

    assert "Гурӯҳи кории" in keyvan.sees.lines[0]
    assert "пӯлод" in keyvan.sees.lines[0]
    assert len(keyvan.messages()) == count
    assert keyvan.record().reader.language == "en"

    await keyvan.taps("English")
    assert "Steel distribution centres" in keyvan.sees.lines[0]


async def test_a_word_that_names_nothing_is_asked_about_with_buttons(keyvan: Visitor) -> None:
    await keyvan.says("/summary zinc")
    assert "zinc" in keyvan.sees.text
    await keyvan.taps("TRAIN")

    assert "Training of engineers" in keyvan.sees.lines[0]


async def test_in_a_group_it_speaks_both_languages_and_is_not_said_twice_in_a_minute(
    stage: Stage, zebo: Visitor, keyvan: Visitor
) -> None:
    room = await bound_room(stage, zebo, keyvan)
    await keyvan.says("/summary", chat=room)
    first = keyvan.sees_in(room)
    assert first.text.startswith("کارگروه مشترک معدنی ایران و تاجیکستان")
    assert "\n\nГурӯҳи кории муштараки Тоҷикистону Эрон" in first.text

    stage.clock.advance(timedelta(seconds=59))
    await zebo.says("/summary", chat=room)
    pointer = keyvan.sees_in(room)
    assert pointer.message.reply_to is first.message
    assert len(pointer.text) < 200

    await zebo.says("/summary TJ", chat=room)
    assert "Тоҷикистон" in keyvan.sees_in(room).text
    assert len(keyvan.sees_in(room).lines) > 12

    stage.clock.advance(timedelta(seconds=61))
    await zebo.says("/summary", chat=room)
    assert keyvan.sees_in(room).text.startswith("کارگروه مشترک معدنی ایران و تاجیکستان")


async def test_a_groups_message_stays_in_the_language_that_was_picked(
    stage: Stage, zebo: Visitor, keyvan: Visitor
) -> None:
    room = await bound_room(stage, zebo, keyvan)
    await keyvan.says("/summary", chat=room)
    await zebo.taps("English", chat=room)
    await zebo.taps("Workstreams", chat=room)
    assert keyvan.sees_in(room).lines[0] == "Workstreams, page 1 of 3"

    await zebo.taps("Summary", chat=room)
    await zebo.taps("فارسی · Тоҷикӣ", chat=room)
    assert "\n\nГурӯҳи кории" in keyvan.sees_in(room).text


async def test_what_waits_for_me_is_offered_to_those_who_may_have_something(
    stage: Stage, keyvan: Visitor, zebo: Visitor
) -> None:
    observer = next(person for person in stage.people.values() if person.record().role.value == "observer")
    await keyvan.says("/my")
    assert keyvan.sees.lines[0].startswith("What waits for you")

    await observer.says("/summary")
    assert len(observer.sees.lines) == 12
    assert not any("my.show" in str(button) for button in observer.sees.buttons)
    await observer.says("/roadmap")
    assert "M-1" in observer.sees.text

    room = await bound_room(stage, zebo, keyvan)
    await keyvan.says("/my", chat=room)
    assert "private chat" in keyvan.sees_in(room).text


async def test_a_change_of_language_draws_the_open_list_anew(keyvan: Visitor) -> None:
    await keyvan.says("/roadmap")
    await keyvan.taps("Next")
    roadmap = keyvan.sees.message.id
    await keyvan.says("/language")
    await keyvan.taps("Тоҷикӣ")

    [shown] = [message for message in keyvan.messages() if message.id == roadmap]
    assert "Харитаи роҳ" in shown.text
    assert "M-6" in shown.text


async def test_after_progress_the_summary_counts_it(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("/progress M-21 100 Plan signed by both sides")
    await keyvan.says("/summary")

    assert keyvan.sees.lines[3].startswith("Done 18 (last month 16)")
    assert "M-21" not in keyvan.sees.text
    assert stage.clock() >= STARTS_AT
