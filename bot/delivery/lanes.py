"""What waits for each chat, in order, and which chat is next."""

import heapq
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Any

from bot.delivery.limits import ChatLimit
from db.models import Lane
from db.repositories.outbox import Outgoing


@dataclass(slots=True, eq=False)
class ChatQueue:
    """One chat's messages: those that answer somebody go before notices and reminders that wait."""

    limit: ChatLimit
    front: deque[Outgoing] = field(default_factory=deque)
    back: deque[Outgoing] = field(default_factory=deque)
    is_busy: bool = False
    not_before: float = 0.0
    tries: int = 0

    def add(self, outgoing: Outgoing) -> None:
        """Put a message at the end of its lane."""
        (self.back if outgoing.lane >= Lane.NOTICE else self.front).append(outgoing)

    @property
    def head(self) -> Outgoing | None:
        """The next message."""
        if self.front:
            return self.front[0]
        return self.back[0] if self.back else None

    def take(self) -> list[Outgoing]:
        """
        Take the next message and all that show the same screen.

        The newest of those is what the screen is to become; sending it settles them all.
        """
        head = (self.front or self.back).popleft()
        if head.screen_id is None or head.method != "show":
            return [head]
        taken = [head]
        for lane in (self.front, self.back):
            same = [one for one in lane if one.screen_id == head.screen_id and one.method == "show"]
            for one in same:
                lane.remove(one)
            taken += same
        return sorted(taken, key=lambda one: one.id)

    def put_back(self, taken: list[Outgoing]) -> None:
        """Put messages that did not leave at the head of their lane again."""
        (self.back if taken[0].lane >= Lane.NOTICE else self.front).extendleft(reversed(taken))


class ChatQueues:
    """All chats that have something to send; gives the most urgent one that may send now."""

    def __init__(self) -> None:
        self._queues: dict[int, ChatQueue] = {}
        self._ready: list[tuple[int, int, int]] = []
        self._later: list[tuple[float, int]] = []
        self.waiting = 0

    def add(self, outgoing: Outgoing) -> None:
        """Queue a message of a chat (or of the account itself, chat 0)."""
        chat = outgoing.chat_id or 0
        queue = self._queues.get(chat)
        if queue is None:
            queue = self._queues[chat] = ChatQueue(ChatLimit(is_group=outgoing.is_group))
        queue.add(outgoing)
        self.waiting += 1
        if not queue.is_busy:
            self._push(chat, queue)

    def _push(self, chat: int, queue: ChatQueue) -> None:
        head = queue.head
        if head is not None:
            heapq.heappush(self._ready, (int(head.lane), head.id, chat))

    def next(self, now: float, *, is_limited: bool) -> tuple[int, ChatQueue] | None:
        """Give the chat whose message is the most urgent of those that may leave, and mark it busy."""
        while self._later and self._later[0][0] <= now:
            _, chat = heapq.heappop(self._later)
            queue = self._queues.get(chat)
            if queue is not None and not queue.is_busy:
                self._push(chat, queue)
        while self._ready:
            _, number, chat = heapq.heappop(self._ready)
            queue = self._queues.get(chat)
            if queue is None or queue.is_busy or queue.head is None or queue.head.id != number:
                continue
            free_at = max(queue.not_before, queue.limit.free_at(now) if is_limited else 0.0)
            if free_at > now:
                heapq.heappush(self._later, (free_at, chat))
                continue
            queue.is_busy = True
            return chat, queue
        return None

    def taken(self, count: int) -> None:
        """Count messages as no longer waiting."""
        self.waiting -= count

    def put_back(self, chat: int, queue: ChatQueue, taken: list[Outgoing]) -> None:
        """Put messages that did not leave at the head of their lane again, unless the chat was let go of."""
        if self._queues.get(chat) is queue:
            queue.put_back(taken)
            self.waiting += len(taken)

    def done(self, chat: int, queue: ChatQueue, now: float) -> None:
        """Free a chat after a send; forget it when nothing waits and its limit has recovered."""
        if self._queues.get(chat) is not queue:
            return
        queue.is_busy = False
        if queue.head is not None:
            self._push(chat, queue)
        elif queue.limit.is_idle(now):
            del self._queues[chat]

    def park(self, chat: int, until: float) -> None:
        """Let a chat rest until an instant of the monotonic clock."""
        queue = self._queues.get(chat)
        if queue is not None:
            queue.not_before = max(queue.not_before, until)

    def next_at(self) -> float | None:
        """Give the instant at which a resting chat may send again."""
        return self._later[0][0] if self._later else None

    def forget_idle(self, now: float) -> None:
        """Drop chats with nothing to send whose limits have recovered."""
        idle = [
            chat
            for chat, queue in self._queues.items()
            if not queue.is_busy and queue.head is None and queue.limit.is_idle(now)
        ]
        for chat in idle:
            del self._queues[chat]


class Recent:
    """The last answers to a question, bounded; such as which message shows a screen since this process sent it."""

    def __init__(self, most: int = 10_000) -> None:
        self._most = most
        self._known: OrderedDict[int, Any] = OrderedDict()

    def get(self, key: int) -> Any:
        """Give what is known, else None."""
        return self._known.get(key)

    def set(self, key: int, value: Any) -> None:
        """Remember; the eldest is forgotten beyond the bound."""
        self._known[key] = value
        self._known.move_to_end(key)
        if len(self._known) > self._most:
            self._known.popitem(last=False)
