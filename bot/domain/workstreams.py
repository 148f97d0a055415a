"""Workstreams: how one is named, who answers for it, what a secretary has in hand, and when it may be closed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.errors import DomainError
from bot.domain.groups import WorkingGroup, Workstream
from bot.domain.members import Names
from bot.domain.readers import LANGUAGES, Language

CODE_MOST = 12
_CODE = re.compile(r"[A-Z][A-Z0-9_-]{0,11}")


@dataclass(unsafe_hash=True)
class NotACode(DomainError):
    """A workstream's code begins with a Latin letter and has at most *limit* letters, digits, - and _."""

    text: str
    limit: int


@dataclass(unsafe_hash=True)
class CodeTaken(DomainError):
    """Another workstream of the group, perhaps a closed one, has the code."""

    code: str


@dataclass(unsafe_hash=True)
class NameTaken(DomainError):
    """The open workstream *code* has the same name."""

    code: str
    name: str


@dataclass(unsafe_hash=True)
class OtherScript(DomainError):
    """A name was asked for in *language*, and none of its letters are of that language's script."""

    language: Language


@dataclass(unsafe_hash=True)
class NamesMissing(DomainError):
    """A workstream needs its name in *languages* too."""

    languages: tuple[Language, ...]


@dataclass(unsafe_hash=True)
class WorkstreamClosed(DomainError):
    """The workstream takes nothing new."""

    code: str


@dataclass(unsafe_hash=True)
class WorkstreamInUse(DomainError):
    """The workstream has open milestones and obstacles, by number, and so cannot be closed."""

    code: str
    milestones: tuple[int, ...]
    obstacles: tuple[int, ...]


@dataclass(unsafe_hash=True)
class WorkstreamNotEmpty(DomainError):
    """Something belongs to the workstream, so that adding it cannot be undone; it can be closed."""

    code: str


@dataclass(unsafe_hash=True)
class LastWorkstream(DomainError):
    """It is the only open workstream, and milestones need one."""

    code: str


@dataclass(unsafe_hash=True)
class NoWorkstream(DomainError):
    """The group has no open workstream yet."""


@dataclass(unsafe_hash=True)
class WorkstreamChangedSince(DomainError):
    """Somebody has changed the workstream since, so that nothing was undone."""

    code: str


@dataclass(frozen=True, slots=True)
class WorkstreamForm:
    """
    A workstream being added (*workstream_id* None) or edited.

    *people* maps a party's id to its person, *place* counts the open workstreams from 1. *seen* is the form as it was
    when it was opened, to tell what its owner has changed. *step* is what is being chosen ("" is the card as a whole):
    a language for the name in it, code, or person1 for the person of party 1; *page* is the page of its list.
    """

    workstream_id: int | None
    code: str
    names: Names
    lead_party_id: int
    people: Mapping[int, int]
    place: int
    seen: Mapping[str, Any] = field(default_factory=dict)
    step: str = ""
    page: int = 0

    @property
    def awaits(self) -> str:
        """The field that the next typed text goes to."""
        return self.step if self.step == "code" or self.step in LANGUAGES else ""

    @property
    def person_party_id(self) -> int | None:
        """The party whose person is being chosen."""
        return int(self.step.removeprefix("person")) if self.step.startswith("person") else None

    def at(self, step: str = "", *, page: int = 0) -> "WorkstreamForm":
        """Give the form at another step."""
        return replace(self, step=step, page=page)

    def content(self) -> dict[str, Any]:
        """Give what would be saved, as plain values."""
        return {
            "code": self.code,
            "names": {language: getattr(self.names, language) for language in LANGUAGES},
            "lead_party_id": self.lead_party_id,
            "people": sorted([party_id, member_id] for party_id, member_id in self.people.items()),
            "place": self.place,
        }

    def opened(self) -> "WorkstreamForm":
        """Give the form as one that nobody has changed yet."""
        return replace(self, seen=self.content())

    @property
    def is_changed(self) -> bool:
        """Tell whether there is anything to save."""
        return self.content() != self.seen

    def fields(self) -> dict[str, Any]:
        """Give what the draft keeps."""
        return {
            "workstream_id": self.workstream_id,
            "content": self.content(),
            "seen": dict(self.seen),
            "step": self.step,
            "page": self.page,
        }

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "WorkstreamForm":
        """Give the form that a draft kept."""
        content = fields["content"]
        return cls(
            workstream_id=fields["workstream_id"],
            code=content["code"],
            names=Names(**content["names"]),
            lead_party_id=content["lead_party_id"],
            people=dict(content["people"]),
            place=content["place"],
            seen=fields["seen"],
            step=fields["step"],
            page=fields["page"],
        )


def form_for(workstream: Workstream, place: int) -> WorkstreamForm:
    """Open a workstream for editing; *place* is its place among the open ones, 0 for a closed one."""
    return WorkstreamForm(
        workstream_id=workstream.id,
        code=workstream.code,
        names=workstream.names,
        lead_party_id=workstream.lead_party_id,
        people=dict(workstream.people),
        place=place,
    ).opened()


def rebased(form: WorkstreamForm, now: WorkstreamForm) -> WorkstreamForm:
    """
    Lay what the form's owner has changed over the workstream as it is *now*.

    What the owner has not touched is as others have made it since; what both have touched is the owner's.
    """
    seen = form.seen
    was = Names(**seen["names"])
    people_before = dict(seen["people"])
    people = dict(now.people)
    for party_id in {*form.people, *people_before}:
        mine = form.people.get(party_id)
        if mine != people_before.get(party_id):
            people.pop(party_id, None)
            if mine is not None:
                people[party_id] = mine
    return replace(
        form,
        names=Names(
            **{
                language: getattr(
                    form.names if getattr(form.names, language) != getattr(was, language) else now.names, language
                )
                for language in LANGUAGES
            }
        ),
        lead_party_id=form.lead_party_id if form.lead_party_id != seen["lead_party_id"] else now.lead_party_id,
        people=people,
        place=form.place if form.place != seen["place"] else now.place,
        seen=now.content(),
    )


def required_languages(group: WorkingGroup) -> tuple[Language, ...]:
    """Give the languages in which a workstream must have a name: those in which the group's parties read."""
    return tuple(dict.fromkeys(party.default_language for party in group.parties))


def missing_languages(names: Names, group: WorkingGroup) -> tuple[Language, ...]:
    """Give the languages in which a name is still required."""
    return tuple(language for language in required_languages(group) if not getattr(names, language))


def checked_code(text: str) -> str:
    """Give a code as it is kept, in capitals; raises NotACode."""
    code = text.strip().upper()
    if _CODE.fullmatch(code) is None:
        raise NotACode(text.strip(), CODE_MOST)
    return code


def proposed_code(name: str, taken: Iterable[str]) -> str:
    """Propose a code: the first word of an English name that can be one and is free, else W and a number."""
    taken = {code.upper() for code in taken}
    for word in re.split(r"[^A-Za-z0-9]+", name):
        code = word.upper()[:CODE_MOST]
        if len(code) > 2 and _CODE.fullmatch(code) and code not in taken:
            return code
    return next(code for code in (f"W{number}" for number in range(1, len(taken) + 2)) if code not in taken)


def check_open(workstream: Workstream) -> None:
    """Refuse what would belong to a closed workstream with WorkstreamClosed."""
    if not workstream.is_open:
        raise WorkstreamClosed(workstream.code)


def check_may_close(
    workstream: Workstream, *, others: Sequence[Workstream], milestones: Sequence[int], obstacles: Sequence[int]
) -> None:
    """
    Permit closing where nothing is open in it, and where another one of *others* stays open.

    Raises:
        WorkstreamInUse, LastWorkstream: as their names say.
    """
    if milestones or obstacles:
        raise WorkstreamInUse(workstream.code, tuple(milestones), tuple(obstacles))
    if not any(other.is_open and other.id != workstream.id for other in others):
        raise LastWorkstream(workstream.code)


def placed(ids: Sequence[int], workstream_id: int, place: int) -> list[int]:
    """Give the order of open workstreams with one of them at *place*, counted from 1; beyond the end is the end."""
    others = [other for other in ids if other != workstream_id]
    index = min(max(place, 1), len(others) + 1) - 1
    return [*others[:index], workstream_id, *others[index:]]
