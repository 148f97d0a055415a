"""What was logged falls back only with a reason, is put right by a new entry, and is taken back with who was told."""

from datetime import timedelta

import pytest

from tests.journeys.test_evidence import latest
from tests.journeys.test_logging import entries, milestone
from tests.people import Stage, Visitor


async def test_a_line_with_less_asks_why_and_keeps_what_was_said(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("M-14 40%")
    asked = keyvan.sees.text
    unchanged = milestone(stage, 14)
    offered = keyvan.sees.buttons
    await keyvan.says("the laboratory burned down")
    await keyvan.taps("Save")

    entry, _ = latest(stage, 14)
    assert "less than the 60% it was at" in asked
    assert "New percent: 40%" in asked
    assert "Save" not in offered
    assert unchanged is not None
    assert unchanged.percent == 60
    assert (entry.percent_after, entry.note) == (40, "the laboratory burned down")


async def test_the_buttons_ask_why_too(stage: Stage, ramin: Visitor) -> None:
    await ramin.says("M-3")
    await ramin.taps("ثبت پیشرفت")
    await ramin.taps("۲۵")
    asked = ramin.sees.text
    await ramin.says("طرح از نو نوشته شد")
    await ramin.taps("ذخیره")

    entry, _ = latest(stage, 3)
    assert "کمتر است" in asked
    assert (entry.percent_after, entry.note) == (25, "طرح از نو نوشته شد")


async def test_a_reply_to_a_card_asks_why_too(stage: Stage, dilshod: Visitor) -> None:
    await dilshod.says("M-14")
    await dilshod.says("30 фоиз", reply_to=dilshod.sees.message.id)
    asked = dilshod.sees.text
    await dilshod.says("озмоишгоҳ баста шуд")
    await dilshod.taps("Нигоҳ доштан")

    entry, _ = latest(stage, 14)
    assert "камтар аст" in asked
    assert (entry.percent_after, entry.note, entry.language) == (30, "озмоишгоҳ баста шуд", "tg")


async def test_the_words_of_a_line_are_the_reason(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("M-14 40% the laboratory burned down")

    assert latest(stage, 14)[0].percent_after == 40


async def test_who_leads_hears_of_it_and_of_the_undoing(stage: Stage, zebo: Visitor, keyvan: Visitor) -> None:
    await zebo.says("M-14 40% озмоишгоҳ баста шуд")
    told = keyvan.sees.text
    await zebo.taps("Ботил кардан")

    assert "has set it back from 60% to 40%" in told
    assert "“озмоишгоҳ баста шуд”" in told
    assert len(keyvan.sees.lines) == 1
    assert "has undone their last entry on M-14: it is 60%" in keyvan.sees.text


async def test_an_edited_line_offers_the_correction_by_one_button(stage: Stage, keyvan: Visitor) -> None:
    said = await keyvan.says("M-14 62% six standards drafted")
    found = milestone(stage, 14)
    assert found is not None
    before = entries(stage.house.database, found.id)
    stage.world.edit(keyvan.user_id, keyvan.chat, said.id, "M-14 65% six standards drafted")
    await stage.settled()
    offered = keyvan.sees.text
    unchanged = milestone(stage, 14)
    await keyvan.taps("Log the correction")

    entry, _ = latest(stage, 14)
    assert "62%" in offered
    assert "65%" in offered
    assert unchanged is not None
    assert unchanged.percent == 62
    assert (entry.percent_before, entry.percent_after) == (62, 65)
    assert entries(stage.house.database, found.id) == before + 1
    assert "62% → 65%" in keyvan.sees.text


@pytest.mark.parametrize(
    ("who", "line", "edited", "button"),
    [
        ("shahsavarzadeh", "M-3 ۷۰٪", "M-3 ۷۲٪", "ثبت اصلاح"),
        ("ghayurov", "M-14 61%", "M-14 63%", "Сабти ислоҳ"),
    ],
)
async def test_the_offer_is_in_each_language(stage: Stage, who: str, line: str, edited: str, button: str) -> None:
    person = stage.people[who]
    said = await person.says(line)
    stage.world.edit(person.user_id, person.chat, said.id, edited)
    await stage.settled()
    await person.taps(button)

    number = 3 if "M-3" in line else 14
    assert latest(stage, number)[0].percent_after == (72 if number == 3 else 63)


async def test_a_correction_to_less_wants_a_reason_like_any_other(stage: Stage, keyvan: Visitor) -> None:
    said = await keyvan.says("M-14 65%")
    stage.world.edit(keyvan.user_id, keyvan.chat, said.id, "M-14 63%")
    await stage.settled()
    await keyvan.taps("Log the correction")
    asked = keyvan.sees.text
    await keyvan.says("mistyped")
    await keyvan.taps("Save")

    assert "less than the 65% it was at" in asked
    assert latest(stage, 14)[0].percent_after == 63


async def test_too_late_or_after_another_nothing_is_offered(stage: Stage, keyvan: Visitor, dilshod: Visitor) -> None:
    said = await keyvan.says("M-14 62%")
    await dilshod.says("M-14 66%")
    stage.world.edit(keyvan.user_id, keyvan.chat, said.id, "M-14 64%")
    await stage.settled()
    after_another = keyvan.sees.text
    said = await keyvan.says("M-14 68%")
    await stage.pass_time(timedelta(minutes=11))
    stage.world.edit(keyvan.user_id, keyvan.chat, said.id, "M-14 69%")
    await stage.settled()

    assert "Editing a message does not change what was logged." in after_another
    assert "Editing a message does not change what was logged." in keyvan.sees.text
    assert latest(stage, 14)[0].percent_after == 68


async def test_a_second_tap_on_the_correction_logs_nothing_more(stage: Stage, keyvan: Visitor) -> None:
    said = await keyvan.says("M-14 62%")
    stage.world.edit(keyvan.user_id, keyvan.chat, said.id, "M-14 65%")
    await stage.settled()
    message, button = keyvan._button("Log the correction", None)
    await keyvan.taps("Log the correction")
    found = milestone(stage, 14)
    assert found is not None
    once = entries(stage.house.database, found.id)
    stage.world.press_forged(keyvan.user_id, keyvan.chat, message.id, button["callback_data"])
    await stage.settled()

    assert entries(stage.house.database, found.id) == once
