"""People are enrolled in a group by name, before they have an account."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.groups import WorkingGroup
from bot.domain.members import Absence, Member
from bot.domain.readers import default_digits
from bot.files.members_file import PersonInFile
from bot.files.refusals import Misfit, Misfits
from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A person of the file as a member; *is_new* tells whether they were added now."""

    member: Member
    is_new: bool


def enrol(uow: UnitOfWork, group: WorkingGroup, people: Sequence[PersonInFile]) -> list[Enrolment]:
    """
    Add the people of a file to a group and give them the places that wait for their handles.

    Who is there already and has not joined is brought to what the file says; what a person has chosen since joining is
    theirs. The same file again changes nothing.

    Raises:
        Misfits: a handle belongs to somebody who was removed, or to somebody of another party.
    """
    known = {person.handle: uow.members.find_handle(group.id, person.handle) for person in people}
    party_ids = {party.code: party.id for party in group.parties}
    misfits = [
        Misfit(f"member {handle}", "a handle that nobody who was removed, or is of another party, has had")
        for handle, member, person in ((person.handle, known[person.handle], person) for person in people)
        if member and (member.removed_at or member.party_id != party_ids[person.party])
    ]
    if misfits:
        raise Misfits(tuple(misfits))
    enrolled = {person.handle: _enrolled(uow, group, person, known[person.handle]) for person in people}
    _note_absences(uow, group, people)
    return [Enrolment(uow.members.get(member_id), known[handle] is None) for handle, member_id in enrolled.items()]


def _enrolled(uow: UnitOfWork, group: WorkingGroup, person: PersonInFile, member: Member | None) -> int:
    if member is None:
        party = next(party for party in group.parties if party.code == person.party)
        person_id = uow.members.add_person(user_id=None, names=person.names, language=person.language)
        member_id = uow.members.add(
            group_id=group.id,
            person_id=person_id,
            party_id=party.id,
            handle=person.handle,
            role=person.role,
            joined_at=None,
        )
        uow.members.change_person(person_id, **_choices(group, person))
        uow.record(
            "enrolled",
            "member",
            member_id,
            group_id=group.id,
            member_id=None,
            after={"handle": person.handle, "party": person.party, "role": person.role.value},
        )
    else:
        member_id = member.id
        if not member.has_joined:
            _bring_up_to_date(uow, group, member, person)
    uow.groups.seat(group.id, person.handle, member_id)
    return member_id


def _bring_up_to_date(uow: UnitOfWork, group: WorkingGroup, member: Member, person: PersonInFile) -> None:
    names = person.names
    uow.members.change_person(
        member.person_id,
        name_fa=names.fa,
        name_tg=names.tg,
        name_en=names.en,
        language=person.language,
        **_choices(group, person),
    )
    if member.role is not person.role:
        uow.members.change(member.id, role=person.role.value)
        uow.record(
            "role changed",
            "member",
            member.id,
            group_id=member.group_id,
            member_id=None,
            before={"role": member.role.value},
            after={"role": person.role.value},
        )


def _choices(group: WorkingGroup, person: PersonInFile) -> dict[str, Any]:
    """Give what differs from how party, language and group have it: the rest goes on to follow them."""
    party = next(party for party in group.parties if party.code == person.party)
    language = person.language or party.default_language
    quiet = None if person.quiet_hours == group.rules.quiet_hours else person.quiet_hours
    return {
        "calendar": None if person.calendar == party.calendar else person.calendar,
        "digits": None if person.digits == default_digits(language) else person.digits,
        "time_zone": None if person.time_zone == party.time_zone else person.time_zone,
        "quiet_from": quiet.start if quiet else None,
        "quiet_until": quiet.end if quiet else None,
    }


def _note_absences(uow: UnitOfWork, group: WorkingGroup, people: Sequence[PersonInFile]) -> None:
    """Keep the absences that are not there yet; deputies are looked up once everybody has been added."""
    ids = {member.handle: member.id for member in uow.members.of_group(group.id)}
    there = set(uow.members.absences(group.id))
    for person in people:
        if person.absence is None:
            continue
        absence = Absence(
            member_id=ids[person.handle],
            first_on=person.absence.first_on,
            last_on=person.absence.last_on,
            deputy_id=ids.get(person.absence.deputy) if person.absence.deputy else None,
        )
        if absence not in there:
            uow.members.add_absence(absence)
