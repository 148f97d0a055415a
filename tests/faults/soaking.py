"""
Four processes on one PostgreSQL under a steady load, and one of them killed again and again.

    python -m tests.faults.soaking [--seconds 600] [--rate 100] [--people 40] [--kill-every 20]

The driver (this process) is the messenger and the people. Lost and doubled are judged as in the kill test: from the
database and from what arrived in the chats. The lag of a process's loop is how long its /livez takes to answer, seen
from the driver, so that the driver's own lag is in it; that is told beside it. In a run of five minutes or more the
process that polls is stopped once for 40 seconds, as a machine that freezes would.
"""

import argparse
import asyncio
import random
import signal
import statistics
import tempfile
import time
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import psutil

from benchmarks.load import LoadWorld
from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import serve
from tests.databases import Kind
from tests.examples import BOT_NAME, FIRST_MORE, fill
from tests.faults.accounts import Ledger
from tests.faults.leadership import Polls
from tests.faults.processes import BotProcess
from tests.in_process import TOKEN
from tests.ports import free_port
from tests.postgres import server

PROCESSES = 4
# Never killed, so that its memory tells.
KEPT = PROCESSES - 1
FREEZE_FROM_SECONDS, FREEZE_SECONDS = 300, 40.0
WARM_UP_SECONDS = 10.0
LEAST_DRAIN_SECONDS = 120.0
TAKEOVER_SECONDS = 90.0
IN_FLIGHT = 32


@dataclass
class Soaked:
    """What became of it; spans are in seconds, memory in MiB at the beginning and the end."""

    updates: int = 0
    lost: int = 0
    done_twice: int = 0
    arrived_twice: int = 0
    kills: int = 0
    lags: list[float] = field(default_factory=list)
    own_lags: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    takeovers: list[float] = field(default_factory=list)
    takeover_of_frozen: float | None = None

    def __str__(self) -> str:
        quarter = max(1, len(self.memory) // 4)
        first, last = (statistics.median(part) for part in (self.memory[:quarter], self.memory[-quarter:]))
        lines = [
            f"{self.updates} updates, {self.kills} kills: lost {self.lost}, done twice {self.done_twice}",
            f"arrived twice: {self.arrived_twice}, {self.arrived_twice / max(1, self.kills):.1f} a kill",
            f"memory of the process never killed: {first:.0f} MiB in the first quarter, {last:.0f} in the last",
            f"lag of the loops: p50 {_share(self.lags, 0.5)}, p99 {_share(self.lags, 0.99)} ms",
            f"lag of the driver itself: p50 {_share(self.own_lags, 0.5)}, p99 {_share(self.own_lags, 0.99)} ms",
            f"polling taken over after a kill in {', '.join(f'{span:.2f}' for span in self.takeovers) or '-'} s",
        ]
        if self.takeover_of_frozen is not None:
            lines.append(f"polling taken over from the frozen process in {self.takeover_of_frozen:.1f} s")
        return "\n".join(lines)


def _share(spans: list[float], share: float) -> str:
    ordered = sorted(spans)
    return f"{1000 * ordered[int(share * (len(ordered) - 1))]:.0f}" if ordered else "-"


class Soak:
    """The processes, the people and the one who kills."""

    def __init__(self, *, kind: Kind, folder: Path, people: int, rate: float, kill_every: float) -> None:
        self._url = kind.fresh(folder / "soak.db")
        fill(self._url, more=people)
        self._folder, self._people = folder, range(FIRST_MORE, FIRST_MORE + people)
        self._rate, self._kill_every = rate, kill_every
        self._chance = random.Random(4)  # noqa: S311 - the same run each time
        self._ledger = Ledger(self._url)
        self._polls = Polls(self._url)
        self._ports = [free_port() for _ in range(PROCESSES)]
        self._soaked = Soaked()

    async def run(self, seconds: float) -> Soaked:
        """Run for *seconds*, wait until nothing waits, and count."""
        world = LoadWorld(clock=SandboxClock(datetime.now(UTC)))
        bot = world.add_bot(token=TOKEN, username=BOT_NAME)
        for person in self._people:
            world.add_person(person, f"Person {person}")
            world.private_chat(world.person(person), bot).is_started = True
        served = await serve(world)
        self._processes = [
            BotProcess(
                url=served.url, data=self._folder, database=self._url, HEALTH_LISTEN=f"127.0.0.1:{port}", SEND_RATE="0"
            )
            for port in self._ports
        ]
        try:
            async with AsyncExitStack() as stack:
                for process in self._processes:
                    await stack.enter_async_context(process)
                await self._load(world, seconds)
        finally:
            await served.close()
        self._count(world)
        return self._soaked

    async def _load(self, world: LoadWorld, seconds: float) -> None:
        await self._lives(self._ports[KEPT])
        watching = asyncio.create_task(self._watch())
        killing = asyncio.create_task(self._kill(seconds))
        try:
            await self._write(world, seconds)
            await killing
            await self._ledger.drained(world, within=max(seconds, LEAST_DRAIN_SECONDS))
        finally:
            for task in (killing, watching):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def _write(self, world: LoadWorld, seconds: float) -> None:
        began = time.monotonic()
        while (now := time.monotonic()) < began + seconds:
            while self._soaked.updates < (now - began) * self._rate:
                person = self._people[self._soaked.updates % len(self._people)]
                world.say(person, person, self._ledger.line(self._soaked.updates))
                self._soaked.updates += 1
            await asyncio.sleep(0.01)

    async def _kill(self, seconds: float) -> None:
        until = time.monotonic() + seconds - self._kill_every / 2
        freeze_at = time.monotonic() + seconds / 2 if seconds >= FREEZE_FROM_SECONDS else float("inf")
        while time.monotonic() + self._kill_every < until:
            await asyncio.sleep(self._kill_every)
            poller = await asyncio.to_thread(self._polls.poller, [process.pid for process in self._processes])
            if time.monotonic() > freeze_at and poller is not None:
                freeze_at = float("inf")
                await self._freeze(poller)
                continue
            # The one that polls goes first, so that there is something to take over.
            victim = poller if poller not in {None, KEPT} and not self._soaked.kills % 2 else None
            place = self._chance.randrange(KEPT) if victim is None else victim
            epoch, began = await asyncio.to_thread(self._polls.epoch), time.monotonic()
            await self._processes[place].kill()
            self._soaked.kills += 1
            if place == poller:
                self._soaked.takeovers.append(await self._taken_over(epoch, began))
            await self._processes[place].start()

    async def _freeze(self, poller: int) -> None:
        process = psutil.Process(self._processes[poller].pid)
        epoch, began = await asyncio.to_thread(self._polls.epoch), time.monotonic()
        process.send_signal(signal.SIGSTOP)
        self._soaked.takeover_of_frozen = await self._taken_over(epoch, began)
        await asyncio.sleep(max(0.0, FREEZE_SECONDS - (time.monotonic() - began)))
        process.send_signal(signal.SIGCONT)

    async def _taken_over(self, epoch: int, began: float) -> float:
        return await asyncio.to_thread(lambda: self._polls.taken_over(epoch, TAKEOVER_SECONDS, began=began))

    async def _lives(self, port: int) -> None:
        async with aiohttp.ClientSession() as session, asyncio.timeout(60):
            while await _asked(session, port) is None:  # noqa: ASYNC110 - another process tells by answering
                await asyncio.sleep(0.1)

    async def _watch(self) -> None:
        """Ask each process in turn how it is, for as long as the load lasts."""
        kept, began = psutil.Process(self._processes[KEPT].pid), time.monotonic()
        async with aiohttp.ClientSession() as session:
            while True:
                for port in self._ports:
                    asked = time.monotonic()
                    await asyncio.sleep(0.02)
                    self._soaked.own_lags.append(time.monotonic() - asked - 0.02)
                    lag = await _asked(session, port)
                    if lag is not None and time.monotonic() > began + WARM_UP_SECONDS:
                        self._soaked.lags.append(lag)
                if time.monotonic() > began + WARM_UP_SECONDS:
                    self._soaked.memory.append(kept.memory_info().rss / 2**20)

    def _count(self, world: LoadWorld) -> None:
        soaked, notes, answers = self._soaked, self._ledger.notes(), self._ledger.answers(world)
        numbers = range(soaked.updates)
        soaked.lost = sum(not notes[number] or not answers[number] for number in numbers)
        soaked.done_twice = sum(notes[number] > 1 for number in numbers)
        soaked.arrived_twice = sum(max(0, answers[number] - 1) for number in numbers)
        self._ledger.close()
        self._polls.close()


async def _asked(session: aiohttp.ClientSession, port: int) -> float | None:
    """Give how long a process takes to say that it lives; None when it does not: it was killed or is stopped."""
    asked = time.monotonic()
    try:
        async with asyncio.timeout(2), session.get(f"http://127.0.0.1:{port}/livez") as answer:
            await answer.read()
    except (aiohttp.ClientError, OSError, TimeoutError):
        return None
    return time.monotonic() - asked


def main() -> None:
    """Soak and say what became of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600.0, help="how long people write")
    parser.add_argument("--rate", type=float, default=100.0, help="updates a second")
    parser.add_argument("--people", type=int, default=40, help="people who write")
    parser.add_argument("--kill-every", type=float, default=20.0, help="seconds between two kills")
    options = parser.parse_args()
    with server() as running, tempfile.TemporaryDirectory() as folder:
        soak = Soak(
            kind=Kind(running),
            folder=Path(folder),
            people=options.people,
            rate=options.rate,
            kill_every=options.kill_every,
        )
        print(asyncio.run(soak.run(options.seconds)))  # noqa: T201 - a tool that is run by hand


if __name__ == "__main__":
    main()
