"""The adoption of the roadmap by a co-chair of each party: what they read, what is fixed, and who is told."""

import pytest

from db.unit_of_work import UnitOfWork
from tests.journeys.units import act
from tests.people import Stage, Visitor, bare


def said_to(visitor: Visitor) -> list[str]:
    return [bare(message.text) for message in visitor.messages() if message.sender.id == visitor.stage.bot_id]


def chair_of(stage: Stage, party_id: int) -> Visitor:
    found = (visitor for visitor in stage.people.values() if visitor.record().role == "co-chair")
    return next(visitor for visitor in found if visitor.record().party_id == party_id)


@pytest.fixture
async def not_adopted(stage: Stage) -> Stage:
    """The example group before its adoption, with both co-chairs reading English."""

    def forget(uow: UnitOfWork) -> None:
        for statement in (
            "DELETE FROM adoptions",
            "UPDATE groups SET roadmap_adopted_on = NULL",
            "UPDATE milestones SET baseline_start_on = NULL, baseline_due_on = NULL, added_on = NULL",
            "UPDATE persons SET language = 'en' WHERE id IN (SELECT person_id FROM members WHERE role = 'co-chair')",
        ):
            uow.connection.exec_driver_sql(statement)

    act(stage, forget)
    return stage


@pytest.fixture
def irans(not_adopted: Stage) -> Visitor:
    return chair_of(not_adopted, 1)


@pytest.fixture
def tajiks(not_adopted: Stage) -> Visitor:
    return chair_of(not_adopted, 2)


def version_in(lines: list[str]) -> str:
    [line] = [line for line in lines if line.startswith("Version of the content: ")]
    return line.removeprefix("Version of the content: ")


async def test_a_co_chair_reads_what_is_adopted_before_adopting_it(irans: Visitor) -> None:
    await irans.says("/roadmap")
    await irans.taps("Adopt the roadmap")

    lines = irans.sees.lines
    assert lines[0] == "Adoption of the roadmap"
    assert lines[1].startswith("44 milestones, from ")
    assert len(version_in(lines)) == 8
    assert any(line.startswith("Overdue: M-") for line in lines)
    assert lines[-4:-2] == ["Awaited: Iran", "Awaited: Tajikistan"]


async def test_the_adoption_of_both_fixes_the_baseline_and_everybody_is_told_once(
    not_adopted: Stage, irans: Visitor, tajiks: Visitor, ramin: Visitor
) -> None:
    await irans.says("/adopt")
    version = version_in(irans.sees.lines)
    await irans.taps("Adopt the roadmap")
    assert "Awaited: Tajikistan" in irans.sees.lines
    assert f"has adopted the roadmap, version {version}. It now awaits your adoption." in said_to(tajiks)[-1]
    told = {handle: len(said_to(visitor)) for handle, visitor in not_adopted.people.items()}
    await tajiks.taps("Read and adopt")
    assert version_in(tajiks.sees.lines) == version
    await tajiks.taps("Adopt the roadmap")

    assert tajiks.sees.lines[0].startswith("The roadmap is adopted by all parties.")
    group = act(not_adopted, lambda uow: uow.groups.get(1))
    milestones = act(not_adopted, lambda uow: uow.milestones.of_group(1))
    assert group.roadmap_adopted_on is not None
    assert {(m.baseline_start_on, m.baseline_due_on, m.added_on) for m in milestones} == {
        (m.start_on, m.due_on, None) for m in milestones
    }
    assert said_to(ramin)[-1].startswith("نقشه راه به تصویب همه طرف‌ها رسید.")
    for handle, visitor in not_adopted.people.items():
        if visitor.user_id != tajiks.user_id:
            assert len(said_to(visitor)) == told[handle] + 1


async def test_a_milestone_of_later_is_marked_and_a_later_date_is_slippage(
    not_adopted: Stage, irans: Visitor, tajiks: Visitor, keyvan: Visitor
) -> None:
    for chair in (irans, tajiks):
        await chair.says("/adopt")
        await chair.taps("Adopt the roadmap")
    await keyvan.says("/newmilestone A late idea")
    await keyvan.taps("Save")
    assert "Added after the adoption of the roadmap." in keyvan.sees.lines
    await keyvan.says("/summary")
    assert "Added after adoption: 1" in keyvan.sees.text
    await keyvan.says("/roadmap")

    assert keyvan.sees.lines[1] == "Adopted on Monday 23 November 2026 (2 Azar 1405)"


async def test_slippage_and_missing_news_are_seen_in_lists_summary_and_card(keyvan: Visitor) -> None:
    await keyvan.says("/summary")
    assert "MINES (+42 days)" in keyvan.sees.text
    assert "Without news: 1" in keyvan.sees.text
    await keyvan.says("/roadmap")
    assert "Reconstruction of the mining industry: 🟡 at risk" in keyvan.sees.lines
    assert "Slippage against the baseline: 42 days" in keyvan.sees.lines
    await keyvan.taps("M-3")

    assert "Slippage against the baseline: 42 days" in keyvan.sees.lines


async def test_who_adopted_an_earlier_content_is_told_that_it_lapsed(
    not_adopted: Stage, irans: Visitor, tajiks: Visitor, keyvan: Visitor
) -> None:
    await irans.says("/adopt")
    await irans.taps("Adopt the roadmap")
    await keyvan.says("/newmilestone A late idea")
    await keyvan.taps("Save")
    await tajiks.says("/adopt")
    assert any("It has changed since, so that this adoption no longer counts." in line for line in tajiks.sees.lines)
    await tajiks.taps("Adopt the roadmap")

    assert "Awaited: Iran" in tajiks.sees.lines
    assert act(not_adopted, lambda uow: uow.groups.get(1)).roadmap_adopted_on is None
    assert said_to(irans)[-1].startswith("The roadmap has changed since you adopted it")
    await irans.taps("Read and adopt")
    await irans.taps("Adopt the roadmap")
    assert irans.sees.lines[0].startswith("The roadmap is adopted by all parties.")


async def test_what_changed_while_it_was_read_is_not_adopted_unseen(
    not_adopted: Stage, irans: Visitor, keyvan: Visitor
) -> None:
    await irans.says("/adopt")
    before = version_in(irans.sees.lines)
    await keyvan.says("/newmilestone A late idea")
    await keyvan.taps("Save")
    await irans.taps("Adopt the roadmap")

    assert irans.toast == "The roadmap has changed meanwhile. Please read it again before you adopt it."
    assert version_in(irans.sees.lines) != before
    assert act(not_adopted, lambda uow: uow.adoptions.of_group(1)) == []


async def test_progress_does_not_let_an_adoption_lapse(
    not_adopted: Stage, irans: Visitor, tajiks: Visitor, keyvan: Visitor
) -> None:
    await irans.says("/adopt")
    await irans.taps("Adopt the roadmap")
    await keyvan.says("M-14 64% six standards drafted")
    await tajiks.says("/adopt")
    await tajiks.taps("Adopt the roadmap")

    assert tajiks.sees.lines[0].startswith("The roadmap is adopted by all parties.")


async def test_an_adoption_can_be_taken_back_until_the_other_party_adopts(
    not_adopted: Stage, irans: Visitor, tajiks: Visitor
) -> None:
    await irans.says("/adopt")
    await irans.taps("Adopt the roadmap")
    await irans.taps("Take my adoption back")

    assert irans.sees.lines[0] == "Your adoption has been taken back."
    assert "has taken the adoption of the roadmap back." in said_to(tajiks)[-1]
    assert act(not_adopted, lambda uow: uow.adoptions.of_group(1)) == []


async def test_the_baseline_of_an_adopted_roadmap_stays(stage: Stage) -> None:
    chair = chair_of(stage, 1)
    await chair.says("/language")
    await chair.taps("English")
    await chair.says("/adopt")

    assert chair.sees.lines == [
        "The roadmap was adopted on Wednesday 2 Ordibehesht 1405 (22 April 2026), and its baseline stays.",
        "See how the dates stand against it: /roadmap",
    ]


async def test_who_is_no_co_chair_adopts_nothing(not_adopted: Stage, keyvan: Visitor) -> None:
    await keyvan.says("/adopt")
    assert keyvan.sees.lines[0] == "You are not allowed to do this."
    await keyvan.says("/roadmap")

    assert "Adopt the roadmap" not in keyvan.sees.buttons
