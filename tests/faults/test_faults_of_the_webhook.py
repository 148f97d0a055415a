"""Updates that are pushed: lost on the way, pushed again, or not at all; each counts once."""

import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.faults import WEBHOOK, Fault
from bot.sandbox.transport import Transport
from bot.services.example_group import Example
from tests.faults.company import HEALS_WITHIN, Company, company
from tests.faults.troubles import INTERNAL


@pytest.fixture
async def people(example: tuple[Path, Example], tmp_path: Path) -> AsyncIterator[Company]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    async with company(example, tmp_path, hook=port) as at_work:
        yield at_work


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_push_without_an_answer_is_pushed_again(people: Company, when: Any) -> None:
    fault = people.world.plan.add(Fault(WEBHOOK, times=6, when=when))
    people.everyone_presses()
    people.everyone_writes()
    await people.world.until(lambda: fault.met == 6, within=HEALS_WITHIN)
    people.everyone_writes()

    await people.all_answered()

    people.check()


async def test_a_bot_that_was_down_gets_what_waited(people: Company) -> None:
    await people.stop()
    people.everyone_writes()
    people.everyone_writes()
    webhook = people.bot.webhook
    assert webhook is not None
    await people.world.until(lambda: webhook.last_error == "Connection refused")
    await people.start()

    await people.all_answered()

    people.check()


async def test_a_webhook_that_others_took_down_is_set_again(people: Company) -> None:
    fault = people.world.plan.add(Fault("setWebhook", times=2, refusal=INTERNAL))
    await Transport(people.world).call(people.bot.token, "deleteWebhook")
    people.everyone_writes()
    await people.world.until(lambda: fault.met == 2, within=HEALS_WITHIN)
    people.everyone_writes()

    await people.all_answered()

    assert people.bot.webhook is not None
    people.check()


async def test_what_was_pushed_before_and_what_is_no_update_change_nothing(people: Company) -> None:
    people.everyone_writes()
    pushed = people.bot.queue.pending
    await people.all_answered()
    for update in [*reversed(pushed), *pushed, *pushed]:
        people.bot.queue.repeat(update)
    people.bot.queue.insert({"message": "x"})
    people.bot.queue.insert({"message": {"chat": 5}})
    people.everyone_writes()

    await people.all_answered()

    people.check(dead=2)
