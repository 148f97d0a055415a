"""What people remember of an item when they look for it, and what was found."""

from dataclasses import dataclass, field
from datetime import date

from bot.domain.groups import WorkingGroup, Workstream
from bot.domain.members import Member
from bot.domain.milestones import MilestoneState
from bot.domain.obstacles import ObstacleState, Severity
from bot.domain.summaries import ListedMilestone, Page

MOST_TERMS = 8


@dataclass(frozen=True, slots=True)
class Term:
    """
    One thing that is looked for, with all that it may mean; what fits any of that is found.

    *text* is a folded part of a title or name, *heard* the same in other scripts; *number* is of a code of *kind*;
    *spans* are first and last days that something may be due on; *is_open* and *is_overdue* ask for what is so.
    """

    typed: str
    text: str = ""
    heard: tuple[str, ...] = ()
    kind: str = ""
    number: int | None = None
    spans: tuple[tuple[date, date], ...] = ()
    milestone_states: frozenset[MilestoneState] = frozenset()
    obstacle_states: frozenset[ObstacleState] = frozenset()
    is_open: bool = False
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """A term with the members and workstreams of the group whose names it fits."""

    term: Term
    member_ids: frozenset[int] = field(default_factory=frozenset)
    workstream_ids: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class FoundObstacle:
    """An obstacle as a search shows it, over or not."""

    id: int
    number: int
    title: str
    severity: Severity
    state: ObstacleState

    @property
    def code(self) -> str:
        """The code that people type and see."""
        return f"O-{self.number}"


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page of what was found for *words*: workstreams, then people, milestones and obstacles, with their numbers."""

    group: WorkingGroup
    words: str
    terms: tuple[Term, ...]
    page: Page
    workstreams: tuple[Workstream, ...]
    people: tuple[Member, ...]
    milestones: tuple[ListedMilestone, ...]
    obstacles: tuple[FoundObstacle, ...]
    today: date
    milestone_count: int
    obstacle_count: int
    other_count: int
