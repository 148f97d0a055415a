"""Milestones and obstacles by what people remember of them: two statements for a page, two counts in one."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, exists, false, func, or_, select

from bot.domain.milestones import MilestoneState
from bot.domain.obstacles import ObstacleState, Severity
from bot.domain.searches import FoundObstacle, Sought
from bot.domain.summaries import ListedMilestone
from db.models import MilestoneRow, ObstacleOwnerRow, ObstacleRow
from db.repositories.summaries import Summaries
from db.repositories.summary_figures import MILESTONE_OF_GROUP, OBSTACLE_OF_GROUP

_OVER = [state.value for state in MilestoneState if not state.is_open]
_OVER_OBSTACLE = [state.value for state in ObstacleState if not state.is_open]
_Conditions = Iterable[ColumnElement[bool]]
_OBSTACLES = select(
    ObstacleRow.id, ObstacleRow.number, ObstacleRow.title, ObstacleRow.severity, ObstacleRow.state
).where(OBSTACLE_OF_GROUP)
_IDS = select(MilestoneRow.id).where(MilestoneRow.group_id == bindparam("group"))


class Searches:
    """Finds what fits every term; what was undone is not found."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def counts(self, group_id: int, sought: Sequence[Sought], *, today: date) -> tuple[int, int]:
        """Count the milestones and the obstacles that fit."""
        milestones = (
            select(func.count()).select_from(MilestoneRow).where(MILESTONE_OF_GROUP, *_milestone(sought, today))
        )
        obstacles = select(func.count()).select_from(ObstacleRow).where(OBSTACLE_OF_GROUP, *_obstacle(sought, today))
        both = select(milestones.scalar_subquery(), obstacles.scalar_subquery())
        found = self._connection.execute(both, {"group": group_id}).one()
        return found[0], found[1]

    def milestones(
        self, group_id: int, sought: Sequence[Sought], *, today: date, limit: int, offset: int
    ) -> list[ListedMilestone]:
        """Give milestones that fit: those with work left first, and of these the next due."""
        ids = (
            select(MilestoneRow.id)
            .where(MILESTONE_OF_GROUP, *_milestone(sought, today))
            .order_by(case((MilestoneRow.state.in_(_OVER), 1), else_=0), MilestoneRow.due_on, MilestoneRow.number)
            .limit(limit)
            .offset(offset)
        )
        return Summaries(self._connection).page_of(ids, group=group_id)

    def obstacles(
        self, group_id: int, sought: Sequence[Sought], *, today: date, limit: int, offset: int
    ) -> list[FoundObstacle]:
        """Give obstacles that fit: the open ones first, by number."""
        statement = (
            _OBSTACLES.where(*_obstacle(sought, today))
            .order_by(case((ObstacleRow.state.in_(_OVER_OBSTACLE), 1), else_=0), ObstacleRow.number)
            .limit(limit)
            .offset(offset)
        )
        return [_found(row) for row in self._connection.execute(statement, {"group": group_id})]


def _found(row: Sequence[Any]) -> FoundObstacle:
    id_, number, title, severity, state = row
    return FoundObstacle(id_, number, title, Severity(severity), ObstacleState(state))


def _milestone(sought: Iterable[Sought], today: date) -> list[ColumnElement[bool]]:
    return [_any_of(_readings_of_milestone(one, today)) for one in sought]


def _obstacle(sought: Iterable[Sought], today: date) -> list[ColumnElement[bool]]:
    return [_any_of(_readings_of_obstacle(one, today)) for one in sought]


def _any_of(readings: _Conditions) -> ColumnElement[bool]:
    return or_(false(), *readings)


def _readings_of_milestone(one: Sought, today: date) -> _Conditions:
    term = one.term
    is_open = MilestoneRow.state.not_in(_OVER)
    yield from _words(one, MilestoneRow.folded, MilestoneRow.sounds)
    if term.kind == "M":
        yield MilestoneRow.number == term.number
    for first, last in term.spans:
        yield MilestoneRow.due_on.between(first, last)
    if term.milestone_states:
        yield MilestoneRow.state.in_(sorted(state.value for state in term.milestone_states))
    if term.is_open:
        yield is_open
    if term.is_overdue:
        yield and_(is_open, MilestoneRow.due_on < today)
    if one.workstream_ids:
        yield MilestoneRow.workstream_id.in_(sorted(one.workstream_ids))
    if one.member_ids:
        ids = sorted(one.member_ids)
        yield or_(MilestoneRow.lead_id.in_(ids), MilestoneRow.counterpart_id.in_(ids))


def _readings_of_obstacle(one: Sought, today: date) -> _Conditions:
    term = one.term
    is_open = ObstacleRow.state.not_in(_OVER_OBSTACLE)
    yield from _words(one, ObstacleRow.folded, ObstacleRow.sounds)
    if term.kind == "O":
        yield ObstacleRow.number == term.number
    elif term.kind == "M":
        # What holds up a milestone is found with it.
        yield ObstacleRow.milestone_id.in_(_IDS.where(MilestoneRow.number == term.number))
    for first, last in term.spans:
        yield ObstacleRow.needed_by.between(first, last)
    if term.obstacle_states:
        yield ObstacleRow.state.in_(sorted(state.value for state in term.obstacle_states))
    if term.is_open:
        yield is_open
    if term.is_overdue:
        yield and_(is_open, ObstacleRow.needed_by < today)
    if one.workstream_ids:
        ids = sorted(one.workstream_ids)
        blocked = _IDS.where(MilestoneRow.workstream_id.in_(ids))
        yield or_(ObstacleRow.workstream_id.in_(ids), ObstacleRow.milestone_id.in_(blocked))
    if one.member_ids:
        ids = sorted(one.member_ids)
        owns = exists().where(ObstacleOwnerRow.obstacle_id == ObstacleRow.id, ObstacleOwnerRow.member_id.in_(ids))
        yield or_(ObstacleRow.raised_by_id.in_(ids), owns)


def _words(one: Sought, folded: Any, sounds: Any) -> _Conditions:
    if one.term.text:
        yield folded.contains(one.term.text, autoescape=True)
    for heard in one.term.heard:
        yield sounds.contains(heard, autoescape=True)
