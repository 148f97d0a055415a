"""Years of log in seconds: entries, milestones and closed obstacles that the database itself writes."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Table, bindparam, func, select, text

from db.database import Database
from db.models import ChangeRow, DueMoveRow, MilestoneRow, ObstacleEntryRow, ObstacleRow, ProgressRow
from db.models.base import Base, UtcDateTime

YEARS = 10
STEPS = 50
PER_MILESTONE = 100
PER_OPEN = 10
PER_MOVE = 100
ENTRIES_OF_OBSTACLE = 10

_TABLES = Base.metadata.tables
_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count) "


def fill(database: Database, group_id: int, *, entries: int, first: int) -> None:
    """
    Add *entries* progress entries to a group, with their record, spread over ten years that end two months ago.

    Half of them are on milestones that came with them, one a hundred entries, the rest on those of the roadmap; of ten
    such milestones nine were finished since. One obstacle a hundred was closed, one date a hundred moved. *first* is
    how many were added before.
    """
    ends_at = datetime.now(UTC) - timedelta(days=60)
    finished = max(1, entries // PER_MILESTONE)
    with database.engine.begin() as connection:
        old = _copied(connection, _TABLES[MilestoneRow.__tablename__], finished, first // PER_MILESTONE, group_id)
        obstacles = _copied(connection, _TABLES[ObstacleRow.__tablename__], finished, first // PER_MILESTONE, group_id)
        open_ones = connection.execute(
            select(MilestoneRow.id).where(MilestoneRow.group_id == group_id, MilestoneRow.id < min(old))
        )
        _entries(connection, group_id, [*open_ones.scalars()], entries - entries // 2, ends_at)
        _entries(connection, group_id, old, entries // 2, ends_at)
        _moves(connection, group_id, old, entries // PER_MOVE, ends_at)
        _threads(connection, obstacles, ends_at)
    if database.engine.dialect.name == "postgresql":
        # As its own housekeeping would have done by then.
        with database.engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")


def _copied(connection: Connection, table: Table, count: int, before: int, group_id: int) -> range:
    """Copy the eldest row of the group's, over and done with, so often; give the ids of the copies."""
    over = {"state": "'done'" if table.name == "milestones" else "'closed'", "number": f"1000 + {before} + n.i"}
    # Finished so long ago that no summary speaks of the day.
    if table.name == "milestones":
        is_open = f"n.i % {PER_OPEN} = 0"
        over["state"] = f"CASE WHEN {is_open} THEN 'on track' ELSE 'done' END"
        over["finished_on"] = f"CASE WHEN {is_open} THEN NULL ELSE due_on END"
        over["percent"] = f"CASE WHEN {is_open} THEN 50 ELSE 100 END"
    columns = [column.name for column in table.columns if column.name != "id"]
    chosen = ", ".join(over.get(name, f"{table.name}.{name}") for name in columns)
    highest = connection.execute(select(func.max(table.c.id))).scalar_one()
    eldest = connection.execute(select(func.min(table.c.id)).where(table.c.group_id == group_id)).scalar_one()
    connection.execute(
        text(
            f"{_NUMBERS} INSERT INTO {table.name} ({', '.join(columns)}) "  # noqa: S608 - names of our own tables
            f"SELECT {chosen} FROM {table.name}, n WHERE {table.name}.id = :eldest"
        ),
        {"count": count, "eldest": eldest},
    )
    ids = connection.execute(select(table.c.id).where(table.c.id > highest).order_by(table.c.id)).scalars().all()
    return range(ids[0], ids[-1] + 1)


def _entries(connection: Connection, group_id: int, milestones: Iterable[int], entries: int, ends_at: datetime) -> None:
    """Add entries with their record, a step of time after the other, each over all the milestones in turn."""
    ids = list(milestones)
    member = connection.execute(
        select(func.min(MilestoneRow.lead_id)).where(MilestoneRow.group_id == group_id)
    ).scalar_one()
    for step in range(STEPS):
        values = {
            "count": _share(entries, step),
            "group": group_id,
            "member": member,
            "ids": len(ids),
            "first": ids[0],
            "at": ends_at - timedelta(days=365 * YEARS * (STEPS - step) / STEPS),
        }
        if values["count"]:
            connection.execute(_ENTRY, values)
            connection.execute(_CHANGE, values)


def _moves(connection: Connection, group_id: int, milestones: range, moves: int, ends_at: datetime) -> None:
    if moves:
        member = connection.execute(select(func.min(MilestoneRow.lead_id))).scalar_one()
        values = {
            "count": moves,
            "group": group_id,
            "member": member,
            "first": milestones.start,
            "ids": len(milestones),
        }
        connection.execute(_MOVE, values | {"at": ends_at})


def _threads(connection: Connection, obstacles: range, ends_at: datetime) -> None:
    member = connection.execute(select(func.min(MilestoneRow.lead_id))).scalar_one()
    count = ENTRIES_OF_OBSTACLE * len(obstacles)
    values = {"count": count, "member": member, "first": obstacles.start, "ids": len(obstacles), "at": ends_at}
    connection.execute(_STEP, values)


def _share(count: int, step: int) -> int:
    return count * (step + 1) // STEPS - count * step // STEPS


_AT = bindparam("at", type_=UtcDateTime)
_NOTE = "'the second furnace runs, the third waits for its lining; note ' || n.i"
_ENTRY = text(
    f"{_NUMBERS} INSERT INTO {ProgressRow.__tablename__} (group_id, milestone_id, member_id, at, percent_before, "  # noqa: S608
    "percent_after, state_before, state_after, evidence_before, reason_before, note, language, way) "
    "SELECT CAST(:group AS INTEGER), CAST(:first AS INTEGER) + n.i % CAST(:ids AS INTEGER), "
    f"CAST(:member AS INTEGER), :at, 10, 20, 'on track', 'on track', '', '', {_NOTE}, 'en', 'private' FROM n"
).bindparams(_AT)
_CHANGE = text(
    f"{_NUMBERS} INSERT INTO {ChangeRow.__tablename__} (group_id, member_id, at, act, subject, subject_id) "  # noqa: S608
    "SELECT CAST(:group AS INTEGER), CAST(:member AS INTEGER), :at, 'log', 'milestone', "
    "CAST(:first AS INTEGER) + n.i % CAST(:ids AS INTEGER) FROM n"
).bindparams(_AT)
_MOVE = text(
    f"{_NUMBERS} INSERT INTO {DueMoveRow.__tablename__} (group_id, milestone_id, member_id, at, due_before, due_after, "  # noqa: S608
    "reason, language, way) SELECT CAST(:group AS INTEGER), milestones.id, CAST(:member AS INTEGER), :at, "
    "milestones.due_on, milestones.due_on, 'the permit was late', 'en', 'buttons' "
    "FROM n JOIN milestones ON milestones.id = CAST(:first AS INTEGER) + n.i % CAST(:ids AS INTEGER)"
).bindparams(_AT)
_STEP = text(
    f"{_NUMBERS} INSERT INTO {ObstacleEntryRow.__tablename__} (obstacle_id, kind, member_id, at, state_after, "  # noqa: S608
    "waiting_for, note, language, way) SELECT CAST(:first AS INTEGER) + n.i % CAST(:ids AS INTEGER), 'comment', "
    f"CAST(:member AS INTEGER), :at, 'closed', '', {_NOTE}, 'en', 'private' FROM n"
).bindparams(_AT)
