"""Working groups are created from their files."""

from dataclasses import replace

from bot.domain.groups import WorkingGroup, Workstream
from bot.files.group_file import GroupFile
from bot.services.calendars import UnknownHolidays, public_holidays
from db.unit_of_work import UnitOfWork


class GroupExists(Exception):
    """A group has the code already; *args* has the code."""


def check_holidays(file: GroupFile, *, year: int) -> list[str]:
    """Name the parties' countries whose public holidays cannot be had; to ask the holidays package takes a while."""
    unknown = []
    for country in sorted({party.holidays_country for party in file.parties}):
        try:
            public_holidays(country, year // 10)
        except UnknownHolidays:
            unknown.append(country)
    return unknown


def create(uow: UnitOfWork, file: GroupFile) -> WorkingGroup:
    """
    Create a group as its file describes it; the handles of its workstreams wait for their people.

    Raises:
        GroupExists: a group with that code is there.
    """
    if uow.groups.find(file.code) is not None:
        raise GroupExists(file.code)
    group_id = uow.groups.add(
        code=file.code,
        names=file.names,
        rules=file.rules,
        formed_on=file.formed_on,
        roadmap_adopted_on=file.roadmap_adopted_on,
        now=uow.now,
    )
    party_ids = {
        party.code: uow.groups.add_party(replace(party, group_id=group_id), position)
        for position, party in enumerate(file.parties, start=1)
    }
    for workstream in file.workstreams:
        uow.groups.add_workstream(
            Workstream(
                id=0,
                group_id=group_id,
                code=workstream.code,
                names=workstream.names,
                position=workstream.position,
                lead_party_id=party_ids[workstream.lead_party],
                core=workstream.core,
            ),
            {party_ids[code]: handle for code, handle in workstream.handles.items()},
        )
    uow.record("created", "group", group_id, group_id=group_id, member_id=None, after={"code": file.code})
    return uow.groups.get(group_id)
