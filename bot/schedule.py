"""APScheduler wakes us every five seconds; the database says what is due."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, date
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import SystemClock
from bot.services import calendars, reminders
from bot.steps import reach
from db.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

TICK_SECONDS = 5

Act = Callable[[Callable[[UnitOfWork], Any]], Awaitable[Any]]


class Schedule:
    """
    Asks each working group at every tick what is due, in a transaction of its own each.

    A tick may come late, twice or in several processes at once: what it makes is kept under unique keys. *act* makes a
    change and sees to its messages.
    """

    def __init__(self, *, act: Act) -> None:
        self._act = act
        self._ticking = asyncio.Lock()
        self._scheduler: AsyncIOScheduler | None = None

    async def start(self) -> None:
        """Tick from now on."""
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._scheduler.add_job(
            self.tick,
            "interval",
            seconds=TICK_SECONDS,
            coalesce=True,
            misfire_grace_time=None,
            max_instances=1,
            # The first tick comes at once, not after the first interval. The scheduler lives by the system's clock,
            # whatever the clock that the domain is asked about.
            next_run_time=SystemClock().now(),
        )
        self._scheduler.start()

    async def stop(self) -> None:
        """Let the tick under way end, and tick no more."""
        if self._scheduler is not None:
            self._scheduler.pause()
            async with self._ticking:
                self._scheduler.shutdown(wait=False)
            self._scheduler = None

    async def tick(self) -> None:
        """Make what is due. A group that fails is tried again at the next tick and holds no other one up."""
        async with self._ticking:
            group_ids, countries, today = await self._act(_asked)
            # Public holidays are looked up in another process the first time; the database must not wait for that.
            await asyncio.to_thread(calendars.warm, countries, today)
            results = await asyncio.gather(*(self._remind(group_id) for group_id in group_ids), return_exceptions=True)
            for group_id, result in zip(group_ids, results, strict=True):
                if isinstance(result, BaseException):
                    log.error("the reminders of group %s failed", group_id, exc_info=result)

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
