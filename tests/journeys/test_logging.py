"""Members log milestones, progress and obstacles in chat."""

from datetime import timedelta

from bot.domain.milestones import Milestone, MilestoneState
from bot.domain.obstacles import Obstacle
from db.database import Database
from db.unit_of_work import UnitOfWork
from tests.houses import STARTS_AT
from tests.people import Stage, Visitor


def milestone(stage: Stage, number: int) -> Milestone | None:
    return stage.house.database.once(lambda c: UnitOfWork(c, 1, STARTS_AT).milestones.find(1, number))


def obstacle(stage: Stage, number: int) -> Obstacle | None:
    return stage.house.database.once(lambda c: UnitOfWork(c, 1, STARTS_AT).obstacles.find(1, number))


def entries(database: Database, milestone_id: int) -> int:
    return database.once(lambda c: len(UnitOfWork(c, 1, STARTS_AT).progress.of_milestone(milestone_id)))


async def test_a_title_and_one_tap_are_enough(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("/newmilestone Sign the water protocol")
    form = keyvan.sees.text
    await keyvan.taps("Save")

    assert "Due: Wednesday 30 December 2026" in form
    assert "M-47 Sign the water protocol" in keyvan.sees.text
    planned = milestone(stage, 47)
    assert planned is not None
    assert planned.lead_id == keyvan.member_id
    assert planned.added_on is not None


async def test_without_a_title_it_is_asked_for(stage: Stage, ramin: Visitor) -> None:
    await ramin.says("/newmilestone")
    asked = ramin.sees.text
    await ramin.says("بازدید از معدن پنجم")
    form = ramin.sees.text
    await ramin.taps("ذخیره")

    assert "عنوان" in asked
    assert "بازدید از معدن پنجم" in form
    assert milestone(stage, 47) is not None


async def test_every_field_is_changed_by_a_button_and_the_rest_stays(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("/newmilestone Draft the protocol")
    await keyvan.taps("Due date")
    await keyvan.says("31 Jan 2027")
    await keyvan.taps("Workstream")
    await keyvan.taps("Next")
    await keyvan.taps("Ceramic")
    await keyvan.taps("Lead")
    await keyvan.taps("Back")
    await keyvan.taps("Counterpart")
    await keyvan.taps("(Tajikistan)")
    await keyvan.taps("Save")

    planned = milestone(stage, 47)
    assert planned is not None
    assert planned.due_on.isoformat() == "2027-01-31"
    assert "Ceramic tile plants" in keyvan.sees.text
    assert planned.title == "Draft the protocol"


async def test_an_unclear_day_is_asked_about(keyvan: Visitor) -> None:
    await keyvan.says("/newmilestone Draft the protocol")
    await keyvan.taps("Due date")
    await keyvan.says("03/04/27")
    asked, readings = keyvan.sees.text, keyvan.sees.buttons
    await keyvan.taps("2027")

    assert "more than one way" in asked
    assert len(readings) > 2
    assert "Due: " in keyvan.sees.text


async def test_an_impossible_day_says_why_and_the_form_waits(keyvan: Visitor) -> None:
    await keyvan.says("/newmilestone Draft the protocol")
    await keyvan.taps("Due date")
    await keyvan.says("31 Nov 2026")
    refused = keyvan.sees.text
    await keyvan.says("2026-12-31")

    assert "30 days" in refused
    assert any("31 December 2026" in message.text for message in keyvan.messages())


async def test_planning_is_undone_within_ten_minutes(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("/newmilestone Sign the water protocol")
    await keyvan.taps("Save")
    await keyvan.taps("Undo")

    assert "no longer in the roadmap" in keyvan.sees.text
    assert milestone(stage, 47) is None


async def test_after_ten_minutes_there_is_no_undo(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("M-14 62%")
    await stage.pass_time(timedelta(minutes=11))
    await keyvan.taps("Undo")

    assert "10 minutes" in keyvan.toast


async def test_a_second_tap_on_save_saves_nothing_more(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("/newmilestone Sign the water protocol")
    message, button = keyvan._button("Save", None)
    await keyvan.taps("Save")
    stage.world.press_forged(keyvan.user_id, keyvan.chat, message.id, button["callback_data"])
    await stage.settled()

    assert keyvan.toast == "Already saved."
    assert milestone(stage, 48) is None


async def test_progress_takes_three_taps_and_a_line(stage: Stage, ramin: Visitor) -> None:
    await ramin.says("/progress")
    await ramin.taps("M-3 ")
    await ramin.taps("۷۵")
    await ramin.says("نسخه دوم طرح رسید")
    await ramin.taps("ذخیره")

    logged = milestone(stage, 3)
    assert logged is not None
    assert logged.percent == 75
    assert "«نسخه دوم طرح رسید»" in ramin.sees.text


async def test_one_line_logs_at_once(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("/progress M-14 65 six standards drafted")

    assert "60% → 65%" in keyvan.sees.text
    logged = milestone(stage, 14)
    assert logged is not None
    assert logged.percent == 65


async def test_the_same_line_twice_is_logged_once(stage: Stage, keyvan: Visitor) -> None:
    found = milestone(stage, 14)
    assert found is not None
    before = entries(stage.house.database, found.id)
    await keyvan.says("M-14 65%")
    await keyvan.says("M-14 65%")

    assert "Already saved." in keyvan.sees.text
    assert entries(stage.house.database, found.id) == before + 1


async def test_a_reply_to_a_card_logs_in_any_digits(stage: Stage, ramin: Visitor) -> None:
    await ramin.says("M-3")
    await ramin.says("۷۰٪", reply_to=ramin.sees.message.id)

    logged = milestone(stage, 3)
    assert logged is not None
    assert logged.percent == 70


async def test_done_asks_for_evidence_and_keeps_what_was_said(stage: Stage, dilshod: Visitor) -> None:
    await dilshod.says("M-14")
    await dilshod.says("иҷро шуд", reply_to=dilshod.sees.message.id)
    unfinished = milestone(stage, 14)
    await dilshod.says("9 стандарт тасдиқ шуд")
    await dilshod.taps("Нигоҳ доштан")

    logged = milestone(stage, 14)
    assert unfinished is not None
    assert unfinished.state is MilestoneState.ON_TRACK
    assert logged is not None
    assert (logged.state, logged.evidence) == (MilestoneState.DONE, "9 стандарт тасдиқ шуд")
    assert logged.finished_on is not None


async def test_undo_brings_percent_and_state_back(stage: Stage, keyvan: Visitor) -> None:
    before = milestone(stage, 14)
    await keyvan.says("M-14 40% at risk: the laboratory is late")
    await keyvan.taps("Undo")

    after = milestone(stage, 14)
    assert before is not None
    assert after is not None
    assert (after.percent, after.state, after.last_entry_at) == (before.percent, before.state, before.last_entry_at)


async def test_undo_is_refused_once_somebody_has_logged_since(stage: Stage, keyvan: Visitor, dilshod: Visitor) -> None:
    await keyvan.says("M-14 61%")
    await dilshod.says("M-14 66%")
    await keyvan.taps("Undo")

    assert "Dilshod Ghayurov has logged since" in keyvan.toast
    after = milestone(stage, 14)
    assert after is not None
    assert after.percent == 66


async def test_an_unknown_milestone_is_named(keyvan: Visitor) -> None:
    await keyvan.says("M-99 50%")

    assert "M-99 was not found" in keyvan.sees.text


async def test_an_obstacle_reaches_the_other_side_in_their_language(
    stage: Stage, keyvan: Visitor, dilshod: Visitor
) -> None:
    await keyvan.says("M-14 61%")
    await keyvan.says("/newobstacle Two standards wait for the laboratory")
    await keyvan.taps("Save")

    raised = obstacle(stage, 15)
    found = milestone(stage, 14)
    assert raised is not None
    assert found is not None
    assert raised.milestone_id == found.id
    assert "O-15 Two standards wait for the laboratory" in keyvan.sees.text
    assert "O-15" in dilshod.sees.text
    assert "ҷониби Шумо" in dilshod.sees.text


async def test_undoing_an_obstacle_tells_who_was_told(stage: Stage, keyvan: Visitor, dilshod: Visitor) -> None:
    await keyvan.says("M-14 61%")
    await keyvan.says("/newobstacle Two standards wait for the laboratory")
    await keyvan.taps("Save")
    await keyvan.taps("Undo")

    assert obstacle(stage, 15) is None
    assert "O-15" in dilshod.sees.lines[0]
    assert len(dilshod.sees.lines) == 1


async def test_an_obstacle_can_be_filled_by_buttons_and_words(stage: Stage, ramin: Visitor) -> None:
    await ramin.says("/newobstacle")
    await ramin.says("مجوز ورود صادر نشده")
    await ramin.taps("درجه اهمیت")
    await ramin.taps("بحرانی")
    await ramin.taps("چه چیزی لازم است")
    await ramin.says("مجوز برای ۸ نفر")
    await ramin.taps("موردنیاز تا")
    await ramin.says("۱۴۰۵/۰۹/۲۰")
    await ramin.taps("ذخیره")

    raised = obstacle(stage, 15)
    assert raised is not None
    assert (raised.severity.value, raised.need) == ("critical", "مجوز برای ۸ نفر")
    assert raised.needed_by is not None
    assert raised.needed_by.isoformat() == "2026-12-11"


async def test_another_form_offers_to_continue_or_to_drop(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("/newmilestone Sign the water protocol")
    await keyvan.says("/newobstacle No laboratory")
    asked = keyvan.sees.text
    await keyvan.taps("Continue")
    continued = keyvan.sees.text
    await keyvan.says("/newobstacle No laboratory")
    await keyvan.taps("Drop")

    assert "Sign the water protocol" in asked
    assert "New milestone: Sign the water protocol" in continued
    assert "New obstacle: No laboratory" in keyvan.sees.text


async def test_a_note_is_a_voice_message_if_one_likes(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("/progress")
    await keyvan.taps("M-14")
    await keyvan.taps("75")
    stage.world.send_file(keyvan.user_id, keyvan.chat, kind="voice", name="", content=b"voice")
    await stage.settled()
    await keyvan.taps("Save")

    assert "1 attachment" in keyvan.sees.text


async def test_an_observer_logs_nothing(stage: Stage) -> None:
    observer = next(person for handle, person in stage.people.items() if person.record().role == "observer")
    await observer.says("M-14 99%")

    after = milestone(stage, 14)
    assert after is not None
    assert after.percent == 60
