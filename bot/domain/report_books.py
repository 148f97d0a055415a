"""What is known about a group's report when reminders are worked out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from bot.domain.disturbing import Hours
from bot.domain.groups import ReportingRules
from bot.domain.ladders import Ladder, ladder
from bot.domain.members import Absence, Member, QuietHours
from bot.domain.periods import Period
from bot.domain.report_parts import Part
from bot.domain.working_days import PartyCalendar


@dataclass(frozen=True)
class PeriodBooks:
    """What is known of one period: the parts owed and answered, the ladder's days."""

    period: Period
    owed: tuple[Part, ...]
    answered: frozenset[Part]
    ladder: Ladder

    @cached_property
    def missing(self) -> tuple[Part, ...]:
        """The parts that nobody has answered."""
        return tuple(part for part in self.owed if part not in self.answered)


@dataclass(frozen=True)
class ReportingBooks:
    """
    All that decides about a group's reminders, as of one instant.

    *quiet_hours* are the group's, for members who have none of their own. *since* (UTC) is when the group came to the
    service: earlier rungs were never missed. *calendars* are the parties',
    by id. *periods* are consecutive and in order, one more than is asked about: a period's ladder ends when the next
    one opens. *made* holds the keys of reminders that went or are about to, *waiting* those that were snoozed, with
    the instant (UTC) they wait for.
    """

    group_id: int
    rules: ReportingRules
    quiet_hours: QuietHours
    since: datetime
    calendars: Mapping[int, PartyCalendar]
    members: Mapping[int, Member]
    absences: tuple[Absence, ...]
    periods: tuple[PeriodBooks, ...]
    made: frozenset[str] = frozenset()
    waiting: Mapping[str, datetime] = field(default_factory=dict)

    def hours(self, member: Member) -> Hours:
        """Give when a member may be disturbed."""
        return Hours(
            time_zone=member.reader.time_zone,
            quiet=member.quiet_hours or self.quiet_hours,
            reminder_time=self.rules.reminder_time,
            calendar=self.calendars[member.party_id] if self.rules.never_on_receivers_day_off else None,
        )

    def of_period(self, key: str) -> PeriodBooks | None:
        """Find a period by its key."""
        return next((books for books in self.periods if books.period.key == key), None)


def period_books(
    period: Period,
    *,
    owed: tuple[Part, ...],
    answered: frozenset[Part],
    rules: ReportingRules,
    calendars: Mapping[int, PartyCalendar],
) -> PeriodBooks:
    """Open the books of one period; raises NoWorkingDay where the parties share none."""
    return PeriodBooks(period, owed, answered, ladder(period, rules, tuple(calendars.values())))
