"""What a person typed where a day was asked for, and why it cannot be taken."""

from dataclasses import dataclass
from datetime import date

from bot.domain.errors import DomainError
from bot.domain.readers import CalendarName

# Hashable but not frozen: contextlib sets __traceback__ on what passes a context manager; a frozen class refuses.


@dataclass(unsafe_hash=True)
class NotADate(DomainError):
    """No day can be read in *text*."""

    text: str


@dataclass(unsafe_hash=True)
class ImpossibleDate(DomainError):
    """The *day* is not in the month: 31 Mehr, 30 Esfand of a common year; the month has *days* days."""

    text: str
    calendar: CalendarName
    year: int
    month: int
    day: int
    days: int


@dataclass(unsafe_hash=True)
class UnknownZone(DomainError):
    """No time zone, and no city that has one, is called *text*."""

    text: str


@dataclass(unsafe_hash=True)
class NotHours(DomainError):
    """No stretch of a day, such as 22:00–07:30, can be read in *text*."""

    text: str


@dataclass(unsafe_hash=True)
class AmbiguousDate(DomainError):
    """The text names several days, the nearest to today first."""

    text: str
    readings: tuple[date, ...]
