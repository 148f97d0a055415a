"""How many days all parties share in a month, whether these are few, and what has taken the others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.holidays import DayOfParty
from bot.domain.periods import Period

# A month is weak where public holidays take this part, or more, of the days that the weekends leave to all parties.
_WEAK = 0.2


@dataclass(frozen=True, slots=True)
class SharedMonth:
    """
    A month, or what is left of it. *weekdays* counts the days that the weekends leave to all parties.

    *taken* are those of them on which a party rests, in order, once for each party that does.
    """

    period: Period
    shared_days: int
    weekdays: int
    taken: tuple[DayOfParty, ...]

    @property
    def is_weak(self) -> bool:
        """Tell whether the month has few shared working days."""
        lost = self.weekdays - self.shared_days
        return lost > 0 and lost >= self.weekdays * _WEAK


@dataclass(frozen=True, slots=True)
class DueReport:
    """When the report of a period falls due (UTC)."""

    period: Period
    due_at: datetime


def shared_month(period: Period, days: Iterable[Sequence[DayOfParty]]) -> SharedMonth:
    """Count the shared working days of *period*; *days* are its days, each as every party has it."""
    listed = [tuple(day) for day in days]
    weekdays = [day for day in listed if not any(of_party.is_weekend for of_party in day)]
    return SharedMonth(
        period=period,
        shared_days=sum(not any(of_party.is_off for of_party in day) for day in listed),
        weekdays=len(weekdays),
        taken=tuple(of_party for day in weekdays for of_party in day if of_party.is_off),
    )
