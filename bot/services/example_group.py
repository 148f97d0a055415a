"""The example working group, with its people and its months of history, for the demo, the tests and the benchmarks."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from bot.domain.groups import WorkingGroup
from bot.domain.members import Member
from bot.files.group_file import read_group_file
from bot.files.history_file import read_history
from bot.files.members_file import PersonInFile, read_members
from bot.services import groups, histories, imports, members
from db.unit_of_work import UnitOfWork

FOLDER = Path(__file__).parents[1] / "examples"


@dataclass(frozen=True, slots=True)
class Example:
    """The group as loaded, and its people with their user ids in the local messenger."""

    group: WorkingGroup
    people: dict[str, tuple[PersonInFile, Member]]


def load(uow: UnitOfWork, *, joined: bool = True) -> Example:
    """Create the example group and replay its history; *joined*: its people have used their invitations."""
    group = groups.create(uow, read_group_file((FOLDER / "working_group.toml").read_bytes()))
    people = read_members((FOLDER / "members.csv").read_bytes(), parties=[party.code for party in group.parties])
    enrolled = members.enrol(uow, group, people)
    if joined:
        for person, enrolment in zip(people, enrolled, strict=True):
            member = enrolment.member
            uow.members.change_person(
                member.person_id, user_id=person.sandbox_user_id, language_chosen=True, group_id=group.id
            )
            uow.members.change(member.id, joined_at=group_began(group, uow))
    preview = imports.preview(uow, group, (FOLDER / "roadmap.csv").read_bytes())
    histories.replay(uow, group, preview, read_history((FOLDER / "history.csv").read_bytes()))
    found = {member.handle: member for member in uow.members.of_group(group.id)}
    return Example(
        group=uow.groups.get(group.id),
        people={person.handle: (person, found[person.handle]) for person in people},
    )


def group_began(group: WorkingGroup, uow: UnitOfWork) -> datetime:
    """Give the instant at which the group's people joined: the morning of the day it was formed."""
    day = group.formed_on or uow.now.date()
    return datetime.combine(day, time(6), tzinfo=UTC)
