"""The only sender: grants slots, sends what is owed, and says in the database what became of it."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from bot.clock import Clock
from bot.delivery.calling import Caller, Documents
from bot.delivery.client import Messenger
from bot.delivery.lanes import ChatQueue, ChatQueues
from bot.delivery.limits import AccountLimit
from bot.delivery.pace import SharedPace
from bot.delivery.patience import PATIENCE, Patience
from bot.delivery.presence import Presence
from bot.delivery.retry import Decision, Verdict, seconds_left
from bot.delivery.settling import Settled, Settling, settle
from bot.steps import reach
from db.database import Connection, Database
from db.faults import DatabaseFault
from db.models import Lane
from db.repositories.outbox import Outbox, Outgoing
from db.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

SCAN_SECONDS = 1.0
SCAN_MOST = 500
HELD_MOST = 2000
PARK_ALL_AFTER = 3

Recheck = Callable[[UnitOfWork, Outgoing], bool]
Unreachable = Callable[[UnitOfWork, int], None]


class Dispatcher:
    """
    Sends what is owed, a chat at a time in order, chats side by side.

    *rate* is messages a second in all (0: no limits); *in_flight* bounds what a crash can double. *recheck* asks the
    domain, just before sending, whether a reminder is still wanted; *unreachable* notes that a chat takes nothing.
    """

    def __init__(
        self,
        *,
        database: Database,
        messenger: Messenger,
        clock: Clock,
        account_id: int,
        presence: Presence,
        rate: float,
        in_flight: int,
        recheck: Recheck,
        unreachable: Unreachable,
        documents: Documents,
        patience: Patience = PATIENCE,
    ) -> None:
        self._database = database
        self._caller = Caller(messenger, patience, documents)
        self._clock = clock
        self._account_id = account_id
        self._presence = presence
        self._recheck = recheck
        self._unreachable = unreachable
        self._patience = patience
        # The limits belong to the bot account: where several processes send for it, they are counted in the database.
        self._pace = SharedPace(database, account_id, rate=rate) if rate > 0 and database.is_shared else None
        self._rate = AccountLimit(rate) if rate > 0 and not database.is_shared else None
        self._free_slots = in_flight
        self._queues = ChatQueues()
        self._settling = Settling(self._write_down)
        self._wake = asyncio.Event()
        self._sends: set[asyncio.Task[None]] = set()
        self._paused_until = 0.0
        self._refused_chats: set[int] = set()
        self._is_closing = False
        presence.when_fallen(self._let_go)

    def offer(self, born: Iterable[Outgoing]) -> None:
        """Take messages that this process has just committed; call on the loop's thread."""
        for outgoing in born:
            if outgoing.lane is Lane.ANSWER:
                self._spawn(self._send_answer(outgoing))
            else:
                self._queues.add(outgoing)
        self._wake.set()

    def _let_go(self) -> None:
        """Forget what waits here: others may have taken it over."""
        self._queues = ChatQueues()
        self._wake.set()

    @property
    def sent(self) -> int:
        """How many messages have left since the start."""
        return self._caller.sent

    @property
    def waiting(self) -> int:
        """How many messages wait or are on their way in this process."""
        return self._queues.waiting + len(self._sends)

    async def rested(self) -> None:
        """Wait until nothing is owed by this process, however long limits and faults hold it up."""
        while self.waiting:
            if self._sends:
                await asyncio.wait(list(self._sends))
            else:
                await asyncio.sleep(0.005)

    async def run(self) -> None:
        """Send until cancelled; then let the messages on their way arrive."""
        scan = asyncio.create_task(self._scan_for_ever())
        try:
            while True:
                wait = self._pump()
                try:
                    async with asyncio.timeout(wait):
                        await self._wake.wait()
                except TimeoutError:
                    continue
                self._wake.clear()
        finally:
            self._is_closing = True
            scan.cancel()
            await asyncio.gather(scan, *self._sends, return_exceptions=True)

    def _pump(self) -> float | None:
        """Grant slots; give the seconds after which more could be granted, None when only news can change it."""
        now = time.monotonic()
        if not self._presence.is_fresh:
            return SCAN_SECONDS
        while self._free_slots > 0:
            free_at = max(self._paused_until, self._rate.free_at(now) if self._rate else 0.0)
            if free_at > now:
                return free_at - now if self._queues.waiting else None
            found = self._queues.next(now, is_limited=self._rate is not None)
            if found is None:
                break
            chat, queue = found
            taken = queue.take()
            self._queues.taken(len(taken))
            reach("delivery.granted")
            if self._rate:
                self._rate.count(now)
                queue.limit.count(now)
            self._free_slots -= 1
            self._spawn(self._send(chat, queue, taken))
        at = self._queues.next_at()
        return None if at is None or self._free_slots <= 0 else max(0.0, at - now)

    def _spawn(self, sending: Any) -> None:
        task = asyncio.create_task(sending)
        self._sends.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._sends.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a delivery failed", exc_info=error)

    # One message

    async def _send(self, chat: int, queue: ChatQueue, taken: list[Outgoing]) -> None:
        try:
            try:
                decision, message_id = await self._try(taken, queue)
            except DatabaseFault as error:
                log.warning("message %s waits for the database: %s", taken[0].id, type(error).__name__)
                decision, message_id = Decision(Verdict.NOT_YET, SCAN_SECONDS), None
            if decision.is_later:
                queue.tries += decision.verdict is not Verdict.NOT_YET
                self._rest(chat, decision)
                self._queues.put_back(chat, queue, taken)
            else:
                queue.tries = 0
                await self._settle(taken, decision, message_id)
        finally:
            self._free_slots += 1
            self._queues.done(chat, queue, time.monotonic())
            self._wake.set()

    async def _try(self, taken: list[Outgoing], queue: ChatQueue) -> tuple[Decision, int | None]:
        if any(one.key for one in taken):
            taken[:], born = await self._database.write(lambda connection: self._still_wanted(connection, taken))
            self.offer(born)
            if not taken:
                return Decision(Verdict.FAILED), None
        newest = replace(taken[-1], payload={**taken[0].payload, **taken[-1].payload})
        if self._pace is not None:
            leave = await self._pace.leave(newest)
            if leave.seconds > 0:
                return Decision(Verdict.NOT_YET, leave.seconds, whole_account=leave.whole_account), None
        return await self._caller.call(newest, tries=queue.tries, seconds=self._patience.call)

    def _still_wanted(self, connection: Connection, taken: list[Outgoing]) -> tuple[list[Outgoing], list[Outgoing]]:
        """Give those that are still to be sent, and what goes in place of others."""
        uow = self._unit(connection)
        wanted = []
        for outgoing in taken:
            if uow.outbox.still_owed(outgoing.id) is None:
                continue
            if outgoing.lane is Lane.REMINDER and not self._recheck(uow, outgoing):
                continue
            wanted.append(outgoing)
        reach("delivery.rechecked")
        return wanted, uow.born

    def _unit(self, connection: Connection) -> UnitOfWork:
        return UnitOfWork(connection, self._account_id, self._clock.now(), owner=self._presence.owner)

    def _rest(self, chat: int, decision: Decision) -> None:
        """Let the chat rest; when several chats are refused in a row, the account as a whole."""
        until = time.monotonic() + decision.seconds
        if decision.whole_account:
            self._paused_until = max(self._paused_until, until)
            return
        self._queues.park(chat, until)
        if decision.verdict is Verdict.PARK_CHAT:
            self._refused_chats.add(chat)
            if len(self._refused_chats) >= PARK_ALL_AFTER:
                # One chat's long refusal is not everybody's.
                pause = min(decision.seconds, self._patience.flood)
                self._paused_until = max(self._paused_until, time.monotonic() + pause)
                self._refused_chats.clear()

    async def _settle(self, taken: list[Outgoing], decision: Decision, message_id: int | None) -> None:
        self._refused_chats.clear()
        if not taken:
            return
        settled = Settled(taken=taken, decision=decision, message_id=message_id)
        reach(f"delivery.settling.{taken[0].method}")
        while True:
            try:
                born = await self._settling.settle(settled)
            except DatabaseFault:
                # The slot is given back only when "sent" is committed: a full disk stops sending, not counting.
                log.exception("message %s has left and could not be settled", taken[0].id)
                if self._is_closing:
                    return
                await asyncio.sleep(SCAN_SECONDS)
            else:
                reach(f"delivery.settled.{taken[0].method}")
                self.offer(born)
                return

    async def _write_down(self, every: Sequence[Settled]) -> list[Outgoing]:
        return await self._database.write(lambda connection: settle(self._unit(connection), every, self._unreachable))

    # Answers to buttons: a lane without limits

    async def _send_answer(self, outgoing: Outgoing) -> None:
        tries = 0
        ends = time.monotonic() + seconds_left(outgoing.due_at, outgoing.expires_at, now=self._clock.now())
        while True:
            decision, _ = await self._caller.call(outgoing, tries=tries, seconds=self._patience.answer)
            if not decision.is_later or time.monotonic() >= ends:
                break
            tries += 1
            if self._is_closing:
                return
            await asyncio.sleep(min(decision.seconds, 5.0))
        if decision.is_later:
            decision = Decision(Verdict.FAILED)
        await self._settle([outgoing], decision, None)

    # What other processes wrote, and what waited for its hour

    async def _scan_for_ever(self) -> None:
        while True:
            try:
                is_found = await self._scan()
            except DatabaseFault as error:
                log.warning("the outbox could not be looked through: %s", type(error).__name__)
                is_found = False
            if not is_found:
                self._queues.forget_idle(time.monotonic())
                await asyncio.sleep(SCAN_SECONDS)

    async def _scan(self) -> bool:
        if not self._presence.is_fresh:
            return False
        # When enough is held, what answers somebody is still taken: it must not wait behind ten thousand notices.
        up_to = Lane.REMINDER if self._queues.waiting < HELD_MOST else Lane.EDIT
        owner, now = self._presence.owner, self._clock.now()
        if not await self._database.read(lambda connection: self._outbox(connection).has_due(owner, now, up_to=up_to)):
            return False
        claimed = await self._database.write(
            lambda connection: self._outbox(connection).claim(owner, now, SCAN_MOST, up_to=up_to)
        )
        reach("outbox.claimed")
        self.offer(claimed)
        return bool(claimed)

    def _outbox(self, connection: Connection) -> Outbox:
        return Outbox(connection, self._account_id)
