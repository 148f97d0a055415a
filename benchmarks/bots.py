"""Bots as processes of their own: started, watched for time and memory, ended."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psutil

from benchmarks.houses import TOKEN

STOCK = {"stock_ptb": "telegram", "stock_aiogram": "aiogram"}


@dataclass(frozen=True, slots=True)
class Bots:
    """The processes of one bot."""

    processes: tuple[asyncio.subprocess.Process, ...]

    def cpu_seconds(self) -> float:
        """Give the processor time that all have taken."""
        times = [psutil.Process(process.pid).cpu_times() for process in self.processes]
        total: float = sum(time.user + time.system for time in times)
        return total

    def memory(self) -> float:
        """Give the resident memory of all in MiB."""
        total: float = sum(psutil.Process(process.pid).memory_info().rss for process in self.processes) / 2**20
        return total


def is_here(bot: str) -> bool:
    """Tell whether the library of a bot is installed; aiogram need not be."""
    return bot not in STOCK or find_spec(STOCK[bot]) is not None


def command(bot: str, api_url: str, database_url: str) -> list[str]:
    """Give the command that starts a bot."""
    if bot == "hamroh":
        return [sys.executable, "-m", "bot", "run"]
    return [sys.executable, "-m", f"benchmarks.{bot}", api_url, TOKEN, database_url]


@asynccontextmanager
async def running(
    bot: str, *, api_url: str, database_url: str, folder: Path, processes: int = 1, rate: float = 0, **more: str
) -> AsyncIterator[Bots]:
    """
    Run *processes* processes of a bot while the context lasts; *more* are further settings of ours.

    Raises:
        SystemExit: one of them ended by itself.
    """
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("HAMROH_")},
        "HAMROH_TOKEN": TOKEN,
        "HAMROH_API_URL": api_url,
        "HAMROH_DATABASE_URL": database_url,
        "HAMROH_DATA_DIR": str(folder),
        "HAMROH_SEND_RATE": f"{rate:g}",
        "HAMROH_LOG_LEVEL": "ERROR",
        **{f"HAMROH_{name}": value for name, value in more.items()},
    }
    with (folder / f"{bot}.log").open("w+b") as log:
        started = [
            await asyncio.create_subprocess_exec(
                *command(bot, api_url, database_url), env=environment, stdout=log, stderr=log
            )
            for _ in range(processes)
        ]
        try:
            yield Bots(tuple(started))
            if any(process.returncode is not None for process in started):
                raise SystemExit(f"{bot} has ended: {_end_of(folder / f'{bot}.log')}")
        finally:
            for process in started:
                if process.returncode is None:
                    process.terminate()
                await process.wait()


def _end_of(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-2000:]
