"""The figures of a summary and the pages of its lists: one statement each, whatever the size of the roadmap."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, bindparam, case, exists, func, or_, select

from bot.domain.members import Names
from bot.domain.milestones import MilestoneState
from bot.domain.obstacles import Severity
from bot.domain.summaries import (
    ALL,
    PAGE,
    FinishedWork,
    ListedMilestone,
    ListedObstacle,
    OpenObstacles,
    OpenWork,
    Selection,
)
from db.models import MilestoneRow, ObstacleOwnerRow, ObstacleRow, WorkstreamRow
from db.repositories.summary_figures import (
    FINISHED_WORK,
    FINISHED_WORK_AMONG,
    MILESTONE_OF_GROUP,
    OBSTACLE_OF_GROUP,
    OPEN_MILESTONE,
    OPEN_OBSTACLE,
    OPEN_OBSTACLES,
    OPEN_WORK,
    OPEN_WORK_AMONG,
    WORKSTREAM_OF_OBSTACLE,
    Span,
)

_Rows = Select[*tuple[Any, ...]]

_LISTED_OBSTACLES = (
    select(
        ObstacleRow.id,
        ObstacleRow.number,
        ObstacleRow.title,
        ObstacleRow.severity,
        ObstacleRow.court_party_id,
        ObstacleRow.raised_at,
        ObstacleRow.state_changed_at,
    )
    .outerjoin(MilestoneRow, MilestoneRow.id == ObstacleRow.milestone_id)
    .where(OPEN_OBSTACLE, OBSTACLE_OF_GROUP)
)
_GRAVEST_FIRST = (
    case({severity.value: severity.rank for severity in Severity}, value=ObstacleRow.severity),
    ObstacleRow.raised_at,
    ObstacleRow.number,
)
_IS_OWNER = exists().where(
    ObstacleOwnerRow.obstacle_id == ObstacleRow.id, ObstacleOwnerRow.member_id == bindparam("member")
)
_COUNT_OBSTACLES = select(func.count()).select_from(ObstacleRow).where(OPEN_OBSTACLE, OBSTACLE_OF_GROUP)

_LISTED_MILESTONES = select(
    MilestoneRow.id,
    MilestoneRow.number,
    MilestoneRow.workstream_id,
    MilestoneRow.title,
    MilestoneRow.title_fa,
    MilestoneRow.title_tg,
    MilestoneRow.title_en,
    MilestoneRow.state,
    MilestoneRow.percent,
    MilestoneRow.due_on,
    MilestoneRow.start_on,
    MilestoneRow.baseline_due_on,
    MilestoneRow.added_on,
    MilestoneRow.finished_on,
    MilestoneRow.planned_at,
    MilestoneRow.last_entry_at,
).where(MILESTONE_OF_GROUP)
_COUNT_MILESTONES = select(func.count()).select_from(MilestoneRow).where(MILESTONE_OF_GROUP)
_IS_MINE = or_(MilestoneRow.lead_id == bindparam("member"), MilestoneRow.counterpart_id == bindparam("member"))
_OF_WORKSTREAM = MilestoneRow.workstream_id == bindparam("workstream")


class Summaries:
    """Counts and lists of a group's milestones and obstacles; what was undone is in none."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # Figures

    def open_work(self, group_id: int, span: Span) -> list[OpenWork]:
        """Count the open milestones by what they share."""
        return [_open_work(row) for row in self._connection.execute(OPEN_WORK, span.values(group_id))]

    def finished_work(self, group_id: int, span: Span) -> list[FinishedWork]:
        """Count the milestones that are over, by workstream and responsible party."""
        return [FinishedWork(*row) for row in self._connection.execute(FINISHED_WORK, span.values(group_id))]

    def work_among(
        self, group_id: int, span: Span, workstream_ids: Collection[int]
    ) -> tuple[list[OpenWork], list[FinishedWork]]:
        """Count the open milestones, and those that are over, of some workstreams of the group alone."""
        values = {**span.values(group_id), "among": list(workstream_ids)}
        open_work = [_open_work(row) for row in self._connection.execute(OPEN_WORK_AMONG, values)]
        return open_work, [FinishedWork(*row) for row in self._connection.execute(FINISHED_WORK_AMONG, values)]

    def open_obstacles(self, group_id: int) -> list[OpenObstacles]:
        """Count the open obstacles by what they share."""
        rows = self._connection.execute(OPEN_OBSTACLES, {"group": group_id})
        return [OpenObstacles(row[0], Severity(row[1]), row[2], row[3], row[4]) for row in rows]

    def next_due(self, group_id: int, selection: Selection, *, today: date, limit: int) -> list[ListedMilestone]:
        """Give the open milestones that are due next, today's included."""
        statement = (
            _of_selection(_LISTED_MILESTONES, selection)
            .where(OPEN_MILESTONE, MilestoneRow.due_on >= bindparam("today"))
            .order_by(MilestoneRow.due_on, MilestoneRow.number)
            .limit(limit)
        )
        return self._milestones(statement, group=group_id, today=today)

    def worst_obstacles(
        self, group_id: int, selection: Selection = ALL, *, limit: int = PAGE, offset: int = 0
    ) -> list[ListedObstacle]:
        """Give open obstacles, the gravest first and of these the eldest."""
        statement = _LISTED_OBSTACLES.order_by(*_GRAVEST_FIRST).limit(limit).offset(offset)
        if selection.workstream_id is not None:
            statement = statement.where(WORKSTREAM_OF_OBSTACLE.in_([selection.workstream_id]))
        if (party_id := selection.party_id) is not None:
            statement = statement.where(
                or_(ObstacleRow.court_party_id == party_id, ObstacleRow.needed_from_party_id == party_id)
            )
        return self._obstacles(statement, group=group_id)

    # Lists

    def count_obstacles(self, group_id: int) -> int:
        """Count the open obstacles of a group."""
        return self._count(_COUNT_OBSTACLES, group=group_id)

    def count_milestones(self, group_id: int, workstream_id: int | None = None) -> int:
        """Count the milestones of a group or of one workstream, finished ones too."""
        if workstream_id is None:
            return self._count(_COUNT_MILESTONES, group=group_id)
        return self._count(_COUNT_MILESTONES.where(_OF_WORKSTREAM), group=group_id, workstream=workstream_id)

    def roadmap(self, group_id: int, workstream_id: int | None = None, *, offset: int) -> list[ListedMilestone]:
        """Give a page of the milestones of a group, workstream by workstream, or of one workstream."""
        if workstream_id is not None:
            statement = _LISTED_MILESTONES.where(_OF_WORKSTREAM).order_by(MilestoneRow.number)
            values = {"group": group_id, "workstream": workstream_id}
        else:
            statement = _LISTED_MILESTONES.join(WorkstreamRow, WorkstreamRow.id == MilestoneRow.workstream_id).order_by(
                WorkstreamRow.position, WorkstreamRow.id, MilestoneRow.number
            )
            values = {"group": group_id}
        return self._milestones(statement.limit(PAGE).offset(offset), **values)

    def count_milestones_of(self, group_id: int, member_id: int) -> int:
        """Count the open milestones that a member leads or is the counterpart of."""
        return self._count(_COUNT_MILESTONES.where(OPEN_MILESTONE, _IS_MINE), group=group_id, member=member_id)

    def milestones_of(self, group_id: int, member_id: int, *, limit: int, offset: int) -> list[ListedMilestone]:
        """Give the open milestones that a member leads or is the counterpart of, the next due first."""
        statement = (
            _LISTED_MILESTONES.where(OPEN_MILESTONE, _IS_MINE)
            .order_by(MilestoneRow.due_on, MilestoneRow.number)
            .limit(limit)
            .offset(offset)
        )
        return self._milestones(statement, group=group_id, member=member_id)

    def count_obstacles_of(self, group_id: int, member_id: int) -> int:
        """Count the open obstacles that a member is to clear on their side."""
        return self._count(_COUNT_OBSTACLES.where(_IS_OWNER), group=group_id, member=member_id)

    def obstacles_of(
        self, group_id: int, member_id: int, *, party_id: int, limit: int, offset: int
    ) -> list[ListedObstacle]:
        """Give the open obstacles that a member is to clear; those that wait for their party come first."""
        waits_first = case((ObstacleRow.court_party_id == bindparam("party"), 0), else_=1)
        statement = (
            _LISTED_OBSTACLES.where(_IS_OWNER).order_by(waits_first, *_GRAVEST_FIRST).limit(limit).offset(offset)
        )
        return self._obstacles(statement, group=group_id, member=member_id, party=party_id)

    def _milestones(self, statement: _Rows, **values: object) -> list[ListedMilestone]:
        return [_milestone(row) for row in self._connection.execute(statement, values)]

    def _obstacles(self, statement: _Rows, **values: object) -> list[ListedObstacle]:
        return [_obstacle(row) for row in self._connection.execute(statement, values)]

    def _count(self, statement: _Rows, **values: object) -> int:
        found: int = self._connection.execute(statement, values).scalar_one()
        return found


def _of_selection(statement: _Rows, selection: Selection) -> _Rows:
    if selection.workstream_id is not None:
        statement = statement.where(MilestoneRow.workstream_id == selection.workstream_id)
    if selection.party_id is not None:
        statement = statement.where(
            or_(MilestoneRow.responsible_party_id == selection.party_id, MilestoneRow.responsible_party_id.is_(None))
        )
    return statement


def _open_work(row: Sequence[Any]) -> OpenWork:
    workstream_id, party_id, lead_id, state, *figures = row
    return OpenWork(workstream_id, party_id, lead_id, MilestoneState(state), *figures)


def _obstacle(row: Sequence[Any]) -> ListedObstacle:
    id_, number, title, severity, *others = row
    return ListedObstacle(id_, number, title, Severity(severity), *others)


def _milestone(row: Sequence[Any]) -> ListedMilestone:
    id_, number, workstream_id, title, title_fa, title_tg, title_en, state, percent, *days = row
    due_on, start_on, baseline_due_on, added_on, finished_on, planned_at, last_entry_at = days
    return ListedMilestone(
        id=id_,
        number=number,
        workstream_id=workstream_id,
        title=title,
        titles=Names(title_fa, title_tg, title_en),
        state=MilestoneState(state),
        percent=percent,
        due_on=due_on,
        start_on=start_on,
        baseline_due_on=baseline_due_on,
        added_on=added_on,
        finished_on=finished_on,
        planned_at=planned_at,
        last_entry_at=last_entry_at,
    )
