"""The real bot as a process of its own, polling a sandbox over HTTP."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Self

from tests.in_process import TOKEN

ROOT = Path(__file__).parents[2]


class BotProcess:
    """A bot that can be killed and started again on the same data; leaving its context ends it in any case."""

    def __init__(self, *, url: str, data: Path, database: str, **more: str) -> None:
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("HAMROH_")},
            "PYTHONPATH": str(ROOT),
            "HAMROH_TOKEN": TOKEN,
            "HAMROH_API_URL": url,
            "HAMROH_DATA_DIR": str(data),
            "HAMROH_DATABASE_URL": database,
            "HAMROH_SEND_RATE": "0",
            "HAMROH_LOG_LEVEL": "ERROR",
            **{f"HAMROH_{name}": value for name, value in more.items()},
        }
        self._folder = data
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=self._environment, cwd=self._folder
        )

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.kill()

    @property
    def pid(self) -> int:
        """The number of the process."""
        assert self._process is not None
        return self._process.pid

    async def kill(self) -> None:
        """End it as a power cut would."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Ask it to end; give its exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> int:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(how)
        return await self._process.wait()
