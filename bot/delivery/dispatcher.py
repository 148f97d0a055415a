"""The only sender: grants slots, sends what is owed, and says in the database what became of it."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from bot.clock import Clock
from bot.delivery.client import Messenger, MessengerError, NetworkFault
from bot.delivery.lanes import ChatQueue, ChatQueues, Recent
from bot.delivery.limits import Window
from bot.delivery.messenger import call_for
from bot.delivery.patience import PATIENCE, Patience
from bot.delivery.retry import Decision, Verdict, decide
from bot.delivery.settling import Settled, settle
from db.database import Connection, Database
from db.faults import DatabaseFault
from db.models import Lane, OutboxState
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
        owner: int,
        rate: float,
        in_flight: int,
        recheck: Recheck,
        unreachable: Unreachable,
        patience: Patience = PATIENCE,
    ) -> None:
        self._database = database
        self._messenger = messenger
        self._clock = clock
        self._account_id = account_id
        self._owner = owner
        self._recheck = recheck
        self._unreachable = unreachable
        self._patience = patience
        self._rate = Window(max(1, int(rate)), 1.0) if rate > 0 else None
        self._free_slots = in_flight
        self._queues = ChatQueues()
        self._messages = Recent()
        self._chats = Recent(1000)
        self._wake = asyncio.Event()
        self._sends: set[asyncio.Task[None]] = set()
        self._paused_until = 0.0
        self._refused_chats: set[int] = set()
        self._is_closing = False
        self.sent = 0

    def offer(self, born: Iterable[Outgoing]) -> None:
        """Take messages that this process has just committed; call on the loop's thread."""
        for outgoing in born:
            if outgoing.lane is Lane.ANSWER:
                self._spawn(self._send_answer(outgoing))
            else:
                self._queues.add(outgoing)
        self._wake.set()

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
            decision, message_id = await self._try(taken, queue)
            if decision.verdict in {Verdict.AGAIN, Verdict.PARK_CHAT}:
                queue.tries += 1
                self._rest(chat, decision)
                queue.put_back(taken)
                self._queues.taken(-len(taken))
            else:
                queue.tries = 0
                await self._settle(taken, decision, message_id)
        finally:
            self._free_slots += 1
            self._queues.done(chat, time.monotonic())
            self._wake.set()

    async def _try(self, taken: list[Outgoing], queue: ChatQueue) -> tuple[Decision, int | None]:
        if any(one.key for one in taken):
            taken[:] = await self._database.write(lambda connection: self._still_wanted(connection, taken))
            if not taken:
                return Decision(Verdict.FAILED), None
        newest = replace(taken[-1], payload={**taken[0].payload, **taken[-1].payload})
        return await self._call(newest, tries=queue.tries, seconds=self._patience.call)

    async def _call(self, outgoing: Outgoing, *, tries: int, seconds: float) -> tuple[Decision, int | None]:
        """Call the messenger; a chat that moved, a message that is gone and a text it cannot parse are mended here."""
        payload, message_id, chat = outgoing.payload, self._message_of(outgoing), self._messenger_id(outgoing)
        for _ in range(4):
            method, params = call_for(outgoing, payload=payload, message_id=message_id, messenger_id=chat)
            try:
                result = await self._messenger.call(method, params, seconds=seconds)
            except (MessengerError, NetworkFault) as error:
                decision = decide(error, tries=tries, patience=self._patience)
                log.log(
                    logging.DEBUG if decision.verdict is Verdict.SENT else logging.WARNING,
                    "message %s: %s refused: %s",
                    outgoing.id,
                    method,
                    error,
                )
            else:
                self.sent += 1
                found = result.get("message_id") if isinstance(result, dict) else None
                if found and outgoing.screen_id:
                    self._messages.set(outgoing.screen_id, found)
                return Decision(Verdict.SENT, chat=chat if chat != outgoing.messenger_id else None), found
            if decision.verdict is Verdict.ANEW and outgoing.method == "show":
                message_id = None
            elif decision.verdict is Verdict.MIGRATED and outgoing.chat_id and decision.chat:
                chat, message_id = decision.chat, None
                self._chats.set(outgoing.chat_id, chat)
            elif decision.verdict is Verdict.PLAIN and not payload.get("plain"):
                log.error("message %s could not be parsed and goes without formatting", outgoing.id)
                payload = {**payload, "plain": True}
            else:
                return decision, None
        return Decision(Verdict.FAILED), None

    def _message_of(self, outgoing: Outgoing) -> int | None:
        known = self._messages.get(outgoing.screen_id) if outgoing.screen_id else None
        return known or outgoing.message_id

    def _messenger_id(self, outgoing: Outgoing) -> int | None:
        moved = self._chats.get(outgoing.chat_id) if outgoing.chat_id else None
        return moved or outgoing.messenger_id

    def _still_wanted(self, connection: Connection, taken: list[Outgoing]) -> list[Outgoing]:
        uow = self._unit(connection)
        wanted = []
        for outgoing in taken:
            if uow.outbox.still_owed(outgoing.id) is None:
                continue
            if outgoing.lane is Lane.REMINDER and not self._recheck(uow, outgoing):
                continue
            wanted.append(outgoing)
        return wanted

    def _unit(self, connection: Connection) -> UnitOfWork:
        return UnitOfWork(connection, self._account_id, self._clock.now(), owner=self._owner)

    def _rest(self, chat: int, decision: Decision) -> None:
        """Let the chat rest; when several chats are refused in a row, the account as a whole."""
        until = time.monotonic() + decision.seconds
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
        while True:
            try:
                born = await self._database.write(
                    lambda connection: settle(self._unit(connection), settled, self._unreachable)
                )
            except DatabaseFault:
                # The slot is given back only when "sent" is committed: a full disk stops sending, not counting.
                log.exception("message %s has left and could not be settled", taken[0].id)
                if self._is_closing:
                    return
                await asyncio.sleep(SCAN_SECONDS)
            else:
                self.offer(born)
                return

    # Answers to buttons: a lane without limits

    async def _send_answer(self, outgoing: Outgoing) -> None:
        tries = 0
        state = OutboxState.FAILED
        while outgoing.expires_at is None or self._clock.now() < outgoing.expires_at:
            decision, _ = await self._call(outgoing, tries=tries, seconds=self._patience.answer)
            if decision.verdict not in {Verdict.AGAIN, Verdict.PARK_CHAT}:
                state = OutboxState.SENT if decision.verdict is Verdict.SENT else OutboxState.FAILED
                break
            tries += 1
            if self._is_closing:
                return
            await asyncio.sleep(min(decision.seconds, 5.0))
        await self._database.write(
            lambda connection: Outbox(connection, self._account_id).settle(outgoing.id, state, now=self._clock.now())
        )

    # What other processes wrote, and what waited for its hour

    async def _scan_for_ever(self) -> None:
        while True:
            if self._queues.waiting < HELD_MOST:
                now = self._clock.now()
                if await self._database.read(partial(self._has_due, now=now)):
                    self.offer(await self._database.write(partial(self._claim, now=now)))
                    continue
            self._queues.forget_idle(time.monotonic())
            await asyncio.sleep(SCAN_SECONDS)

    def _outbox(self, connection: Connection) -> Outbox:
        return Outbox(connection, self._account_id)

    def _has_due(self, connection: Connection, *, now: datetime) -> bool:
        return self._outbox(connection).has_due(self._owner, now)

    def _claim(self, connection: Connection, *, now: datetime) -> list[Outgoing]:
        return self._outbox(connection).claim(self._owner, now, SCAN_MOST)
