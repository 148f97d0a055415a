"""Work that waits for a database thread, by urgency, and how its result comes back to the loop."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection


@dataclass(slots=True, eq=False)
class Job:
    """Work for one transaction; *result* or *error* is told once that has ended."""

    work: Callable[[Connection], Any]
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None


@dataclass(slots=True)
class JobQueue:
    """Jobs by urgency, handed from the loop's thread to those of the database."""

    first: deque[Job] = field(default_factory=deque)
    later: deque[Job] = field(default_factory=deque)
    changed: threading.Condition = field(default_factory=threading.Condition)
    closed: bool = False

    def put(self, job: Job, *, first: bool) -> None:
        """Add a job; *first* passes those that wait."""
        with self.changed:
            if self.closed:
                message = "the database is closed"
                raise RuntimeError(message)
            (self.first if first else self.later).append(job)
            self.changed.notify()

    def take(self, *, wait: bool) -> Job | None:
        """Give the next job; None when there is none and *wait* is False, or the queue is closed and empty."""
        with self.changed:
            while True:
                if self.first:
                    return self.first.popleft()
                if self.later:
                    return self.later.popleft()
                if self.closed or not wait:
                    return None
                self.changed.wait()

    def close(self) -> None:
        """Take no more jobs; those that wait are still given."""
        with self.changed:
            self.closed = True
            self.changed.notify_all()


def tell(loop: asyncio.AbstractEventLoop, done: list[Job]) -> None:
    """Resolve the futures of jobs whose transactions have ended, on the loop that awaits them."""
    try:
        loop.call_soon_threadsafe(_resolve, done)
    except RuntimeError:
        # The loop is gone: the work is committed and nobody waits for the news.
        return


def _resolve(done: list[Job]) -> None:
    for job in done:
        if job.future.cancelled():
            continue
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.result)
