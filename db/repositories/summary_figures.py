"""The counts of a summary as statements: open work by partial indexes, what is over, and open obstacles."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    not_,
    null,
    or_,
    select,
    text,
    union_all,
)

from db.days import DaysBetween
from db.models import DueMoveRow, MilestoneRow, ObstacleRow

_Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Span:
    """
    The days that bound the counts: today, the day a month ago and its end (UTC), this month and the last one.

    Without news is what was last heard of on *silent_on* or before; *silent_at* (UTC) is the end of that day.
    """

    today: date
    before: date
    before_at: datetime
    month: tuple[date, date]
    last_month: tuple[date, date]
    silent_on: date
    silent_at: datetime

    def values(self, group_id: int) -> dict[str, object]:
        """Give the parameters of the statements."""
        return {
            "group": group_id,
            "today": self.today,
            "before": self.before,
            "before_at": self.before_at,
            "first": self.month[0],
            "last": self.month[1],
            "last_first": self.last_month[0],
            "last_last": self.last_month[1],
            "silent_on": self.silent_on,
            "silent_at": self.silent_at,
        }


# The predicates of the partial indexes, word for word.
OPEN_MILESTONE = text("milestones.state NOT IN ('done', 'dropped')")
_OVER = text("milestones.state IN ('done', 'dropped')")
OPEN_OBSTACLE = text("obstacles.state NOT IN ('closed', 'withdrawn')")
_DONE = text("milestones.state = 'done'")

MILESTONE_OF_GROUP = and_(MilestoneRow.group_id == bindparam("group"), MilestoneRow.removed_at.is_(None))
# Without the group, so that SQLite takes the index of workstreams and not that of the group's milestones.
MILESTONE_AMONG = and_(
    MilestoneRow.workstream_id.in_(bindparam("among", expanding=True)), MilestoneRow.removed_at.is_(None)
)
OBSTACLE_OF_GROUP = and_(ObstacleRow.group_id == bindparam("group"), ObstacleRow.removed_at.is_(None))


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

# The rules of bot.domain.roadmap, silent_since and slippage, for all milestones at once.
_IS_SILENT = or_(
    MilestoneRow.last_entry_at < bindparam("silent_at"),
    and_(
        MilestoneRow.last_entry_at.is_(None),
        MilestoneRow.start_on <= bindparam("silent_on"),
        MilestoneRow.planned_at < bindparam("silent_at"),
    ),
)
_ENDS_ON = case((MilestoneRow.due_on < bindparam("today"), bindparam("today", type_=Date())), else_=MilestoneRow.due_on)
_IS_ADDED = MilestoneRow.added_on.is_not(None)

_OPEN_WORK: _Rows = (
    select(
        literal_column("'open'").label("kind"),
        MilestoneRow.workstream_id,
        MilestoneRow.responsible_party_id,
        MilestoneRow.lead_id,
        MilestoneRow.state,
        func.count().label("count"),
        func.min(MilestoneRow.start_on, type_=MilestoneRow.start_on.type).label("start_on"),
        func.min(MilestoneRow.due_on, type_=MilestoneRow.due_on.type).label("due_on"),
        func.min(MilestoneRow.planned_at, type_=MilestoneRow.planned_at.type).label("planned_at"),
        _sum(MilestoneRow.due_on < bindparam("today")).label("first"),
        _sum(_WAS_OVERDUE).label("second"),
        _sum(_DUE).label("third"),
        _sum(_DUE_LAST_MONTH).label("fourth"),
        _sum(_IS_ADDED).label("added"),
        _sum(_IS_SILENT).label("silent"),
        func.max(DaysBetween(MilestoneRow.baseline_due_on, _ENDS_ON)).label("slippage"),
    )
    .where(OPEN_MILESTONE)
    .group_by(MilestoneRow.workstream_id, MilestoneRow.responsible_party_id, MilestoneRow.lead_id, MilestoneRow.state)
)
_FINISHED_WORK: _Rows = (
    select(
        literal_column("'over'"),
        MilestoneRow.workstream_id,
        MilestoneRow.responsible_party_id,
        null(),
        null(),
        _sum(_DONE),
        null(),
        null(),
        null(),
        _sum(and_(_DONE, not_(_after_that_day(_FINISHED_ON)))),
        _sum(and_(_after_that_day(_FINISHED_ON), _WAS_OVERDUE)),
        _sum(and_(_DONE, _DUE)),
        _sum(and_(_DONE, _DUE_LAST_MONTH)),
        _sum(and_(_DONE, _IS_ADDED)),
        null(),
        null(),
    )
    .where(_OVER)
    .group_by(MilestoneRow.workstream_id, MilestoneRow.responsible_party_id)
)
WORKSTREAM_OF_OBSTACLE = func.coalesce(ObstacleRow.workstream_id, MilestoneRow.workstream_id)
_OPEN_OBSTACLES: _Rows = (
    select(
        literal_column("'obstacle'"),
        WORKSTREAM_OF_OBSTACLE,
        ObstacleRow.needed_from_party_id,
        ObstacleRow.court_party_id,
        ObstacleRow.severity,
        func.count(),
        *(null(),) * 10,
    )
    .outerjoin(MilestoneRow, MilestoneRow.id == ObstacleRow.milestone_id)
    .where(OPEN_OBSTACLE, OBSTACLE_OF_GROUP)
    # Severity first, as in the partial index: without statistics SQLite would take another one.
    .group_by(
        ObstacleRow.severity, WORKSTREAM_OF_OBSTACLE, ObstacleRow.court_party_id, ObstacleRow.needed_from_party_id
    )
)
# One question for all the counts: what kind of work, and what that kind counts.
FIGURES: CompoundSelect[*tuple[Any, ...]] = union_all(
    _OPEN_WORK.where(MILESTONE_OF_GROUP), _FINISHED_WORK.where(MILESTONE_OF_GROUP), _OPEN_OBSTACLES
)
FIGURES_AMONG: CompoundSelect[*tuple[Any, ...]] = union_all(
    _OPEN_WORK.where(MILESTONE_AMONG), _FINISHED_WORK.where(MILESTONE_AMONG), _OPEN_OBSTACLES
)
