"""Keeping updates in the inbox; of somebody who sends too much, only the ids and how many they were."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from bot.clock import Clock
from bot.domain.floods import WINDOW, room
from bot.intake.guard import Guard
from db.database import Connection, Database
from db.leadership import check as check_epoch
from db.models import InboxState
from db.repositories.floods import Floods
from db.repositories.inbox import Arrival, Inbox


@dataclass(slots=True)
class _Together:
    """Arrivals that are written in one transaction, and the chats in which something was taken once that is done."""

    arrivals: list[Arrival] = field(default_factory=list)
    suspects: set[int] = field(default_factory=set)
    chats: set[int] | None = None


@dataclass(frozen=True, slots=True)
class _Verdict:
    chats: set[int]
    full: set[int]


class Keeping:
    """
    Writes arrivals down before they are confirmed.

    What ordinary people send goes straight to the database. Who sends much is looked at, one transaction at a time
    however many requests bring it: so the count is right, and a flood takes one database thread and not all of them.
    """

    def __init__(self, database: Database, clock: Clock, account_id: int) -> None:
        self._database = database
        self._clock = clock
        self._account_id = account_id
        self._guard = Guard()
        self._one_at_a_time = asyncio.Lock()
        self._next = _Together()
        self._straight: set[asyncio.Future[None]] = set()

    async def keep(self, arrivals: list[Arrival], *, epoch: int | None) -> set[int]:
        """
        Keep updates; when this returns they are committed. Give the chats that have something to work on.

        Raises:
            LeadershipLost: they were polled under *epoch*, and another process polls by now.
        """
        now = self._clock.now()
        suspects = self._guard.suspects(arrivals, now)
        if suspects:
            return await self._looked_at(arrivals, suspects, epoch)

        def keep(connection: Connection) -> None:
            self._check(connection, epoch)
            Inbox(connection).keep(self._account_id, arrivals, now)

        writing = asyncio.ensure_future(self._database.write(keep, first=True))
        self._straight.add(writing)
        writing.add_done_callback(self._straight.discard)
        await writing
        return {arrival.chat_id for arrival in arrivals}

    def _check(self, connection: Connection, epoch: int | None) -> None:
        if epoch is not None:
            check_epoch(connection, self._account_id, epoch)

    async def _looked_at(self, arrivals: list[Arrival], suspects: frozenset[int], epoch: int | None) -> set[int]:
        together = self._next
        together.arrivals += arrivals
        together.suspects |= suspects
        async with self._one_at_a_time:
            if together.chats is None:
                if self._next is together:
                    self._next = _Together()
                together.chats = await self._judged(together, epoch)
        mine = {arrival.chat_id for arrival in arrivals}
        return mine & together.chats

    async def _judged(self, together: _Together, epoch: int | None) -> set[int]:
        if self._straight:
            # What the same people sent before they were suspected has to be there to be counted.
            await asyncio.wait(self._straight)
        now = self._clock.now()
        full = {sender for sender in together.suspects if self._guard.is_full(sender, now)}
        asked = together.suspects - full

        def judge(connection: Connection) -> _Verdict:
            self._check(connection, epoch)
            return _judge(connection, self._account_id, together.arrivals, full=full, asked=asked, now=now)

        verdict = await self._database.write(judge, first=True)
        self._guard.note_full(verdict.full - full, now)
        return verdict.chats


def _judge(
    connection: Connection, account_id: int, arrivals: list[Arrival], *, full: set[int], asked: set[int], now: datetime
) -> _Verdict:
    """Keep arrivals in their order, what is too much by its id alone; what is here already counts as neither."""
    inbox = Inbox(connection)
    taken = inbox.taken_of(account_id, asked, since=now - WINDOW, until=now + WINDOW) if asked else {}
    left = dict.fromkeys(full, 0) | {sender: room(taken.get(sender, 0)) for sender in asked}
    refused: dict[int, int] = {}
    chats: set[int] = set()
    beyond: dict[int, list[Arrival]] = {}
    for arrival in arrivals:
        sender = arrival.sender_id
        if left.get(sender) == 0:
            beyond.setdefault(sender, []).append(arrival)
            continue
        is_new = inbox.keep(account_id, [arrival], now)
        if sender in left:
            left[sender] -= is_new
        chats.add(arrival.chat_id)
    for sender, those in beyond.items():
        refused[sender] = inbox.keep(account_id, those, now, InboxState.REFUSED)
    # Who writes in a chat's name has no private chat to be told in.
    Floods(connection, account_id).add({sender: count for sender, count in refused.items() if sender > 0})
    return _Verdict(chats, {sender for sender, places in left.items() if places == 0})
