"""Ended at each durable step in turn: every update counts once, and everybody sees what they would have seen."""

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.services.example_group import Example
from tests.databases import SQLITE, Kind
from tests.faults.lives import Forge, forge
from tests.faults.points import PIVOT, of_recovery, points, rounds, table
from tests.faults.scenario import ACTS
from tests.faults.sweeping import Death, Ends, Found, Play, template

SIDE_BY_SIDE = 2
LEAST_POINTS = 40
# The steps of a start and of taking up what was left: the others are taken as in any other life.
RECOVERY = ("start.", "outbox.", "delivery.")
# Each of these points costs two restarts, and all acts have the same ones: every third is visited.
AGAIN = 3


@dataclass
class Theatre:
    """Where runs are played, two at a time, each on a copy of the same database."""

    forge: Forge
    folder: Path
    kind: Kind
    example: Example
    deaths: list[Death] = field(default_factory=list)
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(SIDE_BY_SIDE))
    runs: int = 0

    async def play(self, ends: Ends | None = None, *, expected: list[Found] | None = None) -> Play:
        async with self.places:
            self.runs += 1
            folder = self.folder / f"run-{self.runs}"
            url = self.kind.copied(self.folder / "template.db", folder / "hamroh.db")
            play = Play(acts=ACTS, forge=self.forge, folder=folder, url=url, example=self.example)
            await play.run(ends, expected=expected)
            self.deaths += play.deaths
            return play


@pytest.fixture
async def theatre(kind: Kind, tmp_path: Path) -> AsyncIterator[Theatre]:
    example = template(kind.fresh(tmp_path / "template.db"))
    async with forge() as opened:
        yield Theatre(opened, tmp_path, kind, example)
    kind.sweep(0)


@pytest.mark.long
async def test_ended_at_each_step_of_each_act_nothing_is_lost_or_done_twice(
    theatre: Theatre, capsys: pytest.CaptureFixture[str]
) -> None:
    undisturbed = await theatre.play()
    found = points(ACTS, undisturbed.lives)
    assert len(found) >= LEAST_POINTS

    async with asyncio.TaskGroup() as group:
        for ends in rounds(found):
            group.create_task(theatre.play(ends, expected=undisturbed.found))

    assert len([death for death in theatre.deaths if death.steps]) == len(found)
    with capsys.disabled():
        sys.stdout.write(f"\n{table(theatre.deaths)}\n")


# Taking up what was left is the same work on either database: here on the one that is quicker to copy.
@pytest.mark.parametrize("kind", [SQLITE], indirect=True)
@pytest.mark.long
async def test_ended_again_while_it_takes_up_what_was_left(
    theatre: Theatre, capsys: pytest.CaptureFixture[str]
) -> None:
    undisturbed = await theatre.play()
    sending: Ends = {point.act: (PIVOT,) for point in points(ACTS, undisturbed.lives) if point.step == PIVOT}
    once = await theatre.play(sending, expected=undisturbed.found)
    found = [point for point in of_recovery(ACTS, once.lives, once.deaths) if point.step.startswith(RECOVERY)][::AGAIN]
    assert len(found) >= LEAST_POINTS

    async with asyncio.TaskGroup() as group:
        for ends in rounds(found):
            group.create_task(theatre.play(ends, expected=undisturbed.found))

    assert len([death for death in theatre.deaths if len(death.steps) > 1]) >= LEAST_POINTS
    with capsys.disabled():
        sys.stdout.write(f"\n{table(theatre.deaths)}\n")
