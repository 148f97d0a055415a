"""How fast we may send: in all, to one chat, to one group. Instants are seconds of any one clock that does not jump."""

from collections import deque
from collections.abc import Sequence
from typing import Any

CHAT_BURST = 4
CHAT_SECONDS = 1.0
GROUP_MOST = 18
GROUP_SECONDS = 60.0


class Window:
    """At most *most* sends in any *seconds*, counted back from each; no wait below that."""

    def __init__(self, most: int, seconds: float, sent: Sequence[float] = ()) -> None:
        self._most = most
        self._seconds = seconds
        self._sent = deque(sent)

    def free_at(self, now: float) -> float:
        """Give the earliest instant at which one more may leave."""
        while self._sent and self._sent[0] <= now - self._seconds:
            self._sent.popleft()
        return now if len(self._sent) < self._most else self._sent[-self._most] + self._seconds

    def count(self, now: float) -> None:
        """Count a send."""
        self._sent.append(now)

    def is_idle(self, now: float) -> bool:
        """Tell whether nothing of it matters any more."""
        return not self._sent or self._sent[-1] <= now - self._seconds

    def sent(self) -> list[float]:
        """Give the sends that still count, for another process to go on from."""
        return list(self._sent)


class AccountLimit:
    """
    So many messages a second of a bot account, spread evenly: two at once, then as many more as time has passed for.

    The messenger counts them as they arrive. A second's messages sent in one burst and the next second's in another are
    too many for it as soon as the network delays one of the first; spread, what a delay pushes together is few.
    *before* is what *kept* gave.
    """

    def __init__(self, rate: float, before: Sequence[float] | None = None) -> None:
        most = max(1, int(rate))
        pair = min(2, most)
        sent = before or ()
        self._second, self._moment = Window(most, 1.0, sent), Window(pair, pair / most, sent)

    def free_at(self, now: float) -> float:
        """Give the earliest instant at which one more may leave."""
        return max(self._second.free_at(now), self._moment.free_at(now))

    def count(self, now: float) -> None:
        """Count a send."""
        self._second.count(now)
        self._moment.count(now)

    def kept(self) -> list[float]:
        """Give what another process needs to go on from here."""
        return self._second.sent()


class ChatLimit:
    """One message a second after a burst of four; in a group also 18 a minute. *before* is what *kept* gave."""

    def __init__(self, *, is_group: bool, before: Sequence[Any] | None = None) -> None:
        tokens, at, sent = before or (CHAT_BURST, 0, ())
        self._tokens, self._at = float(tokens), float(at)
        self._group = Window(GROUP_MOST, GROUP_SECONDS, sent) if is_group else None

    def free_at(self, now: float) -> float:
        """Give the earliest instant at which one more may leave."""
        self._refill(now)
        wait = 0.0 if self._tokens >= 1 else (1 - self._tokens) * CHAT_SECONDS
        at = now + wait
        return max(at, self._group.free_at(now)) if self._group else at

    def count(self, now: float) -> None:
        """Count a send."""
        self._refill(now)
        self._tokens -= 1
        if self._group:
            self._group.count(now)

    def is_idle(self, now: float) -> bool:
        """Tell whether it may be forgotten."""
        self._refill(now)
        return self._tokens >= CHAT_BURST and (self._group is None or self._group.is_idle(now))

    def kept(self) -> list[Any]:
        """Give what another process needs to go on from here."""
        return [self._tokens, self._at, self._group.sent() if self._group else []]

    def _refill(self, now: float) -> None:
        self._tokens = min(float(CHAT_BURST), self._tokens + max(0.0, now - self._at) / CHAT_SECONDS)
        self._at = now
