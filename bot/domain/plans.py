"""What is planned of a milestone: who may change it, what a change asks for, and who is told of it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from bot.domain.errors import DomainError, NotAllowed
from bot.domain.members import Member, Names
from bot.domain.milestones import Milestone, MilestoneClosed, MilestoneState, checked_due, rescheduled
from bot.domain.readers import LANGUAGES, Language
from bot.domain.texts import checked_note, checked_title

# The name of the act in the record of changes.
EDIT = "edit"


@dataclass(unsafe_hash=True)
class StartAfterDue(DomainError):
    """The start lies after the due date."""

    start_on: date
    due_on: date


@dataclass(unsafe_hash=True)
class MoveReasonMissing(DomainError):
    """A due date moves only with a reason."""

    number: int


@dataclass(unsafe_hash=True)
class DueDateSettled(DomainError):
    """What is done has no due date to move."""

    number: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned of a milestone, as its own fields say; how far it is belongs to progress."""

    title: str
    titles: Names
    workstream_id: int
    responsible_party_id: int | None
    lead_id: int
    counterpart_id: int | None
    start_on: date
    due_on: date
    measurable_result: str

    @classmethod
    def of(cls, milestone: Milestone) -> "Plan":
        """Give the plan of a milestone."""
        return cls(**{field.name: getattr(milestone, field.name) for field in fields(cls)})

    def fields(self) -> dict[str, Any]:
        """Give the plan as JSON has it."""
        return {
            **{field.name: getattr(self, field.name) for field in fields(self)},
            "titles": {language: getattr(self.titles, language) for language in LANGUAGES},
            "start_on": self.start_on.isoformat(),
            "due_on": self.due_on.isoformat(),
        }

    def read(self, changed: Mapping[str, Any]) -> "Plan":
        """Give the plan with what is *changed*, as JSON has it."""
        return plan_read({**self.fields(), **changed})

    def titled(self, language: Language, title: str, *, own: Language) -> "Plan":
        """Take the title in *language*; *own* is the language that the milestone was planned in."""
        checked_title(title)
        if language != own:
            return replace(self, titles=replace(self.titles, **{language: title}))
        has_confirmed = bool(getattr(self.titles, language))
        titles = replace(self.titles, **{language: title}) if has_confirmed else self.titles
        return replace(self, title=title, titles=titles)

    def title_in(self, language: Language, *, own: Language) -> str:
        """Give the title in *language*, empty where there is none."""
        confirmed: str = getattr(self.titles, language)
        return confirmed or (self.title if language == own else "")


def plan_read(kept: Mapping[str, Any]) -> Plan:
    """Give a plan that JSON kept; what else is among *kept* is left out."""
    values = {field.name: kept[field.name] for field in fields(Plan)}
    return Plan(
        **{
            **values,
            "titles": Names(**kept["titles"]),
            "start_on": date.fromisoformat(kept["start_on"]),
            "due_on": date.fromisoformat(kept["due_on"]),
        }
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """A milestone as a form showed it: its version, the number of its last recorded change, and what it said."""

    version: int
    change_id: int
    plan: Plan
    percent: int
    state: MilestoneState

    @classmethod
    def of(cls, milestone: Milestone, change_id: int) -> "Seen":
        """Note a milestone as it is now."""
        return cls(milestone.version, change_id, Plan.of(milestone), milestone.percent, milestone.state)

    def says(self, milestone: Milestone) -> bool:
        """Tell whether the milestone still is as it was seen: nothing of it would be overwritten."""
        return (self.plan, self.percent, self.state) == (Plan.of(milestone), milestone.percent, milestone.state)

    def fields(self) -> dict[str, Any]:
        """Give what a draft keeps."""
        return {
            "version": self.version,
            "change_id": self.change_id,
            "plan": self.plan.fields(),
            "percent": self.percent,
            "state": self.state.value,
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Seen":
        """Give what a draft kept."""
        return cls(
            version=kept["version"],
            change_id=kept["change_id"],
            plan=plan_read(kept["plan"]),
            percent=kept["percent"],
            state=MilestoneState(kept["state"]),
        )


def changed(before: Plan, after: Plan) -> tuple[str, ...]:
    """Name the fields in which two plans differ."""
    return tuple(field.name for field in fields(Plan) if getattr(before, field.name) != getattr(after, field.name))


def rebased(mine: Plan, *, seen: Plan, now: Plan) -> Plan:
    """Lay what *mine* changes of the plan that was *seen* over the plan as it is *now*; the rest stays as it is."""
    kept = {name: getattr(mine, name) for name in changed(seen, mine)}
    if "titles" in kept:
        own = {
            language: getattr(mine.titles, language)
            for language in LANGUAGES
            if getattr(mine.titles, language) != getattr(seen.titles, language)
        }
        kept["titles"] = replace(now.titles, **own)
    return replace(now, **kept)


def check_may_edit(milestone: Milestone, by: Member) -> None:
    """
    Permit whoever may plan a milestone to change what is planned of it, whoever planned it.

    A group of two countries corrects each other's plans; what keeps that safe is that each change is recorded, that
    those it concerns are told, and that it can be undone. What was dropped has to be reopened first.

    Raises:
        NotAllowed: an observer.
        MilestoneClosed: it is dropped.
    """
    if not by.may_write:
        raise NotAllowed
    if milestone.state is MilestoneState.DROPPED:
        raise MilestoneClosed(milestone.number)


def may_edit(milestone: Milestone, by: Member) -> bool:
    """Tell whether *check_may_edit* permits it."""
    return by.may_write and milestone.state is not MilestoneState.DROPPED


def checked_span(start_on: date, due_on: date) -> None:
    """Refuse a start after the due date with StartAfterDue."""
    if start_on > due_on:
        raise StartAfterDue(start_on, due_on)


def checked_move(milestone: Milestone, due_on: date, *, today: date) -> date:
    """
    Permit another due date for work that remains.

    Raises:
        DueDateSettled: the milestone is done.
        DueDateInPast: the date has passed.
    """
    if due_on == milestone.due_on:
        return due_on
    if not milestone.state.is_open:
        raise DueDateSettled(milestone.number)
    return checked_due(due_on, today=today)


def edited(milestone: Milestone, plan: Plan, *, today: date, reason: str) -> Milestone:
    """
    Give the milestone with another plan; another due date is counted as a move, and needs a reason.

    Raises:
        DueDateSettled, DueDateInPast: as *checked_move* says.
        MoveReasonMissing: the due date moves without a reason.
        StartAfterDue, TextMissing, TextTooLong: as their names say.
    """
    names = changed(Plan.of(milestone), plan)
    checked_title(plan.title)
    checked_note(plan.measurable_result)
    checked_note(reason)
    if {"start_on", "due_on"} & set(names):
        checked_span(plan.start_on, plan.due_on)
    moved = milestone
    if "due_on" in names:
        moved = rescheduled(milestone, checked_move(milestone, plan.due_on, today=today))
        if not reason.strip():
            raise MoveReasonMissing(milestone.number)
    return replace(moved, version=milestone.version + 1, **{name: getattr(plan, name) for name in names})


@dataclass(frozen=True, slots=True)
class News:
    """What somebody is told of a change: that the due date has moved, and the place that they were given, if one."""

    is_moved: bool = False
    place: str = ""


def told(before: Plan, after: Plan, *, by_id: int) -> dict[int, News]:
    """
    Give who is told of a change, by member: lead and counterpart of a moved date, and who has newly become one.

    Whoever changes it is not told.
    """
    is_moved = before.due_on != after.due_on
    found: dict[int, News] = {}
    for place in ("counterpart_id", "lead_id"):
        person = getattr(after, place)
        is_new = person != getattr(before, place)
        if person is not None and person != by_id and (is_new or is_moved):
            found[person] = News(is_moved=is_moved, place=place.removesuffix("_id") if is_new else "")
    return found
