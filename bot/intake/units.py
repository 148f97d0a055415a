"""One update in one unit of work: what a callback did is kept whole, or nothing of it, and the person is answered."""

import json
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from telegram import Update

from bot.clock import Clock
from bot.context import UNIT
from bot.delivery.presence import Presence
from bot.domain.errors import DomainError
from bot.intake.driving import LibraryApplication, Waited, drive
from bot.steps import reach
from db.database import Connection
from db.faults import is_collision, is_lost, is_overtaken
from db.models import InboxState
from db.repositories.inbox import Inbox, Pending
from db.repositories.outbox import Outgoing
from db.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

# Five tries in 15 seconds; then the update is dead and the chat goes on.
WAITS = (timedelta(seconds=1), timedelta(seconds=2), timedelta(seconds=4), timedelta(seconds=8))
# A chat that another process is at.
TAKEN_WAIT = timedelta(milliseconds=50)


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
    """
    What one unit did: messages born, whether an errand was begun, and when the chat's next update may be tried.

    That is now where there is no instant, if there is one.
    """

    born: list[Outgoing] = field(default_factory=list)
    has_errand: bool = False
    has_more: bool = False
    next_try_at: datetime | None = None


class _Unsettled(Exception):
    """A callback returned without an outcome: nothing may be kept."""


class Unkept(Exception):
    """Nothing of what an update did may be kept; what is said instead belongs to a transaction of its own."""

    def __init__(self, pending: Pending, update: Update, error: BaseException) -> None:
        super().__init__(type(error).__name__)
        self.pending = pending
        self.update = update
        self.error = error


class Units:
    """Works the eldest pending update of a chat off, on a database thread; each call has a transaction."""

    def __init__(
        self,
        *,
        application: LibraryApplication,
        clock: Clock,
        account_id: int,
        presence: Presence,
        answers: Answers,
    ) -> None:
        self._application = application
        self._clock = clock
        self._account_id = account_id
        self._presence = presence
        self._answers = answers

    def work(self, connection: Connection, chat: int) -> Worked:
        """
        Try the eldest pending update of a chat, if there is one and its time has come.

        Raises:
            Unkept: it was refused or failed; the transaction is to be rolled back and *answer* called in another one.
            AlreadySettled: another process has worked it off meanwhile; the transaction is to be rolled back.
        """
        now = self._clock.now()
        is_taken, pending = Inbox(connection).take(self._account_id, chat)
        if not is_taken:
            return Worked(has_more=True, next_try_at=now + TAKEN_WAIT)
        if pending is None:
            return Worked()
        # The clock may have been set back since: no wait is longer than the longest one.
        if pending.next_try_at is not None and now < pending.next_try_at <= now + WAITS[-1]:
            return Worked(has_more=True, next_try_at=pending.next_try_at)
        try:
            update = Update.de_json(json.loads(pending.raw), self._application.bot)
        except Exception as error:  # noqa: BLE001 - whatever the library's reader raises, no later try can mend it
            return self._dead(connection, pending, None, error, now)
        return self._try(connection, pending, update, now)

    def _try(self, connection: Connection, pending: Pending, update: Update, now: datetime) -> Worked:
        uow = self._unit(connection, pending, now)
        token = UNIT.set(uow)
        try:
            drive(self._application.process_update(update))
            if uow.error is None and uow.outcome is None:
                uow.error = _Unsettled()
        except (Exception, Waited) as error:  # noqa: BLE001 - the one handler of what goes wrong in a unit of work
            uow.error = error
        finally:
            UNIT.reset(token)
        reach("unit.driven")
        if uow.error is None:
            has_more = Inbox(connection).settle(pending, InboxState.DONE)
            reach("unit.settled")
            return Worked(born=uow.born, has_errand=uow.has_errand, has_more=has_more)
        if is_lost(uow.error):
            raise uow.error
        raise Unkept(pending, update, uow.error)

    def answer(self, connection: Connection, unkept: Unkept) -> Worked:
        """
        Answer an update that was refused, or count the try that failed, in a transaction of its own.

        Raises:
            AlreadySettled: another process has worked it off meanwhile; the transaction is to be rolled back.
        """
        now = self._clock.now()
        if isinstance(unkept.error, DomainError):
            return self._refused(connection, unkept.pending, unkept.update, unkept.error, now)
        return self._failed(connection, unkept.pending, unkept.update, unkept.error, now)

    def _unit(self, connection: Connection, pending: Pending, now: datetime) -> UnitOfWork:
        return UnitOfWork(connection, self._account_id, now, owner=self._presence.owner, update_id=pending.update_id)

    def _refused(
        self, connection: Connection, pending: Pending, update: Update, refusal: DomainError, now: datetime
    ) -> Worked:
        log.info("update %s refused: %s", pending.update_id, type(refusal).__name__)
        uow = self._unit(connection, pending, now)
        self._say(uow, lambda: self._answers.refused(uow, self._application, update, refusal))
        has_more = Inbox(connection).settle(pending, InboxState.DONE)
        reach("unit.refused")
        return Worked(born=uow.born, has_more=has_more)

    def _failed(
        self, connection: Connection, pending: Pending, update: Update, error: BaseException, now: datetime
    ) -> Worked:
        if is_overtaken(error):
            # Somebody else got on, so this is no failure, however many are at the same thing.
            log.info("update %s was overtaken and begins anew", pending.update_id)
            return Worked(has_more=True)
        if pending.tries >= len(WAITS):
            return self._dead(connection, pending, update, error, now)
        if is_collision(error):
            log.info("update %s met another one and begins anew", pending.update_id)
            Inbox(connection).try_again(pending.arrival, tries=pending.tries + 1, at=now)
            return Worked(has_more=True)
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
        has_more = Inbox(connection).settle(pending, InboxState.DEAD, reference)
        return Worked(born=uow.born, has_more=has_more)

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
