"""`hamroh run` as a process: it says how to own it, keeps secrets out of the log, and stops when told to."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import Served, serve
from bot.sandbox.world import World
from tests.in_process import TOKEN

ROOT = Path(__file__).parents[2]
ENDS_WITHIN = 30.0


@asynccontextmanager
async def _messenger() -> AsyncIterator[Served]:
    world = World(clock=SandboxClock(datetime.now(UTC)))
    world.add_bot(token=TOKEN, username="hamroh_test_bot")
    served = await serve(world)
    try:
        yield served
    finally:
        await served.close()
        await world.close()


async def _started(folder: Path, url: str) -> asyncio.subprocess.Process:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("HAMROH_")}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        cwd=folder,
        env={**environ, "PYTHONPATH": str(ROOT), "HAMROH_TOKEN": TOKEN, "HAMROH_API_URL": url},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def _until(stream: asyncio.StreamReader | None, words: str) -> str:
    assert stream is not None
    read = ""
    async with asyncio.timeout(ENDS_WITHIN):
        while words not in read:
            line = await stream.readline()
            assert line, read
            read += line.decode()
    return read


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
async def test_it_offers_its_ownership_and_stops_cleanly(told: signal.Signals, tmp_path: Path) -> None:
    async with _messenger() as served:
        process = await _started(tmp_path, served.url)
        offered = await _until(process.stdout, "?start=")
        logged = await _until(process.stderr, "is running as @hamroh_test_bot")
        process.send_signal(told)
        out, err = await asyncio.wait_for(process.communicate(), ENDS_WITHIN)

    assert process.returncode == 0, err.decode()
    code = offered.rpartition("?start=")[2].strip()
    assert len(code) == 22
    assert code not in logged + err.decode()
    assert TOKEN not in offered + out.decode() + logged + err.decode()


async def test_it_stops_also_while_the_messenger_cannot_be_reached(tmp_path: Path) -> None:
    process = await _started(tmp_path, "http://127.0.0.1:9")
    await _until(process.stderr, "has not told the bot's name")
    process.send_signal(signal.SIGTERM)
    _, err = await asyncio.wait_for(process.communicate(), ENDS_WITHIN)

    assert process.returncode == 0, err.decode()


async def test_a_second_one_says_so_and_ends_with_3(tmp_path: Path) -> None:
    async with _messenger() as served:
        first = await _started(tmp_path, served.url)
        await _until(first.stdout, "?start=")
        second = await _started(tmp_path, served.url)
        _, err = await asyncio.wait_for(second.communicate(), ENDS_WITHIN)
        first.send_signal(signal.SIGTERM)
        await asyncio.wait_for(first.communicate(), ENDS_WITHIN)

    assert second.returncode == 3
    assert err.decode().endswith("Hamroh is running on this database already.\n")
