"""What became of one milestone or obstacle: who did what to it, when, and what was before and after."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bot.domain.groups import WorkingGroup, Workstream
from bot.domain.members import Member, Names
from bot.domain.readers import Language
from bot.domain.summaries import Page

Kind = Literal["M", "O"]
PLANNED = "plan"
LOGGED = "progress"
MOVED = "move"


@dataclass(frozen=True, slots=True)
class Subject:
    """The milestone ("M") or obstacle ("O") that a history is of; *is_removed*: planning or raising it was undone."""

    kind: Kind
    id: int
    group_id: int
    number: int
    title: str
    titles: Names
    is_removed: bool = False

    @property
    def code(self) -> str:
        """The code that people type and see."""
        return f"{self.kind}-{self.number}"

    def title_for(self, language: Language) -> str:
        """Give the confirmed title in *language*, else the title as it was typed."""
        return getattr(self.titles, language) or self.title


@dataclass(frozen=True, slots=True)
class PastAct:
    """
    One thing that was done, at an instant (UTC), by a member or (None) by a file or the service itself.

    *act* is PLANNED, LOGGED, MOVED, a step of an obstacle's thread or what the record of changes calls it. *before* and
    *after* hold values as JSON has them by the names of their fields; there may be fields nobody here knows.
    """

    at: datetime
    member_id: int | None
    act: str
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """A page of what became of an item, the newest first, with the people and workstreams that it speaks of."""

    group: WorkingGroup
    subject: Subject
    page: Page
    acts: tuple[PastAct, ...]
    members: dict[int, Member]
    workstreams: dict[int, Workstream]
