"""Settings: each choice of a reader's own, edited in place, and what is open is drawn anew."""

from datetime import timedelta

import pytest

from db.repositories.members import Members
from tests.people import Stage, Visitor, bare

DEFAULTS = """\
Settings
Language: English
Calendar: Gregorian calendar
Digits: 0123456789 (as the language)
Time zone: Tehran, where it is now 09:30 (as your party)
Quiet hours: from 20:00 to 08:00 (as your group)

So you read a date: Monday 23 November 2026 (2 Azar 1405)"""


def of_bot(visitor: Visitor) -> list[str]:
    return [bare(message.text) for message in visitor.messages() if message.sender.id == visitor.stage.bot_id]


async def chooses(visitor: Visitor, setting: str, label: str) -> None:
    await visitor.taps(setting)
    await visitor.taps(label)


async def test_what_holds_is_shown_with_where_it_comes_from(keyvan: Visitor) -> None:
    await keyvan.says("/settings")

    assert keyvan.sees.text == DEFAULTS
    assert keyvan.sees.buttons == ["Language", "Calendar", "Digits", "Time zone", "Quiet hours"]


async def test_a_choice_is_made_in_place_and_what_stands_above_follows_at_once(keyvan: Visitor) -> None:
    await keyvan.says("M-12")
    await keyvan.says("/settings")
    before = of_bot(keyvan)

    await chooses(keyvan, "Calendar", "As my party: Solar Hijri calendar")
    await chooses(keyvan, "Digits", "۰۱۲۳۴۵۶۷۸۹")

    after = of_bot(keyvan)
    assert len(after) == len(before)
    assert after[-1].startswith("Saved.\nSettings\n")
    assert "Calendar: Solar Hijri calendar (as your party)\n" in after[-1]
    assert "Monday ۲ Azar ۱۴۰۵ (۲۳ November ۲۰۲۶)" in after[-1]
    assert "Due: Wednesday 1 July 2026 (10 Tir 1405)" in before[-2]
    assert "Due: Wednesday ۱۰ Tir ۱۴۰۵ (۱ July ۲۰۲۶)" in after[-2]


async def test_the_partys_way_can_be_chosen_again(keyvan: Visitor) -> None:
    await keyvan.says("/settings")
    await chooses(keyvan, "Time zone", "Dushanbe")
    assert "Time zone: Dushanbe, where it is now 11:00\n" in keyvan.sees.text

    await chooses(keyvan, "Time zone", "As my party: Tehran")

    assert keyvan.sees.text == f"Saved.\n{DEFAULTS}"


async def test_the_choice_that_holds_is_marked(keyvan: Visitor) -> None:
    await keyvan.says("/settings")
    await keyvan.taps("Digits")

    assert keyvan.sees.buttons == ["✓ As the language: 0123456789", "۰۱۲۳۴۵۶۷۸۹", "0123456789", "Back"]


async def test_a_language_chosen_here_draws_settings_and_the_screen_above_in_it(ramin: Visitor) -> None:
    await ramin.says("/roadmap")
    await ramin.says("/settings")
    await chooses(ramin, "زبان", "Тоҷикӣ")

    *_, above, settings = of_bot(ramin)
    assert "саҳифаи 1" in above
    assert settings.startswith("Нигоҳ дошта шуд.\nТанзимот\nЗабон: Тоҷикӣ")
    assert "Рақамҳо: 0123456789" in settings


async def test_the_quick_way_to_a_language_draws_the_settings_anew(keyvan: Visitor) -> None:
    await keyvan.says("/settings")
    await keyvan.says("/language")
    await keyvan.taps("Тоҷикӣ")

    assert of_bot(keyvan)[-2].startswith("Танзимот\nЗабон: Тоҷикӣ")


async def test_a_city_is_typed_in_any_script_and_the_hour_there_is_said(keyvan: Visitor) -> None:
    await keyvan.says("/settings")
    await keyvan.taps("Time zone")
    await keyvan.says("Ташкент")

    assert "Time zone: Tashkent, where it is now 11:00\n" in of_bot(keyvan)[-1]


async def test_a_name_of_several_places_is_asked_about(keyvan: Visitor) -> None:
    await keyvan.says("/settings")
    await keyvan.taps("Time zone")
    await keyvan.says("san")
    assert "This name may mean several places. Please choose one." in keyvan.sees.text
    await keyvan.taps("Santiago")

    assert "Time zone: Santiago, where it is now 03:00\n" in keyvan.sees.text


async def test_an_unknown_place_is_refused_and_asked_for_again(keyvan: Visitor) -> None:
    await keyvan.says("/settings")
    await keyvan.taps("Time zone")
    await keyvan.says("Нарния")
    assert keyvan.sees.lines[0] == "No city with a time zone is known as “Нарния”."

    await keyvan.says("Хуҷанд")

    assert any("Time zone: Dushanbe, where it is now 11:00" in text for text in of_bot(keyvan))


async def test_typed_quiet_hours_hold_for_reminders(stage: Stage, ramin: Visitor) -> None:
    """The reminder that opens the report goes at 09:30; in quiet hours until ten it waits until ten."""
    await ramin.says("/settings")
    await ramin.taps("ساعات سکوت")
    await ramin.says("از ۲۰ تا ۱۰")
    assert "ساعات سکوت: از ۲۰:۰۰ تا ۱۰:۰۰" in of_bot(ramin)[-1]
    reminders = len([text for text in of_bot(ramin) if "گزارش ماهانه" in text])

    await stage.pass_time(timedelta(days=8, minutes=15))  # 1 December, 09:45 in Tehran
    at_quarter_to_ten = len([text for text in of_bot(ramin) if "گزارش ماهانه" in text])
    await stage.pass_time(timedelta(minutes=20))
    at_five_past_ten = len([text for text in of_bot(ramin) if "گزارش ماهانه" in text])

    assert (at_quarter_to_ten, at_five_past_ten) == (reminders, reminders + 1)


async def test_without_quiet_hours_of_ones_own_those_of_the_group_hold(keyvan: Visitor) -> None:
    await keyvan.says("/settings")
    await chooses(keyvan, "Quiet hours", "No quiet hours")
    assert "Quiet hours: none\n" in keyvan.sees.text
    assert keyvan.record().quiet_hours is not None

    await chooses(keyvan, "Quiet hours", "As my group: from 20:00 to 08:00")

    assert keyvan.record().quiet_hours is None


@pytest.mark.parametrize("typed", ["late", "22", "۲۵ تا ۷"])
async def test_hours_that_are_none_are_refused_and_nothing_changes(keyvan: Visitor, typed: str) -> None:
    await keyvan.says("/settings")
    await keyvan.taps("Quiet hours")
    await keyvan.says(typed)

    assert f"“{typed}” is not understood as hours." in keyvan.sees.text
    assert "such as 22:00–07:30." in keyvan.sees.text
    assert keyvan.record().quiet_hours is None


async def test_a_form_that_was_open_waits_behind_the_settings(keyvan: Visitor) -> None:
    await keyvan.says("/newmilestone")
    await keyvan.says("/settings")
    await keyvan.taps("Time zone")
    await keyvan.says("Dushanbe")
    await keyvan.says("Sign the water protocol")

    assert any("New milestone: Sign the water protocol" in text for text in of_bot(keyvan))


async def test_words_are_for_the_settings_only_while_they_ask(keyvan: Visitor) -> None:
    await keyvan.says("/settings")
    await keyvan.taps("Quiet hours")
    await keyvan.taps("Back")
    await keyvan.says("M-14 61%")

    assert "M-14" in keyvan.sees.text
    assert "Saved." in keyvan.sees.text


async def test_the_owner_of_the_installation_chooses_too(stage: Stage) -> None:
    owner = stage.visitor(1)
    stage.world.add_person(1, "Owner", language_code="en")
    await owner.opens()
    await owner.says("/settings")
    await chooses(owner, "Calendar", "Solar Hijri calendar")
    await chooses(owner, "Time zone", "Tehran")

    assert "So you read a date: Monday 2 Azar 1405 (23 November 2026)" in owner.sees.text
    assert "Quiet hours" not in owner.sees.buttons
    person = stage.house.database.once(lambda connection: Members(connection).person(1))
    assert person is not None
    assert (person.choices.calendar, person.choices.time_zone) == ("persian", "Asia/Tehran")
