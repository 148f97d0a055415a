"""Forms in hand: what has been filled so far, as values and as the plain fields that a draft keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from bot.domain.errors import DomainError
from bot.domain.members import Names
from bot.domain.milestones import MilestoneState
from bot.domain.obstacles import Severity
from bot.domain.plans import Seen
from bot.domain.progress import Attachment
from bot.domain.readers import LANGUAGES, Language

EDITING = "editing"
MILESTONE = "milestone"
NAME = "name"
OBSTACLE = "obstacle"
PROGRESS = "progress"
HOLIDAY = "holiday"
WORKSTREAM = "workstream"

MOST_ATTACHMENTS = 10


@dataclass(unsafe_hash=True)
class TooManyAttachments(DomainError):
    """An entry takes no more than *limit* files."""

    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SteppedForm:
    """
    A form that is one card, with a list or a question for each of its fields.

    *step* is the field that is being chosen ("" is the card as a whole), *page* the page of its list, *readings* the
    days that an unclear date may mean, *month* a day of the month that the calendar shows, None while it is closed.
    """

    step: str = ""
    page: int = 0
    readings: tuple[date, ...] = ()
    month: date | None = None

    def at(self, step: str = "", *, page: int = 0, month: date | None = None) -> Self:
        """Give the form at another step."""
        return replace(self, step=step, page=page, readings=(), month=month)

    def unclear(self, readings: tuple[date, ...]) -> Self:
        """Give the form as it asks which of *readings* a typed date means."""
        return replace(self, readings=readings)

    def place(self) -> dict[str, Any]:
        """Give what the draft keeps of where the form stands."""
        return {
            "step": self.step,
            "page": self.page,
            "readings": [day.isoformat() for day in self.readings],
            "month": self.month.isoformat() if self.month else None,
        }


def place_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Give where a form stood that a draft kept."""
    return {
        "step": fields["step"],
        "page": fields["page"],
        "readings": tuple(date.fromisoformat(day) for day in fields["readings"]),
        "month": _day(fields.get("month")),
    }


@dataclass(frozen=True, slots=True)
class MilestoneForm(SteppedForm):
    """A milestone being planned. *has_chosen_counterpart* keeps one who was picked from following the workstream."""

    title: str
    workstream_id: int
    due_on: date
    lead_id: int
    counterpart_id: int | None
    has_chosen_counterpart: bool = False

    @property
    def awaits(self) -> str:
        """The field that the next typed text goes to."""
        return self.step if self.step in {"title", "due_on"} else ""

    def fields(self) -> dict[str, Any]:
        """Give what the draft keeps."""
        return {
            "title": self.title,
            "workstream_id": self.workstream_id,
            "due_on": self.due_on.isoformat(),
            "lead_id": self.lead_id,
            "counterpart_id": self.counterpart_id,
            "has_chosen_counterpart": self.has_chosen_counterpart,
            **self.place(),
        }

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "MilestoneForm":
        """Give the form that a draft kept."""
        return cls(
            title=fields["title"],
            workstream_id=fields["workstream_id"],
            due_on=date.fromisoformat(fields["due_on"]),
            lead_id=fields["lead_id"],
            counterpart_id=fields["counterpart_id"],
            has_chosen_counterpart=fields["has_chosen_counterpart"],
            **place_of(fields),
        )


@dataclass(frozen=True, slots=True)
class ObstacleForm(SteppedForm):
    """
    An obstacle being raised: it holds up a milestone or, without one, a workstream.

    *owners* holds those who were picked, by the party's id; the others are proposed.
    """

    title: str
    needed_from_party_id: int
    milestone_id: int | None = None
    workstream_id: int | None = None
    severity: Severity = Severity.LOW
    need: str = ""
    needed_by: date | None = None
    owners: Mapping[int, int] | None = None

    @property
    def awaits(self) -> str:
        """The field that the next typed text goes to."""
        return self.step if self.step in {"title", "need", "needed_by"} else ""

    def fields(self) -> dict[str, Any]:
        """Give what the draft keeps."""
        return {
            "title": self.title,
            "needed_from_party_id": self.needed_from_party_id,
            "milestone_id": self.milestone_id,
            "workstream_id": self.workstream_id,
            "severity": self.severity.value,
            "need": self.need,
            "needed_by": self.needed_by.isoformat() if self.needed_by else None,
            "owners": [[party_id, member_id] for party_id, member_id in (self.owners or {}).items()],
            **self.place(),
        }

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "ObstacleForm":
        """Give the form that a draft kept."""
        return cls(
            title=fields["title"],
            needed_from_party_id=fields["needed_from_party_id"],
            milestone_id=fields["milestone_id"],
            workstream_id=fields["workstream_id"],
            severity=Severity(fields["severity"]),
            need=fields["need"],
            needed_by=_day(fields["needed_by"]),
            owners=dict(fields["owners"]),
            **place_of(fields),
        )


@dataclass(frozen=True, slots=True)
class ProgressForm:
    """
    An entry being written. Whatever is typed next is its note, or says how far the milestone is.

    *seen* is the milestone as the form showed it; None in a draft of before that was kept.
    """

    milestone_id: int
    percent: int | None = None
    state: MilestoneState | None = None
    note: str = ""
    attachments: tuple[Attachment, ...] = ()
    seen: Seen | None = None

    awaits = "note"

    @property
    def says_how_far(self) -> bool:
        """Tell whether a percent or a state has been chosen."""
        return self.percent is not None or self.state is not None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing has been filled."""
        return not (self.says_how_far or self.note or self.attachments)

    def with_attachment(self, attachment: Attachment) -> "ProgressForm":
        """Add a file; raises TooManyAttachments."""
        if len(self.attachments) >= MOST_ATTACHMENTS:
            raise TooManyAttachments(MOST_ATTACHMENTS)
        return replace(self, attachments=(*self.attachments, attachment))

    def fields(self) -> dict[str, Any]:
        """Give what the draft keeps."""
        return {
            "milestone_id": self.milestone_id,
            "percent": self.percent,
            "state": self.state.value if self.state else None,
            "note": self.note,
            "attachments": [[file.kind, file.file_id, file.name, file.size] for file in self.attachments],
            "seen": self.seen.fields() if self.seen else None,
        }

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "ProgressForm":
        """Give the form that a draft kept."""
        state = fields["state"]
        return cls(
            milestone_id=fields["milestone_id"],
            percent=fields["percent"],
            state=MilestoneState(state) if state else None,
            note=fields["note"],
            attachments=tuple(Attachment(*file) for file in fields["attachments"]),
            seen=Seen.read(fields["seen"]) if fields.get("seen") else None,
        )


@dataclass(frozen=True, slots=True)
class NameForm:
    """
    A member's own name, as it is and as it may become.

    *proposed* names the spelling that nobody has given yet, *step* the one that is being typed. *is_first*: its owner
    has just joined, and did not ask for it.
    """

    names: Names
    proposed: Language | None = None
    is_first: bool = False
    step: Language | None = None

    @property
    def awaits(self) -> str:
        """The field that the next typed text goes to."""
        return self.step or ""

    def given(self, script: Language, name: str) -> "NameForm":
        """Take a spelling that the member gives themselves; a proposal made from what was before is void."""
        names = replace(self.names, **{self.proposed: ""}) if self.proposed else self.names
        return replace(self, names=replace(names, **{script: name}), proposed=None, step=None)

    def with_proposal(self, script: Language, name: str) -> "NameForm":
        """Add a spelling that is only proposed."""
        return replace(self, names=replace(self.names, **{script: name}), proposed=script)

    def fields(self) -> dict[str, Any]:
        """Give what the draft keeps."""
        return {
            "names": {language: getattr(self.names, language) for language in LANGUAGES},
            "proposed": self.proposed,
            "is_first": self.is_first,
            "step": self.step,
        }

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "NameForm":
        """Give the form that a draft kept."""
        return cls(
            names=Names(**fields["names"]),
            proposed=fields["proposed"],
            is_first=fields["is_first"],
            step=fields["step"],
        )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
