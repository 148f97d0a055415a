"""Health and numbers of the roadmap, rule by rule."""

from datetime import date, datetime
from typing import Any

import pytest

from bot.domain.milestones import MilestoneState
from bot.domain.obstacles import ObstacleState, Severity
from bot.domain.roadmap import (
    Health,
    OpenMilestone,
    OpenObstacle,
    health_of,
    month_ago,
    next_due,
    overdue,
    without_news,
    workstream_healths,
    worst_obstacles,
)
from tests.domain.builders_of_reports import SHARED, utc

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


def obstacle(number: int, severity: Severity, raised_at: datetime, changed_at: datetime | None = None) -> OpenObstacle:
    return OpenObstacle(number, number, 11, severity, ObstacleState.RAISED, raised_at, changed_at or raised_at, 2)


FRIDAY = utc("2026-11-20 08:00")
LOW, HIGH, CRITICAL = (obstacle(number, severity, FRIDAY) for number, severity in enumerate(Severity, 1))


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
    milestones: list[OpenMilestone], obstacles: list[OpenObstacle], done: int, expected: Health
) -> None:
    assert health_of(milestones, obstacles, done=done, today=TODAY) is expected


def test_each_workstream_is_judged_by_its_own() -> None:
    [mines, steel] = workstream_healths(
        [11, 12],
        milestones=[milestone(1), milestone(2, due_on=SPRING), milestone(3, workstream_id=12)],
        obstacles=[LOW],
        done={12: 4},
        today=TODAY,
    )

    assert (mines.health, mines.open, mines.done, mines.overdue, mines.obstacles) == (Health.OFF_TRACK, 2, 0, 1, 1)
    assert (steel.health, steel.open, steel.done, steel.overdue, steel.obstacles) == (Health.ON_TRACK, 1, 4, 0, 0)


def test_the_longest_overdue_stands_first_and_what_is_due_today_is_next() -> None:
    late, later, today, coming = (
        milestone(number, due_on=day)
        for number, day in enumerate([date(2026, 10, 1), date(2026, 11, 22), TODAY, NEXT_YEAR], 1)
    )

    assert overdue([coming, later, today, late], TODAY) == [late, later]
    assert next_due([coming, later, today, late], TODAY) == [today, coming]


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


def test_the_worst_obstacles_are_the_gravest_and_of_these_the_eldest() -> None:
    old_low = obstacle(4, Severity.LOW, utc("2026-05-01 08:00"))
    old_high = obstacle(5, Severity.HIGH, utc("2026-11-02 08:00"), utc("2026-11-16 08:00"))

    worst = worst_obstacles([old_low, HIGH, old_high, CRITICAL], today=TODAY, time_zone="Asia/Tehran", calendars=SHARED)

    assert [found.obstacle.number for found in worst] == [CRITICAL.number, 5, HIGH.number]
    # Since Monday the 2nd: 3, 4, 9, 10, 11, 16, 17, 18, 23 November; since Monday the 16th: 17, 18, 23.
    assert (worst[1].age, worst[1].in_court) == (9, 3)


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
