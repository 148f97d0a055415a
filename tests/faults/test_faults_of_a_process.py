"""The faults that take long, with the real process and its real waits: it heals in time, and says when it stalls."""

import asyncio
from functools import partial
from pathlib import Path

import pytest

from bot.sandbox.faults import Fault
from bot.services.example_group import Example
from tests.faults.company import HEALS_WITHIN, company
from tests.faults.company_of_a_process import CompanyOfAProcess
from tests.faults.troubles import INTERNAL, TROUBLES

SLOW = ["half-open sockets", "connections forgotten", "time-out before", "401 for a while"]
STALL_IS_TOLD_WITHIN = 90.0

pytestmark = pytest.mark.long


@pytest.mark.parametrize("name", SLOW)
async def test_people_work_on_through_it(name: str, example: tuple[Path, Example], tmp_path: Path) -> None:
    async with company(example, tmp_path, of=CompanyOfAProcess) as people:
        async with TROUBLES[name](people.world, people.bot) as felt:
            people.everyone_writes()
            await people.world.until(felt.is_felt, within=2 * HEALS_WITHIN)
        people.everyone_writes()
        await people.all_answered()
        await people.stop()

        people.check(doubled=felt.unanswered())


async def test_connections_may_be_closed_at_39_seconds_of_age(example: tuple[Path, Example], tmp_path: Path) -> None:
    async with company(example, tmp_path, of=CompanyOfAProcess) as people:
        people.world.connections.end_at(39.0)
        await people.world.until(lambda: people.world.connections.ended > 0, within=60)
        people.everyone_writes()
        people.everyone_writes()
        await people.all_answered()
        await people.stop()

        people.check(doubled=people.world.connections.ended)


async def test_a_stalled_poll_is_told_in_time_and_forgotten_when_it_is_over(
    example: tuple[Path, Example], tmp_path: Path
) -> None:
    async with company(example, tmp_path, of=CompanyOfAProcess) as people:
        assert isinstance(people, CompanyOfAProcess)
        well = await people.ask("readyz")
        fault = people.world.plan.add(Fault("getUpdates", times=None, refusal=INTERNAL))
        await people.world.until(lambda: fault.met > 0, within=HEALS_WITHIN)
        async with asyncio.timeout(STALL_IS_TOLD_WITHIN):
            while (stalled := await people.ask("readyz"))[0] == 200:
                await people.world.until(partial(_has_met, fault, fault.met + 1), within=HEALS_WITHIN)
        alive = await people.ask("livez")
        people.world.plan.remove(fault)
        people.everyone_writes()
        await people.all_answered()
        again = await people.ask("readyz")

        assert well == again == (200, {"status": "ready", "reasons": []})
        assert stalled[0] == 503
        assert "no poll has succeeded for" in stalled[1]["reasons"][0]
        assert "500 Internal Server Error" in stalled[1]["reasons"][0]
        assert alive[0] == 200


def _has_met(fault: Fault, times: int) -> bool:
    return fault.met >= times
