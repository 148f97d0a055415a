"""Health and numbers of the roadmap, rule by rule."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.milestones import MilestoneState
from bot.domain.obstacles import Severity
from bot.domain.roadmap import (
    Health,
    health_of,
    month_ago,
    silent_since,
    slippage,
)
from bot.domain.summaries import OpenObstacles
from tests.domain.builders_of_reports import utc

TODAY = date(2026, 11, 23)
SPRING = date(2026, 3, 1)
NEXT_YEAR = date(2027, 3, 1)
PLANNED_AT = utc("2026-02-16 08:00")
STATE = MilestoneState


@dataclass(frozen=True)
class Work:
    """What of a milestone these rules look at."""

    state: MilestoneState = STATE.ON_TRACK
    start_on: date = SPRING
    due_on: date = NEXT_YEAR
    planned_at: datetime | None = PLANNED_AT
    last_entry_at: datetime | None = None
    baseline_due_on: date | None = None
    finished_on: date | None = None


def milestone(_: int, state: MilestoneState = STATE.ON_TRACK, **changes: Any) -> Work:
    return replace(Work(state), **changes)


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
    milestones: list[Work], obstacles: list[OpenObstacles], done: int, expected: Health
) -> None:
    assert health_of(milestones, obstacles, done=done, today=TODAY) is expected


OPEN_STATES = [state for state in MilestoneState if state.is_open]
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
WORK = st.builds(Work, state=st.sampled_from(OPEN_STATES), start_on=DAYS, due_on=DAYS)
OBSTACLES = st.lists(st.sampled_from([LOW, HIGH, CRITICAL]), max_size=3)
# The worse, the earlier.
GRAVITY = [Health.OFF_TRACK, Health.AT_RISK, Health.ON_TRACK, Health.NOT_STARTED, Health.DONE, Health.EMPTY]


@given(st.lists(WORK, max_size=4), OBSTACLES, st.integers(0, 3), DAYS)
def test_health_does_not_depend_on_the_order_or_on_doubles(
    milestones: list[Work], obstacles: list[OpenObstacles], done: int, today: date
) -> None:
    found = {
        health_of([*order, *order], reversed(obstacles), done=done, today=today) for order in permutations(milestones)
    }

    assert found == {health_of(milestones, obstacles, done=done, today=today)}


@given(st.lists(WORK, max_size=4), OBSTACLES, st.integers(0, 3), DAYS)
def test_another_obstacle_or_a_later_day_never_makes_health_better(
    milestones: list[Work], obstacles: list[OpenObstacles], done: int, today: date
) -> None:
    now = GRAVITY.index(health_of(milestones, obstacles, done=done, today=today))
    later = today + timedelta(days=40)

    for worse in (LOW, HIGH, CRITICAL):
        assert GRAVITY.index(health_of(milestones, [*obstacles, worse], done=done, today=today)) <= now
    assert GRAVITY.index(health_of(milestones, obstacles, done=done, today=later)) <= now


@given(st.lists(WORK, max_size=4), OBSTACLES, st.integers(0, 3), DAYS)
def test_health_is_off_track_exactly_for_the_documented_reasons(
    milestones: list[Work], obstacles: list[OpenObstacles], done: int, today: date
) -> None:
    is_off_track = health_of(milestones, obstacles, done=done, today=today) is Health.OFF_TRACK

    reasons = [work for work in milestones if work.state is STATE.OFF_TRACK or work.due_on < today]
    assert is_off_track == (bool(reasons) or CRITICAL in obstacles)


def test_a_milestone_without_an_entry_for_thirty_days_has_no_news() -> None:
    def silent(work: Work) -> date | None:
        return silent_since(work, today=TODAY, time_zone="Asia/Tehran", after_days=30)

    assert silent(Work(last_entry_at=utc("2026-10-23 22:00"))) == date(2026, 10, 24)  # in Tehran: 30 days ago
    assert silent(Work(last_entry_at=utc("2026-10-24 22:00"))) is None
    assert silent(Work(start_on=SPRING)) == SPRING
    assert silent(Work(STATE.NOT_STARTED, start_on=NEXT_YEAR)) is None  # not started is not "no news"
    assert silent(Work(planned_at=utc("2026-11-20 08:00"))) is None


@given(st.sampled_from(list(MilestoneState)), DAYS, DAYS)
def test_what_is_over_is_never_without_news(state: MilestoneState, start_on: date, today: date) -> None:
    found = silent_since(Work(state, start_on=start_on), today=today, time_zone="UTC", after_days=30)

    assert found is None or (state.is_open and found <= today - timedelta(days=30))


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        (Work(due_on=date(2026, 12, 16), baseline_due_on=date(2026, 9, 30)), 77),
        (Work(due_on=date(2026, 11, 13), baseline_due_on=date(2026, 11, 13)), 10),  # overdue: it slips day by day
        (Work(due_on=date(2026, 12, 1), baseline_due_on=date(2026, 12, 11)), -10),
        (Work(STATE.DONE, due_on=SPRING, baseline_due_on=SPRING, finished_on=date(2026, 3, 6)), 5),
        (Work(STATE.DONE, due_on=SPRING, baseline_due_on=SPRING), 0),  # imported as done: nobody knows when
        (Work(STATE.DROPPED, due_on=NEXT_YEAR, baseline_due_on=SPRING), None),
        (Work(due_on=SPRING), None),
    ],
)
def test_slippage_is_counted_from_the_baseline(work: Work, expected: int | None) -> None:
    assert slippage(work, TODAY) == expected


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
