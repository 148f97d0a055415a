"""How an obstacle and the steps of its thread lie in their tables, and back."""

from collections.abc import Sequence
from typing import Any, cast

from bot.domain.obstacles import Obstacle, ObstacleEntry, ObstacleState, Severity
from bot.domain.readers import Language
from bot.i18n.folding import fold
from bot.i18n.sounds import sounds
from db.models import ObstacleEntryRow, ObstacleRow

COLUMNS = (
    ObstacleRow.id,
    ObstacleRow.group_id,
    ObstacleRow.number,
    ObstacleRow.title,
    ObstacleRow.language,
    ObstacleRow.need,
    ObstacleRow.milestone_id,
    ObstacleRow.workstream_id,
    ObstacleRow.needed_from_party_id,
    ObstacleRow.needed_by,
    ObstacleRow.severity,
    ObstacleRow.raised_by_id,
    ObstacleRow.raised_at,
    ObstacleRow.state,
    ObstacleRow.waiting_for,
    ObstacleRow.court_party_id,
    ObstacleRow.state_changed_at,
    ObstacleRow.resolved_at,
    ObstacleRow.removed_at,
    ObstacleRow.version,
)
ENTRY_COLUMNS = (
    ObstacleEntryRow.id,
    ObstacleEntryRow.obstacle_id,
    ObstacleEntryRow.kind,
    ObstacleEntryRow.member_id,
    ObstacleEntryRow.at,
    ObstacleEntryRow.note,
    ObstacleEntryRow.language,
    ObstacleEntryRow.way,
    ObstacleEntryRow.state_before,
    ObstacleEntryRow.state_after,
    ObstacleEntryRow.waiting_for,
    ObstacleEntryRow.court_party_id,
)


def values_of(obstacle: Obstacle) -> dict[str, Any]:
    """Give what the columns hold for an obstacle, but for its id and its owners."""
    return {
        "group_id": obstacle.group_id,
        "number": obstacle.number,
        "title": obstacle.title,
        "language": obstacle.language,
        "need": obstacle.need,
        "milestone_id": obstacle.milestone_id,
        "workstream_id": obstacle.workstream_id,
        "needed_from_party_id": obstacle.needed_from_party_id,
        "needed_by": obstacle.needed_by,
        "severity": obstacle.severity.value,
        "raised_by_id": obstacle.raised_by_id,
        "raised_at": obstacle.raised_at,
        "state": obstacle.state.value,
        "waiting_for": obstacle.waiting_for,
        "court_party_id": obstacle.court_party_id,
        "state_changed_at": obstacle.state_changed_at or obstacle.raised_at,
        "resolved_at": obstacle.resolved_at,
        "version": obstacle.version,
        "folded": fold(f"{obstacle.title} {obstacle.need}"),
        "sounds": sounds(obstacle.title, obstacle.need),
    }


def obstacle_of(row: Sequence[Any], owners: dict[int, int]) -> Obstacle:
    """Give the obstacle of a row of COLUMNS."""
    (
        id_, group_id, number, title, language, need, milestone_id, workstream_id, needed_from_party_id, needed_by,
        severity, raised_by_id, raised_at, state, waiting_for, court_party_id, state_changed_at, resolved_at,
        removed_at, version,
    ) = row  # fmt: skip
    return Obstacle(
        id=id_,
        group_id=group_id,
        number=number,
        title=title,
        language=cast("Language", language),
        need=need,
        milestone_id=milestone_id,
        workstream_id=workstream_id,
        needed_from_party_id=needed_from_party_id,
        needed_by=needed_by,
        severity=Severity(severity),
        raised_by_id=raised_by_id,
        raised_at=raised_at,
        owners=dict(owners),
        state=ObstacleState(state),
        waiting_for=waiting_for,
        court_party_id=court_party_id,
        state_changed_at=state_changed_at,
        resolved_at=resolved_at,
        removed_at=removed_at,
        version=version,
    )


def entry_of(row: Sequence[Any]) -> ObstacleEntry:
    """Give the step of a row of ENTRY_COLUMNS."""
    (
        id_, obstacle_id, kind, member_id, at, note, language, way, state_before, state_after, waiting_for,
        court_party_id,
    ) = row  # fmt: skip
    return ObstacleEntry(
        id=id_,
        obstacle_id=obstacle_id,
        kind=kind,
        member_id=member_id,
        at=at,
        note=note,
        language=cast("Language", language),
        way=way,
        state_before=ObstacleState(state_before) if state_before else None,
        state_after=ObstacleState(state_after),
        waiting_for=waiting_for,
        court_party_id=court_party_id,
    )
