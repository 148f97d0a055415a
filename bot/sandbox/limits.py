"""The messenger's flood limits: off unless switched on."""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable

from bot.sandbox.errors import too_many_requests

PER_SECOND = 30
BURST_PER_CHAT = 4
PER_GROUP_MINUTE = 20


class RateLimits:
    """
    Thirty messages a second for a bot, one a second for a chat after a burst, twenty a minute for a group.

    *now* counts real seconds, so that limits hold while the world's clock is moved.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self.is_on = False
        self.now = now
        self.refusals = 0
        self._sent: dict[int, deque[float]] = defaultdict(deque)
        self._to_chat: dict[tuple[int, int], tuple[float, float]] = {}
        self._to_group: dict[tuple[int, int], deque[float]] = defaultdict(deque)

    def spend(self, *, bot_id: int, chat_id: int) -> None:
        """
        Count one message of a bot to a chat.

        Raises:
            ApiError: 429 with retry_after, where it is one too many; nothing is counted then.
        """
        if not self.is_on:
            return
        now, key = self.now(), (bot_id, chat_id)
        waits = [_wait(self._sent[bot_id], now=now, span=1.0, most=PER_SECOND)]
        tokens, counted = self._to_chat.get(key, (float(BURST_PER_CHAT), now))
        tokens = min(float(BURST_PER_CHAT), tokens + now - counted)
        if tokens < 1:
            waits.append(1 - tokens)
        if chat_id < 0:
            waits.append(_wait(self._to_group[key], now=now, span=60.0, most=PER_GROUP_MINUTE))
        if max(waits) > 0:
            self.refusals += 1
            raise too_many_requests(max(1, math.ceil(max(waits))))
        self._sent[bot_id].append(now)
        self._to_chat[key] = (tokens - 1, now)
        if chat_id < 0:
            self._to_group[key].append(now)


def _wait(sent: deque[float], *, now: float, span: float, most: int) -> float:
    while sent and sent[0] <= now - span:
        sent.popleft()
    return sent[0] + span - now if len(sent) >= most else 0.0
