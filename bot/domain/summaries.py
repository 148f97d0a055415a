"""What a summary says of a working group, and which part of the work it is about."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.domain.errors import ButtonExpired
from bot.domain.groups import WorkingGroup, Workstream
from bot.domain.members import Member, Names
from bot.domain.milestones import MilestoneState
from bot.domain.obstacles import Severity
from bot.domain.periods import Period
from bot.domain.readers import Language
from bot.domain.report_parts import Part
from bot.domain.roadmap import Comparison, Health, WorkstreamHealth
from bot.domain.roadmap_filters import RoadmapFilter
from bot.domain.working_days import Wait

PAGE = 5


@dataclass(frozen=True, slots=True)
class Selection:
    """All of a group's work, or one workstream's, or what one party answers for (what is joint is both parties')."""

    workstream_id: int | None = None
    party_id: int | None = None

    @property
    def code(self) -> str:
        """How buttons name it."""
        if self.workstream_id is not None:
            return f"w{self.workstream_id}"
        return f"p{self.party_id}" if self.party_id is not None else "all"

    def takes(self, workstream_id: int | None, party_ids: Sequence[int | None]) -> bool:
        """Tell whether work of a workstream and of any of *party_ids* (None: of all parties) belongs to it."""
        if self.workstream_id is not None and workstream_id != self.workstream_id:
            return False
        return self.party_id is None or self.party_id in party_ids or None in party_ids


ALL = Selection()


def selection_of(code: str) -> Selection:
    """Read what *Selection.code* wrote; raises ButtonExpired."""
    if code == ALL.code:
        return ALL
    kind, number = code[:1], code[1:]
    if kind not in {"w", "p"} or not number.isdecimal():
        raise ButtonExpired
    return Selection(workstream_id=int(number)) if kind == "w" else Selection(party_id=int(number))


@dataclass(frozen=True, slots=True)
class OpenWork:
    """
    Open milestones that share workstream, responsible party (None: joint), lead and state.

    *start_on*, *due_on* and *planned_at* (UTC) are the earliest of theirs; the counts are those of a summary.
    *slippage* is the furthest of theirs, None where none has a baseline.
    """

    workstream_id: int
    party_id: int | None
    lead_id: int
    state: MilestoneState
    count: int
    start_on: date
    due_on: date
    planned_at: datetime
    overdue: int
    overdue_before: int
    due: int
    due_before: int
    added: int
    silent: int
    slippage: int | None


@dataclass(frozen=True, slots=True)
class FinishedWork:
    """Milestones of a workstream and a responsible party that are over; *done* leaves out what was dropped."""

    workstream_id: int
    party_id: int | None
    done: int
    done_before: int
    overdue_before: int
    due: int
    due_before: int
    added: int


@dataclass(frozen=True, slots=True)
class OpenObstacles:
    """Open obstacles that share workstream, severity and parties."""

    workstream_id: int | None
    severity: Severity
    court_party_id: int | None
    needed_from_party_id: int
    count: int


@dataclass(frozen=True, slots=True)
class ListedMilestone:
    """A milestone as lists show it; what has no news and what has slipped is told from the fields of *Milestone*."""

    id: int
    number: int
    workstream_id: int
    title: str
    titles: Names
    state: MilestoneState
    percent: int
    due_on: date
    start_on: date
    baseline_due_on: date | None = None
    added_on: date | None = None
    finished_on: date | None = None
    planned_at: datetime | None = None
    last_entry_at: datetime | None = None

    @property
    def code(self) -> str:
        """The code that people type and see."""
        return f"M-{self.number}"

    def title_for(self, language: Language) -> str:
        """Give the confirmed title in *language*, else the title as it was typed."""
        return getattr(self.titles, language) or self.title


@dataclass(frozen=True, slots=True)
class ListedObstacle:
    """An open obstacle as lists show it; both instants are UTC."""

    id: int
    number: int
    title: str
    severity: Severity
    court_party_id: int | None
    raised_at: datetime
    state_changed_at: datetime

    @property
    def code(self) -> str:
        """The code that people type and see."""
        return f"O-{self.number}"


@dataclass(frozen=True, slots=True)
class AgedObstacle:
    """An open obstacle, how long it is open, and how long since its last change."""

    obstacle: ListedObstacle
    age: Wait
    in_court: Wait


@dataclass(frozen=True, slots=True)
class ReportStatus:
    """Where the monthly report stands: when it is due (UTC), and the parts owed and missing."""

    period: Period
    due_at: datetime
    owed: tuple[Part, ...]
    missing: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """
    Health of each workstream in the group's order, counts beside those of a month ago, and open obstacles in all.

    *silent* counts the open milestones without news, *added* those that came after adoption and were not dropped.
    """

    healths: tuple[tuple[Workstream, WorkstreamHealth], ...]
    counts: Comparison
    open: int
    obstacles: int
    silent: int = 0
    added: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """All that a summary says. *today* is the group's day, *now* the instant (UTC) it is as of."""

    group: WorkingGroup
    selection: Selection
    figures: Figures
    worst: tuple[AgedObstacle, ...]
    next_due: tuple[ListedMilestone, ...]
    report: ReportStatus
    today: date
    now: datetime

    @property
    def is_empty(self) -> bool:
        """Tell whether there is no work yet to speak of."""
        return not (self.figures.open or self.figures.counts.now.done or self.figures.obstacles)


@dataclass(frozen=True, slots=True)
class Page:
    """A place in a list: pages of *size* items, counted from 1; what lies beyond the last page is the last page."""

    number: int
    total: int
    size: int = PAGE

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.size))

    @property
    def first_item(self) -> int:
        """How many items stand on the pages before."""
        return (self.number - 1) * self.size


def page_of(number: int, total: int, size: int = PAGE) -> Page:
    """Give the page with *number*, or the nearest that there is."""
    page = Page(1, total, size)
    return replace(page, number=min(max(number, 1), page.last))


@dataclass(frozen=True, slots=True)
class WorkstreamPage:
    """
    A page of workstreams, open ones with their health and after them the closed ones.

    *people* are those who answer for them. *may_edit*: the reader may change workstreams here.
    """

    group: WorkingGroup
    page: Page
    workstreams: tuple[tuple[Workstream, WorkstreamHealth | None], ...]
    people: dict[int, Member]
    may_edit: bool = False


@dataclass(frozen=True, slots=True)
class RoadmapPage:
    """
    A page of the milestones that pass *chosen*, and the *healths* of the open workstreams on it.

    *owner* is whose they are, *left_out* are typed words that name no filter. *may_adopt*: the reader may adopt the
    roadmap from here.
    """

    group: WorkingGroup
    page: Page
    milestones: tuple[ListedMilestone, ...]
    workstreams: dict[int, Workstream]
    chosen: RoadmapFilter
    today: date
    owner: Member | None = None
    left_out: tuple[str, ...] = ()
    healths: dict[int, Health] = field(default_factory=dict)
    may_adopt: bool = False


@dataclass(frozen=True, slots=True)
class ObstaclePage:
    """A page of open obstacles."""

    group: WorkingGroup
    page: Page
    obstacles: tuple[AgedObstacle, ...]


@dataclass(frozen=True, slots=True)
class MyPage:
    """
    A page of what waits for one member: parts of the report, then obstacles, then milestones.

    *report* is None where none of the member's parts is missing; *parts* are the workstreams of those on this page, and
    *reminder_id* is the reminder that answers them.
    """

    group: WorkingGroup
    page: Page
    report: ReportStatus | None
    parts: tuple[Workstream, ...]
    obstacles: tuple[AgedObstacle, ...]
    milestones: tuple[ListedMilestone, ...]
    today: date
    reminder_id: int | None = None
