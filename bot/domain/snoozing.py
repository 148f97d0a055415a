"""When a reminder comes back that its reader has put off: never at night, never past the report's due instant."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.disturbing import Hours
from bot.domain.errors import DomainError

LATER = timedelta(hours=3)


class Choice(Protocol):
    """A way to put a reminder off."""

    def __call__(self, hours: Hours, now: datetime, *, report_due_at: datetime) -> datetime:
        """Give the instant; raises TooLateToSnooze."""


@dataclass(unsafe_hash=True)
class TooLateToSnooze(DomainError):
    """The delivery would come after the report is due at *due_at* (UTC)."""

    due_at: datetime


def later_today(hours: Hours, now: datetime, *, report_due_at: datetime) -> datetime:
    """
    Give the instant three hours on, or the first one after it at which a reminder may go.

    Raises:
        TooLateToSnooze: that is after the report is due.
    """
    at, _ = hours.next_waking(now + LATER)
    return _before(at, report_due_at)


def tomorrow(hours: Hours, now: datetime, *, report_due_at: datetime) -> datetime:
    """Give the morning of the next working day; raises TooLateToSnooze when that is after the report is due."""
    at, _ = hours.next_morning(now)
    return _before(at, report_due_at)


def may(choose: Choice, hours: Hours, now: datetime, *, report_due_at: datetime) -> bool:
    """Tell whether *choose*, one of the two above, finds an instant before the report is due."""
    try:
        choose(hours, now, report_due_at=report_due_at)
    except TooLateToSnooze:
        return False
    return True


def _before(at: datetime, report_due_at: datetime) -> datetime:
    if at > report_due_at:
        raise TooLateToSnooze(report_due_at)
    return at
