"""The adoption of the roadmap: its hash, what is told of the plan, and whose adoptions count."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.adoptions import Adoption, PlannedMilestone, awaited, content_hash, counting, plan_of
from bot.domain.milestones import MilestoneState

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
SURVEY = PlannedMilestone(
    1, 1, "Survey", "MINES", 1, 11, 21, date(2026, 3, 1), date(2026, 12, 1), "a map", MilestoneState.ON_TRACK
)
COURSE = replace(SURVEY, id=2, number=2, title="Course", due_on=date(2026, 11, 1), counterpart_id=None)


def test_progress_does_not_change_what_is_adopted() -> None:
    assert content_hash([SURVEY]) == content_hash([replace(SURVEY, state=MilestoneState.DONE)])


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another survey"},
        {"workstream": "STEEL"},
        {"responsible_party_id": None},
        {"lead_id": 12},
        {"counterpart_id": None},
        {"start_on": date(2026, 3, 2)},
        {"due_on": date(2026, 12, 2)},
        {"measurable_result": "two maps"},
        {"state": MilestoneState.DROPPED},
    ],
)
def test_whatever_is_changed_of_the_plan_is_another_content(change: dict[str, Any]) -> None:
    assert content_hash([replace(SURVEY, **change)]) != content_hash([SURVEY])


@given(st.permutations([SURVEY, COURSE, replace(SURVEY, id=3, number=3)]))
def test_the_order_in_which_milestones_are_read_does_not_matter(milestones: list[PlannedMilestone]) -> None:
    assert content_hash(milestones) == content_hash([SURVEY, COURSE, replace(SURVEY, id=3, number=3)])
    assert content_hash(milestones) != content_hash(milestones[1:])


def test_a_plan_says_what_lacks_somebody_and_what_is_late() -> None:
    orphan = replace(SURVEY, id=3, number=3, lead_id=99)
    dropped = replace(COURSE, id=4, number=4, state=MilestoneState.DROPPED)

    plan = plan_of([COURSE, SURVEY, orphan, dropped], leads={11, 21}, today=TODAY)

    assert (plan.count, plan.first_on, plan.last_on) == (3, date(2026, 3, 1), date(2026, 12, 1))
    assert (plan.without_lead, plan.without_counterpart, plan.overdue) == ((3,), (2,), (2,))
    assert plan.content_hash.startswith(plan.version)
    assert len(plan.version) == 8


def test_an_adoption_of_another_content_does_not_count() -> None:
    adoptions = [Adoption(1, 11, AT, "before"), Adoption(2, 21, AT, "now")]

    assert set(counting(adoptions, "now")) == {2}
    assert awaited({2}, (1, 2)) == (1,)
    assert awaited({1, 2}, (1, 2)) == ()
