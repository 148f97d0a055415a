"""Errands outside any transaction: files are fetched from the messenger and read on a thread, and survive a crash."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import Any

from bot.clock import Clock
from bot.delivery.client import FILE_TOO_BIG, Messenger, MessengerError, NetworkFault
from bot.delivery.patience import Patience
from bot.delivery.presence import Presence
from bot.delivery.retry import decide
from bot.files.kept_verdicts import digest, in_reading_order, to_json
from bot.files.refusals import FileRefused, Problem
from bot.files.roadmap_file import Preview, RoadmapContext
from bot.files.tables import MOST_BYTES
from bot.services import errands as services
from bot.services import imports
from bot.steps import reach
from db.database import Connection, Database
from db.faults import DatabaseFault
from db.repositories import errands as steps
from db.repositories.errands import Errand
from db.repositories.errands import Errands as Repository
from db.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

SCAN_SECONDS = 1.0
AT_ONCE = 4
PROGRESS_SECONDS = 2.0
# So many lines are written in a few milliseconds.
LINES_AT_ONCE = 300
# Until then a file is asked for again; the messenger may be out of reach for long.
FETCHED_WITHIN = timedelta(hours=1)
MOST_TRIES = 3

Act = Callable[[Callable[[UnitOfWork], Any]], Awaitable[Any]]


class _Stopped(Exception):
    """The bot is stopping; what is half read is read anew by the next start."""


class Errands:
    """
    Does what waits for a process: fetches files, reads them, and imports what was confirmed.

    *act* makes a change in one transaction; *wake* lets the worker look at chats; *heavy* lets one thing at a time
    take a processor for seconds.
    """

    def __init__(
        self,
        *,
        database: Database,
        messenger: Messenger,
        clock: Clock,
        account_id: int,
        presence: Presence,
        act: Act,
        wake: Callable[[Iterable[int]], None],
        heavy: asyncio.Semaphore,
        patience: Patience,
    ) -> None:
        self._database = database
        self._messenger = messenger
        self._clock = clock
        self._account_id = account_id
        self._presence = presence
        self._act = act
        self._wake_chats = wake
        self._heavy = heavy
        self._patience = patience
        self._news = asyncio.Event()
        self._news.set()  # what an earlier process left
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_closing = False

    def wake(self) -> None:
        """Look at once: something was begun."""
        self._news.set()

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing is in work and nothing new is known."""
        return not self._tasks and not self._news.is_set()

    async def rested(self) -> None:
        """Wait until that is so."""
        while not self.is_idle:
            if self._tasks:
                await asyncio.wait(list(self._tasks))
            else:
                await asyncio.sleep(0.005)

    async def run(self) -> None:
        """Work until cancelled; what is under way then is taken up by the next start."""
        try:
            while True:
                if not await self._take_up():
                    self._news.clear()
                    await self._take_up()  # what came between the look and the clearing
                try:
                    async with asyncio.timeout(SCAN_SECONDS):
                        await self._wait(is_full=len(self._tasks) >= AT_ONCE)
                except TimeoutError:
                    continue
        finally:
            self._is_closing = True
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _wait(self, *, is_full: bool) -> None:
        if is_full:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        elif not self._news.is_set():
            await self._news.wait()

    async def _take_up(self) -> bool:
        """Begin what waits, as far as there is room; tell whether there was something."""
        room = AT_ONCE - len(self._tasks)
        if room <= 0 or not self._presence.is_fresh:
            return False
        owner = self._presence.owner
        try:
            if not await self._database.read(lambda connection: self._repository(connection).has_waiting(owner)):
                return False
            claimed = await self._database.write(lambda connection: self._repository(connection).claim(owner, room))
        except DatabaseFault as error:
            log.warning("the errands could not be looked through: %s", type(error).__name__)
            return False
        reach("errand.claimed")
        for errand in claimed:
            task = asyncio.create_task(self._do(errand), name=f"errand {errand.id}")
            self._tasks.add(task)
            task.add_done_callback(self._ended)
        return bool(claimed)

    def _repository(self, connection: Connection) -> Repository:
        return Repository(connection, self._account_id, self._clock.now())

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("an errand stopped", exc_info=error)
        self._news.set()

    async def _do(self, errand: Errand) -> None:
        work = {steps.FETCHING: self._fetch, steps.READING: self._read, steps.WRITING: self._write}[errand.step]
        while True:
            try:
                await work(errand)
            except DatabaseFault as error:
                log.warning("errand %s waits for the database: %s", errand.id, type(error).__name__)
                await asyncio.sleep(SCAN_SECONDS)
            except _Stopped:
                return
            else:
                return

    # Fetching

    async def _fetch(self, errand: Errand) -> None:
        tries = 0
        while True:
            try:
                content = await self._fetched(errand.file_id)
            except FileRefused as refused:
                await self._act(partial(services.refuse, errand=errand, problem=refused.problem))
                return
            except (MessengerError, NetworkFault) as error:
                decision = decide(error, tries=tries, patience=self._patience)
                log.warning("errand %s: the file was not fetched: %s", errand.id, error)
                if not decision.is_later or self._clock.now() - errand.made_at > FETCHED_WITHIN:
                    await self._act(partial(services.refuse, errand=errand, problem=None))
                    return
                tries += 1
                await asyncio.sleep(decision.seconds)
            else:
                reach("errand.fetched")
                chat = await self._act(partial(services.arrive, errand=errand, content=content))
                reach("errand.arrived")
                self._wake_chats([chat])
                return

    async def _fetched(self, file_id: str) -> bytes:
        told = await self._messenger.call("getFile", {"file_id": file_id})
        size, path = told.get("file_size") or 0, told.get("file_path")
        if size > MOST_BYTES:
            raise too_big(size)
        if not isinstance(path, str):
            raise MessengerError(400, "no path of the file was told")
        try:
            return await self._messenger.download(path, most=MOST_BYTES)
        except MessengerError as error:
            if error.description == FILE_TOO_BIG:
                raise too_big(MOST_BYTES + 1) from None
            raise

    # Reading, and importing what was confirmed

    async def _read(self, errand: Errand) -> None:
        judged = await self._judged(errand)
        if judged is not None:
            preview, _, found = judged
            await self._show(errand, preview, found)

    async def _write(self, errand: Errand) -> None:
        """Judge once more, outside of any transaction; import what still is as it was shown, else show it anew."""
        tries = 0
        while True:
            judged = await self._judged(errand)
            if judged is None:
                return
            preview, seen, found = judged
            if found != errand.digest or tries == MOST_TRIES:
                break
            tries += 1
            if await self._act(partial(services.carry_out, errand=errand, seen=seen, preview=preview)):
                reach("errand.carried out")
                return
        # Somebody else was faster: what they changed may be what the person wants to see first.
        await self._show(errand, preview, found)

    async def _judged(self, errand: Errand) -> tuple[Preview, RoadmapContext, str] | None:
        """Hold the file against the group as it is now; None where the file cannot be read, which is then said."""
        content, seen = await self._database.read(partial(self._material, errand))
        if content is None:
            await self._act(partial(services.refuse, errand=errand, problem=None))
            return None
        counted = [0, 0]

        def count(done: int, total: int) -> None:
            if self._is_closing:
                raise _Stopped
            counted[:] = done, total

        def judge() -> tuple[Preview, str]:
            preview = imports.judged(content, seen, count)
            return preview, digest(preview, seen.milestones)

        async with self._heavy:
            judging = asyncio.ensure_future(asyncio.to_thread(judge))
            try:
                while not (await asyncio.wait([judging], timeout=PROGRESS_SECONDS))[0]:
                    done, total = counted
                    await self._act(partial(services.show_progress, errand=errand, done=done, total=total))
                preview, found = judging.result()
            except FileRefused as refused:
                await self._act(partial(services.refuse, errand=errand, problem=refused.problem))
                return None
        return preview, seen, found

    def _material(self, errand: Errand, connection: Connection) -> tuple[bytes | None, RoadmapContext]:
        uow = UnitOfWork(connection, self._account_id, self._clock.now())
        group = uow.groups.get(uow.members.get(errand.member_id).group_id)
        return uow.errands.content(errand.id), imports.context(uow, group)

    async def _show(self, errand: Errand, preview: Preview, found: str) -> None:
        lines = await asyncio.to_thread(lambda: [to_json(verdict) for verdict in in_reading_order(preview.verdicts)])
        for first in range(0, len(lines), LINES_AT_ONCE):
            some = lines[first : first + LINES_AT_ONCE]
            await self._act(partial(services.keep_lines, errand=errand, first=first, verdicts=some))
        reach("errand.lines kept")
        await self._act(partial(services.show_preview, errand=errand, preview=preview, digest=found))
        reach("errand.shown")


def too_big(size: int) -> FileRefused:
    """Refuse a file of *size* bytes."""
    return FileRefused(Problem("file_too_big", values={"size": size, "limit": MOST_BYTES}))
