"""What a day is to a party: its public holidays, its weekend, and what a secretary has corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.domain.errors import DomainError

LISTED_DAYS = 90
REACH_BACK = timedelta(days=90)
REACH_AHEAD = timedelta(days=2 * 365)
BY_RULE = "by rule"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday by the name that the holidays package has for it; lunar ones are estimates until proclaimed."""

    name: str
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """What a party's secretary says of a day: off, or worked; *name* is the reason, as typed."""

    day: date
    is_off: bool
    name: str = ""


@dataclass(unsafe_hash=True)
class DayOutOfReach(DomainError):
    """Days are corrected from *first_on* to *last_on* only; what lies beyond is mostly a slip of the year."""

    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class DayOfParty:
    """One day as one party has it."""

    day: date
    party_id: int
    is_weekend: bool
    holidays: tuple[Holiday, ...] = ()
    correction: Correction | None = None

    @property
    def is_off_by_rule(self) -> bool:
        """Tell whether the day is off as long as nobody corrects it."""
        return self.is_weekend or bool(self.holidays)

    @property
    def is_off(self) -> bool:
        """Tell whether the party rests on the day."""
        return self.correction.is_off if self.correction else self.is_off_by_rule

    @property
    def is_worth_listing(self) -> bool:
        """Tell whether there is more to say of the day than that it is a weekday or a weekend."""
        return bool(self.holidays) or self.correction is not None

    @property
    def sight(self) -> str:
        """What a form remembers of the day, to see whether somebody has corrected it meanwhile."""
        if self.correction is None:
            return BY_RULE
        return f"{'off' if self.correction.is_off else 'worked'} {self.correction.name}"

    def corrected(self, name: str = "") -> Correction:
        """Give the correction that makes the day what it is not now."""
        return Correction(self.day, is_off=not self.is_off, name=name)


def check_reach(day: date, today: date) -> date:
    """Give *day* back; raises DayOutOfReach where it cannot be corrected any more, or not yet."""
    first_on, last_on = today - REACH_BACK, today + REACH_AHEAD
    if not first_on <= day <= last_on:
        raise DayOutOfReach(first_on, last_on)
    return day


def worked_days(corrections: Mapping[date, bool]) -> frozenset[date]:
    """Give the days that corrections (True: off) have made working days."""
    return frozenset(day for day, is_off in corrections.items() if not is_off)


@dataclass(frozen=True, slots=True)
class HolidayForm:
    """
    A correction being made: the day once it is chosen, and the name.

    *readings* are the days that an unclear date may mean, *month* is a day of the month that the calendar shows; *seen*
    is what the day was when its card was shown.
    """

    day: date | None = None
    name: str = ""
    readings: tuple[date, ...] = ()
    seen: str = ""
    month: date | None = None

    @property
    def awaits(self) -> str:
        """The field that the next typed text goes to."""
        if self.day is None:
            return "day"
        return "name" if self.seen == BY_RULE else ""

    def fields(self) -> dict[str, Any]:
        """Give what the draft keeps."""
        return {
            "day": self.day.isoformat() if self.day else None,
            "name": self.name,
            "readings": [day.isoformat() for day in self.readings],
            "seen": self.seen,
            "month": self.month.isoformat() if self.month else None,
        }

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "HolidayForm":
        """Read what a draft kept."""
        return cls(
            day=date.fromisoformat(fields["day"]) if fields.get("day") else None,
            name=fields.get("name", ""),
            readings=tuple(date.fromisoformat(day) for day in fields.get("readings", ())),
            seen=fields.get("seen", ""),
            month=date.fromisoformat(fields["month"]) if fields.get("month") else None,
        )
