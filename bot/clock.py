"""The one source of now: the system's clock, or one that can be moved."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the instant, aware and in UTC."""

    def now(self) -> datetime:
        """Give the instant."""


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Give the instant."""
        return datetime.now(UTC)


class SetClock:
    """A clock that stands still until it is moved; for tests and for answering "what would be due then?"."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """Give the instant it was set to."""
        return self._at

    def move(self, by: timedelta) -> None:
        """Move it, forwards or back."""
        self._at += by

    def set(self, at: datetime) -> None:
        """Set it to an aware instant."""
        self._at = at.astimezone(UTC)
