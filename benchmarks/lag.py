"""
How long the bot's event loop lets others wait, seen from outside: answer times of /livez at rest and under load.

    python -m benchmarks.lag [--database postgresql] [--quick]

A process of its own asks every 20 ms over one connection (benchmarks/asking.py); nothing is added to the bot.
"""

import asyncio
import tempfile
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

from benchmarks import bots, machine, watch
from benchmarks.answers import LATENCY_SECONDS, RATE
from benchmarks.houses import TOKEN, prepare
from benchmarks.load import Figures, LoadWorld, open_world, steadily, together
from benchmarks.options import Options, chosen, parser
from benchmarks.stores import Store, store
from benchmarks.tables import Table, figure


async def measure(options: Options, kept: Store) -> list[tuple[str, Figures]]:
    """Look at one bot at rest, at 20 updates a second and at full load with latency."""
    world, served = await open_world(TOKEN, options.people, kind=LoadWorld)
    people, seconds = options.people, options.seconds
    address = watch.free_address()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = kept.fresh(folder)
        await asyncio.to_thread(prepare, url, people)
        try:
            async with bots.running(
                "hamroh", api_url=served.url, database_url=url, folder=folder, HEALTH_LISTEN=address
            ):
                await together(world, people, 2.0)
                found = [("at rest", await _watched(address, asyncio.sleep(seconds)))]
                found.append((f"{RATE:g}/s", await _watched(address, steadily(world, people, seconds, RATE))))
                world.latency = LATENCY_SECONDS
                found.append(("full, 80 ms", await _watched(address, together(world, people, seconds))))
        finally:
            await served.close()
    return found


async def _watched(address: str, load: Awaitable[Any]) -> Figures:
    async with watch.lag(address) as figures:
        await load
    return figures


def tables(options: Options) -> list[Table]:
    """Measure on the database asked for."""
    began = machine.described()
    with store(options.database) as kept:
        found = asyncio.run(measure(options, kept))
    rows = tuple(
        (name, str(len(seen.answers)), *(figure(seen.percentile(share)) for share in (0.5, 0.95, 0.99, 1.0)))
        for name, seen in found
    )
    headings = ("load", "questions", "p50 ms", "p95 ms", "p99 ms", "longest ms")
    note = f"{kept.name}, answer times of `/livez`, {options.seconds:g} s a run; {began}."
    return [Table(f"lag-{options.database}", note, headings, rows)]


def main() -> None:
    """Measure and print."""
    for table in tables(chosen(parser(__doc__).parse_args())):
        print(table.markdown())


if __name__ == "__main__":
    main()
