"""Who owes a part of the report, who stands in, and who may answer."""

from datetime import date
from typing import Any

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.groups import Workstream
from bot.domain.members import Absence, Member, Names, Role
from bot.domain.report_parts import MilestoneLead, Part, check_may_answer, parts_owed, stand_in
from tests.domain.builders_of_reports import IR, TJ, member, month, utc

STEEL = Workstream(11, 7, "STEEL", Names(en="Steel"), 1, IR, people={IR: 1, TJ: 2})
PIPES = Workstream(12, 7, "PIPES", Names(en="Pipes"), 2, TJ, people={TJ: 2})
LONG_AGO = utc("2026-03-01 08:00")
TODAY = date(2026, 12, 1)


def owed(members: list[Member], *milestones: MilestoneLead) -> list[tuple[int, int]]:
    parts = parts_owed(
        month("2026-11"),
        workstreams=[STEEL, PIPES],
        milestone_leads=milestones,
        members={person.id: person for person in members},
        time_zone="Asia/Tehran",
    )
    return [(part.member_id, part.workstream_id) for part in parts]


def test_lead_and_counterpart_of_each_workstream_owe_a_part() -> None:
    assert owed([member(1), member(2, TJ)]) == [(1, 11), (2, 11), (2, 12)]


def test_the_lead_of_an_open_milestone_owes_one_for_its_workstream_and_only_one() -> None:
    leads = [MilestoneLead(12, 3, LONG_AGO), MilestoneLead(12, 3, LONG_AGO), MilestoneLead(11, 1, LONG_AGO)]

    assert owed([member(1), member(2, TJ), member(3)], *leads) == [(1, 11), (2, 11), (2, 12), (3, 12)]


def test_a_milestone_of_december_is_not_reported_on_in_november() -> None:
    # The period ended on 30 November at 20:30 UTC, midnight in Tehran.
    people = [member(1), member(2, TJ), member(3), member(4)]

    found = owed(people, MilestoneLead(12, 3, utc("2026-11-30 20:29")), MilestoneLead(12, 4, utc("2026-11-30 20:30")))

    assert (3, 12) in found
    assert (4, 12) not in found


@pytest.mark.parametrize(
    ("changes", "owes"),
    [
        ({"joined_at": None}, True),  # named, not here yet: the ladder names them to the secretary
        ({"joined_at": utc("2026-11-30 20:00")}, True),
        ({"joined_at": utc("2026-12-01 05:00")}, False),
        ({"removed_at": utc("2026-11-20 05:00")}, False),
        ({"role": Role.OBSERVER}, False),
        ({"role": Role.SECRETARY}, True),
        ({"is_reachable": False}, True),
    ],
)
def test_who_was_there_before_the_period_ended_owes(changes: dict[str, Any], owes: bool) -> None:
    assert ((1, 11) in owed([member(1, **changes)])) is owes


def test_a_deputy_stands_in_and_a_deputys_deputy_too() -> None:
    away = [Absence(1, TODAY, TODAY, deputy_id=2), Absence(2, TODAY, TODAY, deputy_id=3)]

    assert stand_in(1, TODAY, away) == 3
    assert stand_in(1, date(2026, 12, 2), away) == 1


def test_nobody_stands_in_for_who_named_nobody_or_a_ring_of_people() -> None:
    assert stand_in(1, TODAY, [Absence(1, TODAY, TODAY)]) is None
    assert stand_in(1, TODAY, [Absence(1, TODAY, TODAY, 2), Absence(2, TODAY, TODAY, 1)]) is None


@pytest.mark.parametrize(
    ("by", "may"),
    [
        (member(1), True),
        (member(5), True),  # stands in
        (member(6), False),
        (member(7, role=Role.SECRETARY), True),
        (member(8, TJ, Role.SECRETARY), False),
        (member(9, role=Role.CO_CHAIR), False),
    ],
)
def test_a_part_is_answered_by_its_owner_a_deputy_or_the_secretary_of_the_side(by: Member, may: bool) -> None:
    away = [Absence(1, TODAY, TODAY, deputy_id=5)] if by.id == 5 else []

    def ask() -> None:
        check_may_answer(Part(1, 11), by=by, owner=member(1), absences=away, today=TODAY)

    if may:
        ask()
    else:
        with pytest.raises(NotAllowed):
            ask()
