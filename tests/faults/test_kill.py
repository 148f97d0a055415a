"""Killed at random, again and again: every update takes effect once, and the person is answered."""

import random
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import serve
from bot.sandbox.world import World
from tests.databases import Kind
from tests.examples import FIRST_MORE, fill
from tests.faults.accounts import Ledger
from tests.faults.processes import BotProcess
from tests.in_process import TOKEN

IN_FLIGHT = 32


@dataclass(frozen=True)
class Storm:
    """How many updates wait, of how many people, and how often the process is killed while it works on them."""

    updates: int
    people: int
    kills: int

    def __str__(self) -> str:
        return f"{self.updates} updates, {self.kills} kills"


SHORT = Storm(updates=100, people=11, kills=3)
FULL = Storm(updates=600, people=32, kills=6)
DENSE = Storm(updates=200, people=11, kills=20)


@pytest.mark.parametrize(
    "storm",
    [SHORT, pytest.param(DENSE, marks=pytest.mark.long), pytest.param(FULL, marks=pytest.mark.long)],
    ids=str,
)
async def test_what_waits_survives_kills_and_counts_once_each(
    storm: Storm, kind: Kind, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = kind.fresh(tmp_path / "hamroh.db")
    fill(url, more=storm.people)
    chance = random.Random(20)  # noqa: S311 - the same run each time
    world = World(clock=SandboxClock(datetime.now(UTC)))
    world.add_bot(token=TOKEN, username="hamroh_test_bot")
    people = range(FIRST_MORE, FIRST_MORE + storm.people)
    for person in people:
        world.add_person(person, f"Person {person}")
        world.private_chat(world.person(person), world.bots[7001]).is_started = True
    served = await serve(world)
    ledger = Ledger(url)
    async with BotProcess(url=served.url, data=tmp_path, database=url) as process:
        for number in range(storm.updates):
            person = people[number % storm.people]
            world.say(person, person, ledger.line(number))
        for _ in range(storm.kills):
            enough = len(world.calls) + chance.randrange(2, storm.updates // storm.kills)
            # Wait until it works, then a moment more that is never the same.
            await world.until(partial(_called, world, enough), within=60)
            await process.kill()
            ledger.let_leases_end()
            await process.start()
        await ledger.drained(world, within=60)
        code = await process.stop()
    await served.close()

    notes = ledger.notes()
    ledger.close()
    kind.sweep(0)
    answers = ledger.answers(world)
    assert [number for number in range(storm.updates) if notes[number] != 1] == []
    assert [number for number in range(storm.updates) if not answers[number]] == []
    doubled = sum(answers.values()) - storm.updates
    assert doubled <= storm.kills * IN_FLIGHT
    assert code == 0
    with capsys.disabled():
        sys.stdout.write(f"\n{storm}, {url.partition(':')[0]}: none lost, {doubled} answers arrived twice\n")


def _called(world: World, times: int) -> bool:
    return len(world.calls) >= times
