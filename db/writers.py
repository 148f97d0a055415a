"""PostgreSQL's writer threads: jobs side by side, each in a transaction and on a connection of its own."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.steps import reach
from db.faults import is_collision, is_lost
from db.jobs import Job, JobQueue, tell

T = TypeVar("T")

log = logging.getLogger(__name__)

THREADS = 8
TRIES = 4
REST_SECONDS = 0.05


class Writers:
    """
    Runs jobs on several threads; nobody is told of a result before its COMMIT.

    A job whose transaction met another one (deadlock, the same new row) or lost its connection runs again. *doubtful*
    is called, on the loop, when a connection was lost under a COMMIT: nobody knows then whether it took effect.
    """

    def __init__(self, engine: Engine, loop: asyncio.AbstractEventLoop, *, doubtful: Callable[[], None]) -> None:
        self._engine = engine
        self._loop = loop
        self._doubtful = doubtful
        self._queue = JobQueue()
        self._threads = [
            threading.Thread(target=self._run, name=f"database-writer-{number}") for number in range(THREADS)
        ]

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def submit(self, work: Callable[[Connection], T], *, first: bool = False) -> "asyncio.Future[T]":
        """Queue *work*; the future has its result once it is committed. Call on the loop's thread."""
        future: asyncio.Future[T] = self._loop.create_future()
        self._queue.put(Job(work, future), first=first)
        return future

    def close(self) -> None:
        """Finish the jobs that wait, then end the threads."""
        self._queue.close()
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while (job := self._queue.take(wait=True)) is not None:
            for attempt in range(1, TRIES + 1):
                job.result, job.error = None, None
                if self._once(job) or attempt == TRIES:
                    break
                time.sleep(REST_SECONDS * attempt)
            tell(self._loop, [job])

    def _once(self, job: Job) -> bool:
        """Run a job in a transaction; False when running it again may help."""
        is_worked = False
        try:
            with self._engine.connect() as connection, connection.begin():
                job.result = job.work(connection)
                is_worked = True
                reach("database.before_commit")
            reach("database.committed")
        except DBAPIError as error:
            job.error = error
            if is_worked and is_lost(error):
                self._loop.call_soon_threadsafe(self._doubtful)
            if is_collision(error) or is_lost(error):
                log.info("a transaction runs again: %s", type(error.orig).__name__)
                return False
        except BaseException as error:  # noqa: BLE001 - it belongs to whoever awaits the job
            job.error = error
        return True
