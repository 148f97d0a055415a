"""Days off: listed in both calendars, corrected by a secretary, undone, and told to whom it concerns."""

import pytest

from tests.people import Stage, Visitor, bare

MOVED = (
    "The report for November 2026 (10 Aban to 9 Azar 1405) falls due on Monday 14 December 2026 (23 Azar 1405), "
    "16:30 Dushanbe / 15:00 Tehran and no longer on Wednesday 9 December 2026 (18 Azar 1405), "
    "16:30 Dushanbe / 15:00 Tehran."
)


@pytest.fixture
async def zebo_in_english(zebo: Visitor) -> Visitor:
    await zebo.says("/language")
    await zebo.taps("English")
    return zebo


def said_to(visitor: Visitor) -> list[str]:
    return [bare(message.text) for message in visitor.messages() if message.sender.id == visitor.stage.bot_id]


async def test_the_list_names_day_party_and_holiday_in_both_calendars(keyvan: Visitor) -> None:
    await keyvan.says("/holidays")

    assert keyvan.sees.lines == [
        "Days off of the parties",
        "23 November 2026 to 20 February 2027",
        "• Wednesday 23 December 2026 (2 Dey 1405). Iran: Birthday of Imam Ali",
        "• Friday 1 January 2027 (11 Dey 1405). Tajikistan: New Year’s Day",
        "• Wednesday 6 January 2027 (16 Dey 1405). Iran: Mab’ath of the Prophet (estimated date)",
        "• Sunday 24 January 2027 (4 Bahman 1405). Iran: Birthday of Imam Mahdi (estimated date)",
        "• Thursday 11 February 2027 (22 Bahman 1405). Iran: Victory of the Islamic Revolution",
        "",
        "An estimated date depends on the sighting of the moon and may shift by a day.",
    ]
    assert keyvan.sees.buttons == ["Calendar"]


async def test_a_secretary_adds_a_day_off_and_sees_what_moves(zebo_in_english: Visitor) -> None:
    zebo = zebo_in_english
    await zebo.says("/holidays")
    await zebo.taps("Correct a day")
    await zebo.says("9 декабр")
    await zebo.says("Рӯзи ҳамкорон")

    card = said_to(zebo)[-1].split("\n")
    assert card[:3] == [
        "Wednesday 9 December 2026 (18 Azar 1405)",
        "Tajikistan, now: working day",
        "Name: “Рӯзи ҳамкорон”",
    ]
    assert MOVED.replace("The report", "With this the report") in card
    await zebo.taps("Make it a day off")
    assert zebo.sees.lines == [
        "Saved.",
        "• Wednesday 9 December 2026 (18 Azar 1405). Tajikistan: day off by correction: “Рӯзи ҳамкорон”",
        MOVED,
    ]


async def test_secretaries_and_where_a_report_moves_co_chairs_are_told_in_their_language(
    stage: Stage, zebo_in_english: Visitor, mina: Visitor
) -> None:
    zebo = zebo_in_english
    chair = next(visitor for visitor in stage.people.values() if visitor.record().role == "co-chair")
    before = len(said_to(chair))
    await zebo.says("/holidays 09.12.2026")
    await zebo.taps("Make it a day off")

    assert "تقویم را اصلاح کرد." in mina.sees.lines[0]
    assert "چهارشنبه ۱۸ آذر ۱۴۰۵ (۹ دسامبر ۲۰۲۶). تاجیکستان: روز تعطیل طبق اصلاح" in mina.sees.lines[1]
    assert "دوشنبه ۲۳ آذر ۱۴۰۵ (۱۴ دسامبر ۲۰۲۶)" in mina.sees.lines[2]
    assert len(said_to(chair)) == before + 1


async def test_undo_brings_the_day_back_and_tells_it(zebo_in_english: Visitor, mina: Visitor) -> None:
    zebo = zebo_in_english
    await zebo.says("/holidays 09.12.2026")
    await zebo.taps("Make it a day off")
    await zebo.taps("Undo")

    assert zebo.sees.lines[:2] == [
        "Undone. The earlier state is back.",
        "• Wednesday 9 December 2026 (18 Azar 1405). Tajikistan: working day",
    ]
    assert "روز کاری" in mina.sees.lines[1]


async def test_a_working_saturday_counts_and_can_be_removed_from_the_list(zebo_in_english: Visitor) -> None:
    zebo = zebo_in_english
    await zebo.says("/holidays 2026-11-28")
    assert "Tajikistan, now: weekend" in zebo.sees.lines
    await zebo.taps("Make it a working day")
    await zebo.says("/calendar")
    with_saturday = zebo.sees.lines[1]

    await zebo.says("/holidays")
    assert (
        "• Saturday 28 November 2026 (7 Azar 1405). Tajikistan: working day by correction (otherwise weekend)"
        in zebo.sees.lines
    )
    await zebo.taps("✏️ 28 November 2026")
    await zebo.taps("Remove the correction")
    await zebo.says("/calendar")

    assert with_saturday == "• November 2026 (10 Aban to 9 Azar 1405): 5 shared working days left"
    assert zebo.sees.lines[1] == "• November 2026 (10 Aban to 9 Azar 1405): 4 shared working days left"


async def test_a_holiday_that_the_moon_moved_is_made_a_working_day(mina: Visitor) -> None:
    await mina.says("/holidays ۱۶ دی ۱۴۰۵")
    assert "ایران، اکنون: مبعث رسول اکرم (ص) (تاریخ تقریبی)" in mina.sees.lines
    await mina.taps("تغییر به روز کاری")

    assert "روز کاری طبق اصلاح (در اصل: مبعث رسول اکرم (ص) (تاریخ تقریبی))" in mina.sees.lines[1]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("gibberish", "The date is not valid. Example: 23 Nov 2026"),
        ("31.11.2026", "31 November 2026 does not exist: November has 30 days."),
        ("09.12.2062", "Only days from 25 August 2026 to 22 November 2028 can be corrected."),
    ],
)
async def test_a_day_that_cannot_be_taken_is_refused_and_asked_for_again(
    zebo_in_english: Visitor, typed: str, answer: str
) -> None:
    zebo = zebo_in_english
    await zebo.says("/holidays")
    await zebo.taps("Correct a day")
    await zebo.says(typed)
    assert zebo.sees.lines[0] == answer

    await zebo.says("09.12.2026")

    assert any("Tajikistan, now: working day" in text for text in said_to(zebo))


async def test_an_unclear_day_is_offered_in_its_readings(zebo_in_english: Visitor) -> None:
    zebo = zebo_in_english
    await zebo.says("/holidays 12/11/2026")
    assert zebo.sees.lines == ["This date can be read in more than one way. Please choose one."]
    await zebo.taps("11 December 2026")

    assert zebo.sees.lines[0] == "Friday 11 December 2026 (20 Azar 1405)"


async def test_only_secretaries_correct_and_only_their_own_party(stage: Stage, keyvan: Visitor, mina: Visitor) -> None:
    await mina.says("/holidays 09.12.2026")
    await mina.taps("تغییر به روز تعطیل")
    await keyvan.says("/holidays 09.12.2026")

    assert "Correct a day" not in keyvan.sees.buttons
    assert any("Iran: day off by correction" in line for line in keyvan.sees.lines)
    assert not any("Tajikistan: day off by correction" in line for line in keyvan.sees.lines)


async def test_a_card_that_a_later_one_has_replaced_says_so(stage: Stage, zebo_in_english: Visitor) -> None:
    zebo = zebo_in_english
    await zebo.says("/holidays 09.12.2026")
    elder = stage.world.visible(stage.world.chat_of(zebo.user_id, zebo.chat))[-1]
    await zebo.says("/holidays 09.12.2026")
    await zebo.taps("Make it a day off")

    stage.world.press(zebo.user_id, zebo.chat, elder.id, elder.buttons[0][0]["callback_data"])
    await stage.settled()

    assert zebo.toast == "This button is no longer valid. Please open the menu again."


async def test_a_form_that_was_begun_is_offered_before_a_correction(zebo_in_english: Visitor) -> None:
    zebo = zebo_in_english
    await zebo.says("/newmilestone Sign the water protocol")
    await zebo.says("/holidays 09.12.2026")
    assert zebo.sees.text == "You have an unfinished draft: Sign the water protocol. Would you like to continue?"

    await zebo.taps("Drop")

    assert zebo.sees.lines[1] == "Tajikistan, now: working day"


async def test_a_correction_that_has_a_name_waits_to_be_continued(zebo_in_english: Visitor) -> None:
    zebo = zebo_in_english
    await zebo.says("/holidays 09.12.2026")
    await zebo.says("Рӯзи ҳамкорон")
    await zebo.says("/newmilestone Sign the water protocol")
    assert zebo.sees.text == "You have an unfinished draft: correction of the calendar. Would you like to continue?"

    await zebo.taps("Continue")

    assert "Name: “Рӯзи ҳамкорон”" in zebo.sees.lines
