"""
Answers a second and how long they take: Hamroh beside stock echo bots, in one run on one machine.

    python -m benchmarks.answers [--seconds 10] [--people 100]

Every bot is a process of its own and polls the same local messenger over HTTP. Hamroh logs progress on a milestone with
all its promises; the stock bots echo and promise nothing. aiogram is not in the lock files: where it is not installed
its row is left out.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import psutil

from benchmarks.load import FIRST_USER, Figures, LoadWorld, open_world, steadily, together
from bot.domain.members import Names, Role
from bot.services import example_group
from db.database import Database
from db.migrating import migrate
from db.unit_of_work import UnitOfWork

TOKEN = "7001:bench-token-of-a-local-messenger"  # noqa: S105 - of the local messenger only
LATENCY_SECONDS = 0.080
RATE = 20.0
WARM_UP_SECONDS = 2.0


def prepare(folder: Path, people: int) -> None:
    """Make a database with the example group and *people* more members who have joined."""
    database = Database(f"sqlite:///{folder / 'hamroh.db'}")
    migrate(database)
    now = datetime.now(UTC)

    def fill(connection: object) -> None:
        uow = UnitOfWork(connection, 0, now)  # type: ignore[arg-type]
        account = uow.installation.account(int(TOKEN.partition(":")[0]))
        uow.installation.name_account(account.id, username="hamroh_bench_bot", name="Hamroh")
        uow.account_id = account.id
        group = example_group.load(uow).group
        for user_id in range(FIRST_USER, FIRST_USER + people):
            person = uow.members.add_person(user_id=user_id, names=Names(en=f"Person {user_id}"), language="en")
            uow.members.change_person(person, language_chosen=True, group_id=group.id)
            party = group.parties[user_id % len(group.parties)]
            uow.members.add(
                group_id=group.id,
                person_id=person,
                party_id=party.id,
                handle=f"person{user_id}",
                role=Role.MEMBER,
                joined_at=now,
            )

    database.once(fill)
    database.close()


def command(bot: str, url: str) -> list[str]:
    """Give the command that starts a bot."""
    if bot == "hamroh":
        return [sys.executable, "-m", "bot", "run"]
    return [sys.executable, "-m", f"benchmarks.{bot}", url, TOKEN]


async def measure(bot: str, *, people: int, seconds: float) -> tuple[Figures, Figures, Figures]:
    """Run a bot: at full load with and without latency, and at 20 updates a second without."""
    world, served = await open_world(TOKEN, people)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if bot == "hamroh":
            await asyncio.to_thread(prepare, folder, people)
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("HAMROH_")},
            "HAMROH_TOKEN": TOKEN,
            "HAMROH_API_URL": served.url,
            "HAMROH_DATA_DIR": str(folder),
            "HAMROH_SEND_RATE": "0",
            "HAMROH_LOG_LEVEL": "ERROR",
        }
        process = await asyncio.create_subprocess_exec(
            *command(bot, served.url),
            env=environment,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        watched = psutil.Process(process.pid)
        try:
            await _warmed_up(world, people)
            calm = await steadily(world, people, seconds, RATE)
            full = await _timed(watched, together(world, people, seconds))
            world.latency = LATENCY_SECONDS
            far = await _timed(watched, together(world, people, seconds))
        finally:
            process.terminate()
            await process.wait()
            await served.close()
    return calm, full, far


async def _warmed_up(world: LoadWorld, people: int) -> None:
    await together(world, people, WARM_UP_SECONDS)


async def _timed(process: psutil.Process, run: "asyncio.Future[Figures] | object") -> Figures:
    before = process.cpu_times()
    figures: Figures = await run  # type: ignore[misc]
    after = process.cpu_times()
    figures.cpu_seconds = after.user + after.system - before.user - before.system
    return figures


def main() -> None:
    """Measure and print a table with the ratios to the stock bots."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10.0, help="length of each measurement")
    parser.add_argument("--people", type=int, default=100, help="people who write at the same time")
    parser.add_argument("--bots", default="hamroh,stock_ptb,stock_aiogram", help="which bots, with commas")
    options = parser.parse_args()
    bots = [bot for bot in options.bots.split(",") if bot != "stock_aiogram" or find_spec("aiogram")]
    found = {bot: asyncio.run(measure(bot, people=options.people, seconds=options.seconds)) for bot in bots}
    print(f"\n{options.people} people, {options.seconds:g} s each, {os.cpu_count()} cores, SEND_RATE=0")
    print(f"{'bot':<14} {'run':<16} {'answers/s':>9} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8} {'CPU ms each':>12}")
    for bot, runs in found.items():
        for name, figures in zip((f"{RATE:g}/s, 0 ms", "full, 0 ms", "full, 80 ms"), runs, strict=True):
            cpu = f"{1000 * figures.cpu_seconds / len(figures.answers):.2f}" if figures.cpu_seconds else "-"
            print(
                f"{bot:<14} {name:<16} {figures.per_second:>9.0f} {figures.percentile(0.5):>8.1f} "
                f"{figures.percentile(0.95):>8.1f} {figures.percentile(0.99):>8.1f} {cpu:>12}"
            )
    ours = found.get("hamroh")
    for bot, runs in found.items():
        if ours and bot != "hamroh":
            print(
                f"hamroh / {bot}: {ours[1].per_second / runs[1].per_second:.2f} at 0 ms, "
                f"{ours[2].per_second / runs[2].per_second:.2f} at 80 ms"
            )


if __name__ == "__main__":
    main()
