"""That this process lives: the name under which it leases messages, and whether they are still its own."""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable

from db.database import Connection, Database
from db.faults import DatabaseFault
from db.repositories.processes import LEASE, Processes

log = logging.getLogger(__name__)

BEAT_SECONDS = 5.0
# Nothing is sent when the last beat is older: others take a lease over a little later than that, never before.
FRESH_SECONDS = LEASE.total_seconds() - BEAT_SECONDS


class Presence:
    """
    Who this process is among those that send for a bot account.

    On a database of its own nobody else can take its messages, and there is nothing to do. On a shared one it beats; a
    process that was frozen for longer than its lease goes on under another name, after *fallen* was called.
    """

    def __init__(self, database: Database, account_id: int) -> None:
        self._database = database
        self._account_id = account_id
        self._beaten = 0.0
        self._falls: list[Callable[[], None]] = []
        self._doubted = asyncio.Event()
        self.owner = _new_owner()
        database.when_doubtful(self._doubted.set)

    def when_fallen(self, fallen: Callable[[], None]) -> None:
        """Call *fallen* whenever the messages leased so far may be another's."""
        self._falls.append(fallen)

    @property
    def is_fresh(self) -> bool:
        """Tell whether what this process has leased is surely still its own."""
        return not self._database.is_shared or time.monotonic() - self._beaten < FRESH_SECONDS

    async def enter(self) -> None:
        """Begin to live."""
        if not self._database.is_shared:
            return
        owner, asked = self.owner, time.monotonic()
        await self._database.write(lambda connection: Processes(connection).enter(owner, self._account_id), first=True)
        self._beaten = asked

    async def run(self) -> None:
        """Beat until cancelled."""
        while True:
            try:
                async with asyncio.timeout(BEAT_SECONDS):
                    await self._doubted.wait()
            except TimeoutError:
                if self._database.is_shared:
                    await self._tried(self.beat)
            else:
                # A commit may or may not have taken effect. If it did, messages are leased that nobody here knows of.
                self._doubted.clear()
                await self._tried(self.renew)

    async def _tried(self, act: Callable[[], Awaitable[None]]) -> None:
        try:
            await act()
        except DatabaseFault as error:
            log.warning("the database does not answer: %s", type(error).__name__)

    async def beat(self) -> None:
        """Say once that the process lives; take another name where that comes too late."""
        owner, asked = self.owner, time.monotonic()

        def beat(connection: Connection) -> bool:
            return Processes(connection).beat(owner)

        if await self._database.write(beat, first=True):
            self._beaten = asked
        else:
            log.warning("this process was not heard of for too long: others send what it had in hand")
            await self.renew()

    async def renew(self) -> None:
        """Let go of all that was leased, and go on under another name."""
        former, self.owner, self._beaten = self.owner, _new_owner(), 0.0
        for fallen in self._falls:
            fallen()
        await self._database.write(lambda connection: Processes(connection).leave(former), first=True)
        await self.enter()

    async def leave(self) -> None:
        """Live no more: what is still owed is free for others at once."""
        if self._database.is_shared:
            owner = self.owner
            await self._database.write(lambda connection: Processes(connection).leave(owner))


def _new_owner() -> int:
    return secrets.randbits(48) + 1
