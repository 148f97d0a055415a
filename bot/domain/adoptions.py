"""The adoption of the roadmap: what is adopted, whose adoptions count, and what the baseline is from then on."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from bot.domain.errors import DomainError
from bot.domain.milestones import MilestoneState

SHORT_HASH = 8


@dataclass(unsafe_hash=True)
class RoadmapEmpty(DomainError):
    """There is no milestone to adopt."""


@dataclass(unsafe_hash=True)
class RoadmapAdopted(DomainError):
    """The roadmap has been adopted, on *adopted_on*; its baseline stays."""

    adopted_on: date


@dataclass(unsafe_hash=True)
class RoadmapChanged(DomainError):
    """The roadmap is no longer what was read."""


@dataclass(frozen=True, slots=True)
class PlannedMilestone:
    """What of a milestone is adopted: everything but how far it is. *id* is our own number of it."""

    id: int
    number: int
    title: str
    workstream: str
    responsible_party_id: int | None
    lead_id: int
    counterpart_id: int | None
    start_on: date
    due_on: date
    measurable_result: str
    state: MilestoneState

    @property
    def is_dropped(self) -> bool:
        """Tell whether it is no longer part of the plan."""
        return self.state is MilestoneState.DROPPED


@dataclass(frozen=True, slots=True)
class Adoption:
    """A party's adoption: by whom, when (UTC), and of which content ("" where that is not known)."""

    party_id: int
    member_id: int
    at: datetime
    content_hash: str


@dataclass(frozen=True, slots=True)
class Plan:
    """
    What a co-chair adopts: its hash, how many milestones from when to when, and the numbers of those with a flaw.

    Dropped milestones count in none of it. *first_on* and *last_on* are None where there is no milestone.
    """

    content_hash: str
    count: int
    first_on: date | None
    last_on: date | None
    without_lead: tuple[int, ...]
    without_counterpart: tuple[int, ...]
    overdue: tuple[int, ...]

    @property
    def version(self) -> str:
        """The beginning of the hash, by which two people see that they read the same."""
        return self.content_hash[:SHORT_HASH]


def content_hash(milestones: Iterable[PlannedMilestone]) -> str:
    """
    Give the hash of the plan: SHA-256 of its milestones by number.

    Progress changes nothing of it; a milestone that is planned, edited, moved or dropped does.
    """
    rows = sorted(
        (
            item.number,
            item.title,
            item.workstream,
            item.responsible_party_id,
            item.lead_id,
            item.counterpart_id,
            item.start_on.isoformat(),
            item.due_on.isoformat(),
            item.measurable_result,
            item.is_dropped,
        )
        for item in milestones
    )
    return sha256(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def plan_of(milestones: Sequence[PlannedMilestone], *, leads: Collection[int], today: date) -> Plan:
    """Sum up what would be adopted today; *leads* are the members who can lead: neither removed nor observers."""
    kept = sorted((item for item in milestones if not item.is_dropped), key=lambda item: item.number)
    return Plan(
        content_hash=content_hash(milestones),
        count=len(kept),
        first_on=min((item.start_on for item in kept), default=None),
        last_on=max((item.due_on for item in kept), default=None),
        without_lead=tuple(item.number for item in kept if item.lead_id not in leads),
        without_counterpart=tuple(item.number for item in kept if item.counterpart_id not in leads),
        overdue=tuple(item.number for item in kept if item.state.is_open and item.due_on < today),
    )


def counting(adoptions: Iterable[Adoption], hashed: str) -> dict[int, Adoption]:
    """Give the adoptions that are of the content *hashed*, by party: one of another content has lapsed."""
    return {adoption.party_id: adoption for adoption in adoptions if adoption.content_hash == hashed}


def awaited(adopted: Collection[int], party_ids: Iterable[int]) -> tuple[int, ...]:
    """Give the parties that have not adopted yet; once there is none, the roadmap is adopted."""
    return tuple(party_id for party_id in party_ids if party_id not in adopted)
