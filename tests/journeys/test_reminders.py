"""The monthly reminder from one end to the other: the clock strikes, people read, answer, put it off."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.members import Absence
from bot.domain.report_parts import Part
from bot.services import reminders
from db.unit_of_work import UnitOfWork
from tests.people import Stage, Visitor


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def clock_shows(stage: Stage, text: str) -> None:
    """Move the clock to an instant and let the schedule tick."""
    await stage.pass_time(utc(text) - stage.clock())


def of_the_bot(person: Visitor) -> list[str]:
    """Give what the bot has said."""
    return [message.text for message in person.messages() if message.sender.id == person.stage.bot_id]


def ask(stage: Stage, question: Any) -> Any:
    return stage.house.database.once(lambda connection: question(stage.house.unit_of_work(connection)))


def answered(stage: Stage, person: Visitor) -> frozenset[Part]:
    """Give the parts of November that were answered in the person's group."""
    group_id = person.record().group_id
    found: dict[str, frozenset[Part]] = ask(stage, lambda uow: uow.reports.answered(group_id, ["2026-11"]))
    return found["2026-11"]


async def test_on_the_opening_day_each_who_owes_a_part_gets_one_message_at_half_past_nine(
    stage: Stage, keyvan: Visitor, dilshod: Visitor
) -> None:
    await clock_shows(stage, "2026-12-01 05:59:59")
    before = len(of_the_bot(keyvan))
    assert len(of_the_bot(dilshod)) == 1  # 09:30 in Dushanbe was 04:30 UTC

    await clock_shows(stage, "2026-12-01 06:00")

    assert len(of_the_bot(keyvan)) == before + 1
    assert "Monthly report: November 2026" in keyvan.sees.text
    for workstream in ("Mineral-processing engineering systems", "Cement plants", "Ceramic tile plants"):
        assert workstream in keyvan.sees.text
    assert "15:00 Tehran / 16:30 Dushanbe" in keyvan.sees.text
    assert "Time left: 4 shared working days (8 calendar days)" in keyvan.sees.text
    assert keyvan.sees.buttons == ["Write now", "Nothing to report", "Later today", "Tomorrow"]


async def test_any_number_of_ticks_sends_a_rung_once(stage: Stage, keyvan: Visitor) -> None:
    await clock_shows(stage, "2026-12-01 06:00")
    seen = len(of_the_bot(keyvan))

    for _ in range(3):
        await stage.pass_time(timedelta(seconds=5))

    assert len(of_the_bot(keyvan)) == seen


async def test_nothing_is_sent_for_the_months_before_the_group_came(stage: Stage, keyvan: Visitor) -> None:
    await stage.pass_time(timedelta(hours=2))

    assert of_the_bot(keyvan) == []


async def test_nothing_to_report_answers_all_parts_and_ends_the_ladder(stage: Stage, keyvan: Visitor) -> None:
    await clock_shows(stage, "2026-12-01 06:00")

    await keyvan.taps("Nothing to report")
    assert "Cement plants: nothing to report" in keyvan.sees.text
    assert keyvan.sees.buttons == []
    said = len(of_the_bot(keyvan))
    await clock_shows(stage, "2026-12-02 06:00")
    await clock_shows(stage, "2026-12-08 06:00")

    assert len(of_the_bot(keyvan)) == said


async def test_write_now_asks_for_one_line_on_each_part_in_turn(stage: Stage, keyvan: Visitor) -> None:
    await clock_shows(stage, "2026-12-01 06:00")

    await keyvan.taps("Write now")
    assert "Mineral-processing engineering systems" in keyvan.sees.text
    await keyvan.says("Second line commissioned")
    assert "Cement plants" in keyvan.sees.text
    await keyvan.says("Audit done at two plants")
    await keyvan.taps("Nothing to report")

    assert "Nothing of yours is missing in this report." in keyvan.sees.text
    kept = answered(stage, keyvan)
    assert sorted(part.member_id for part in kept) == [keyvan.member_id] * 3


async def test_an_empty_line_is_asked_for_again_and_nothing_is_lost(stage: Stage, keyvan: Visitor) -> None:
    await clock_shows(stage, "2026-12-01 06:00")
    await keyvan.taps("Write now")

    await keyvan.says("x" * 1001)
    assert "too long" in keyvan.sees.text
    await keyvan.says("Short enough")

    assert "Cement plants" in keyvan.sees.text


async def test_cancel_leads_back_to_the_reminder(stage: Stage, keyvan: Visitor) -> None:
    await clock_shows(stage, "2026-12-01 06:00")
    await keyvan.taps("Write now")

    await keyvan.taps("Cancel")

    assert "still missing" in keyvan.sees.text
    assert "Write now" in keyvan.sees.buttons


async def test_later_today_brings_the_same_reminder_back_in_three_hours(stage: Stage, keyvan: Visitor) -> None:
    await clock_shows(stage, "2026-12-01 06:10")
    await keyvan.taps("Later today")
    assert "12:40 Tehran" in keyvan.sees.text
    said = len(of_the_bot(keyvan))

    await clock_shows(stage, "2026-12-01 09:09")
    assert len(of_the_bot(keyvan)) == said
    await clock_shows(stage, "2026-12-01 09:10")

    assert len(of_the_bot(keyvan)) == said + 1
    assert "Time left: 4 shared working days (8 calendar days)" in keyvan.sees.text


async def test_tomorrow_gives_way_to_the_rung_of_that_morning(stage: Stage, keyvan: Visitor) -> None:
    await clock_shows(stage, "2026-12-01 06:10")
    await keyvan.taps("Tomorrow")
    said = len(of_the_bot(keyvan))

    await clock_shows(stage, "2026-12-02 06:00")

    assert len(of_the_bot(keyvan)) == said + 1


async def test_an_answer_withdraws_what_was_put_off(stage: Stage, keyvan: Visitor) -> None:
    await clock_shows(stage, "2026-12-01 06:10")
    await keyvan.taps("Later today")
    await keyvan.taps("Nothing to report")
    said = len(of_the_bot(keyvan))

    await clock_shows(stage, "2026-12-01 09:10")

    assert len(of_the_bot(keyvan)) == said


async def test_a_button_of_yesterday_says_that_the_part_was_answered(stage: Stage, keyvan: Visitor) -> None:
    await clock_shows(stage, "2026-12-01 06:00")
    await clock_shows(stage, "2026-12-02 06:00")
    first, second = keyvan.messages()[-2:]
    world = stage.world
    world.press(keyvan.user_id, keyvan.chat, second.id, second.buttons[1][0]["callback_data"])
    await stage.settled()

    world.press(keyvan.user_id, keyvan.chat, first.id, first.buttons[1][0]["callback_data"])
    await stage.settled()

    assert "answered already" in keyvan.toast


async def test_a_day_late_the_secretary_reads_who_is_missing(stage: Stage, mina: Visitor, zebo: Visitor) -> None:
    await clock_shows(stage, "2026-12-14 06:00")

    assert "شهسوارزاده" in mina.sees.text
    assert mina.sees.buttons == []
    assert "Ғаюров" in zebo.sees.text
    # A secretary who owes a part herself answers it from the same message.
    assert "Маълумот барои ҳисобот нест" in zebo.sees.buttons


async def test_a_deputy_is_reminded_of_what_the_absent_lead_owes(stage: Stage) -> None:
    ask(stage, lambda uow: _away(uow, stage, "hikmatzoda", "juraeva"))
    nargis = stage.people["juraeva"]

    await clock_shows(stage, "2026-12-01 04:30")
    assert "Ҳикматзода" in nargis.sees.text
    assert of_the_bot(stage.people["hikmatzoda"]) == []
    await nargis.taps("Маълумот барои ҳисобот нест")

    kept = answered(stage, nargis)
    assert {part.member_id for part in kept} == {nargis.member_id, stage.people["hikmatzoda"].member_id}


def _away(uow: UnitOfWork, stage: Stage, handle: str, deputy: str) -> None:
    uow.members.add_absence(
        Absence(stage.people[handle].member_id, date(2026, 12, 1), date(2026, 12, 1), stage.people[deputy].member_id)
    )


async def test_the_forecast_names_what_then_comes(stage: Stage, keyvan: Visitor) -> None:
    coming = ask(stage, lambda uow: reminders.forecast(uow, utc("2026-11-30 00:00"), 21))

    mine = [(item.rung, item.reminder.due_at) for item in coming if item.member.id == keyvan.member_id]
    assert mine == [
        ("opens", utc("2026-12-01 06:00")),
        ("D-3", utc("2026-12-02 06:00")),
        ("D-1", utc("2026-12-08 06:00")),
        ("D", utc("2026-12-09 06:00")),
        ("D+1", utc("2026-12-14 06:00")),
    ]


@pytest.mark.parametrize("handle", ["dadgarnejad", "ghulomzoda"])
async def test_observers_are_never_asked(stage: Stage, handle: str) -> None:
    await clock_shows(stage, "2026-12-16 08:00")

    assert of_the_bot(stage.people[handle]) == []
