"""Watching a bot from outside while it works: its memory, and how long its event loop lets a health page wait."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from benchmarks.bots import Bots
from benchmarks.load import Figures
from tests.ports import free_port

SAMPLE_SECONDS = 1.0


@dataclass(slots=True)
class Memory:
    """Samples of the resident memory in MiB, a second apart."""

    samples: list[float] = field(default_factory=list)

    def at(self, share: float) -> float:
        """Give the sample at a share of the time."""
        return self.samples[min(len(self.samples) - 1, int(share * len(self.samples)))] if self.samples else 0.0


@asynccontextmanager
async def memory(watched: Bots) -> AsyncIterator[Memory]:
    """Take samples of a bot's memory while the context lasts."""
    found = Memory()

    async def sample() -> None:
        while True:
            found.samples.append(watched.memory())
            await asyncio.sleep(SAMPLE_SECONDS)

    task = asyncio.create_task(sample())
    try:
        yield found
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def free_address() -> str:
    """Give an address for health pages that nobody listens on."""
    return f"127.0.0.1:{free_port()}"


@asynccontextmanager
async def lag(address: str) -> AsyncIterator[Figures]:
    """
    Ask a bot's /livez every 20 ms from a process of its own; the answer times stand in the figures at the end.

    The page does nothing but answer, so it takes as long as the loop needs to come round to it, and a little for HTTP
    and the machine's scheduler, which the same figure of an idle bot shows.
    """
    figures = Figures()
    asking = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "benchmarks.asking",
        address,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    if asking.stdout is not None:
        # It asks from now on: until here it has only been loading.
        await asking.stdout.readline()
    try:
        yield figures
    finally:
        told, _ = await asking.communicate(b"\n")
        figures.answers += json.loads(told)
