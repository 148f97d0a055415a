"""
What a bot takes while nobody writes: how long from launch to its first poll, memory, and processor time.

    python -m benchmarks.footprint [--database postgresql] [--quick]

The start is on a database that is there already, but for the row that says otherwise; the clock stops when the local
messenger sees the first getUpdates. The stock bots stand beside it.
"""

import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import bots, machine
from benchmarks.houses import TOKEN, prepare
from benchmarks.load import LoadWorld, open_world, together
from benchmarks.options import Options, chosen, parser
from benchmarks.stores import Store, store
from benchmarks.tables import Table, figure
from bot.sandbox.faults import Fault, FaultPlan

STARTS = 7
FEW_STARTS = 3
IDLE_SECONDS = 30.0


class _Polls(FaultPlan):
    """A plan of no faults, which sees every call: it notes when the next poll comes."""

    def __init__(self) -> None:
        super().__init__()
        self.come = asyncio.Event()

    def take(self, method: str, params: Any) -> Fault | None:
        """Plan nothing."""
        if method.lower() == "getupdates":
            self.come.set()
        return super().take(method, params)


async def starts(bot: str, options: Options, kept: Store, *, is_new: bool) -> list[float]:
    """Give the seconds from launch to first poll of several starts, each on a database of its own."""
    took = []
    for _ in range(FEW_STARTS if options.quick else STARTS):
        world, served = await open_world(TOKEN, 1, kind=LoadWorld)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            url = kept.fresh(folder)
            if bot == "hamroh" and not is_new:
                await asyncio.to_thread(prepare, url, options.people)
                # The first start remembers what it set at the messenger; those that people see come after it.
                async with bots.running(bot, api_url=served.url, database_url=url, folder=folder):
                    await together(world, 1, 0.1)
            try:
                world.plan = polls = _Polls()
                began = time.monotonic()
                async with bots.running(bot, api_url=served.url, database_url=url, folder=folder):
                    await polls.come.wait()
                    took.append(time.monotonic() - began)
                    # A bot that is told to stop while it starts would not stop as it should.
                    await asyncio.sleep(0.5)
            finally:
                await served.close()
    return took


async def rest_and_load(bot: str, options: Options, kept: Store) -> tuple[float, float, float]:
    """Give MiB at rest, processor seconds a minute at rest, and MiB after a time of full load."""
    world, served = await open_world(TOKEN, options.people, kind=LoadWorld)
    world.plan = polls = _Polls()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = kept.fresh(folder)
        if bot == "hamroh":
            await asyncio.to_thread(prepare, url, options.people)
        try:
            async with bots.running(bot, api_url=served.url, database_url=url, folder=folder) as watched:
                await polls.come.wait()
                await asyncio.sleep(3.0)
                seconds = 6.0 if options.quick else IDLE_SECONDS
                before = watched.cpu_seconds()
                await asyncio.sleep(seconds)
                a_minute = (watched.cpu_seconds() - before) * 60 / seconds
                at_rest = watched.memory()
                await together(world, options.people, options.seconds)
                return at_rest, a_minute, watched.memory()
        finally:
            await served.close()


def tables(options: Options) -> list[Table]:
    """Measure on the database asked for."""
    began = machine.described()
    rows = []
    with store(options.database) as kept:
        for bot in filter(bots.is_here, options.bots):
            took = asyncio.run(starts(bot, options, kept, is_new=bot != "hamroh"))
            at_rest, a_minute, after = asyncio.run(rest_and_load(bot, options, kept))
            memory = (figure(at_rest, digits=0), figure(after, digits=0), figure(a_minute, digits=2))
            rows.append((bot, f"{statistics.median(took):.2f}", f"{max(took):.2f}", *memory))
        if "hamroh" in options.bots:
            took = asyncio.run(starts("hamroh", options, kept, is_new=True))
            rows.append(
                ("hamroh, first start ever", f"{statistics.median(took):.2f}", f"{max(took):.2f}", "-", "-", "-")
            )
    headings = (
        "bot",
        "start, median s",
        "longest s",
        "memory at rest, MiB",
        f"after {options.seconds:g} s of full load, MiB",
        "CPU s a minute at rest",
    )
    note = f"{kept.name}, {FEW_STARTS if options.quick else STARTS} starts each; {began}."
    return [Table(f"footprint-{options.database}", note, headings, tuple(rows))]


def main() -> None:
    """Measure and print."""
    for table in tables(chosen(parser(__doc__).parse_args())):
        print(table.markdown())


if __name__ == "__main__":
    main()
