"""The sandbox's clock: it begins where it is told to, runs with real time or stands still, and can be moved forward."""

import time
from datetime import UTC, datetime, timedelta


class ClockCannotGoBack(ValueError):
    """The clock was asked for an instant before the present one."""


class SandboxClock:
    """
    A source of now that people of the sandbox can move.

    Calling it gives an aware UTC datetime. With *running* it advances with real time; without, only when it is moved,
    which is what tests want.
    """

    def __init__(self, starts_at: datetime, *, running: bool = True) -> None:
        if starts_at.tzinfo is None:
            raise ValueError("starts_at must be aware")
        self._base_at = starts_at.astimezone(UTC)
        self._started = time.monotonic()
        self._running = running

    def __call__(self) -> datetime:
        if not self._running:
            return self._base_at
        return self._base_at + timedelta(seconds=time.monotonic() - self._started)

    def now(self) -> datetime:
        """Give the instant, as whoever reads a clock by name wants it."""
        return self()

    def advance(self, by: timedelta) -> datetime:
        """Move forward by a span and return the new now."""
        if by < timedelta(0):
            raise ClockCannotGoBack
        self._base_at += by
        return self()

    def move_to(self, instant: datetime) -> datetime:
        """Move forward to an aware instant and return the new now."""
        return self.advance(instant - self())
