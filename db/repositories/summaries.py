"""The figures of a summary and the pages of its lists: one statement each, whatever the size of the roadmap."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, bindparam, case, exists, func, or_, select, text

from bot.domain.members import Names
from bot.domain.milestones import MilestoneState
from bot.domain.obstacles import Severity
from bot.domain.roadmap_filters import EVERYTHING, RoadmapFilter, Standing
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
    FIGURES,
    FIGURES_AMONG,
    MILESTONE_OF_GROUP,
    OBSTACLE_OF_GROUP,
    OPEN_MILESTONE,
    OPEN_OBSTACLE,
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

LISTED_MILESTONES = select(
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
_LISTED_BY_ID = select(*LISTED_MILESTONES.selected_columns).where(MilestoneRow.id.in_(bindparam("ids", expanding=True)))
_COUNT_MILESTONES = select(func.count()).select_from(MilestoneRow).where(MILESTONE_OF_GROUP)
_IS_MINE = or_(MilestoneRow.lead_id == bindparam("member"), MilestoneRow.counterpart_id == bindparam("member"))
_STANDINGS: dict[Standing, tuple[Any, ...]] = {
    Standing.OPEN: (OPEN_MILESTONE,),
    Standing.OVERDUE: (OPEN_MILESTONE, MilestoneRow.due_on < bindparam("today")),
    Standing.AT_RISK: (text("milestones.state IN ('at risk', 'off track')"),),
    Standing.DONE: (text("milestones.state = 'done'"),),
}
_OF_WORKSTREAM = MilestoneRow.workstream_id == bindparam("workstream")
_COUNT_MINE = select(
    _COUNT_OBSTACLES.where(_IS_OWNER).scalar_subquery(),
    _COUNT_MILESTONES.where(OPEN_MILESTONE, _IS_MINE).scalar_subquery(),
)


class Summaries:
    """Counts and lists of a group's milestones and obstacles; what was undone is in none."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # Figures

    def figures(
        self, group_id: int, span: Span, *, among: Collection[int] | None = None
    ) -> tuple[list[OpenWork], list[FinishedWork], list[OpenObstacles]]:
        """
        Count the open milestones, those that are over and the open obstacles, each by what they share.

        *among* leaves out the milestones of all workstreams but these of the group.
        """
        work: list[OpenWork] = []
        finished: list[FinishedWork] = []
        obstacles: list[OpenObstacles] = []
        statement, values = FIGURES, span.values(group_id)
        if among is not None:
            statement, values = FIGURES_AMONG, {**values, "among": list(among)}
        for kind, workstream_id, party_id, other_id, word, count, *figures in self._connection.execute(
            statement, values
        ):
            if kind == "open":
                work.append(OpenWork(workstream_id, party_id, other_id, MilestoneState(word), count, *figures))
            elif kind == "over":
                finished.append(FinishedWork(workstream_id, party_id, count, *figures[3:8]))
            else:
                obstacles.append(OpenObstacles(workstream_id, Severity(word), other_id, party_id, count))
        return work, finished, obstacles

    def next_due(self, group_id: int, selection: Selection, *, today: date, limit: int) -> list[ListedMilestone]:
        """Give the open milestones that are due next, today's included."""
        statement = (
            _of_selection(LISTED_MILESTONES, selection)
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

    def count_milestones(self, group_id: int, chosen: RoadmapFilter = EVERYTHING, *, today: date) -> int:
        """Count the milestones of a group that pass a filter, finished ones too unless it leaves them out."""
        return self._count(_COUNT_MILESTONES.where(*_passes(chosen)), **_filter_values(group_id, chosen, today))

    def roadmap(
        self, group_id: int, chosen: RoadmapFilter = EVERYTHING, *, today: date, offset: int
    ) -> list[ListedMilestone]:
        """Give a page of the milestones of a group that pass a filter, workstream by workstream."""
        order: tuple[Any, ...] = (MilestoneRow.number,)
        ids = select(MilestoneRow.id).where(MILESTONE_OF_GROUP, *_passes(chosen))
        if chosen.workstream_id is None:
            order = (WorkstreamRow.position, WorkstreamRow.id, MilestoneRow.number)
            ids = ids.join(WorkstreamRow, WorkstreamRow.id == MilestoneRow.workstream_id)
        return self.page_of(ids.order_by(*order).limit(PAGE).offset(offset), **_filter_values(group_id, chosen, today))

    def page_of(self, ids: Select[int], **values: object) -> list[ListedMilestone]:
        """Give the milestones that *ids* selects, in its order; what is sorted to find them is narrow."""
        wanted = self._connection.execute(ids, values).scalars().all()
        found = {row[0]: listed_milestone(row) for row in self._connection.execute(_LISTED_BY_ID, {"ids": wanted})}
        return [found[milestone_id] for milestone_id in wanted]

    def count_mine(self, group_id: int, member_id: int) -> tuple[int, int]:
        """Count the open obstacles that a member is to clear, and the open milestones that they answer for."""
        found = self._connection.execute(_COUNT_MINE, {"group": group_id, "member": member_id}).one()
        return found[0], found[1]

    def milestones_of(self, group_id: int, member_id: int, *, limit: int, offset: int) -> list[ListedMilestone]:
        """Give the open milestones that a member leads or is the counterpart of, the next due first."""
        statement = (
            LISTED_MILESTONES.where(OPEN_MILESTONE, _IS_MINE)
            .order_by(MilestoneRow.due_on, MilestoneRow.number)
            .limit(limit)
            .offset(offset)
        )
        return self._milestones(statement, group=group_id, member=member_id)

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
        return [listed_milestone(row) for row in self._connection.execute(statement, values)]

    def _obstacles(self, statement: _Rows, **values: object) -> list[ListedObstacle]:
        return [_obstacle(row) for row in self._connection.execute(statement, values)]

    def _count(self, statement: _Rows, **values: object) -> int:
        found: int = self._connection.execute(statement, values).scalar_one()
        return found


def _filter_values(group_id: int, chosen: RoadmapFilter, today: date) -> dict[str, object]:
    values: dict[str, object] = {"group": group_id}
    if chosen.standing is Standing.OVERDUE:
        values["today"] = today
    if chosen.workstream_id is not None:
        values["workstream"] = chosen.workstream_id
    if chosen.party_id is not None:
        values["party"] = chosen.party_id
    if chosen.member_id is not None:
        values["member"] = chosen.member_id
    return values


def _passes(chosen: RoadmapFilter) -> Iterator[Any]:
    if chosen.workstream_id is not None:
        yield _OF_WORKSTREAM
    if chosen.party_id is not None:
        yield or_(MilestoneRow.responsible_party_id == bindparam("party"), MilestoneRow.responsible_party_id.is_(None))
    if chosen.member_id is not None:
        yield _IS_MINE
    if chosen.standing is not Standing.ALL:
        yield from _STANDINGS[chosen.standing]


def _of_selection(statement: _Rows, selection: Selection) -> _Rows:
    if selection.workstream_id is not None:
        statement = statement.where(MilestoneRow.workstream_id == selection.workstream_id)
    if selection.party_id is not None:
        statement = statement.where(
            or_(MilestoneRow.responsible_party_id == selection.party_id, MilestoneRow.responsible_party_id.is_(None))
        )
    return statement


def _obstacle(row: Sequence[Any]) -> ListedObstacle:
    id_, number, title, severity, *others = row
    return ListedObstacle(id_, number, title, Severity(severity), *others)


def listed_milestone(row: Sequence[Any]) -> ListedMilestone:
    """Give the milestone of a row of LISTED_MILESTONES."""
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
