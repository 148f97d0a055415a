"""The figures of a summary and the pages of its lists: one statement each, whatever the size of the roadmap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    not_,
    or_,
    select,
    text,
)

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
from db.models import DueMoveRow, MilestoneRow, ObstacleOwnerRow, ObstacleRow, WorkstreamRow


@dataclass(frozen=True, slots=True)
class Span:
    """The days that bound the counts: today, the day a month ago and its end (UTC), this month and the last one."""

    today: date
    before: date
    before_at: datetime
    month: tuple[date, date]
    last_month: tuple[date, date]


_Rows = Select[*tuple[Any, ...]]

# The predicates of the partial indexes, word for word.
_OPEN_MILESTONE = text("milestones.state NOT IN ('done', 'dropped')")
_OVER = text("milestones.state IN ('done', 'dropped')")
_OPEN_OBSTACLE = text("obstacles.state NOT IN ('closed', 'withdrawn')")
_DONE = text("milestones.state = 'done'")

_MILESTONE_OF_GROUP = and_(MilestoneRow.group_id == bindparam("group"), MilestoneRow.removed_at.is_(None))
_OBSTACLE_OF_GROUP = and_(ObstacleRow.group_id == bindparam("group"), ObstacleRow.removed_at.is_(None))


def _sum(condition: Any) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _before_that_day(day: ColumnElement[date]) -> ColumnElement[bool]:
    return day < bindparam("before")


def _after_that_day(day: ColumnElement[date]) -> ColumnElement[bool]:
    return day > bindparam("before")


# What the due date was a month ago: the first move since then tells; a milestone that never moved is not looked up.
_DUE_BEFORE = case(
    (MilestoneRow.moves == 0, MilestoneRow.due_on),
    else_=func.coalesce(
        select(DueMoveRow.due_before)
        .where(
            DueMoveRow.milestone_id == MilestoneRow.id,
            DueMoveRow.at >= bindparam("before_at"),
            DueMoveRow.undone_at.is_(None),
        )
        .order_by(DueMoveRow.id)
        .limit(1)
        .correlate(MilestoneRow)
        .scalar_subquery(),
        MilestoneRow.due_on,
    ),
)
_EXISTED = MilestoneRow.planned_at < bindparam("before_at")
_DUE = MilestoneRow.due_on.between(bindparam("first"), bindparam("last"))
_DUE_LAST_MONTH = and_(_EXISTED, _DUE_BEFORE.between(bindparam("last_first"), bindparam("last_last")))
_WAS_OVERDUE = and_(_EXISTED, _before_that_day(_DUE_BEFORE))
# Imported as over, nobody knows since when: the due date stands for it.
_FINISHED_ON = func.coalesce(MilestoneRow.finished_on, MilestoneRow.due_on)

_OPEN_WORK = (
    select(
        MilestoneRow.workstream_id,
        MilestoneRow.responsible_party_id,
        MilestoneRow.lead_id,
        MilestoneRow.state,
        func.count(),
        func.min(MilestoneRow.start_on, type_=MilestoneRow.start_on.type),
        func.min(MilestoneRow.due_on, type_=MilestoneRow.due_on.type),
        func.min(MilestoneRow.planned_at, type_=MilestoneRow.planned_at.type),
        _sum(MilestoneRow.due_on < bindparam("today")),
        _sum(_WAS_OVERDUE),
        _sum(_DUE),
        _sum(_DUE_LAST_MONTH),
    )
    .where(_OPEN_MILESTONE, _MILESTONE_OF_GROUP)
    .group_by(
        MilestoneRow.workstream_id, MilestoneRow.responsible_party_id, MilestoneRow.lead_id, MilestoneRow.state
    )
)
_FINISHED_WORK = (
    select(
        MilestoneRow.workstream_id,
        MilestoneRow.responsible_party_id,
        _sum(_DONE),
        _sum(and_(_DONE, not_(_after_that_day(_FINISHED_ON)))),
        _sum(and_(_after_that_day(_FINISHED_ON), _WAS_OVERDUE)),
        _sum(and_(_DONE, _DUE)),
        _sum(and_(_DONE, _DUE_LAST_MONTH)),
    )
    .where(_OVER, _MILESTONE_OF_GROUP)
    .group_by(MilestoneRow.workstream_id, MilestoneRow.responsible_party_id)
)

_WORKSTREAM_OF_OBSTACLE = func.coalesce(ObstacleRow.workstream_id, MilestoneRow.workstream_id)
_OPEN_OBSTACLES = (
    select(
        _WORKSTREAM_OF_OBSTACLE,
        ObstacleRow.severity,
        ObstacleRow.court_party_id,
        ObstacleRow.needed_from_party_id,
        func.count(),
    )
    .outerjoin(MilestoneRow, MilestoneRow.id == ObstacleRow.milestone_id)
    .where(_OPEN_OBSTACLE, _OBSTACLE_OF_GROUP)
    .group_by(
        _WORKSTREAM_OF_OBSTACLE, ObstacleRow.severity, ObstacleRow.court_party_id, ObstacleRow.needed_from_party_id
    )
)

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
    .where(_OPEN_OBSTACLE, _OBSTACLE_OF_GROUP)
)
_GRAVEST_FIRST = (
    case({severity.value: severity.rank for severity in Severity}, value=ObstacleRow.severity),
    ObstacleRow.raised_at,
    ObstacleRow.number,
)
_IS_OWNER = exists().where(
    ObstacleOwnerRow.obstacle_id == ObstacleRow.id, ObstacleOwnerRow.member_id == bindparam("member")
)
_COUNT_OBSTACLES = select(func.count()).select_from(ObstacleRow).where(_OPEN_OBSTACLE, _OBSTACLE_OF_GROUP)

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
).where(_MILESTONE_OF_GROUP)
_COUNT_MILESTONES = select(func.count()).select_from(MilestoneRow).where(_MILESTONE_OF_GROUP)
_IS_MINE = or_(MilestoneRow.lead_id == bindparam("member"), MilestoneRow.counterpart_id == bindparam("member"))
_OF_WORKSTREAM = MilestoneRow.workstream_id == bindparam("workstream")


class Summaries:
    """Counts and lists of a group's milestones and obstacles; what was undone is in none."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # Figures

    def open_work(self, group_id: int, span: Span) -> list[OpenWork]:
        """Count the open milestones by what they share."""
        rows = self._connection.execute(_OPEN_WORK, _values(group_id, span))
        return [_open_work(row) for row in rows]

    def finished_work(self, group_id: int, span: Span) -> list[FinishedWork]:
        """Count the milestones that are over, by workstream and responsible party."""
        return [FinishedWork(*row) for row in self._connection.execute(_FINISHED_WORK, _values(group_id, span))]

    def open_obstacles(self, group_id: int) -> list[OpenObstacles]:
        """Count the open obstacles by what they share."""
        rows = self._connection.execute(_OPEN_OBSTACLES, {"group": group_id})
        return [OpenObstacles(row[0], Severity(row[1]), row[2], row[3], row[4]) for row in rows]

    def next_due(self, group_id: int, selection: Selection, *, today: date, limit: int) -> list[ListedMilestone]:
        """Give the open milestones that are due next, today's included."""
        statement = (
            _of_selection(_LISTED_MILESTONES, selection)
            .where(_OPEN_MILESTONE, MilestoneRow.due_on >= bindparam("today"))
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
            statement = statement.where(_WORKSTREAM_OF_OBSTACLE.in_([selection.workstream_id]))
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
            statement = _LISTED_MILESTONES.join(
                WorkstreamRow, WorkstreamRow.id == MilestoneRow.workstream_id
            ).order_by(WorkstreamRow.position, WorkstreamRow.id, MilestoneRow.number)
            values = {"group": group_id}
        return self._milestones(statement.limit(PAGE).offset(offset), **values)

    def count_milestones_of(self, group_id: int, member_id: int) -> int:
        """Count the open milestones that a member leads or is the counterpart of."""
        return self._count(_COUNT_MILESTONES.where(_OPEN_MILESTONE, _IS_MINE), group=group_id, member=member_id)

    def milestones_of(self, group_id: int, member_id: int, *, limit: int, offset: int) -> list[ListedMilestone]:
        """Give the open milestones that a member leads or is the counterpart of, the next due first."""
        statement = (
            _LISTED_MILESTONES.where(_OPEN_MILESTONE, _IS_MINE)
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
            _LISTED_OBSTACLES.where(_IS_OWNER)
            .order_by(waits_first, *_GRAVEST_FIRST)
            .limit(limit)
            .offset(offset)
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
            or_(
                MilestoneRow.responsible_party_id == selection.party_id, MilestoneRow.responsible_party_id.is_(None)
            )
        )
    return statement


def _values(group_id: int, span: Span) -> dict[str, object]:
    return {
        "group": group_id,
        "today": span.today,
        "before": span.before,
        "before_at": span.before_at,
        "first": span.month[0],
        "last": span.month[1],
        "last_first": span.last_month[0],
        "last_last": span.last_month[1],
    }


def _open_work(row: Sequence[Any]) -> OpenWork:
    workstream_id, party_id, lead_id, state, *figures = row
    return OpenWork(workstream_id, party_id, lead_id, MilestoneState(state), *figures)


def _obstacle(row: Sequence[Any]) -> ListedObstacle:
    id_, number, title, severity, *others = row
    return ListedObstacle(id_, number, title, Severity(severity), *others)


def _milestone(row: Sequence[Any]) -> ListedMilestone:
    id_, number, workstream_id, title, title_fa, title_tg, title_en, state, percent, due_on = row
    return ListedMilestone(
        id=id_,
        number=number,
        workstream_id=workstream_id,
        title=title,
        titles=Names(title_fa, title_tg, title_en),
        state=MilestoneState(state),
        percent=percent,
        due_on=due_on,
    )
