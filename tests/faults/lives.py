"""The lives of the bot in a scenario: each begins by a fork, tells its steps, and ends where it was told to."""

import asyncio
import json
import os
import signal
import sys
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.processes import ROOT

STEPS, SLATE, ERRORS = "steps", "slate", "errors.log"


@dataclass
class Life:
    """One process from its start to its end. *reached* holds (act, step) in the order taken, *status* its exit code."""

    pid: int
    ended: asyncio.Future[int]
    reached: list[tuple[int, str]] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Tell whether the process has ended."""
        return self.ended.done()

    def on_the_way(self) -> int:
        """Count the calls to the messenger that were begun and not settled."""
        names = [step for _, step in self.reached]
        begun = sum(name.startswith("delivery.calling.") for name in names)
        return begun - sum(name.startswith("delivery.settled.") for name in names)

    def kill(self) -> None:
        """End the process as a power cut would."""
        if not self.is_over:
            os.kill(self.pid, signal.SIGKILL)


class Forge:
    """The process that forks."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._asked: deque[asyncio.Future[Life]] = deque()
        self._lives: dict[int, Life] = {}
        self._reading = asyncio.create_task(self._read())

    async def fork(self, folder: Path, environ: Mapping[str, str], deaths: Mapping[int, str]) -> Life:
        """Start a bot whose data, slate and pipe of steps lie in *folder*."""
        request: dict[str, Any] = {
            "folder": str(folder),
            "environ": dict(environ),
            "slate": SLATE,
            "steps": STEPS,
            "errors": ERRORS,
            "deaths": dict(deaths),
        }
        asked: asyncio.Future[Life] = asyncio.get_running_loop().create_future()
        self._asked.append(asked)
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        return await asked

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            word, pid, *rest = line.decode().split()
            if word == "started":
                life = self._lives[int(pid)] = Life(int(pid), asyncio.get_running_loop().create_future())
                self._asked.popleft().set_result(life)
            else:
                self._lives.pop(int(pid)).ended.set_result(int(rest[0]))

    async def close(self) -> None:
        """End it, and what it has forked."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()
        self._reading.cancel()
        with suppress(asyncio.CancelledError):
            await self._reading


@asynccontextmanager
async def forge() -> AsyncIterator[Forge]:
    """Load the bot once, for all the lives to come."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("HAMROH_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.faults.forking",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
    )
    opened = Forge(process)
    try:
        yield opened
    finally:
        await opened.close()


class StepsPipe:
    """Reads the steps that the lives of one folder tell; *told* is called with pid, act and step."""

    def __init__(self, folder: Path, told: Callable[[int, int, str], None]) -> None:
        os.mkfifo(folder / STEPS)
        # Opened for both, so that it never ends between two lives.
        self._pipe = os.open(folder / STEPS, os.O_RDWR | os.O_NONBLOCK)
        self._told = told
        self._rest = b""
        asyncio.get_running_loop().add_reader(self._pipe, self.read)

    def read(self) -> None:
        """Tell what has been told so far, such as the last words of a life that has ended."""
        try:
            got = os.read(self._pipe, 65536)
        except BlockingIOError:
            return
        *lines, self._rest = (self._rest + got).split(b"\n")
        for line in lines:
            pid, act, step = line.decode().split(" ", 2)
            self._told(int(pid), int(act), step)

    def close(self) -> None:
        """Read no more."""
        asyncio.get_running_loop().remove_reader(self._pipe)
        os.close(self._pipe)
