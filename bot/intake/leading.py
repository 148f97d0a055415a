"""Polling where several processes run on one database: by one at a time, and by another soon after that one ends."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from bot.intake.polling import Polling
from db.faults import DatabaseFault, LeadershipLost
from db.leadership import Leadership

T = TypeVar("T")

log = logging.getLogger(__name__)

TRY_SECONDS = 0.5
BEAT_SECONDS = 5.0


class Leading:
    """
    Polls while this process has the right to, and tries to get it otherwise.

    *epoch* is the one it leads in, None while another process polls.
    """

    def __init__(self, leadership: Leadership, polling: Polling) -> None:
        self._leadership = leadership
        self._polling = polling
        # One thread, so that the connection is used by one at a time, also when a call was given up by a cancellation.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="poll-leadership")
        self.epoch: int | None = None

    async def run(self) -> None:
        """Lead or wait until cancelled; then the right is given back."""
        try:
            while True:
                self.epoch = await self._taken()
                if self.epoch is None:
                    await asyncio.sleep(TRY_SECONDS)
                    continue
                log.info("this process polls from now on")
                await self._poll(self.epoch)
                log.warning("this process polls no more")
        finally:
            self.epoch = None
            await self._in_thread(self._leadership.free)
            self._thread.shutdown()

    async def _taken(self) -> int | None:
        try:
            return await self._in_thread(self._leadership.take)
        except DatabaseFault as error:
            log.warning("whether to poll could not be asked of the database: %s", type(error).__name__)
            await self._in_thread(self._leadership.free)
            return None

    async def _poll(self, epoch: int) -> None:
        polling = asyncio.create_task(self._polling.run(), name="polling")
        try:
            while not polling.done():
                await asyncio.wait([polling], timeout=BEAT_SECONDS)
                if not await self._beats(epoch):
                    break
        finally:
            polling.cancel()
            with suppress(asyncio.CancelledError, LeadershipLost):
                await polling
            self.epoch = None
            # Even where the right was lost: the lock goes with the connection.
            await self._in_thread(self._leadership.free)

    async def _beats(self, epoch: int) -> bool:
        try:
            return await self._in_thread(lambda: self._leadership.beat(epoch))
        except DatabaseFault as error:
            log.warning("the right to poll is lost with its connection: %s", type(error).__name__)
            return False

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)
