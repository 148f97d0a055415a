"""SQLite's one writer thread: jobs that wait share one COMMIT, each in its own savepoint."""

import asyncio
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

T = TypeVar("T")

BATCH_JOBS = 64
BATCH_SECONDS = 0.020


@dataclass(slots=True, eq=False)
class _Job:
    work: Callable[[Connection], Any]
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None


@dataclass(slots=True)
class _Queue:
    """Jobs by urgency, handed from the loop's thread to the writer's."""

    first: deque[_Job] = field(default_factory=deque)
    later: deque[_Job] = field(default_factory=deque)
    changed: threading.Condition = field(default_factory=threading.Condition)
    closed: bool = False

    def put(self, job: _Job, *, first: bool) -> None:
        with self.changed:
            if self.closed:
                message = "the database is closed"
                raise RuntimeError(message)
            (self.first if first else self.later).append(job)
            self.changed.notify()

    def take(self, *, wait: bool) -> _Job | None:
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
        with self.changed:
            self.closed = True
            self.changed.notify()


class _BatchLost(Exception):
    """SQLite ended the whole transaction under a job (disk full, I/O error, out of memory)."""


class Writer:
    """Runs jobs one after another; nobody is told of a result before its COMMIT."""

    def __init__(self, engine: Engine, loop: asyncio.AbstractEventLoop) -> None:
        self._engine = engine
        self._loop = loop
        self._queue = _Queue()
        self._thread = threading.Thread(target=self._run, name="database-writer")

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def submit(self, work: Callable[[Connection], T], *, first: bool = False) -> "asyncio.Future[T]":
        """Queue *work*; the future has its result once it is committed. Call on the loop's thread."""
        future: asyncio.Future[T] = self._loop.create_future()
        self._queue.put(_Job(work, future), first=first)
        return future

    def close(self) -> None:
        """Finish the jobs that wait, then end the thread."""
        self._queue.close()
        self._thread.join()

    def _run(self) -> None:
        with self._engine.connect() as connection:
            while (job := self._queue.take(wait=True)) is not None:
                done = [job]
                try:
                    self._batch(connection, done)
                except (SQLAlchemyError, sqlite3.Error, _BatchLost):
                    # The batch is void though its jobs seemed good: each runs again, alone, so that one
                    # job's fault is nobody else's.
                    for lost in done:
                        self._alone(connection, lost)
                self._tell(done)

    def _batch(self, connection: Connection, done: list[_Job]) -> None:
        until = time.perf_counter() + BATCH_SECONDS
        with connection.begin():
            self._one(connection, done[0])
            while len(done) < BATCH_JOBS and time.perf_counter() < until:
                job = self._queue.take(wait=False)
                if job is None:
                    break
                done.append(job)
                self._one(connection, job)

    def _alone(self, connection: Connection, job: _Job) -> None:
        job.result, job.error = None, None
        try:
            with connection.begin():
                self._one(connection, job)
        except (SQLAlchemyError, sqlite3.Error, _BatchLost) as error:
            if job.error is None:
                job.error = error

    def _one(self, connection: Connection, job: _Job) -> None:
        connection.exec_driver_sql("SAVEPOINT job")
        try:
            job.result = job.work(connection)
        except BaseException as error:  # noqa: BLE001 - it belongs to whoever awaits the job
            job.error = error
        driver = cast("sqlite3.Connection", connection.connection.driver_connection)
        if not driver.in_transaction:
            raise _BatchLost
        if job.error is not None:
            connection.exec_driver_sql("ROLLBACK TO job")
        connection.exec_driver_sql("RELEASE job")

    def _tell(self, done: list[_Job]) -> None:
        try:
            self._loop.call_soon_threadsafe(_resolve, done)
        except RuntimeError:
            # The loop is gone: the work is committed and nobody waits for the news.
            return


def _resolve(done: list[_Job]) -> None:
    for job in done:
        if job.future.cancelled():
            continue
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.result)
