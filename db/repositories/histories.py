"""What became of one milestone or obstacle, read from its entries, moved dates and the record of changes."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    select,
    text,
    union_all,
)
from sqlalchemy.orm import aliased

from bot.domain.histories import LOGGED, MOVED, PLANNED, Kind, PastAct, Subject
from bot.domain.members import Names
from db.models import ChangeRow, DueMoveRow, MilestoneRow, ObstacleEntryRow, ObstacleRow, ProgressRow

_Rows = Select[*tuple[Any, ...]]
_SUBJECTS: dict[Kind, str] = {"M": "milestone", "O": "obstacle"}
_MILESTONE = select(
    MilestoneRow.id,
    MilestoneRow.group_id,
    MilestoneRow.number,
    MilestoneRow.title,
    MilestoneRow.title_fa,
    MilestoneRow.title_tg,
    MilestoneRow.title_en,
    MilestoneRow.removed_at,
)
_OBSTACLE: _Rows = select(
    ObstacleRow.id,
    ObstacleRow.group_id,
    ObstacleRow.number,
    ObstacleRow.title,
    literal_column("''"),
    literal_column("''"),
    literal_column("''"),
    ObstacleRow.removed_at,
)
_BY_NUMBER = {
    "M": _MILESTONE.where(MilestoneRow.group_id == bindparam("group"), MilestoneRow.number == bindparam("number")),
    "O": _OBSTACLE.where(ObstacleRow.group_id == bindparam("group"), ObstacleRow.number == bindparam("number")),
}
_BY_ID = {
    "M": _MILESTONE.where(MilestoneRow.id == bindparam("item")),
    "O": _OBSTACLE.where(ObstacleRow.id == bindparam("item")),
}
# The predicate of the partial index, word for word: an entry has a record of its own, which would say it twice.
_TOLD = text("changes.act <> 'log'")
_OF_ITEM = and_(ChangeRow.subject == bindparam("subject"), ChangeRow.subject_id == bindparam("item"))
_undo = aliased(ChangeRow)


def _newest(kind: str, row: Any, *conditions: Any) -> _Rows:
    """Find the newest rows of one source, no more of them than the page asked for can reach."""
    found = (
        select(literal_column(f"'{kind}'").label("kind"), row.id.label("row"), row.at.label("at"))
        .where(*conditions)
        .order_by(row.id.desc())
        .limit(bindparam("reach", type_=Integer))
        .subquery()
    )
    return select(found.c.kind, found.c.row, found.c.at)


# A date that was moved together with other fields is told with them.
_TOLD_WITH_OTHERS = exists().where(
    ChangeRow.subject == "milestone",
    ChangeRow.subject_id == DueMoveRow.milestone_id,
    _TOLD,
    ChangeRow.at == DueMoveRow.at,
)
_PLAN_ON_RECORD = exists().where(_OF_ITEM, _TOLD, ChangeRow.act.in_(["plan", "imported"]))
_CHANGES = _newest("change", ChangeRow, _OF_ITEM, _TOLD)
_ENTRIES = _newest("entry", ProgressRow, ProgressRow.milestone_id == bindparam("item"))
_MOVES = _newest("move", DueMoveRow, DueMoveRow.milestone_id == bindparam("item"), ~_TOLD_WITH_OTHERS)
_STEPS = _newest("step", ObstacleEntryRow, ObstacleEntryRow.obstacle_id == bindparam("item"))
_PLAN: _Rows = select(
    literal_column("'plan'").label("kind"), MilestoneRow.id.label("row"), MilestoneRow.planned_at.label("at")
).where(MilestoneRow.id == bindparam("item"), ~_PLAN_ON_RECORD)
_OBSTACLE_CHANGES = _newest("change", ChangeRow, _OF_ITEM, _TOLD, ChangeRow.act != "raise")

_move = aliased(DueMoveRow)
_UNDONE = (
    exists()
    .where(
        _undo.subject == ChangeRow.subject,
        _undo.subject_id == ChangeRow.subject_id,
        _undo.act == "undo",
        _undo.before["change_id"].as_integer() == ChangeRow.id,
    )
    .correlate(ChangeRow)
)


def _page(sources: Subquery, *columns: Any) -> _Rows:
    return (
        select(sources.c.kind, sources.c.at, *columns)
        .order_by(sources.c.at.desc(), sources.c.kind, sources.c.row.desc())
        .limit(bindparam("limit", type_=Integer))
        .offset(bindparam("offset", type_=Integer))
    )


_OF_MILESTONE = union_all(_CHANGES, _ENTRIES, _MOVES, _PLAN).subquery()
_OF_OBSTACLE = union_all(_OBSTACLE_CHANGES, _STEPS).subquery()
_CHANGE_COLUMNS = (ChangeRow.member_id, ChangeRow.act, ChangeRow.before, ChangeRow.after, _UNDONE.label("undone"))
_PAGES: dict[Kind, _Rows] = {
    "M": _page(
        _OF_MILESTONE,
        *_CHANGE_COLUMNS,
        _move.reason.label("move_reason"),
        ProgressRow.member_id.label("entry_by"),
        ProgressRow.percent_before,
        ProgressRow.percent_after,
        ProgressRow.state_before,
        ProgressRow.state_after,
        ProgressRow.note,
        ProgressRow.undone_at.label("entry_undone_at"),
        DueMoveRow.member_id.label("moved_by"),
        DueMoveRow.due_before,
        DueMoveRow.due_after,
        DueMoveRow.reason,
        DueMoveRow.undone_at.label("move_undone_at"),
        MilestoneRow.planned_by_id,
    )
    .outerjoin(ChangeRow, and_(_OF_MILESTONE.c.kind == "change", ChangeRow.id == _OF_MILESTONE.c.row))
    .outerjoin(_move, and_(_move.milestone_id == ChangeRow.subject_id, _move.at == ChangeRow.at))
    .outerjoin(ProgressRow, and_(_OF_MILESTONE.c.kind == "entry", ProgressRow.id == _OF_MILESTONE.c.row))
    .outerjoin(DueMoveRow, and_(_OF_MILESTONE.c.kind == "move", DueMoveRow.id == _OF_MILESTONE.c.row))
    .outerjoin(MilestoneRow, and_(_OF_MILESTONE.c.kind == "plan", MilestoneRow.id == _OF_MILESTONE.c.row)),
    "O": _page(
        _OF_OBSTACLE,
        *_CHANGE_COLUMNS,
        ObstacleEntryRow.member_id.label("step_by"),
        ObstacleEntryRow.kind.label("step"),
        ObstacleEntryRow.state_before,
        ObstacleEntryRow.state_after,
        ObstacleEntryRow.waiting_for,
        ObstacleEntryRow.note,
    )
    .outerjoin(ChangeRow, and_(_OF_OBSTACLE.c.kind == "change", ChangeRow.id == _OF_OBSTACLE.c.row))
    .outerjoin(ObstacleEntryRow, and_(_OF_OBSTACLE.c.kind == "step", ObstacleEntryRow.id == _OF_OBSTACLE.c.row)),
}


def _count(row: Any, *conditions: Any) -> Any:
    return select(func.count()).select_from(row).where(*conditions).scalar_subquery()


_COUNTS: dict[Kind, Any] = {
    "M": select(
        _count(ChangeRow, _OF_ITEM, _TOLD)
        + _count(ProgressRow, ProgressRow.milestone_id == bindparam("item"))
        + _count(DueMoveRow, DueMoveRow.milestone_id == bindparam("item"), ~_TOLD_WITH_OTHERS)
        + _count(MilestoneRow, MilestoneRow.id == bindparam("item"), ~_PLAN_ON_RECORD)
    ),
    "O": select(
        _count(ChangeRow, _OF_ITEM, _TOLD, ChangeRow.act != "raise")
        + _count(ObstacleEntryRow, ObstacleEntryRow.obstacle_id == bindparam("item"))
    ),
}


class Histories:
    """Finds items, those too whose planning or raising was undone, and reads what became of them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, kind: Kind, group_id: int, number: int) -> Subject | None:
        """Find an item of a group by the number in its code."""
        row = self._connection.execute(_BY_NUMBER[kind], {"group": group_id, "number": number}).one_or_none()
        return _subject(kind, row) if row is not None else None

    def of_id(self, kind: Kind, item_id: int) -> Subject | None:
        """Find an item by id."""
        row = self._connection.execute(_BY_ID[kind], {"item": item_id}).one_or_none()
        return _subject(kind, row) if row is not None else None

    def count(self, subject: Subject) -> int:
        """Count all that was done to an item."""
        found: int = self._connection.execute(
            _COUNTS[subject.kind], {"item": subject.id, "subject": _SUBJECTS[subject.kind]}
        ).scalar_one()
        return found

    def acts(self, subject: Subject, *, limit: int, offset: int) -> list[PastAct]:
        """Give what was done to an item, the newest first."""
        values = {
            "item": subject.id,
            "subject": _SUBJECTS[subject.kind],
            "reach": offset + limit,
            "limit": limit,
            "offset": offset,
        }
        rows = self._connection.execute(_PAGES[subject.kind], values).mappings()
        return [_act(dict(row), is_removed=subject.is_removed) for row in rows]


def _subject(kind: Kind, row: Any) -> Subject:
    id_, group_id, number, title, title_fa, title_tg, title_en, removed_at = row
    titles = Names(title_fa, title_tg, title_en)
    return Subject(kind, id_, group_id, number, title, titles, is_removed=removed_at is not None)


def _act(row: Mapping[str, Any], *, is_removed: bool) -> PastAct:
    if row["kind"] == "entry":
        return PastAct(
            row["at"],
            row["entry_by"],
            LOGGED,
            {"percent": row["percent_before"], "state": row["state_before"]},
            {"percent": row["percent_after"], "state": row["state_after"]},
            row["note"],
            is_undone=row["entry_undone_at"] is not None,
        )
    if row["kind"] == "move":
        return PastAct(
            row["at"],
            row["moved_by"],
            MOVED,
            {"due_on": row["due_before"].isoformat()},
            {"due_on": row["due_after"].isoformat()},
            row["reason"],
            is_undone=row["move_undone_at"] is not None,
        )
    if row["kind"] == "plan":
        return PastAct(row["at"], row["planned_by_id"], PLANNED, is_undone=is_removed)
    if row["kind"] == "step":
        before = {"state": row["state_before"]} if row["state_before"] else {}
        after = {"state": row["state_after"], "waiting_for": row["waiting_for"]}
        is_raised = row["step"] == "raised"
        return PastAct(row["at"], row["step_by"], row["step"], before, after, row["note"], is_removed and is_raised)
    return _change(row, is_removed=is_removed)


def _change(row: Mapping[str, Any], *, is_removed: bool) -> PastAct:
    began = row["act"] in {"plan", "imported"}
    return PastAct(
        row["at"],
        row["member_id"],
        row["act"],
        row["before"] or {},
        row["after"] or {},
        row.get("move_reason") or "",
        is_undone=bool(row["undone"]) or (began and is_removed),
    )
