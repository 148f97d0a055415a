"""Workstreams: everybody sees them; secretaries add, edit, order and close them, and who is concerned is told."""

import pytest
from sqlalchemy import update

from db.models import MilestoneRow, ObstacleRow
from db.unit_of_work import UnitOfWork
from tests.journeys.units import act
from tests.people import Stage, Visitor, bare


@pytest.fixture
async def zebo_in_english(zebo: Visitor) -> Visitor:
    await zebo.says("/language")
    await zebo.taps("English")
    return zebo


def said_to(visitor: Visitor) -> list[str]:
    return [bare(message.text) for message in visitor.messages() if message.sender.id == visitor.stage.bot_id]


def codes(stage: Stage) -> list[str]:
    return act(stage, lambda uow: [item.code for item in uow.groups.workstreams(1)])


async def add(visitor: Visitor, *, tajik: str = "Об ва энергия", persian: str = "آب و انرژی") -> None:
    """Add a workstream with the names that are required."""
    await visitor.says("/workstreams")
    await visitor.taps("New workstream")
    await visitor.says(tajik)
    await visitor.says(persian)


async def finish_all_of(stage: Stage, code: str) -> None:
    """Let everything of a workstream be over."""

    def finish(uow: UnitOfWork) -> None:
        workstream = next(item for item in uow.groups.workstreams(1) if item.code == code)
        over = update(MilestoneRow).values(state="done", percent=100, finished_on=MilestoneRow.due_on)
        uow.connection.execute(over.where(MilestoneRow.workstream_id == workstream.id, MilestoneRow.state != "dropped"))
        uow.connection.execute(update(ObstacleRow).values(state="closed"))

    act(stage, finish)


async def test_everybody_sees_how_each_workstream_stands_and_who_answers_for_it(keyvan: Visitor) -> None:
    await keyvan.says("/workstreams")

    figures = "milestones open 3, done 3, overdue 0; open obstacles 0"
    assert keyvan.sees.lines[:4] == [
        "Workstreams, page 1 of 3",
        f"🟡 at risk: MINES Reconstruction of the mining industry; {figures}",
        "Slippage against the baseline: 42 days",
        "Lead: Ramin Shahsavarzadeh (Iran) · Counterpart: Dilshod Ghayurov (Tajikistan)",
    ]
    assert "New workstream" not in keyvan.sees.buttons


async def test_a_secretary_adds_a_workstream_by_its_names_and_one_tap(stage: Stage, zebo_in_english: Visitor) -> None:
    zebo = zebo_in_english
    await zebo.says("/workstreams")
    await zebo.taps("New workstream")
    assert zebo.sees.lines == ["What is the workstream called in Tajik? Please type the name."]
    await zebo.says("Об ва  энергия")
    await zebo.says("آب و انرژي")  # with the letter of an Arabic keyboard
    await zebo.taps("English name")
    await zebo.says("Water and energy")
    await zebo.taps("Person: Tajikistan")
    await zebo.taps("Ghayurov")

    card = zebo.sees.lines
    assert card[0] == "New workstream: WATER"
    assert card[1:4] == ["In Persian: آب و انرژی", "In Tajik: Об ва энергия", "In English: Water and energy"]
    assert card[4:6] == ["Lead: Dilshod Ghayurov (Tajikistan)", "Counterpart: nobody yet (Iran)"]
    await zebo.taps("Code")
    await zebo.says("energy")
    await zebo.taps("Save")

    assert zebo.sees.lines[:2] == ["Saved.", "ENERGY Water and energy"]
    assert codes(stage)[-1] == "ENERGY"


async def test_a_new_lead_is_told_in_their_language_once(
    stage: Stage, zebo_in_english: Visitor, dilshod: Visitor, ramin: Visitor
) -> None:
    zebo = zebo_in_english
    before = len(said_to(ramin))
    await zebo.says("/workstreams")
    await zebo.taps("✏️ MINES")
    await zebo.taps("Lead from the other party")
    await zebo.taps("Save")

    assert "масъули самти кории «Азнавсозии саноати маъдан» таъйин кард" in said_to(dilshod)[-1]
    assert "همتا" in said_to(ramin)[-1]
    assert len(said_to(ramin)) == before + 1
    await zebo.taps("Undo")
    assert "ҳамто" in said_to(dilshod)[-1]
    assert zebo.sees.lines[0] == "Undone. The earlier state is back."
    await zebo.says("/workstreams")
    assert "Lead: Ramin Shahsavarzadeh (Iran)" in zebo.sees.text


async def test_a_form_outlives_a_restart_and_offers_itself(stage: Stage, zebo_in_english: Visitor) -> None:
    zebo = zebo_in_english
    await add(zebo)
    await zebo.says("/newmilestone Something else")
    assert zebo.sees.lines[0].startswith("You have an unfinished draft: a workstream.")
    await zebo.taps("Continue")

    assert zebo.sees.lines[0] == "New workstream: W1"
    await zebo.taps("Cancel")
    assert "W1" not in codes(stage)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("Mines", "This name has no letters of the Tajik script."),
        ("Азнавсозии саноати маъдан", "The workstream MINES is called “Азнавсозии саноати маъдан” already."),
        ("о" * 101, "The text is too long: 101 characters, at most 100 fit."),
    ],
)
async def test_a_name_that_cannot_be_taken_is_refused_and_asked_for_again(
    zebo_in_english: Visitor, typed: str, answer: str
) -> None:
    zebo = zebo_in_english
    await zebo.says("/workstreams")
    await zebo.taps("New workstream")
    await zebo.says(typed)
    assert zebo.sees.lines[0] == answer

    await zebo.says("Об")

    assert any("What is the workstream called in Persian?" in text for text in said_to(zebo))


async def test_a_code_that_is_taken_is_refused(zebo_in_english: Visitor) -> None:
    zebo = zebo_in_english
    await add(zebo)
    await zebo.taps("Code")
    await zebo.says("mines")
    assert zebo.sees.lines[0] == "Another workstream has the code MINES already."
    await zebo.says("об")

    assert zebo.sees.lines[0].startswith("“об” cannot be a code.")


async def test_a_name_is_required_in_the_language_of_each_party(stage: Stage, zebo_in_english: Visitor) -> None:
    zebo = zebo_in_english
    await zebo.says("/workstreams")
    await zebo.taps("New workstream")
    await zebo.says("Об")
    await zebo.taps("Back")
    await zebo.taps("Save")

    assert zebo.toast.startswith(
        "The workstream needs a name in the language of each party. Still missing: Persian name."
    )


async def test_the_order_is_changed_by_buttons(stage: Stage, zebo_in_english: Visitor) -> None:
    zebo = zebo_in_english
    first, second, *others = codes(stage)
    await zebo.says("/workstreams")
    await zebo.taps(f"✏️ {first}")
    await zebo.taps("Down")
    assert "Place in the list: 2 of 11" in zebo.sees.lines
    await zebo.taps("Save")

    assert codes(stage) == [second, first, *others]


async def test_what_another_secretary_has_changed_is_not_overwritten(
    stage: Stage, zebo_in_english: Visitor, mina: Visitor
) -> None:
    zebo = zebo_in_english
    await zebo.says("/workstreams")
    await zebo.taps("✏️ MINES")
    await zebo.taps("Tajik name")
    await zebo.says("Конҳо")
    await mina.says("/workstreams")
    await mina.taps("✏️ MINES")
    await mina.taps("نام فارسی")
    await mina.says("معادن")
    await mina.taps("ذخیره")

    await zebo.taps("Save")
    assert zebo.toast.startswith("Someone else has changed this workstream meanwhile.")
    await zebo.taps("Save")

    names = act(stage, lambda uow: uow.groups.workstreams(1)[0].names)
    assert (names.fa, names.tg) == ("معادن", "Конҳо")


async def test_one_with_open_work_is_not_closed_and_says_what_is_open(zebo_in_english: Visitor) -> None:
    zebo = zebo_in_english
    await zebo.says("/workstreams")
    await zebo.taps("✏️ MINES")
    await zebo.taps("Close the workstream")

    assert zebo.toast == (
        "MINES cannot be closed, since these are open in it: M-3, M-5 and M-6.\n"
        "Please finish or drop the milestones and close the obstacles first."
    )


async def test_a_closed_one_stays_readable_takes_nothing_new_and_can_be_opened_again(
    stage: Stage, zebo_in_english: Visitor, keyvan: Visitor
) -> None:
    zebo = zebo_in_english
    await finish_all_of(stage, "MINES")
    await keyvan.says("/newmilestone A late idea")
    await keyvan.taps("Workstream")
    await keyvan.taps("Reconstruction of the mining industry")
    await zebo.says("/workstreams")
    await zebo.taps("✏️ MINES")
    await zebo.taps("Close the workstream")
    assert zebo.sees.lines[0] == "The workstream “Reconstruction of the mining industry” is closed."

    await keyvan.taps("Save")
    assert keyvan.toast.startswith("The workstream MINES is closed and takes nothing new.")
    await keyvan.says("M-1 50%")
    assert keyvan.sees.lines[0] == "The workstream MINES is closed and takes nothing new."
    await keyvan.says("/summary")
    assert "MINES" not in keyvan.sees.text
    await keyvan.says("/roadmap")
    assert "Reconstruction of the mining industry" in keyvan.sees.text
    await keyvan.taps("M-1")
    assert "Workstream: Reconstruction of the mining industry" in keyvan.sees.lines
    await keyvan.says("/newmilestone Another idea")
    await keyvan.taps("Drop")
    await keyvan.taps("Workstream")
    assert "Reconstruction of the mining industry" not in keyvan.sees.buttons

    await zebo.taps("Undo")
    assert zebo.sees.lines[0] == "The workstream “Reconstruction of the mining industry” is open again."
    assert codes(stage)[0] == "MINES"


async def test_no_part_of_the_report_is_owed_for_a_closed_one(stage: Stage, zebo_in_english: Visitor) -> None:
    zebo = zebo_in_english
    await finish_all_of(stage, "MINES")
    await zebo.says("/summary")
    assert "parts in: 0 of 22" in zebo.sees.text
    await zebo.says("/workstreams")
    await zebo.taps("✏️ MINES")
    await zebo.taps("Close the workstream")

    await zebo.says("/summary")

    assert "parts in: 0 of 20" in zebo.sees.text


async def test_adding_one_can_be_undone_while_nothing_belongs_to_it(stage: Stage, zebo_in_english: Visitor) -> None:
    zebo = zebo_in_english
    await add(zebo)
    await zebo.taps("Save")
    await zebo.taps("Undo")

    assert zebo.sees.lines == ["Undone: there is no such workstream any more."]
    assert "W1" not in codes(stage)


async def test_who_is_no_longer_a_secretary_changes_nothing(stage: Stage, zebo_in_english: Visitor) -> None:
    zebo = zebo_in_english
    await zebo.says("/workstreams")
    await zebo.taps("✏️ MINES")
    await zebo.taps("Down")
    act(stage, lambda uow: uow.members.change(zebo.member_id, role="member"))
    await zebo.taps("Save")

    assert zebo.toast.startswith("You are not allowed to do this.")
    assert codes(stage)[0] == "MINES"
