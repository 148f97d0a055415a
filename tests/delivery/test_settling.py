"""What was sent while one transaction ended is written down in the next, and one fault is nobody else's."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from bot.delivery.retry import Decision, Verdict
from bot.delivery.settling import Settled, Settling
from db.models import Lane
from db.repositories.outbox import Outgoing

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
BAD = 13


def sent(number: int) -> Settled:
    """Give message *number* as sent."""
    outgoing = Outgoing(number, 1, 501, "private", None, None, "sendMessage", {}, Lane.REPLY, NOW, None, None, 7)
    return Settled(taken=[outgoing], decision=Decision(Verdict.SENT), message_id=100 + number)


def numbers(every: Sequence[Settled]) -> list[int]:
    return [settled.newest.id for settled in every]


async def test_those_that_wait_share_a_transaction() -> None:
    written: list[list[int]] = []
    has_begun, may_end = asyncio.Event(), asyncio.Event()

    async def write(every: Sequence[Settled]) -> list[Outgoing]:
        written.append(numbers(every))
        has_begun.set()
        await may_end.wait()
        return []

    settling = Settling(write)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(settling.settle(sent(1)))
        await has_begun.wait()
        for number in (2, 3, 4):
            tasks.create_task(settling.settle(sent(number)))
        await asyncio.sleep(0)
        may_end.set()

    assert written == [[1], [2, 3, 4]]


async def test_one_that_cannot_be_written_holds_no_other_up() -> None:
    kept: list[int] = []

    async def write(every: Sequence[Settled]) -> list[Outgoing]:
        if BAD in numbers(every):
            message = "it cannot be written"
            raise ValueError(message)
        kept.extend(numbers(every))
        return []

    settling = Settling(write)
    results = await asyncio.gather(*(settling.settle(sent(number)) for number in (1, BAD, 2)), return_exceptions=True)

    assert kept == [1, 2]
    assert results[0] == results[2] == []
    with pytest.raises(ValueError, match="cannot be written"):
        raise results[1]  # type: ignore[misc]
