"""Writing down what became of messages, in one transaction with what follows from it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.delivery.retry import Decision, Verdict
from bot.steps import reach
from db.models import OutboxState
from db.repositories.outbox import Outgoing, Settlement
from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Settled:
    """Messages that one call settled, what was decided, and the message that shows their screen now."""

    taken: list[Outgoing]
    decision: Decision
    message_id: int | None

    @property
    def newest(self) -> Outgoing:
        """The message whose words were sent."""
        return self.taken[-1]

    @property
    def state(self) -> OutboxState:
        """How its messages end."""
        return OutboxState.SENT if self.decision.verdict is Verdict.SENT else OutboxState.FAILED


def settle(uow: UnitOfWork, every: Sequence[Settled], unreachable: Callable[[UnitOfWork, int], None]) -> list[Outgoing]:
    """
    Settle what several calls sent, move its screens, note chats that moved or take nothing; give what follows.

    A message that had been withdrawn meanwhile but left all the same stays withdrawn. Where one of a call's messages is
    another process's by now, which happens to one that was frozen, nothing of that call is changed.
    """
    others = uow.outbox.settle(
        [
            Settlement(
                outgoing.id,
                outgoing.owner,
                settled.state,
                settled.message_id,
                None if settled.state is OutboxState.SENT else settled.decision.verdict.name.lower(),
            )
            for settled in every
            for outgoing in settled.taken
        ],
        now=uow.now,
    )
    ours = [settled for settled in every if not any(outgoing.id in others for outgoing in settled.taken)]
    moved = {
        settled.newest.screen_id: settled.message_id
        for settled in ours
        if settled.newest.screen_id is not None
        and settled.message_id is not None
        and settled.message_id != settled.newest.message_id
    }
    if moved:
        uow.screens.move_all(moved)
        reach("screen.moved")
    for settled in ours:
        chat, decision = settled.newest.chat_id, settled.decision
        if chat is not None and decision.verdict is Verdict.SENT and decision.chat is not None:
            uow.chats.migrate(chat, decision.chat)
        elif chat is not None and decision.verdict is Verdict.UNREACHABLE:
            unreachable(uow, chat)
    return uow.born


class Settling:
    """
    Writes down what became of messages; those that wait while one transaction ends share the next.

    Where the database is quick each has a transaction of its own; where it is slow they become many to one.
    """

    def __init__(self, write: Callable[[Sequence[Settled]], Awaitable[list[Outgoing]]]) -> None:
        self._write = write
        self._waiting: list[tuple[Settled, asyncio.Future[list[Outgoing]]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def settle(self, settled: Settled) -> list[Outgoing]:
        """
        Give the messages that follow, once it is committed.

        Raises:
            DatabaseFault: nothing is written.
        """
        future: asyncio.Future[list[Outgoing]] = asyncio.get_running_loop().create_future()
        self._waiting.append((settled, future))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all(), name="settling")
        return await future

    async def _write_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            if not await self._write_batch(batch):
                # One of them holds the others up: each alone, so that its fault is nobody else's.
                for one in batch:
                    await self._write_batch([one])
        self._writing = None

    async def _write_batch(self, batch: list[tuple[Settled, asyncio.Future[list[Outgoing]]]]) -> bool:
        """Write some down; False when they are to be written one by one."""
        try:
            born = await self._write([settled for settled, _ in batch])
        except Exception as error:  # noqa: BLE001 - it belongs to whoever waits for it
            if len(batch) > 1:
                return False
            if not batch[0][1].done():
                batch[0][1].set_exception(error)
            return True
        for number, (_, future) in enumerate(batch):
            if not future.done():
                future.set_result([] if number else born)
        return True
