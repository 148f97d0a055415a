"""Working groups, their parties and workstreams."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any, cast

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.domain.groups import GroupRules, Party, WorkingGroup, Workstream
from bot.domain.members import Names
from bot.domain.readers import CalendarName, Language
from db.models import (
    GroupRow,
    MemberRow,
    PartyRow,
    WorkstreamPersonRow,
    WorkstreamRow,
)
from db.repositories.group_rules import rules_from_json, rules_to_json

_OWN = (GroupRow.id, GroupRow.code, GroupRow.names, GroupRow.rules, GroupRow.formed_on, GroupRow.roadmap_adopted_on)
# One query, for a group is read for nearly every screen; a row for each party: the group's own columns come first.
_GROUP = (
    select(*_OWN, *(column.label(f"party_{column.key}") for column in PartyRow.__table__.c))
    .outerjoin(PartyRow, PartyRow.group_id == GroupRow.id)
    .order_by(GroupRow.id, PartyRow.position)
)
_BY_ID = _GROUP.where(GroupRow.id == bindparam("id"))
_BY_CODE = _GROUP.where(GroupRow.code == bindparam("code"))
# SQLite has one writer and leaves the lock out.
_HOLD = select(GroupRow.id).where(GroupRow.id == bindparam("id")).with_for_update()
_WORKSTREAMS = (
    select(
        WorkstreamRow.id,
        WorkstreamRow.code,
        WorkstreamRow.names,
        WorkstreamRow.position,
        WorkstreamRow.lead_party_id,
        WorkstreamRow.core,
        WorkstreamRow.closed_at,
        WorkstreamPersonRow.party_id,
        WorkstreamPersonRow.member_id,
    )
    .outerjoin(WorkstreamPersonRow, WorkstreamPersonRow.workstream_id == WorkstreamRow.id)
    .where(WorkstreamRow.group_id == bindparam("group"))
    .order_by(WorkstreamRow.position, WorkstreamRow.id, WorkstreamPersonRow.id)
)


class Groups:
    """Looks groups up and keeps what they settled."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[int, WorkingGroup] = {}
        self._workstreams: dict[int, list[Workstream]] = {}

    def get(self, group_id: int) -> WorkingGroup:
        """Give a group by id, read once in a unit of work."""
        if group_id not in self._known:
            [self._known[group_id]] = _groups(self._connection.execute(_BY_ID, {"id": group_id}))
        return self._known[group_id]

    def find(self, code: str) -> WorkingGroup | None:
        """Find a group by code."""
        return next(_groups(self._connection.execute(_BY_CODE, {"code": code})), None)

    def all(self) -> list[WorkingGroup]:
        """Give all groups, the eldest first."""
        return list(_groups(self._connection.execute(_GROUP)))

    def workstreams(self, group_id: int) -> list[Workstream]:
        """Give a group's open workstreams in their order."""
        return [workstream for workstream in self.every_workstream(group_id) if workstream.is_open]

    def every_workstream(self, group_id: int) -> list[Workstream]:
        """Give a group's workstreams in their order, closed ones too."""
        if group_id not in self._workstreams:
            found: dict[int, Workstream] = {}
            for row in self._connection.execute(_WORKSTREAMS, {"group": group_id}):
                workstream = found.setdefault(
                    row.id,
                    Workstream(
                        id=row.id,
                        group_id=group_id,
                        code=row.code,
                        names=Names(**row.names),
                        position=row.position,
                        lead_party_id=row.lead_party_id,
                        core=row.core,
                        people={},
                        closed_at=row.closed_at,
                    ),
                )
                if row.member_id is not None:
                    workstream.people[row.party_id] = row.member_id
            self._workstreams[group_id] = list(found.values())
        return self._workstreams[group_id]

    def workstream(self, group_id: int, workstream_id: int) -> Workstream:
        """Give one workstream of a group, a closed one too."""
        return next(found for found in self.every_workstream(group_id) if found.id == workstream_id)

    def forget(self, group_id: int) -> None:
        """Read a group and its workstreams anew: another repository has changed them."""
        self._known.pop(group_id, None)
        self._workstreams.pop(group_id, None)

    def hold(self, group_id: int) -> None:
        """Keep others from changing what belongs to a group as a whole until this transaction ends; read it anew."""
        self._connection.execute(_HOLD, {"id": group_id})
        self.forget(group_id)

    def add(
        self,
        *,
        code: str,
        names: Names,
        rules: GroupRules,
        formed_on: date | None,
        roadmap_adopted_on: date | None,
        now: datetime,
    ) -> int:
        """Add a group; give its id."""
        number: int = self._connection.execute(
            insert(GroupRow).returning(GroupRow.id),
            {
                "code": code,
                "names": names_to_json(names),
                "rules": rules_to_json(rules),
                "formed_on": formed_on,
                "roadmap_adopted_on": roadmap_adopted_on,
                "created_at": now,
                "last_milestone": 0,
                "last_obstacle": 0,
            },
        ).scalar_one()
        return number

    def add_party(self, party: Party, position: int) -> int:
        """Add a party (its id is ignored); give the id."""
        number: int = self._connection.execute(
            insert(PartyRow).returning(PartyRow.id),
            {
                "group_id": party.group_id,
                "position": position,
                "code": party.code,
                "names": names_to_json(party.names),
                "ministry": names_to_json(party.ministry),
                "time_zone": party.time_zone,
                "calendar": party.calendar,
                "weekend": sorted(party.weekend),
                "holidays_country": party.holidays_country,
                "office_opens": party.office_opens,
                "office_closes": party.office_closes,
                "lunch_from": party.lunch_from,
                "lunch_until": party.lunch_until,
                "default_language": party.default_language,
            },
        ).scalar_one()
        return number

    def add_workstream(self, workstream: Workstream, handles: dict[int, str]) -> int:
        """Add a workstream (its id and people are ignored) with the handles that wait for their people, by party."""
        number: int = self._connection.execute(
            insert(WorkstreamRow).returning(WorkstreamRow.id),
            {
                "group_id": workstream.group_id,
                "code": workstream.code,
                "names": names_to_json(workstream.names),
                "position": workstream.position,
                "core": workstream.core,
                "lead_party_id": workstream.lead_party_id,
            },
        ).scalar_one()
        for party_id, handle in handles.items():
            self._connection.execute(
                insert(WorkstreamPersonRow),
                {"workstream_id": number, "party_id": party_id, "handle": handle, "member_id": None},
            )
        self._workstreams.pop(workstream.group_id, None)
        return number

    def seat(self, group_id: int, handle: str, member_id: int) -> None:
        """Give the places of the member's own party that wait for *handle* to the member."""
        mine = select(WorkstreamRow.id).where(WorkstreamRow.group_id == group_id)
        party = select(MemberRow.party_id).where(MemberRow.id == member_id).scalar_subquery()
        self._connection.execute(
            update(WorkstreamPersonRow)
            .where(
                WorkstreamPersonRow.workstream_id.in_(mine),
                WorkstreamPersonRow.handle == handle,
                WorkstreamPersonRow.party_id == party,
            )
            .values(member_id=member_id)
        )
        self._workstreams.pop(group_id, None)

    def empty_seats(self, group_id: int) -> list[str]:
        """Name the handles that nobody has yet."""
        rows = self._connection.execute(
            select(WorkstreamPersonRow.handle)
            .join(WorkstreamRow, WorkstreamRow.id == WorkstreamPersonRow.workstream_id)
            .where(WorkstreamRow.group_id == group_id, WorkstreamPersonRow.member_id.is_(None))
            .distinct()
            .order_by(WorkstreamPersonRow.handle)
        )
        return [handle for (handle,) in rows]

    def next_milestone_number(self, group_id: int) -> int:
        """Take the next number for a milestone."""
        return self._next(group_id, "last_milestone")

    def take_milestone_numbers(self, group_id: int, count: int) -> range:
        """Take the next numbers for so many milestones."""
        last: int = self._connection.execute(
            update(GroupRow)
            .where(GroupRow.id == group_id)
            .values(last_milestone=GroupRow.last_milestone + count)
            .returning(GroupRow.last_milestone)
        ).scalar_one()
        return range(last - count + 1, last + 1)

    def next_obstacle_number(self, group_id: int) -> int:
        """Take the next number for an obstacle."""
        return self._next(group_id, "last_obstacle")

    def reserve_numbers(self, group_id: int, *, milestone: int = 0, obstacle: int = 0) -> None:
        """Keep the numbers up to those given from being taken (for imports that bring their own)."""
        for name, number in (("last_milestone", milestone), ("last_obstacle", obstacle)):
            column = getattr(GroupRow, name)
            self._connection.execute(
                update(GroupRow).where(GroupRow.id == group_id, column < number).values({name: number})
            )

    def _next(self, group_id: int, name: str) -> int:
        column = getattr(GroupRow, name)
        number: int = self._connection.execute(
            update(GroupRow).where(GroupRow.id == group_id).values({name: column + 1}).returning(column)
        ).scalar_one()
        return number


def names_to_json(names: Names) -> dict[str, str]:
    """Give the JSON of a name in three locales."""
    return {"fa": names.fa, "tg": names.tg, "en": names.en}


def _groups(rows: Iterable[Any]) -> Iterator[WorkingGroup]:
    for _, of_one in groupby(rows, key=lambda row: row.id):
        parties = list(of_one)
        row = parties[0]
        yield WorkingGroup(
            id=row.id,
            code=row.code,
            names=Names(**row.names),
            rules=rules_from_json(row.rules),
            parties=tuple(_party(party) for party in parties if party.party_id is not None),
            formed_on=row.formed_on,
            roadmap_adopted_on=row.roadmap_adopted_on,
        )


def _party(row: Any) -> Party:
    return Party(
        id=row.party_id,
        group_id=row.party_group_id,
        code=row.party_code,
        names=Names(**row.party_names),
        ministry=Names(**row.party_ministry),
        time_zone=row.party_time_zone,
        calendar=cast("CalendarName", row.party_calendar),
        weekend=frozenset(row.party_weekend),
        holidays_country=row.party_holidays_country,
        office_opens=row.party_office_opens,
        office_closes=row.party_office_closes,
        default_language=cast("Language", row.party_default_language),
        lunch_from=row.party_lunch_from,
        lunch_until=row.party_lunch_until,
    )
