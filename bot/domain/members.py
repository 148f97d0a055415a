"""Who belongs to a working group, in which role, and when they may be disturbed."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.domain.readers import Language, Reader

if TYPE_CHECKING:
    from collections.abc import Iterable


class Role(StrEnum):
    """What a member may do; the glossary has the words."""

    MEMBER = "member"
    SECRETARY = "secretary"
    CO_CHAIR = "co-chair"
    OBSERVER = "observer"


@dataclass(frozen=True, slots=True)
class Names:
    """A name in up to three scripts; an empty string where it is not known."""

    fa: str = ""
    tg: str = ""
    en: str = ""

    def for_language(self, language: Language) -> str:
        """Give the name in *language*, else the English, Tajik or Persian one."""
        return getattr(self, language) or self.en or self.tg or self.fa


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The hours of the person's own day without reminders; *start* after *end* spans midnight."""

    start: time
    end: time

    def covers(self, moment: time) -> bool:
        """Tell whether *moment*, a local time of day, is quiet."""
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


@dataclass(frozen=True, slots=True)
class Absence:
    """Days away, both ends included; *deputy_id* is the member who stands in, if named."""

    member_id: int
    first_on: date
    last_on: date
    deputy_id: int | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the member is away on *day* of their own calendar."""
        return self.first_on <= day <= self.last_on


@dataclass(frozen=True, slots=True)
class Member:
    """
    A person in a working group.

    *person_id* names the person across groups; *has_joined* is false while an invitation waits; *joined_at* (UTC) is
    when their account was linked, None before. *quiet_hours* are the person's own, None where the group's hold.
    """

    id: int
    group_id: int
    person_id: int
    party_id: int
    handle: str
    role: Role
    names: Names
    reader: Reader
    quiet_hours: QuietHours | None
    joined_at: datetime | None
    is_reachable: bool = True
    removed_at: datetime | None = None

    @property
    def has_joined(self) -> bool:
        """Tell whether an account is linked."""
        return self.joined_at is not None

    @property
    def may_write(self) -> bool:
        """Tell whether the member may log, plan and raise: everybody but an observer."""
        return self.role is not Role.OBSERVER

    @property
    def may_bind_chats(self) -> bool:
        """Tell whether the member may bind a group chat: a secretary."""
        return self.role is Role.SECRETARY

    @property
    def may_import(self) -> bool:
        """Tell whether the member may make a file the roadmap: a secretary who is still of the group."""
        return self.role is Role.SECRETARY and self.removed_at is None

    @property
    def may_export(self) -> bool:
        """Tell whether the member may take the roadmap away as a file: an observer gets summaries and reports."""
        return self.may_write and self.removed_at is None

    @property
    def may_correct_holidays(self) -> bool:
        """Tell whether the member may correct their own party's calendar of holidays: a secretary."""
        return self.role is Role.SECRETARY

    @property
    def may_edit_workstreams(self) -> bool:
        """Tell whether the member may add, change and close workstreams: a secretary."""
        return self.role is Role.SECRETARY

    @property
    def may_adopt(self) -> bool:
        """Tell whether the member may adopt the roadmap for their party: a co-chair."""
        return self.role is Role.CO_CHAIR

    def name_for(self, language: Language) -> str:
        """Give the name as a reader of *language* can read it, else the handle."""
        return self.names.for_language(language) or self.handle


def deputy_on(member_id: int, day: date, absences: "Iterable[Absence]") -> tuple[bool, int | None]:
    """Tell whether the member is away on *day*, and who stands in."""
    for absence in absences:
        if absence.member_id == member_id and absence.covers(day):
            return True, absence.deputy_id
    return False, None
