"""Who owes which part of the monthly report, and who stands in for whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.errors import DomainError, NotAllowed
from bot.domain.groups import Workstream
from bot.domain.members import Absence, Member, Role, deputy_on
from bot.domain.periods import Period


@dataclass(unsafe_hash=True)
class PartAnswered(DomainError):
    """Each part that the button is about has an answer already."""


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """What one member has to say about one workstream in a period."""

    member_id: int
    workstream_id: int


@dataclass(frozen=True, slots=True)
class MilestoneLead:
    """The lead of a milestone that is still open; *planned_at* (UTC) is since when it exists."""

    workstream_id: int
    lead_id: int
    planned_at: datetime


def parts_owed(
    period: Period,
    *,
    workstreams: Iterable[Workstream],
    milestone_leads: Iterable[MilestoneLead],
    members: Mapping[int, Member],
    time_zone: str,
) -> tuple[Part, ...]:
    """
    Give the parts of *period* by workstream in its order, then by member.

    Each lead and counterpart of a workstream owes one, and so does each lead of an open milestone that existed before
    the period ended, for the milestone's workstream. Who has not joined owes; who joined after the period, was removed
    or only observes does not. *time_zone* is the one on whose clocks the period ends.
    """
    ended_at = period.ended_at(time_zone)
    workstreams = tuple(workstreams)
    order = {workstream.id: workstream.position for workstream in workstreams}
    wanted = {Part(member_id, workstream.id) for workstream in workstreams for member_id in workstream.people.values()}
    wanted |= {
        Part(milestone.lead_id, milestone.workstream_id)
        for milestone in milestone_leads
        if milestone.planned_at < ended_at and milestone.workstream_id in order
    }
    owed = (part for part in wanted if part.member_id in members and _owes(members[part.member_id], ended_at))
    return tuple(sorted(owed, key=lambda part: (order[part.workstream_id], part.workstream_id, part.member_id)))


def _owes(member: Member, ended_at: datetime) -> bool:
    if member.removed_at is not None or member.role is Role.OBSERVER:
        return False
    return member.joined_at is None or member.joined_at < ended_at


def stand_in(member_id: int, day: date, absences: Iterable[Absence]) -> int | None:
    """
    Give who answers for a member on *day*: the member, the deputy of one who is away, the deputy's deputy; or nobody.

    A ring of people who all name each other has nobody.
    """
    absences = tuple(absences)
    asked: set[int] = set()
    found: int | None = member_id
    while found is not None and found not in asked:
        asked.add(found)
        is_away, deputy_id = deputy_on(found, day, absences)
        if not is_away:
            return found
        found = deputy_id
    return None


def check_may_answer(part: Part, *, by: Member, owner: Member, absences: Iterable[Absence], today: date) -> None:
    """
    Permit an answer by the one who owes it, by who stands in today, and by a secretary of the same party.

    Raises:
        NotAllowed: *by* is none of these, or may not write.
    """
    if not by.may_write or by.group_id != owner.group_id:
        raise NotAllowed
    is_secretary = by.role is Role.SECRETARY and by.party_id == owner.party_id
    if by.id != part.member_id and not is_secretary and stand_in(part.member_id, today, absences) != by.id:
        raise NotAllowed
