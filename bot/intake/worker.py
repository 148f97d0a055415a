"""Works the inbox off: a chat's updates in order, chats side by side, each in one unit of work."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial

from bot.clock import Clock
from bot.intake.keeping import Keeping
from bot.intake.units import WAITS, Units, Unkept, Worked
from bot.steps import reach
from db.database import Connection, Database
from db.faults import AlreadySettled, DatabaseFault, words
from db.repositories.inbox import Arrival, Inbox
from db.repositories.outbox import Outgoing

log = logging.getLogger(__name__)

DATABASE_WAIT = timedelta(seconds=1)
# Beside other processes: what has waited for so long is taken up by whoever has time.
HELP_AFTER = timedelta(milliseconds=150)
HELP_SECONDS = 0.5
HELP_BUSY_SECONDS = 0.1
HELP_MOST = 64
SHUTDOWN_SECONDS = 10


def _nothing() -> None:
    """Leave errands to whoever looks for them."""


class Worker:
    """Takes the eldest pending update of each chat that was woken, until none is left."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        account_id: int,
        units: Units,
        offer: Callable[[Iterable[Outgoing]], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._account_id = account_id
        self._units = units
        self._offer = offer
        self._run_errands: Callable[[], None] = _nothing
        self._keeping = Keeping(database, clock, account_id)
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._woken: set[int] = set()
        self._pauses: dict[int, asyncio.Event] = {}
        self._is_closing = False
        self._helping: asyncio.Task[None] | None = None

    def when_errand(self, run: Callable[[], None]) -> None:
        """Call *run* when an update has begun something that is done outside of it."""
        self._run_errands = run

    async def keep(self, arrivals: list[Arrival], *, epoch: int | None = None) -> None:
        """
        Keep updates in the inbox; when this returns they are committed. Then work on them begins.

        Raises:
            LeadershipLost: they were polled under *epoch*, and another process polls by now.
        """
        self.wake(await self._keeping.keep(arrivals, epoch=epoch))

    async def start(self) -> None:
        """Take up what an earlier process left; beside other processes, also what they do not get to."""
        self.wake(await self._database.read(lambda connection: Inbox(connection).waiting_chats(self._account_id)))
        if self._database.is_shared:
            self._helping = asyncio.create_task(self._help_for_ever(), name="helping")

    async def _help_for_ever(self) -> None:
        """Work on what has been waiting for a moment, whoever took it in."""
        while True:
            try:
                found = await self._database.read(self._overdue)
            except DatabaseFault as error:
                log.warning("the inbox could not be looked through: %s", type(error).__name__)
                found = []
            free = [chat for chat in found if chat not in self._busy]
            self.wake(free)
            await asyncio.sleep(HELP_BUSY_SECONDS if free else HELP_SECONDS)

    def _overdue(self, connection: Connection) -> list[int]:
        before = self._clock.now() - HELP_AFTER
        return Inbox(connection).overdue_chats(self._account_id, before, HELP_MOST)

    def wake(self, chats: Iterable[int]) -> None:
        """Work on chats that have something pending."""
        for chat in chats:
            if chat in self._pauses:
                self._pauses[chat].set()
            elif chat in self._busy:
                self._woken.add(chat)
            elif not self._is_closing:
                task = asyncio.create_task(self._drain(chat))
                self._busy[chat] = task
                task.add_done_callback(partial(self._ended, chat))

    def _ended(self, chat: int, task: "asyncio.Task[None]") -> None:
        self._busy.pop(chat, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("work on a chat stopped", exc_info=error)
        if chat in self._woken:
            self._woken.discard(chat)
            self.wake([chat])

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing is in work."""
        return not self._busy

    async def rested(self) -> None:
        """Wait until nothing is in work."""
        while self._busy:
            await asyncio.wait(list(self._busy.values()))

    async def close(self) -> None:
        """Let the units in work end; what is pending stays in the inbox."""
        self._is_closing = True
        if self._helping is not None:
            self._helping.cancel()
            await asyncio.gather(self._helping, return_exceptions=True)
        for news in self._pauses.values():
            news.set()
        if self._busy:
            await asyncio.wait(self._busy.values(), timeout=SHUTDOWN_SECONDS)

    async def _drain(self, chat: int) -> None:
        while not self._is_closing:
            try:
                worked = await self._work(chat)
            except DatabaseFault as error:
                # Nothing was kept, and so nothing is lost: the chat waits for the database.
                log.warning("work on a chat waits for the database: %s", words(error))
                await self._pause(chat, DATABASE_WAIT)
                continue
            reach("unit.committed")
            self._offer(worked.born)
            if worked.has_errand:
                self._run_errands()
            if worked.next_try_at is not None:
                await self._pause(chat, worked.next_try_at - self._clock.now())
            elif not worked.has_more:
                return

    async def _work(self, chat: int) -> Worked:
        """Work on the chat's eldest update: what may not be kept is rolled back, and answered after that."""
        try:
            try:
                return await self._database.write(lambda connection: self._units.work(connection, chat))
            except Unkept as unkept:
                failed = unkept
            reach("unit.unkept")
            return await self._database.write(lambda connection: self._units.answer(connection, failed))
        except AlreadySettled:
            return Worked(has_more=True)

    async def _pause(self, chat: int, length: timedelta) -> None:
        """Wait before a chat's next try; news of the chat ends the wait."""
        news = self._pauses[chat] = asyncio.Event()
        try:
            async with asyncio.timeout(max(0.0, min(length, WAITS[-1]).total_seconds())):
                await news.wait()
        except TimeoutError:
            return
        finally:
            del self._pauses[chat]
