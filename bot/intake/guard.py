"""Who may be sending too much: counted in memory for everybody, and looked up in the database for a few."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.floods import SUSPICIOUS, WINDOW
from db.repositories.inbox import Arrival

# Beyond so many senders in a minute the rest is looked up rather than counted, so that memory stays bounded.
MOST_SENDERS = 10_000
# For so long the database is not asked again about somebody of whom it said that nothing more is taken.
FULL_FOR = timedelta(seconds=1)


class Guard:
    """
    Counts what this process receives of each sender, and only says of whom the database is to be asked.

    What is received twice counts twice here, which at most costs a look into the database.
    """

    def __init__(self) -> None:
        self._window = 0
        self._now: Counter[int] = Counter()
        self._before: Counter[int] = Counter()
        self._full: dict[int, datetime] = {}

    def suspects(self, arrivals: Iterable[Arrival], now: datetime) -> frozenset[int]:
        """Count arrivals and give those of their senders who may be near the limit; never the nameless sender 0."""
        self._turn(now)
        found = set()
        for sender in (arrival.sender_id for arrival in arrivals):
            if not sender:
                continue
            if sender in self._now or len(self._now) < MOST_SENDERS:
                self._now[sender] += 1
                # This window and the one before hold whatever arrived within one window's length.
                if self._now[sender] + self._before[sender] <= SUSPICIOUS:
                    continue
            found.add(sender)
        return frozenset(found)

    def _turn(self, now: datetime) -> None:
        window = int(now.timestamp() // WINDOW.total_seconds())
        if window != self._window:
            self._before = self._now if window == self._window + 1 else Counter()
            self._now, self._window = Counter(), window

    def note_full(self, senders: Iterable[int], now: datetime) -> None:
        """Remember of whom the database has just said that nothing more is taken."""
        self._full = {sender: at for sender, at in self._full.items() if at <= now < at + FULL_FOR}
        self._full.update(dict.fromkeys(senders, now))

    def is_full(self, sender: int, now: datetime) -> bool:
        """Tell whether that was said a moment ago."""
        at = self._full.get(sender)
        return at is not None and at <= now < at + FULL_FOR
