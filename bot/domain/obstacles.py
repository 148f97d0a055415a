"""Obstacles: what is blocked, who can clear it, and whose turn it is to act."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.errors import DomainError
from bot.domain.members import Member
from bot.domain.readers import Language


class Severity(StrEnum):
    """How much an obstacle holds up."""

    LOW = "low"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """Order for sorting: a critical one first."""
        return {"critical": 0, "high": 1, "low": 2}[self.value]


class ObstacleState(StrEnum):
    """The states of an obstacle; silence never closes one."""

    RAISED = "raised"
    TAKEN = "taken"
    WAITING = "waiting"
    SOLVED = "solved"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still has to act."""
        return self not in {ObstacleState.CLOSED, ObstacleState.WITHDRAWN}


@dataclass(unsafe_hash=True)
class NotTheRaiser(DomainError):
    """Only the raiser or a co-chair closes or withdraws an obstacle."""

    raiser: str


@dataclass(unsafe_hash=True)
class ObstacleOver(DomainError):
    """The obstacle is closed or withdrawn."""

    number: int


@dataclass(frozen=True, slots=True)
class Obstacle:
    """
    Something that holds up a milestone or a workstream.

    *number* is shown as ``O-7``. *owners* maps a party's id to the member who clears it on that side.
    *court_party_id* is the party whose turn it is; *state_changed_at* (UTC) starts its clock; *removed_at* (UTC) is
    when raising it was undone.
    """

    id: int
    group_id: int
    number: int
    title: str
    language: Language
    need: str
    milestone_id: int | None
    workstream_id: int | None
    needed_from_party_id: int
    needed_by: date | None
    severity: Severity
    raised_by_id: int
    raised_at: datetime
    owners: dict[int, int] = field(default_factory=dict)
    state: ObstacleState = ObstacleState.RAISED
    waiting_for: str = ""
    court_party_id: int | None = None
    state_changed_at: datetime | None = None
    resolved_at: datetime | None = None
    removed_at: datetime | None = None
    version: int = 1

    @property
    def code(self) -> str:
        """The code that people type and see."""
        return f"O-{self.number}"

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still has to act."""
        return self.state.is_open


@dataclass(frozen=True, slots=True)
class ObstacleEntry:
    """One step of an obstacle's thread: who, when (UTC), what it made of the obstacle, and the words."""

    id: int
    obstacle_id: int
    kind: str
    member_id: int
    at: datetime
    note: str
    language: Language
    way: str
    state_before: ObstacleState | None
    state_after: ObstacleState
    waiting_for: str
    court_party_id: int | None


def stepped(
    obstacle: Obstacle, state: ObstacleState, *, at: datetime, court_party_id: int | None, waiting_for: str = ""
) -> Obstacle:
    """Give the obstacle as a step of its thread leaves it; a comment keeps the state and does not restart its clock."""
    changes = state is not obstacle.state
    return replace(
        obstacle,
        state=state,
        waiting_for=waiting_for if state is ObstacleState.WAITING else "",
        court_party_id=court_party_id if state.is_open else None,
        state_changed_at=at if changes else obstacle.state_changed_at,
        resolved_at=obstacle.resolved_at if state.is_open else (at if changes else obstacle.resolved_at),
        version=obstacle.version + 1,
    )


def proposed_owner(candidates: Sequence[Member | None], *, party_id: int) -> int | None:
    """
    Propose who clears an obstacle on one side: the first of *candidates* who is of that party and has joined.

    Where nobody of them has joined it is the first of that party, who will see the obstacle on joining.
    """
    own = [member for member in candidates if member is not None and member.party_id == party_id and member.may_write]
    chosen = next((member for member in own if member.has_joined), own[0] if own else None)
    return chosen.id if chosen else None
