"""The plan of a milestone is changed from its card: any field, a moved date with its reason, and back again."""

from datetime import timedelta

import pytest

from bot.domain.milestones import Milestone
from db.unit_of_work import UnitOfWork
from tests.houses import STARTS_AT
from tests.journeys.test_logging_in_groups import bound_room
from tests.people import Stage, Visitor, bare

MOVED_IN_PERSIAN = (
    "کیوان فرهمندی مهلت انجام را از چهارشنبه ۱۸ آذر ۱۴۰۵ (۹ دسامبر ۲۰۲۶) به جمعه ۲۵ دی ۱۴۰۵ (۱۵ ژانویه ۲۰۲۷) تغییر داد."
)
MOVED_IN_TAJIK = (
    "Кайвон Фараҳмандӣ муҳлати иҷроро аз чоршанбе, 9 декабри соли 2026 (18 озари соли 1405) ба ҷумъа, 15 январи "
    "соли 2027 (25 дайи соли 1405) тағйир дод."
)
CORRECTED_IN_TAJIK = (
    "Ромин Шаҳсуворзода тағйири муҳлатро ботил кард: муҳлати иҷрои M-3 Тарҳи консептуалии азнавсозии кони озмоишии "
    "якум боз чоршанбе, 9 декабри соли 2026 (18 озари соли 1405) аст."
)


def milestone(stage: Stage, number: int = 3) -> Milestone:
    found = stage.house.database.once(lambda c: UnitOfWork(c, 1, STARTS_AT).milestones.find(1, number))
    assert found is not None
    return found


def said_to(visitor: Visitor, words: str) -> list[str]:
    """Give the messages of the bot to somebody that have *words*."""
    return [bare(message.text) for message in visitor.messages() if words in bare(message.text)]


async def opens_form(visitor: Visitor, code: str = "M-3") -> None:
    await visitor.says(code)
    await visitor.taps({"farahmandi": "Edit", "ghayurov": "Таҳрир"}.get(visitor.handle, "ویرایش"))


@pytest.fixture
def observer(stage: Stage) -> Visitor:
    """An observer of Iran, who reads Persian."""
    return stage.people["dadgarnejad"]


async def test_a_card_tells_everything_at_a_glance(keyvan: Visitor) -> None:
    await keyvan.says("M-3")

    assert keyvan.sees.lines[:11] == [
        "M-3 Concept design for the first pilot mine",
        "🟡 at risk",
        "██████░░░░ 65%",
        "Due: Wednesday 9 December 2026 (18 Azar 1405), 16 days left",
        "Moved 1 time, first plan: Wednesday 28 October 2026 (6 Aban 1405)",
        "Slippage against the baseline: 42 days",
        "Start: Monday 20 July 2026 (29 Tir 1405)",
        "Workstream: Reconstruction of the mining industry",
        "Responsible party: Iran",
        "Lead: Ramin Shahsavarzadeh (Iran)",
        "Counterpart: Dilshod Ghayurov (Tajikistan)",
    ]
    assert keyvan.sees.buttons == [
        "Log progress",
        "New obstacle",
        "Edit",
        "Mark as done",
        "Drop from the plan",
        "Add to calendar",
        "Evidence",
        "History",
    ]


async def test_joint_work_that_has_not_begun_says_so_in_tajik_and_since_when(stage: Stage, dilshod: Visitor) -> None:
    await dilshod.says("M-5")
    early = dilshod.sees.lines
    await stage.pass_time(timedelta(days=40))
    await dilshod.says("M-5")

    assert "⚪ оғознашуда" in early
    assert "Ҷониби масъул: муштарак" in early
    assert "Оғоз: душанбе, 14 декабри соли 2026 (23 озари соли 1405)" in early
    assert "Оғоз: душанбе, 14 декабри соли 2026 (23 озари соли 1405), бо 19 рӯз таъхир" in dilshod.sees.lines
    # "Not started" is no "no news": that is counted from the last word, an entry of 9 November.
    assert not any("хабаре нест" in line for line in early)
    assert any("9 ноябри соли 2026" in line and "хабаре нест" in line for line in dilshod.sees.lines)


async def test_work_without_an_entry_for_thirty_days_says_since_when_in_persian(stage: Stage, ramin: Visitor) -> None:
    await stage.pass_time(timedelta(days=24))
    await ramin.says("M-3")

    assert "از سه‌شنبه ۲۶ آبان ۱۴۰۵ (۱۷ نوامبر ۲۰۲۶) خبری نرسیده است." in ramin.sees.lines


async def test_a_moved_date_is_told_to_both_in_their_own_languages(
    stage: Stage, keyvan: Visitor, ramin: Visitor, dilshod: Visitor
) -> None:
    await opens_form(keyvan)
    await keyvan.taps("Due date")
    await keyvan.says("15 Jan 2027")
    assert "Save" not in keyvan.sees.buttons
    await keyvan.says("the rig waits at the border")
    assert "Due: Wednesday 9 December 2026 (18 Azar 1405) → Friday 15 January 2027 (25 Dey 1405)" in keyvan.sees.lines
    await keyvan.taps("Save")

    assert keyvan.sees.lines[0] == "Saved."
    assert "Moved 2 times, first plan: Wednesday 28 October 2026 (6 Aban 1405)" in keyvan.sees.lines
    assert milestone(stage).moves == 2
    assert ramin.sees.lines == [
        "M-3 طرح مفهومی بازسازی معدن آزمایشی اول",
        MOVED_IN_PERSIAN,
        "دلیل: «the rig waits at the border»",
    ]
    assert dilshod.sees.lines == [
        "M-3 Тарҳи консептуалии азнавсозии кони озмоишии якум",
        MOVED_IN_TAJIK,
        "Сабаб: «the rig waits at the border»",
    ]


async def test_undo_takes_the_move_back_and_corrects_in_one_line(
    stage: Stage, ramin: Visitor, dilshod: Visitor
) -> None:
    before = milestone(stage)
    await opens_form(ramin)
    await ramin.taps("مهلت انجام")
    await ramin.says("۲۵ دی ۱۴۰۵")
    await ramin.says("دکل در مرز مانده است")
    await ramin.taps("ذخیره")
    was_told = said_to(dilshod, "دکل در مرز مانده است")
    await ramin.taps("واگرد")

    assert len(was_told) == 1
    assert ramin.sees.lines[0] == "واگردانی شد. برنامه پیشین برقرار است."
    assert dilshod.sees.lines == [
        CORRECTED_IN_TAJIK,
    ]
    assert (milestone(stage).due_on, milestone(stage).moves) == (before.due_on, before.moves)


async def test_who_moves_a_date_tells_the_other_and_not_themselves(ramin: Visitor) -> None:
    await opens_form(ramin)
    await ramin.taps("مهلت انجام")
    await ramin.says("۲۵ دی ۱۴۰۵")
    await ramin.says("دکل در مرز مانده است")
    await ramin.taps("ذخیره")

    assert said_to(ramin, "رامین شهسوارزاده مهلت انجام را") == []


async def test_undo_is_possible_for_ten_minutes(stage: Stage, keyvan: Visitor) -> None:
    await opens_form(keyvan)
    await keyvan.taps("Responsible party")
    await keyvan.taps("Joint")
    await keyvan.taps("Save")
    await stage.pass_time(timedelta(minutes=11))
    await keyvan.taps("Undo")

    assert "10 minutes" in keyvan.toast
    assert milestone(stage).responsible_party_id is None


async def test_a_new_counterpart_is_told_briefly_and_corrected(stage: Stage, ramin: Visitor) -> None:
    madina = stage.people["uktamzoda"]
    await opens_form(ramin)
    await ramin.taps("همتا")
    await ramin.taps("مدینه")
    await ramin.taps("ذخیره")
    told = madina.sees.lines
    await ramin.taps("واگرد")

    assert told == [
        "M-3 Тарҳи консептуалии азнавсозии кони озмоишии якум",
        "Ромин Шаҳсуворзода Шуморо ҳамто дар ин марҳилаи асосӣ таъин кард.",
        "Муҳлати иҷро: чоршанбе, 9 декабри соли 2026 (18 озари соли 1405)",
    ]
    assert "Шумо ҳамто дар M-3" in madina.sees.text


async def test_every_other_field_can_be_changed(stage: Stage, keyvan: Visitor) -> None:
    await opens_form(keyvan)
    await keyvan.taps("Title")
    await keyvan.says("Concept of the first mine")
    await keyvan.taps("Title")
    await keyvan.taps("Title in Tajik")
    await keyvan.says("Тархи кони якум")
    await keyvan.taps("Workstream")
    await keyvan.taps("Training")
    await keyvan.taps("Start")
    await keyvan.says("1 Sep 2026")
    await keyvan.taps("Measurable result")
    await keyvan.says("two signatures")
    assert "Title: “Concept design for the first pilot mine” → “Concept of the first mine”" in keyvan.sees.lines
    await keyvan.taps("Save")

    after = milestone(stage)
    assert (after.titles.en, after.titles.tg) == ("Concept of the first mine", "Тархи кони якум")
    assert after.title == "طرح مفهومی بازسازی معدن آزمایشی اول"
    assert after.start_on.isoformat() == "2026-09-01"
    assert after.measurable_result == "two signatures"
    assert "Measurable result: two signatures" in keyvan.sees.lines


async def test_what_does_not_fit_is_refused_and_the_form_waits(stage: Stage, keyvan: Visitor) -> None:
    await opens_form(keyvan)
    await keyvan.taps("Title")
    await keyvan.says("x" * 201)
    too_long = keyvan.sees.text
    await keyvan.says("Concept of the first mine")
    await keyvan.taps("Start")
    await keyvan.says("1 Jan 2028")
    too_late = keyvan.sees.text
    await keyvan.says("1 Sep 2026")
    await keyvan.taps("Save")

    assert "201 characters, at most 200 fit" in too_long
    assert too_late.startswith("The start, 1 January 2028, would be after the due date, 9 December 2026.")
    assert (milestone(stage).titles.en, milestone(stage).start_on.month) == ("Concept of the first mine", 9)


async def test_back_keeps_what_was_chosen_and_cancel_leaves_everything_as_it_was(stage: Stage, keyvan: Visitor) -> None:
    before = milestone(stage)
    await opens_form(keyvan)
    await keyvan.taps("Responsible party")
    await keyvan.taps("Joint")
    await keyvan.taps("Lead")
    await keyvan.taps("Back")
    assert "Responsible party: Iran → joint" in keyvan.sees.lines
    await keyvan.taps("Cancel")

    assert milestone(stage) == before


async def test_a_form_that_was_left_is_offered_again_by_its_name(keyvan: Visitor) -> None:
    await opens_form(keyvan)
    await keyvan.taps("Responsible party")
    await keyvan.taps("Joint")
    await keyvan.says("/newmilestone Sign the protocol")
    offered = keyvan.sees.text
    await keyvan.taps("Continue")

    assert "changes to M-3" in offered
    assert "Responsible party: Iran → joint" in keyvan.sees.lines


async def test_a_form_in_which_nothing_was_touched_stands_in_nobodys_way(keyvan: Visitor) -> None:
    await opens_form(keyvan)
    await keyvan.says("/newmilestone Sign the protocol")

    assert "New milestone: Sign the protocol" in keyvan.sees.lines


async def test_an_observer_can_only_look_back_and_the_buttons_of_a_members_card_do_nothing_for_them(
    stage: Stage, zebo: Visitor, keyvan: Visitor, observer: Visitor
) -> None:
    await observer.says("M-3")
    without = observer.sees.buttons
    room = await bound_room(stage, zebo, keyvan, observer)
    await keyvan.says("/progress M-3 70%", chat=room)
    await keyvan.taps("Milestone card", chat=room)
    await observer.taps("Edit", chat=room)

    assert without == ["سابقه"]
    assert "اختیارات" in observer.toast


async def test_in_a_group_a_form_of_changes_belongs_to_who_began_it(
    stage: Stage, zebo: Visitor, keyvan: Visitor, ramin: Visitor
) -> None:
    room = await bound_room(stage, zebo, keyvan, ramin)
    await keyvan.says("/progress M-3 70%", chat=room)
    await keyvan.taps("Milestone card", chat=room)
    await keyvan.taps("Edit", chat=room)
    await keyvan.taps("Responsible party", chat=room)
    await ramin.taps("Joint", chat=room)
    refused = ramin.toast
    await keyvan.taps("Joint", chat=room)
    await keyvan.taps("Save", chat=room)

    assert "اختیارات" in refused
    assert milestone(stage).responsible_party_id is None
