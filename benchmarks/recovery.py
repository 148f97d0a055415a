"""
How soon the bot heals: seconds from the end of a fault of the messenger until everybody who wrote is answered.

The real process, over HTTP, with the waits it has in life. Run: python -m benchmarks.recovery [--only NAME]
"""

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

from bot.services.example_group import Example
from tests.databases import fresh
from tests.examples import fill
from tests.faults.company import company
from tests.faults.company_of_a_process import CompanyOfAProcess
from tests.faults.troubles import TROUBLES

FELT_WITHIN = 90.0


async def recovery(name: str, example: tuple[Path, Example]) -> float:
    """Play a fault while people write; give the seconds from its end to the last answer."""
    with tempfile.TemporaryDirectory() as folder:
        async with company(example, Path(folder), of=CompanyOfAProcess) as people:
            async with TROUBLES[name](people.world, people.bot) as felt:
                people.everyone_presses()
                people.everyone_writes()
                await people.world.until(felt.is_felt, within=FELT_WITHIN)
                people.everyone_writes()
            ended = time.monotonic()
            people.everyone_writes()
            if felt_by_presses(name):
                await people.all_answered()
            # The answer to a press is dropped after ten seconds, and some faults last longer here.
            await people.world.until(lambda: all(people.is_answered(handle) for handle in people.users), within=60)
            return time.monotonic() - ended


def felt_by_presses(name: str) -> bool:
    """Tell whether a fault is one of answers to buttons."""
    return "presses" in name


def main() -> None:
    """Measure each fault and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", help="faults whose name contains this")
    options = parser.parse_args()
    print(f"{'fault of the messenger':<32} {'seconds from its end':>20}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hamroh.db"
        example = path, fill(fresh(path))
        for name in TROUBLES:
            if options.only is None or options.only in name:
                print(f"{name:<32} {asyncio.run(recovery(name, example)):>20.1f}", flush=True)


if __name__ == "__main__":
    main()
