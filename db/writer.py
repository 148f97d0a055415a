"""SQLite's one writer thread: jobs that wait share one COMMIT, each in its own savepoint."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable
from typing import TypeVar, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.steps import reach
from db.jobs import Job, JobQueue, tell

T = TypeVar("T")

BATCH_JOBS = 64
BATCH_SECONDS = 0.020


class _BatchLost(Exception):
    """SQLite ended the whole transaction under a job (disk full, I/O error, out of memory)."""


class Writer:
    """Runs jobs one after another; nobody is told of a result before its COMMIT."""

    def __init__(self, engine: Engine, loop: asyncio.AbstractEventLoop) -> None:
        self._engine = engine
        self._loop = loop
        self._queue = JobQueue()
        self._thread = threading.Thread(target=self._run, name="database-writer")

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def submit(self, work: Callable[[Connection], T], *, first: bool = False) -> "asyncio.Future[T]":
        """Queue *work*; the future has its result once it is committed. Call on the loop's thread."""
        future: asyncio.Future[T] = self._loop.create_future()
        self._queue.put(Job(work, future), first=first)
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
                tell(self._loop, done)

    def _batch(self, connection: Connection, done: list[Job]) -> None:
        until = time.perf_counter() + BATCH_SECONDS
        with connection.begin():
            self._one(connection, done[0])
            while len(done) < BATCH_JOBS and time.perf_counter() < until:
                job = self._queue.take(wait=False)
                if job is None:
                    break
                done.append(job)
                self._one(connection, job)
            reach("database.before_commit")
        reach("database.committed")

    def _alone(self, connection: Connection, job: Job) -> None:
        job.result, job.error = None, None
        try:
            with connection.begin():
                self._one(connection, job)
        except (SQLAlchemyError, sqlite3.Error, _BatchLost) as error:
            if job.error is None:
                job.error = error

    def _one(self, connection: Connection, job: Job) -> None:
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
