"""
One person sends a thousand messages a second while others work: how long the others wait for their answers.

    python -m benchmarks.flood [--database postgresql] [--seconds 30] [--quick]

The bot polls the local messenger over HTTP, without latency and without its own limit of sending. Others
(--people, 100) write at random, twenty messages a second in all, before the flood and during it.
"""

import asyncio
import tempfile
import time
from pathlib import Path

from sqlalchemy import func, select

from benchmarks import bots, machine
from benchmarks.houses import TOKEN, prepare
from benchmarks.load import FIRST_USER, Figures, LoadWorld, open_world, steadily, together
from benchmarks.options import Options, chosen, parser
from benchmarks.stores import Store, store
from benchmarks.tables import Table, figure
from db.database import Database
from db.models import InboxRow, InboxState

FLOOD_RATE = 1000.0
WRITE_RATE = 20.0
STEP_SECONDS = 0.02


async def flood(world: LoadWorld, user_id: int, seconds: float) -> int:
    """Let one person write as fast as said; give how many messages it became."""
    began = time.monotonic()
    sent = 0
    while (passed := time.monotonic() - began) < seconds:
        for _ in range(int(passed * FLOOD_RATE) - sent):
            sent += 1
            world.say(user_id, user_id, f"M-{1 + sent % 40} 99% flood {sent}")
        await asyncio.sleep(STEP_SECONDS)
    return sent


async def measure(options: Options, kept: Store) -> Table:
    """Run the flood beside the work of others."""
    flooder = FIRST_USER + options.people
    world, served = await open_world(TOKEN, options.people + 1, kind=LoadWorld)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = kept.fresh(folder)
        await asyncio.to_thread(prepare, url, options.people + 1)
        try:
            async with bots.running(
                "hamroh",
                api_url=served.url,
                database_url=url,
                folder=folder,
                processes=options.processes,
                rate=0.0,
            ):
                await together(world, options.people, 1.0)
                before = await steadily(world, options.people, options.seconds, WRITE_RATE)
                flooding = asyncio.create_task(flood(world, flooder, options.seconds))
                during = await steadily(world, options.people, options.seconds, WRITE_RATE, seed=8)
                sent = await flooding
        finally:
            await served.close()
        taken, refused = await asyncio.to_thread(_counted, url, flooder)
    note = (
        f"{kept.name}, {options.processes} process(es), {options.people} people write {WRITE_RATE:g} messages a second "
        f"in all, one more {FLOOD_RATE:g} a second for {options.seconds:g} s; `SEND_RATE=0`; {machine.described()}."
    )
    rows = (
        ("messages of the flood sent a second", figure(sent / options.seconds)),
        ("of them taken / refused", f"{taken:,} / {refused:,}"),
        ("an answer before it: p50 / p95 / p99 ms", _percentiles(before)),
        ("an answer during it: p50 / p95 / p99 ms", _percentiles(during)),
        ("answers to others during it", str(len(during.answers))),
    )
    return Table(f"flood-{options.database}", note, ("figure", "value"), rows)


def _percentiles(figures: Figures) -> str:
    return " / ".join(f"{figures.percentile(share):.0f}" for share in (0.5, 0.95, 0.99))


def _counted(url: str, sender: int) -> tuple[int, int]:
    asked = select(func.count()).select_from(InboxRow).where(InboxRow.sender_id == sender)
    is_refused = InboxRow.state == int(InboxState.REFUSED)
    database = Database(url)
    taken, refused = database.once(
        lambda connection: (
            connection.execute(asked.where(~is_refused)).scalar_one(),
            connection.execute(asked.where(is_refused)).scalar_one(),
        )
    )
    database.close()
    return taken, refused


def tables(options: Options) -> list[Table]:
    """Measure on the database asked for."""
    with store(options.database) as kept:
        return [asyncio.run(measure(options, kept))]


def main() -> None:
    """Measure and print."""
    for table in tables(chosen(parser(__doc__).parse_args())):
        print(table.markdown())


if __name__ == "__main__":
    main()
