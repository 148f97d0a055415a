"""A working group: its parties, workstreams and the rules it has set itself."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

from bot.domain.members import Names, QuietHours
from bot.domain.readers import CalendarName, Language

Receiver = Literal["lead", "own_secretary", "own_co_chair", "co_chairs", "owner", "secretaries"]


@dataclass(frozen=True, slots=True)
class Party:
    """A country of the group. *weekend* holds ``date.weekday()`` numbers; office hours are local to *time_zone*."""

    id: int
    group_id: int
    code: str
    names: Names
    ministry: Names
    time_zone: str
    calendar: CalendarName
    weekend: frozenset[int]
    holidays_country: str
    office_opens: time
    office_closes: time
    default_language: Language
    lunch_from: time | None = None
    lunch_until: time | None = None


@dataclass(frozen=True, slots=True)
class ReportRung:
    """
    One step of the report's reminder ladder.

    *offset* counts shared working days from the due day; None is "opens", the first of them after the period.
    """

    rung: str
    offset: int | None
    to: tuple[Receiver, ...]


@dataclass(frozen=True, slots=True)
class ObstacleRung:
    """One step of an obstacle's ladder: shared working days since its last change."""

    after: int
    to: tuple[Receiver, ...]
    after_critical: int | None = None


@dataclass(frozen=True, slots=True)
class ReportingRules:
    """When the monthly report is due and who is reminded; *due_time* is local to *due_time_zone*."""

    calendar: CalendarName
    due_shared_working_day: int
    due_time: time
    due_time_zone: str
    reminder_time: time
    never_on_receivers_day_off: bool
    rungs: tuple[ReportRung, ...]


@dataclass(frozen=True, slots=True)
class GroupRules:
    """All that a group has settled for itself."""

    reporting: ReportingRules
    obstacle_ladder: tuple[ObstacleRung, ...] = ()
    quiet_hours: QuietHours = field(default_factory=lambda: QuietHours(time(20), time(8)))
    no_news_after_days: int = 30
    undo_minutes: int = 10


@dataclass(frozen=True, slots=True)
class Workstream:
    """
    A line of work; *people* maps a party's id to the member who leads it for that party.

    *closed_at* (UTC) is when a secretary closed it: its past stays readable, nothing new belongs to it.
    """

    id: int
    group_id: int
    code: str
    names: Names
    position: int
    lead_party_id: int
    core: bool = False
    people: dict[int, int] = field(default_factory=dict)
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether work can still be added to it."""
        return self.closed_at is None

    @property
    def lead_id(self) -> int | None:
        """The member who leads the workstream."""
        return self.people.get(self.lead_party_id)

    @property
    def counterpart_id(self) -> int | None:
        """The other side's member."""
        return next((member for party, member in self.people.items() if party != self.lead_party_id), None)

    def person_of(self, party_id: int) -> int | None:
        """The member who answers for the workstream on one side."""
        return self.people.get(party_id)


@dataclass(frozen=True, slots=True)
class WorkingGroup:
    """A working group as a whole. *roadmap_adopted_on* is None until both co-chairs have adopted the roadmap."""

    id: int
    code: str
    names: Names
    rules: GroupRules
    parties: tuple[Party, ...]
    formed_on: date | None = None
    roadmap_adopted_on: date | None = None

    def party(self, party_id: int) -> Party:
        """Find a party by its id."""
        return next(party for party in self.parties if party.id == party_id)

    def other_party(self, party_id: int) -> Party:
        """Find the (first) other party."""
        return next(party for party in self.parties if party.id != party_id)

    @property
    def time_zones(self) -> tuple[str, ...]:
        """The parties' zones in their order, for hours that both sides read."""
        return tuple(dict.fromkeys(party.time_zone for party in self.parties))
