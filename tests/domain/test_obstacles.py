"""How the steps of its thread move an obstacle, and who is proposed to clear it."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.members import Member, Names, QuietHours, Role
from bot.domain.obstacles import Obstacle, ObstacleState, Severity, proposed_owner, stepped
from bot.domain.readers import Reader

AT = datetime(2026, 11, 23, 6, tzinfo=UTC)
LATER = AT + timedelta(days=1)


def obstacle() -> Obstacle:
    return Obstacle(
        id=1,
        group_id=1,
        number=7,
        title="No laboratory",
        language="en",
        need="",
        milestone_id=1,
        workstream_id=None,
        needed_from_party_id=2,
        needed_by=None,
        severity=Severity.HIGH,
        raised_by_id=1,
        raised_at=AT,
        court_party_id=2,
        state_changed_at=AT,
    )


def member(number: int, party_id: int, *, joined: bool = True, role: Role = Role.MEMBER) -> Member:
    return Member(
        id=number,
        group_id=1,
        person_id=number,
        party_id=party_id,
        handle=f"m{number}",
        role=role,
        names=Names(en=f"M{number}"),
        reader=Reader("en", "gregorian", "latin", "UTC"),
        quiet_hours=QuietHours(time(20), time(8)),
        joined_at=AT if joined else None,
    )


def test_a_change_of_state_restarts_the_clock_and_a_comment_does_not() -> None:
    commented = stepped(obstacle(), ObstacleState.RAISED, at=LATER, court_party_id=2)
    taken = stepped(obstacle(), ObstacleState.TAKEN, at=LATER, court_party_id=2)

    assert commented.state_changed_at == AT
    assert taken.state_changed_at == LATER
    assert taken.version == obstacle().version + 1


def test_waiting_names_for_whom_and_the_next_step_forgets_it() -> None:
    waiting = stepped(obstacle(), ObstacleState.WAITING, at=LATER, court_party_id=1, waiting_for="the customs")
    solved = stepped(waiting, ObstacleState.SOLVED, at=LATER, court_party_id=1)

    assert waiting.waiting_for == "the customs"
    assert solved.waiting_for == ""


@pytest.mark.parametrize("state", [ObstacleState.CLOSED, ObstacleState.WITHDRAWN])
def test_what_is_over_is_in_nobodys_court(state: ObstacleState) -> None:
    over = stepped(obstacle(), state, at=LATER, court_party_id=2)

    assert (over.court_party_id, over.resolved_at, over.is_open) == (None, LATER, False)


def test_a_proposed_solution_is_still_open() -> None:
    assert stepped(obstacle(), ObstacleState.SOLVED, at=LATER, court_party_id=1).is_open


def test_the_owner_is_the_first_of_the_party_who_has_joined() -> None:
    away, here, other = member(1, 2, joined=False), member(2, 2), member(3, 1)

    assert proposed_owner([other, away, here], party_id=2) == 2
    assert proposed_owner([other, away], party_id=2) == 1
    assert proposed_owner([other, None], party_id=2) is None
    assert proposed_owner([member(4, 2, role=Role.OBSERVER)], party_id=2) is None


def test_a_critical_obstacle_comes_first() -> None:
    assert min(Severity, key=lambda severity: severity.rank) is Severity.CRITICAL
