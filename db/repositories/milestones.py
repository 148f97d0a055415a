"""Milestones: found by number, kept version by version, with the moves of their due dates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import cast

from sqlalchemy import Connection, bindparam, insert, or_, select, text, update

from bot.domain.milestones import Milestone, rescheduled
from bot.domain.readers import Language
from db.faults import Collision
from db.models import DueMoveRow, MilestoneRow
from db.repositories.milestone_rows import COLUMNS, milestone_of, values_of

_MILESTONE = select(*COLUMNS)
_BY_ID = _MILESTONE.where(MilestoneRow.id == bindparam("id"))
_BY_NUMBER = _MILESTONE.where(
    MilestoneRow.group_id == bindparam("group"),
    MilestoneRow.number == bindparam("number"),
    MilestoneRow.removed_at.is_(None),
)
_OF_GROUP = _MILESTONE.where(MilestoneRow.group_id == bindparam("group"), MilestoneRow.removed_at.is_(None)).order_by(
    MilestoneRow.number
)
# The predicate of the partial indexes, word for word.
_OPEN = text("milestones.state NOT IN ('done', 'dropped')")
_OPEN_OF_GROUP = _MILESTONE.where(
    _OPEN, MilestoneRow.group_id == bindparam("group"), MilestoneRow.removed_at.is_(None)
).order_by(MilestoneRow.due_on, MilestoneRow.number)
_OPEN_OF_MEMBER = _MILESTONE.where(
    _OPEN,
    MilestoneRow.group_id == bindparam("group"),
    or_(MilestoneRow.lead_id == bindparam("member"), MilestoneRow.counterpart_id == bindparam("member")),
    MilestoneRow.removed_at.is_(None),
).order_by(MilestoneRow.due_on, MilestoneRow.number)
_ADD = insert(MilestoneRow).returning(MilestoneRow.id)
_ADD_ALL = insert(MilestoneRow).returning(MilestoneRow.id, sort_by_parameter_order=True)
_KEEP = (
    update(MilestoneRow)
    .where(MilestoneRow.id == bindparam("row"), MilestoneRow.version == bindparam("seen"))
    .values({column.key: bindparam(f"new_{column.key}") for column in MilestoneRow.__table__.c if column.key != "id"})
)
_ADVANCE = (
    update(MilestoneRow)
    .where(MilestoneRow.id == bindparam("row"), MilestoneRow.version == bindparam("seen"))
    .values(
        state=bindparam("new_state"),
        percent=bindparam("new_percent"),
        evidence=bindparam("new_evidence"),
        reason=bindparam("new_reason"),
        finished_on=bindparam("new_finished_on"),
        last_entry_at=bindparam("new_last_entry_at"),
        version=bindparam("new_version"),
    )
)
_MOVES = (
    select(
        DueMoveRow.id,
        DueMoveRow.milestone_id,
        DueMoveRow.member_id,
        DueMoveRow.at,
        DueMoveRow.due_before,
        DueMoveRow.due_after,
        DueMoveRow.reason,
        DueMoveRow.language,
    )
    .where(DueMoveRow.milestone_id == bindparam("milestone"), DueMoveRow.undone_at.is_(None))
    .order_by(DueMoveRow.id)
)
_ADD_MOVE = insert(DueMoveRow).returning(DueMoveRow.id)
_UNDO_MOVE = update(DueMoveRow).where(DueMoveRow.id == bindparam("row")).values(undone_at=bindparam("undone"))
_LAST_USED = (
    select(MilestoneRow.workstream_id)
    .where(
        MilestoneRow.group_id == bindparam("group"),
        MilestoneRow.planned_by_id == bindparam("member"),
        MilestoneRow.removed_at.is_(None),
    )
    .order_by(MilestoneRow.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class DueMove:
    """A due date that moved: who, when (UTC), from, to, and why."""

    id: int
    milestone_id: int
    member_id: int
    at: datetime
    due_before: date
    due_after: date
    reason: str
    language: Language


class Milestones:
    """Looks milestones up and keeps them. Milestones whose planning was undone are found by id only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, milestone_id: int) -> Milestone:
        """Give a milestone by id."""
        return milestone_of(self._connection.execute(_BY_ID, {"id": milestone_id}).one())

    def find(self, group_id: int, number: int) -> Milestone | None:
        """Find a milestone of a group by the number in its code."""
        row = self._connection.execute(_BY_NUMBER, {"group": group_id, "number": number}).one_or_none()
        return milestone_of(row) if row else None

    def of_group(self, group_id: int) -> list[Milestone]:
        """Give all milestones of a group by number."""
        return [milestone_of(row) for row in self._connection.execute(_OF_GROUP, {"group": group_id})]

    def open_of_group(self, group_id: int) -> list[Milestone]:
        """Give the milestones of a group with work left, the next due first."""
        return [milestone_of(row) for row in self._connection.execute(_OPEN_OF_GROUP, {"group": group_id})]

    def open_of_member(self, group_id: int, member_id: int) -> list[Milestone]:
        """Give the milestones with work left that a member leads or is the counterpart of, the next due first."""
        rows = self._connection.execute(_OPEN_OF_MEMBER, {"group": group_id, "member": member_id})
        return [milestone_of(row) for row in rows]

    def last_used_workstream(self, group_id: int, member_id: int) -> int | None:
        """Give the workstream of the milestone that a member planned last."""
        found: int | None = self._connection.execute(_LAST_USED, {"group": group_id, "member": member_id}).scalar()
        return found

    def add(self, milestone: Milestone) -> Milestone:
        """Add a milestone (its id is ignored) under a number that nobody has; give it as it is now."""
        number: int = self._connection.execute(_ADD, values_of(milestone)).scalar_one()
        return replace(milestone, id=number)

    def add_all(self, milestones: Sequence[Milestone]) -> list[Milestone]:
        """Add many milestones as `add` does one; give them as they are now."""
        if not milestones:
            return []
        numbers = self._connection.execute(_ADD_ALL, [values_of(milestone) for milestone in milestones]).scalars()
        return [replace(milestone, id=number) for milestone, number in zip(milestones, numbers, strict=True)]

    def keep(self, after: Milestone, *, seen: int) -> None:
        """Keep all of *after*; raises Collision when the milestone is no longer at version *seen*."""
        values = {f"new_{name}": value for name, value in values_of(after).items()}
        if not self._connection.execute(_KEEP, {"row": after.id, "seen": seen, **values}).rowcount:
            raise Collision

    def advance(self, after: Milestone, *, seen: int) -> None:
        """Keep what a progress entry changes; raises Collision when the milestone is no longer at version *seen*."""
        values = {
            "row": after.id,
            "seen": seen,
            "new_state": after.state.value,
            "new_percent": after.percent,
            "new_evidence": after.evidence,
            "new_reason": after.reason,
            "new_finished_on": after.finished_on,
            "new_last_entry_at": after.last_entry_at,
            "new_version": after.version,
        }
        if not self._connection.execute(_ADVANCE, values).rowcount:
            raise Collision

    def move(
        self,
        milestone: Milestone,
        due_on: date,
        *,
        reason: str,
        member_id: int,
        language: Language,
        way: str,
        at: datetime,
    ) -> Milestone:
        """Move the due date at *at* (UTC) and count it; give the milestone as it is now."""
        after = rescheduled(milestone, due_on)
        self.add_move(milestone, due_on, reason=reason, member_id=member_id, language=language, way=way, at=at)
        self.keep(after, seen=milestone.version)
        return after

    def add_move(
        self,
        milestone: Milestone,
        due_on: date,
        *,
        reason: str,
        member_id: int,
        language: Language,
        way: str,
        at: datetime,
    ) -> int:
        """Note that the due date of *milestone* is moved to *due_on* at *at* (UTC); give the number of the move."""
        number: int = self._connection.execute(
            _ADD_MOVE,
            {
                "group_id": milestone.group_id,
                "milestone_id": milestone.id,
                "member_id": member_id,
                "at": at,
                "due_before": milestone.due_on,
                "due_after": due_on,
                "reason": reason,
                "language": language,
                "way": way,
            },
        ).scalar_one()
        return number

    def undo_move(self, move_id: int, *, at: datetime) -> None:
        """Mark a move as undone."""
        self._connection.execute(_UNDO_MOVE, {"row": move_id, "undone": at})

    def moves(self, milestone_id: int) -> list[DueMove]:
        """Give the moves of a milestone's due date, the eldest first."""
        rows = self._connection.execute(_MOVES, {"milestone": milestone_id})
        return [DueMove(*row[:-1], language=cast("Language", row[-1])) for row in rows]
