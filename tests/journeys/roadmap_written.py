"""A roadmap written down in one way from the database and from the model, so that the two can be compared."""

from typing import Any

from sqlalchemy import Connection, select

from db.models import DueMoveRow, MilestoneRow, ProgressRow
from tests.journeys.roadmap_model import Entry, Roadmap, Standing

FIRST_NUMBER = 47
GROUP_ID = 1

Written = tuple[Any, ...]
EntryIds = dict[tuple[int, int], int]


def found_in(connection: Connection, handles: dict[int, str]) -> tuple[list[Written], EntryIds]:
    """
    Read each milestone from FIRST_NUMBER on, with its log and the moves of its date, the undone ones too.

    *handles* names members. With it come the ids of the entries by the milestone's number and their place in its log.
    """
    m, p, d = MilestoneRow, ProgressRow, DueMoveRow
    points = connection.execute(
        select(
            m.id, m.number, m.title, m.version, m.removed_at, m.due_on, m.moves,
            m.percent, m.state, m.evidence, m.reason, m.finished_on, m.last_entry_at,
        )
        .where(m.number >= FIRST_NUMBER, m.group_id == GROUP_ID)
        .order_by(m.number)
    ).all()  # fmt: skip
    entries = connection.execute(
        select(
            p.milestone_id, p.id, p.member_id, p.at,
            p.percent_before, p.state_before, p.percent_after, p.state_after, p.note, p.undone_at,
        )
        .where(p.milestone_id.in_([row[0] for row in points]))
        .order_by(p.id)
    ).all()  # fmt: skip
    moves = connection.execute(
        select(d.milestone_id, d.member_id, d.due_before, d.due_after, d.reason)
        .where(d.milestone_id.in_([row[0] for row in points]))
        .order_by(d.id)
    ).all()
    written: list[Written] = []
    ids: EntryIds = {}
    for milestone_id, number, title, version, removed_at, due_on, moved, *standing in points:
        mine = [row for row in entries if row[0] == milestone_id]
        ids |= {(number, place): row[1] for place, row in enumerate(mine)}
        written.append(
            (
                (number, title, version, removed_at is not None, due_on, moved),
                Standing(*standing),
                [(handles[row[2]], *row[3:9], row[9] is not None) for row in mine],
                [(handles[row[1]], *row[2:]) for row in moves if row[0] == milestone_id],
            )
        )
    return written, ids


def written(model: Roadmap) -> list[Written]:
    """Write down what the model says."""
    return [
        (
            (point.number, point.title, point.version, point.is_removed, point.due_on, len(point.moves)),
            point.now,
            [_entry(entry) for entry in point.entries],
            point.moves,
        )
        for point in model.points.values()
    ]


def _entry(entry: Entry) -> Written:
    before, after = entry.before, entry.after
    return (
        entry.who, entry.at, before.percent, before.state, after.percent, after.state, entry.note, entry.is_undone,
    )  # fmt: skip
