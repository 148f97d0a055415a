"""APScheduler wakes us every five seconds; the database says what is due."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, date, timedelta
from typing import Any

from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock, SystemClock
from bot.services import calendars, floods, reminders, upkeep
from bot.steps import reach
from db.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

TICK_SECONDS = 5.0
UPKEEP_SECONDS = 600
REST_SECONDS = 0.01

Act = Callable[[Callable[[UnitOfWork], Any]], Awaitable[Any]]


class Schedule:
    """
    Asks each working group at every tick what is due, in a transaction of its own each.

    A tick may come late, twice or in several processes at once: what it makes is kept under unique keys. *act* makes a
    change and sees to its messages. *machine* is the clock that the scheduler lives by, whatever the clock that the
    domain is asked about.
    """

    def __init__(self, *, act: Act, seconds: float = TICK_SECONDS, machine: Clock | None = None) -> None:
        self._act = act
        self._interval = timedelta(seconds=seconds)
        self._machine = machine or SystemClock()
        self._ticking = asyncio.Lock()
        self._tidying = asyncio.Lock()
        self._stopping = asyncio.Event()
        self._scheduler: AsyncIOScheduler | None = None
        self._waker: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Tick from now on."""
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        job = self._scheduler.add_job(
            self._tick_again,
            "interval",
            seconds=self._interval.total_seconds(),
            coalesce=True,
            misfire_grace_time=None,
            # One that comes while another is under way goes at once; the scheduler would warn of it each time.
            max_instances=2,
            # The first tick comes at once, not after the first interval.
            next_run_time=self._machine.now(),
        )
        self._scheduler.add_job(self.tidy, "interval", seconds=UPKEEP_SECONDS, coalesce=True, max_instances=1)
        self._scheduler.start()
        self._waker = asyncio.create_task(self._keep_awake(job))

    async def _keep_awake(self, job: Job) -> None:
        """See that ticks go on where the machine's clock is set back: the scheduler would wait for its old time."""
        while True:
            await asyncio.sleep(self._interval.total_seconds())
            now = self._machine.now()
            if job.next_run_time - now > self._interval:
                job.modify(next_run_time=now)

    async def stop(self) -> None:
        """Let the tick under way end, and tick no more."""
        self._stopping.set()
        if self._waker is not None:
            self._waker.cancel()
            await asyncio.gather(self._waker, return_exceptions=True)
            self._waker = None
        if self._scheduler is not None:
            self._scheduler.pause()
            async with self._ticking, self._tidying:
                self._scheduler.shutdown(wait=False)
            self._scheduler = None

    async def _tick_again(self) -> None:
        if not self._ticking.locked():
            await self.tick()

    async def tick(self) -> None:
        """Make what is due. A group that fails is tried again at the next tick and holds no other one up."""
        async with self._ticking:
            told = await self._act(floods.tell)
            if told:
                log.warning("%s people sent more than is taken and are told so", told)
            group_ids, countries, today = await self._act(_asked)
            # Public holidays are looked up in another process the first time; the database must not wait for that.
            await asyncio.to_thread(calendars.warm, countries, today)
            results = await asyncio.gather(*(self._remind(group_id) for group_id in group_ids), return_exceptions=True)
            for group_id, result in zip(group_ids, results, strict=True):
                if isinstance(result, BaseException):
                    log.error("the reminders of group %s failed", group_id, exc_info=result)

    async def tidy(self) -> None:
        """Forget what nobody needs any more, in transactions so short that nobody waits for them."""
        async with self._tidying:
            while await self._act(upkeep.step):
                # Between two steps whoever waits for the database has it.
                try:
                    async with asyncio.timeout(REST_SECONDS):
                        await self._stopping.wait()
                except TimeoutError:
                    continue
                return

    async def _remind(self, group_id: int) -> None:
        made = await self._act(lambda uow: reminders.tick(uow, group_id))
        reach("schedule.reminded")
        if made:
            log.info("group %s: %s reminders made", group_id, made)


def _asked(uow: UnitOfWork) -> tuple[list[int], set[str], date]:
    """Give the groups, the countries of their parties, and the day in UTC."""
    groups = uow.groups.all()
    return (
        [group.id for group in groups],
        {p.holidays_country for group in groups for p in group.parties},
        uow.now.date(),
    )
