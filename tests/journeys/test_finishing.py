"""A milestone is finished, dropped and reopened by buttons of its card, each with the words that it needs."""

from bot.domain.milestones import MilestoneState
from tests.journeys.test_editing import milestone, opens_form
from tests.people import Stage, Visitor


async def test_done_asks_for_evidence_and_dropping_for_the_reason(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("M-3")
    await keyvan.taps("Mark as done")
    assert "Please type a line of evidence: what shows that it is done?" in keyvan.sees.lines
    assert "Save" not in keyvan.sees.buttons
    await keyvan.says("both have signed")
    await keyvan.taps("Save")
    await keyvan.says("M-14")
    await keyvan.taps("Drop from the plan")
    assert "Please type the reason for dropping it." in keyvan.sees.lines
    await keyvan.says("no money this year")
    await keyvan.taps("Save")
    await keyvan.says("M-14")

    assert (milestone(stage).state, milestone(stage).evidence) == (MilestoneState.DONE, "both have signed")
    assert (milestone(stage, 14).state, milestone(stage, 14).reason) == (MilestoneState.DROPPED, "no money this year")
    assert keyvan.sees.buttons == ["Reopen", "Evidence", "History"]


async def test_what_was_dropped_is_reopened_on_its_card_with_a_reason(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("M-42 30%")
    refused = keyvan.sees.text
    await keyvan.says("M-42")
    await keyvan.taps("Reopen")
    assert "Please type the reason for reopening it." in keyvan.sees.lines
    assert keyvan.sees.buttons == ["Cancel"]
    await keyvan.says("the money has come")
    await keyvan.taps("Save")

    assert refused.startswith("M-42 was dropped and takes no changes.")
    assert (milestone(stage, 42).state, milestone(stage, 42).percent) == (MilestoneState.ON_TRACK, 25)


async def test_a_typed_state_reopens_too_and_is_asked_for_the_reason(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("M-42 at risk")
    asked = keyvan.sees.lines
    await keyvan.says("the money has come")
    await keyvan.taps("Save")

    assert "Please type the reason for reopening it." in asked
    assert milestone(stage, 42).state is MilestoneState.AT_RISK


async def test_what_is_done_has_no_due_date_to_move(keyvan: Visitor) -> None:
    await opens_form(keyvan, "M-1")

    assert "Due date" not in keyvan.sees.buttons
    assert "Start" in keyvan.sees.buttons
