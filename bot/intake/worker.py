"""Works the inbox off: a chat's updates in order, chats side by side, each in one unit of work."""

import asyncio
import json
import logging
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from telegram import Update

from bot.clock import Clock
from bot.context import UNIT
from bot.domain.errors import DomainError
from bot.intake.driving import LibraryApplication, Waited, drive
from db.database import Connection, Database
from db.models import InboxState
from db.repositories.inbox import Arrival, Inbox, Pending
from db.repositories.outbox import Outgoing
from db.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

# Five tries in 15 seconds; then the update is dead and the chat goes on.
WAITS = (timedelta(seconds=1), timedelta(seconds=2), timedelta(seconds=4), timedelta(seconds=8))
SHUTDOWN_SECONDS = 10


class Answers(Protocol):
    """What is said when an act could not be done; each writes into a fresh unit of work."""

    def refused(self, uow: UnitOfWork, application: LibraryApplication, update: Update, refusal: DomainError) -> None:
        """Answer a refusal and keep what was typed."""

    def failed(self, uow: UnitOfWork, application: LibraryApplication, update: Update, reference: str) -> None:
        """Say calmly that something went wrong on our side, with a reference."""

    def stumbled(self, uow: UnitOfWork, application: LibraryApplication, update: Update) -> None:
        """End the waiting sign of a button whose update failed and is tried again."""

    def alarm(self, uow: UnitOfWork, reference: str, update_id: int) -> None:
        """Tell the operators that an update is dead."""


@dataclass(slots=True)
class Worked:
    """What one unit did: messages born, and when the chat's next update may be tried (None: now, if there is one)."""

    born: list[Outgoing] = field(default_factory=list)
    has_more: bool = False
    next_try_at: datetime | None = None


class _Unsettled(Exception):
    """A callback returned without an outcome: nothing may be kept."""


class Worker:
    """Takes the eldest pending update of each chat that was woken, until none is left."""

    def __init__(
        self,
        *,
        database: Database,
        application: LibraryApplication,
        clock: Clock,
        account_id: int,
        owner: int,
        answers: Answers,
        offer: Callable[[Iterable[Outgoing]], None],
    ) -> None:
        self._database = database
        self._application = application
        self._clock = clock
        self._account_id = account_id
        self._owner = owner
        self._answers = answers
        self._offer = offer
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._woken: set[int] = set()
        self._pauses: dict[int, asyncio.Event] = {}
        self._is_closing = False

    async def keep(self, arrivals: list[Arrival]) -> None:
        """Keep updates in the inbox; when this returns they are committed. Then work on them begins."""
        now = self._clock.now()
        await self._database.write(
            lambda connection: Inbox(connection).keep(self._account_id, arrivals, now), first=True
        )
        self.wake(arrival.chat_id for arrival in arrivals)

    async def start(self) -> None:
        """Take up what an earlier process left."""
        self.wake(await self._database.read(lambda connection: Inbox(connection).waiting_chats(self._account_id)))

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
        for news in self._pauses.values():
            news.set()
        if self._busy:
            await asyncio.wait(self._busy.values(), timeout=SHUTDOWN_SECONDS)

    async def _drain(self, chat: int) -> None:
        while not self._is_closing:
            worked = await self._database.write(lambda connection: self._work(connection, chat))
            self._offer(worked.born)
            if worked.next_try_at is not None:
                await self._pause(chat, worked.next_try_at - self._clock.now())
            elif not worked.has_more:
                return

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

    # On a database thread

    def _work(self, connection: Connection, chat: int) -> Worked:
        inbox = Inbox(connection)
        pending = inbox.oldest(self._account_id, chat)
        now = self._clock.now()
        if pending is None:
            return Worked()
        # The clock may have been set back since: no wait is longer than the longest one.
        if pending.next_try_at is not None and now < pending.next_try_at <= now + WAITS[-1]:
            return Worked(has_more=True, next_try_at=pending.next_try_at)
        worked = self._try(connection, pending, now)
        if worked.next_try_at is None:
            worked.has_more = inbox.has_more(self._account_id, chat)
        return worked

    def _try(self, connection: Connection, pending: Pending, now: datetime) -> Worked:
        try:
            update = Update.de_json(json.loads(pending.raw), self._application.bot)
        except Exception as error:  # noqa: BLE001 - whatever the library's reader raises, no later try can mend it
            return self._dead(connection, pending, None, error, now)
        uow = self._unit(connection, pending, now)
        connection.exec_driver_sql("SAVEPOINT work")
        token = UNIT.set(uow)
        try:
            drive(self._application.process_update(update))
            if uow.error is None and uow.outcome is None:
                uow.error = _Unsettled()
        except (Exception, Waited) as error:  # noqa: BLE001 - the one handler of what goes wrong in a unit of work
            uow.error = error
        finally:
            UNIT.reset(token)
        if uow.error is None:
            connection.exec_driver_sql("RELEASE work")
            Inbox(connection).settle(pending.arrival, InboxState.DONE)
            return Worked(born=uow.born)
        uow.born.clear()
        connection.exec_driver_sql("ROLLBACK TO work")
        connection.exec_driver_sql("RELEASE work")
        if isinstance(uow.error, DomainError):
            return self._refused(connection, pending, update, uow.error, now)
        return self._failed(connection, pending, update, uow.error, now)

    def _unit(self, connection: Connection, pending: Pending, now: datetime) -> UnitOfWork:
        return UnitOfWork(connection, self._account_id, now, owner=self._owner, update_id=pending.update_id)

    def _refused(
        self, connection: Connection, pending: Pending, update: Update, refusal: DomainError, now: datetime
    ) -> Worked:
        log.info("update %s refused: %s", pending.update_id, type(refusal).__name__)
        uow = self._unit(connection, pending, now)
        self._say(uow, lambda: self._answers.refused(uow, self._application, update, refusal))
        Inbox(connection).settle(pending.arrival, InboxState.DONE)
        return Worked(born=uow.born)

    def _failed(
        self, connection: Connection, pending: Pending, update: Update, error: BaseException, now: datetime
    ) -> Worked:
        if pending.tries >= len(WAITS):
            return self._dead(connection, pending, update, error, now)
        log.warning(
            "update %s failed, try %s of %s", pending.update_id, pending.tries + 1, len(WAITS) + 1, exc_info=error
        )
        uow = self._unit(connection, pending, now)
        if pending.tries == 0:
            self._say(uow, lambda: self._answers.stumbled(uow, self._application, update))
        at = now + WAITS[pending.tries]
        Inbox(connection).try_again(pending.arrival, tries=pending.tries + 1, at=at)
        return Worked(born=uow.born, has_more=True, next_try_at=at)

    def _dead(
        self, connection: Connection, pending: Pending, update: Update | None, error: BaseException, now: datetime
    ) -> Worked:
        reference = secrets.token_hex(3).upper()
        log.error("update %s is dead, reference %s", pending.update_id, reference, exc_info=error)
        uow = self._unit(connection, pending, now)
        if update is not None:
            self._say(uow, lambda: self._answers.failed(uow, self._application, update, reference))
        self._say(uow, lambda: self._answers.alarm(uow, reference, pending.update_id))
        Inbox(connection).settle(pending.arrival, InboxState.DEAD, reference)
        return Worked(born=uow.born)

    def _say(self, uow: UnitOfWork, speak: Callable[[], None]) -> None:
        """Write an answer; one that fails itself must not hold the chat up."""
        connection, before = uow.connection, len(uow.born)
        connection.exec_driver_sql("SAVEPOINT answer")
        token = UNIT.set(uow)
        try:
            speak()
        except (Exception, Waited):
            log.exception("update %s could not be answered", uow.update_id)
            del uow.born[before:]
            connection.exec_driver_sql("ROLLBACK TO answer")
        finally:
            UNIT.reset(token)
        connection.exec_driver_sql("RELEASE answer")
