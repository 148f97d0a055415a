"""Writing down what became of a message, in one transaction with what follows from it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.delivery.retry import Decision, Verdict
from bot.steps import reach
from db.models import OutboxState
from db.repositories.outbox import Outgoing
from db.unit_of_work import UnitOfWork

_STATES = {Verdict.SENT: OutboxState.SENT}


@dataclass(frozen=True, slots=True)
class Settled:
    """Messages that one call settled, what was decided, and the message that shows their screen now."""

    taken: list[Outgoing]
    decision: Decision
    message_id: int | None


def settle(uow: UnitOfWork, settled: Settled, unreachable: Callable[[UnitOfWork, int], None]) -> list[Outgoing]:
    """
    Settle messages, move their screen, note a chat that moved or takes nothing; give the messages that follow.

    A message that had been withdrawn meanwhile but left all the same stays withdrawn. Where the messages are another
    process's by now, which happens to one that was frozen, nothing is changed.
    """
    decision = settled.decision
    state = _STATES.get(decision.verdict, OutboxState.FAILED)
    newest = settled.taken[-1]
    is_ours = [
        uow.outbox.settle(
            outgoing.id,
            state,
            owner=outgoing.owner,
            now=uow.now,
            message_id=settled.message_id,
            error=None if state is OutboxState.SENT else decision.verdict.name.lower(),
        )
        for outgoing in settled.taken
    ]
    if not all(is_ours):
        return uow.born
    if newest.screen_id is not None and settled.message_id is not None and settled.message_id != newest.message_id:
        uow.screens.move(newest.screen_id, settled.message_id)
        reach("screen.moved")
    if newest.chat_id is not None:
        if decision.verdict is Verdict.SENT and decision.chat is not None:
            uow.chats.migrate(newest.chat_id, decision.chat)
        elif decision.verdict is Verdict.UNREACHABLE:
            unreachable(uow, newest.chat_id)
    return uow.born
