"""Changes of workstreams: named, ordered, given to people, closed; and whether anything belongs to one."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, or_, select, update

from bot.domain.groups import Workstream
from db.models import (
    MemberRow,
    MilestoneRow,
    ObstacleRow,
    ReportPartRow,
    WorkstreamPersonRow,
    WorkstreamRow,
)
from db.repositories.groups import Groups, names_to_json
from db.repositories.summary_figures import OPEN_MILESTONE, OPEN_OBSTACLE, WORKSTREAM_OF_OBSTACLE

_OPEN_MILESTONES = (
    select(MilestoneRow.number)
    .where(MilestoneRow.workstream_id == bindparam("id"), OPEN_MILESTONE, MilestoneRow.removed_at.is_(None))
    .order_by(MilestoneRow.number)
)
_OPEN_OBSTACLES = (
    select(ObstacleRow.number)
    .outerjoin(MilestoneRow, MilestoneRow.id == ObstacleRow.milestone_id)
    .where(
        ObstacleRow.group_id == bindparam("group"),
        bindparam("id") == WORKSTREAM_OF_OBSTACLE,
        OPEN_OBSTACLE,
        ObstacleRow.removed_at.is_(None),
    )
    .order_by(ObstacleRow.number)
)
_IS_USED = select(
    or_(
        exists().where(MilestoneRow.workstream_id == bindparam("id")),
        exists().where(ObstacleRow.group_id == bindparam("group"), ObstacleRow.workstream_id == bindparam("id")),
        exists().where(ReportPartRow.group_id == bindparam("group"), ReportPartRow.workstream_id == bindparam("id")),
    )
)


class Workstreams:
    """Keeps what is changed of workstreams; *groups* reads them."""

    def __init__(self, connection: Connection, groups: Groups) -> None:
        self._connection = connection
        self._groups = groups

    def add(self, workstream: Workstream) -> Workstream:
        """Add a workstream (its id is ignored) behind all others, with its people; give it as it is now."""
        last: int | None = self._connection.execute(
            select(func.max(WorkstreamRow.position)).where(WorkstreamRow.group_id == workstream.group_id)
        ).scalar_one()
        number: int = self._connection.execute(
            insert(WorkstreamRow).returning(WorkstreamRow.id),
            {
                "group_id": workstream.group_id,
                "code": workstream.code,
                "names": names_to_json(workstream.names),
                "position": (last or 0) + 1,
                "core": workstream.core,
                "lead_party_id": workstream.lead_party_id,
            },
        ).scalar_one()
        self._seat(number, workstream.people)
        return self._read(workstream.group_id, number)

    def change(self, workstream: Workstream) -> Workstream:
        """Keep names, leading party, people and whether it is closed; give it as it is now."""
        self._connection.execute(
            update(WorkstreamRow)
            .where(WorkstreamRow.id == workstream.id)
            .values(
                names=names_to_json(workstream.names),
                lead_party_id=workstream.lead_party_id,
                closed_at=workstream.closed_at,
            )
        )
        before = self._groups.workstream(workstream.group_id, workstream.id)
        if before.people != workstream.people:
            self._connection.execute(
                delete(WorkstreamPersonRow).where(
                    WorkstreamPersonRow.workstream_id == workstream.id,
                    # A place that waits for its person to join stays, unless somebody else is given it.
                    or_(
                        WorkstreamPersonRow.member_id.is_not(None),
                        WorkstreamPersonRow.party_id.in_(list(workstream.people)),
                    ),
                )
            )
            self._seat(workstream.id, workstream.people)
        return self._read(workstream.group_id, workstream.id)

    def _seat(self, workstream_id: int, people: Mapping[int, int]) -> None:
        for party_id, member_id in people.items():
            handle = select(MemberRow.handle).where(MemberRow.id == member_id).scalar_subquery()
            self._connection.execute(
                insert(WorkstreamPersonRow).values(
                    workstream_id=workstream_id, party_id=party_id, handle=handle, member_id=member_id
                )
            )

    def order(self, group_id: int, ids: Sequence[int]) -> None:
        """Put open workstreams into an order; closed ones keep their place behind or between them."""
        positions = {item.id: item.position for item in self._groups.workstreams(group_id)}
        for workstream_id, position in zip(ids, _rising(sorted(positions.values())), strict=True):
            if positions[workstream_id] != position:
                self._connection.execute(
                    update(WorkstreamRow).where(WorkstreamRow.id == workstream_id).values(position=position)
                )
        self._groups.forget(group_id)

    def remove(self, workstream: Workstream) -> None:
        """Remove a workstream that nothing belongs to."""
        self._connection.execute(delete(WorkstreamPersonRow).where(WorkstreamPersonRow.workstream_id == workstream.id))
        self._connection.execute(delete(WorkstreamRow).where(WorkstreamRow.id == workstream.id))
        self._groups.forget(workstream.group_id)

    def is_used(self, group_id: int, workstream_id: int) -> bool:
        """Tell whether a milestone, an obstacle or a part of a report belongs to it, undone ones too."""
        found: bool = self._connection.execute(_IS_USED, {"group": group_id, "id": workstream_id}).scalar_one()
        return bool(found)

    def open_milestones(self, workstream_id: int) -> list[int]:
        """Give the numbers of its open milestones."""
        return list(self._connection.execute(_OPEN_MILESTONES, {"id": workstream_id}).scalars())

    def open_obstacles(self, group_id: int, workstream_id: int) -> list[int]:
        """Give the numbers of the open obstacles that hold up the workstream, or a milestone of it."""
        values = {"group": group_id, "id": workstream_id}
        return list(self._connection.execute(_OPEN_OBSTACLES, values).scalars())

    def _read(self, group_id: int, workstream_id: int) -> Workstream:
        self._groups.forget(group_id)
        return self._groups.workstream(group_id, workstream_id)


def _rising(positions: Sequence[int]) -> list[int]:
    """Give *positions* with those that are equal set apart: files may give one order to several workstreams."""
    found: list[int] = []
    for position in positions:
        found.append(max(position, found[-1] + 1) if found else position)
    return found
