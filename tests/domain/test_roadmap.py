"""Health and numbers of the roadmap, rule by rule."""

from datetime import date
from typing import Any

import pytest

from bot.domain.milestones import MilestoneState
from bot.domain.obstacles import Severity
from bot.domain.roadmap import (
    Health,
    OpenMilestone,
    health_of,
    month_ago,
    without_news,
)
from bot.domain.summaries import OpenObstacles
from tests.domain.builders_of_reports import utc

TODAY = date(2026, 11, 23)
SPRING = date(2026, 3, 1)
NEXT_YEAR = date(2027, 3, 1)
STATE = MilestoneState


def milestone(number: int, state: MilestoneState = STATE.ON_TRACK, **changes: Any) -> OpenMilestone:
    fields: dict[str, Any] = {
        "id": number,
        "number": number,
        "workstream_id": 11,
        "state": state,
        "start_on": SPRING,
        "due_on": NEXT_YEAR,
        "planned_at": utc("2026-02-16 08:00"),
    }
    return OpenMilestone(**{**fields, **changes})


LOW, HIGH, CRITICAL = (OpenObstacles(11, severity, 2, 2, 1) for severity in Severity)


@pytest.mark.parametrize(
    ("milestones", "obstacles", "done", "expected"),
    [
        ([milestone(1), milestone(2, STATE.OFF_TRACK)], [], 3, Health.OFF_TRACK),
        ([milestone(1, due_on=date(2026, 11, 22))], [], 0, Health.OFF_TRACK),
        ([milestone(1)], [LOW, CRITICAL], 0, Health.OFF_TRACK),
        ([milestone(1, due_on=TODAY)], [], 0, Health.ON_TRACK),
        ([milestone(1), milestone(2, STATE.AT_RISK)], [], 0, Health.AT_RISK),
        ([milestone(1)], [HIGH], 0, Health.AT_RISK),
        ([milestone(1, STATE.NOT_STARTED)], [], 0, Health.AT_RISK),  # should have begun in spring
        ([milestone(1)], [LOW], 0, Health.ON_TRACK),
        ([milestone(1, STATE.NOT_STARTED, start_on=NEXT_YEAR)], [], 0, Health.NOT_STARTED),
        ([milestone(1, STATE.NOT_STARTED, start_on=NEXT_YEAR)], [], 2, Health.ON_TRACK),
        ([], [], 2, Health.DONE),
        ([], [], 0, Health.EMPTY),
    ],
)
def test_the_worst_thing_in_a_workstream_decides_its_health(
    milestones: list[OpenMilestone], obstacles: list[OpenObstacles], done: int, expected: Health
) -> None:
    assert health_of(milestones, obstacles, done=done, today=TODAY) is expected


def test_a_milestone_without_an_entry_for_thirty_days_has_no_news() -> None:
    silent = milestone(1, last_entry_at=utc("2026-10-23 22:00"))  # 24 October in Tehran: 30 days
    fresh = milestone(2, last_entry_at=utc("2026-10-24 22:00"))
    never = milestone(3, start_on=SPRING)
    of_next_year = milestone(4, start_on=NEXT_YEAR)
    just_planned = milestone(5, planned_at=utc("2026-11-20 08:00"))

    found = without_news(
        [fresh, silent, never, of_next_year, just_planned], today=TODAY, time_zone="Asia/Tehran", after_days=30
    )

    assert found == [(never, SPRING), (silent, date(2026, 10, 24))]


@pytest.mark.parametrize(
    ("today", "before"),
    [
        (date(2026, 11, 23), date(2026, 10, 23)),
        (date(2026, 3, 31), date(2026, 2, 28)),
        (date(2027, 1, 15), date(2026, 12, 15)),
    ],
)
def test_a_month_ago_is_the_same_day_or_the_months_last(today: date, before: date) -> None:
    assert month_ago(today) == before
