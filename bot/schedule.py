"""APScheduler wakes us every five seconds; the database says what is due."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy.exc import SQLAlchemyError

from bot.services import reminders
from db.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

TICK_SECONDS = 5

Act = Callable[[Callable[[UnitOfWork], Any]], Awaitable[Any]]


class Schedule:
    """
    One idempotent tick for all groups: what is due is found by computation and kept under unique keys.

    Any number of ticks in any number of processes therefore does each thing once. *act* makes a change in a transaction
    and sends what it owes.
    """

    def __init__(self, *, act: Act) -> None:
        self._act = act
        self._scheduler: AsyncIOScheduler | None = None
        self._first: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Tick at once, so that what became due while nothing ran does not wait; then every five seconds."""
        # The first tick loads the public holidays, and polling need not wait for those.
        self._first = asyncio.create_task(self._tick_safely())
        # No grace time and coalesced: a tick that came late is as good as one in time.
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._scheduler.add_job(
            self._tick_safely,
            IntervalTrigger(seconds=TICK_SECONDS, timezone=UTC),
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        self._scheduler.start()

    async def stop(self) -> None:
        """Tick no more."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
        if self._first is not None:
            await self._first
            self._first = None

    async def tick(self) -> None:
        """Queue everything that is due at this instant, a transaction for each group."""
        for group_id in await self._act(lambda uow: [group.id for group in uow.groups.all()]):
            await self._act(lambda uow, group_id=group_id: reminders.tick(uow, group_id))

    async def _tick_safely(self) -> None:
        try:
            await self.tick()
        except SQLAlchemyError:
            # A full disk or a locked file: the next tick finds the same things due.
            log.exception("the tick failed and is tried again")
