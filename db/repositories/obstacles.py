"""Obstacles and the steps of their threads, with who clears them on each side."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Executable, bindparam, delete, insert, select, text, update

from bot.domain.obstacles import Obstacle, ObstacleEntry, ObstacleState, stepped
from bot.domain.progress import Attachment
from bot.domain.readers import Language
from db.faults import Collision
from db.models import ObstacleEntryRow, ObstacleOwnerRow, ObstacleRow
from db.repositories.attachments import OBSTACLE, Attachments
from db.repositories.obstacle_rows import COLUMNS, ENTRY_COLUMNS, entry_of, obstacle_of, values_of

_OBSTACLE = select(*COLUMNS)
_BY_ID = _OBSTACLE.where(ObstacleRow.id == bindparam("id"))
_BY_NUMBER = _OBSTACLE.where(
    ObstacleRow.group_id == bindparam("group"),
    ObstacleRow.number == bindparam("number"),
    ObstacleRow.removed_at.is_(None),
)
_OF_GROUP = _OBSTACLE.where(ObstacleRow.group_id == bindparam("group"), ObstacleRow.removed_at.is_(None)).order_by(
    ObstacleRow.number
)
# The predicate of the partial index, word for word.
_OPEN = text("obstacles.state NOT IN ('closed', 'withdrawn')")
# Not ordered: the order by number would make SQLite walk all the numbers of the group.
_OPEN_OF_GROUP = _OBSTACLE.where(_OPEN, ObstacleRow.group_id == bindparam("group"), ObstacleRow.removed_at.is_(None))
_OPEN_ON_MILESTONE = _OBSTACLE.where(
    _OPEN, ObstacleRow.milestone_id == bindparam("milestone"), ObstacleRow.removed_at.is_(None)
).order_by(ObstacleRow.number)
_OWNERS = select(ObstacleOwnerRow.obstacle_id, ObstacleOwnerRow.party_id, ObstacleOwnerRow.member_id)
_ADD = insert(ObstacleRow).returning(ObstacleRow.id)
_STEP = (
    update(ObstacleRow)
    .where(ObstacleRow.id == bindparam("row"), ObstacleRow.version == bindparam("seen"))
    .values(
        state=bindparam("new_state"),
        waiting_for=bindparam("new_waiting_for"),
        court_party_id=bindparam("new_court"),
        state_changed_at=bindparam("new_state_changed_at"),
        resolved_at=bindparam("new_resolved_at"),
        removed_at=bindparam("new_removed_at"),
        version=bindparam("new_version"),
    )
)
_ADD_ENTRY = insert(ObstacleEntryRow).returning(ObstacleEntryRow.id)
_ENTRIES = (
    select(*ENTRY_COLUMNS).where(ObstacleEntryRow.obstacle_id == bindparam("obstacle")).order_by(ObstacleEntryRow.id)
)
_OF_KIND = {state.value: state for state in ObstacleState}


class Obstacles:
    """Looks obstacles up and keeps them. Those whose raising was undone are found by id only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._attachments = Attachments(connection)

    def get(self, obstacle_id: int) -> Obstacle:
        """Give an obstacle by id."""
        [found] = self._read(_BY_ID, id=obstacle_id)
        return found

    def find(self, group_id: int, number: int) -> Obstacle | None:
        """Find an obstacle of a group by the number in its code."""
        found = self._read(_BY_NUMBER, group=group_id, number=number)
        return found[0] if found else None

    def of_group(self, group_id: int) -> list[Obstacle]:
        """Give all obstacles of a group by number."""
        return self._read(_OF_GROUP, group=group_id)

    def open_of_group(self, group_id: int) -> list[Obstacle]:
        """Give the obstacles of a group that somebody still has to clear, by number."""
        return sorted(self._read(_OPEN_OF_GROUP, group=group_id), key=lambda obstacle: obstacle.number)

    def open_on_milestone(self, milestone_id: int) -> list[Obstacle]:
        """Give the open obstacles that hold up a milestone, by number."""
        return self._read(_OPEN_ON_MILESTONE, milestone=milestone_id)

    def _read(self, statement: Executable, **values: int) -> list[Obstacle]:
        rows = self._connection.execute(statement, values).all()
        owners: dict[int, dict[int, int]] = defaultdict(dict)
        if rows:
            ids = [row[0] for row in rows]
            for obstacle_id, party_id, member_id in self._connection.execute(
                _OWNERS.where(ObstacleOwnerRow.obstacle_id.in_(ids))
            ):
                owners[obstacle_id][party_id] = member_id
        return [obstacle_of(row, owners[row[0]]) for row in rows]

    def raise_(self, obstacle: Obstacle, *, way: str, attachments: Iterable[Attachment] = ()) -> Obstacle:
        """Add an obstacle (its id is ignored) with the first entry of its thread; give it as it is now."""
        number: int = self._connection.execute(_ADD, values_of(obstacle)).scalar_one()
        raised = replace(obstacle, id=number, state_changed_at=obstacle.state_changed_at or obstacle.raised_at)
        self.give(raised, obstacle.owners)
        self._add_entry(
            raised,
            before=None,
            kind="raised",
            member_id=obstacle.raised_by_id,
            note=obstacle.title,
            language=obstacle.language,
            way=way,
            at=obstacle.raised_at,
        )
        self._attachments.add(OBSTACLE, number, attachments, at=obstacle.raised_at)
        return raised

    def give(self, obstacle: Obstacle, owners: dict[int, int]) -> None:
        """Make *owners* (party's id to member's) those who clear the obstacle."""
        self._connection.execute(delete(ObstacleOwnerRow).where(ObstacleOwnerRow.obstacle_id == obstacle.id))
        rows = [
            {"obstacle_id": obstacle.id, "party_id": party_id, "member_id": member_id}
            for party_id, member_id in owners.items()
        ]
        if rows:
            self._connection.execute(insert(ObstacleOwnerRow), rows)

    def entry(
        self,
        obstacle: Obstacle,
        kind: str,
        *,
        member_id: int,
        note: str,
        language: Language,
        way: str,
        at: datetime,
        court_party_id: int | None,
        waiting_for: str = "",
        attachments: Iterable[Attachment] = (),
    ) -> Obstacle:
        """
        Add a step to the thread at *at* (UTC): *kind* is a state, or "comment", which keeps the state.

        Gives the obstacle as it is now.
        """
        state = _OF_KIND.get(kind, obstacle.state)
        after = stepped(obstacle, state, at=at, court_party_id=court_party_id, waiting_for=waiting_for)
        self.keep(after, seen=obstacle.version)
        self._add_entry(
            after, before=obstacle, kind=kind, member_id=member_id, note=note, language=language, way=way, at=at
        )
        self._attachments.add(OBSTACLE, obstacle.id, attachments, at=at)
        return after

    def keep(self, after: Obstacle, *, seen: int) -> None:
        """Keep where the obstacle stands; raises Collision when it is no longer at version *seen*."""
        values = {
            "row": after.id,
            "seen": seen,
            "new_state": after.state.value,
            "new_waiting_for": after.waiting_for,
            "new_court": after.court_party_id,
            "new_state_changed_at": after.state_changed_at,
            "new_resolved_at": after.resolved_at,
            "new_removed_at": after.removed_at,
            "new_version": after.version,
        }
        if not self._connection.execute(_STEP, values).rowcount:
            raise Collision

    def entries(self, obstacle_id: int) -> list[ObstacleEntry]:
        """Give the thread of an obstacle, the eldest step first."""
        return [entry_of(row) for row in self._connection.execute(_ENTRIES, {"obstacle": obstacle_id})]

    def _add_entry(
        self,
        after: Obstacle,
        *,
        before: Obstacle | None,
        kind: str,
        member_id: int,
        note: str,
        language: Language,
        way: str,
        at: datetime,
    ) -> None:
        self._connection.execute(
            _ADD_ENTRY,
            {
                "obstacle_id": after.id,
                "kind": kind,
                "member_id": member_id,
                "at": at,
                "state_before": before.state.value if before else None,
                "state_after": after.state.value,
                "waiting_for": after.waiting_for,
                "court_party_id": after.court_party_id,
                "note": note,
                "language": language,
                "way": way,
            },
        )
