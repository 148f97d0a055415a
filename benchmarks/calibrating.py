"""What the model of many groups is fed with, and held against: the running bot, with one group and with a hundred."""

import asyncio
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from benchmarks import bots
from benchmarks.answers import LATENCY_SECONDS, LIMIT
from benchmarks.fan_out import FIRST_RECEIVER, NEVER, CountingWorld, owe_all, release
from benchmarks.houses import TOKEN, act, look, prepare
from benchmarks.load import FIRST_USER, Figures, ask, open_world, opened, together
from benchmarks.model import TICK_SECONDS, ServiceTimes
from benchmarks.options import Options
from bot.files.group_file import read_group_file
from bot.files.members_file import read_members
from bot.services import example_group, groups, imports, members
from db.database import Database
from db.unit_of_work import UnitOfWork

TIMES_ASKED = 60
FAN_OUT = 500
FILE = "hamroh.db"
IDLE_SECONDS = 20.0
MORE_GROUPS = 100


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run of the real program showed: answer times, processor time a second, and the last reminder."""

    answers: Figures
    busy: float
    last_reminder: float
    sent_a_second: float


def more_groups(database: Database, count: int) -> None:
    """Add working groups like the example, with their people and milestones, without its history."""
    folder = example_group.FOLDER
    file = read_group_file((folder / "working_group.toml").read_bytes())
    people = read_members((folder / "members.csv").read_bytes(), parties=[party.code for party in file.parties])

    def add(uow: UnitOfWork, number: int) -> None:
        group = groups.create(uow, replace(file, code=f"{file.code}-{number}"))
        for enrolment in members.enrol(uow, group, people):
            member = enrolment.member
            uow.members.change_person(
                member.person_id, user_id=10_000_000 + member.person_id, language_chosen=True, group_id=group.id
            )
            uow.members.change(member.id, joined_at=uow.now)
        imports.carry_out(uow, group, imports.preview(uow, group, (folder / "roadmap.csv").read_bytes()))

    for number in range(count):
        act(database, partial(add, number=number))


@asynccontextmanager
async def _house(
    options: Options, *, more: int, rate: float, owed: int = 0
) -> AsyncIterator[tuple[CountingWorld, bots.Bots, Database, Path]]:
    """Run the bot on SQLite with the example group, *more* like it, and *owed* messages that wait to be released."""
    world, served = await open_world(TOKEN, options.people, kind=CountingWorld)
    world.owed = owed
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / FILE}"
        await asyncio.to_thread(prepare, url, options.people)
        database = Database(url)
        await asyncio.to_thread(more_groups, database, more)
        receivers = range(FIRST_RECEIVER, FIRST_RECEIVER + owed)
        for user_id in receivers:
            opened(world, user_id)
        await asyncio.to_thread(owe_all, database, receivers)
        try:
            async with bots.running(
                "hamroh", api_url=served.url, database_url=url, folder=folder, rate=rate
            ) as watched:
                await together(world, options.people, 2.0)
                yield world, watched, database, folder
        finally:
            database.close()
            await served.close()


async def service_times(options: Options) -> ServiceTimes:
    """Measure what the model needs on a bot with one group, and the schedule's tick on one with a hundred more."""
    async with _house(options, more=0, rate=0, owed=FAN_OUT) as (world, watched, database, folder):
        sizes = [_sizes(folder)]
        alone = [await ask(world, FIRST_USER, f"M-1 {number}% calm") for number in range(1, TIMES_ASKED)]
        world.latency = LATENCY_SECONDS
        cpu = watched.cpu_seconds()
        full = await together(world, options.people, options.seconds)
        update = (watched.cpu_seconds() - cpu) / len(full.answers)
        sizes.append(_sizes(folder))
        scan = await asyncio.to_thread(_scanned, database)
        commit = await asyncio.to_thread(_written, folder)
        answered = TIMES_ASKED - 1 + len(full.answers)
        cpu = watched.cpu_seconds()
        await asyncio.to_thread(release, database)
        await world.all_received.wait()
        reminder = (watched.cpu_seconds() - cpu) / FAN_OUT
        one_group = await _idle(watched)
    async with _house(options, more=MORE_GROUPS, rate=0) as (_, watched, _, _):
        tick = (await _idle(watched) - one_group) * TICK_SECONDS / MORE_GROUPS
    (all_before, kept_before), (all_after, kept_after) = sizes
    return ServiceTimes(
        update=update,
        reminder=reminder,
        tick=max(0.0, tick),
        overhead=max(0.0, statistics.median(alone) - update),
        commit=commit,
        scan=scan,
        bytes_kept=(kept_after - kept_before) / answered,
        bytes_passing=(all_after - all_before - kept_after + kept_before) / answered,
    )


async def seen(options: Options, groups: int, arrivals: list[float], *, reminders: int, seconds: float) -> Seen:
    """Run the real bot through a morning of the model: the same updates at the same instants, the same reminders."""
    async with _house(options, more=groups - 1, rate=LIMIT, owed=reminders) as (world, watched, database, _):
        world.latency = LATENCY_SECONDS
        world.limits.is_on = True
        await asyncio.sleep(2.0)
        figures = Figures()
        cpu, began = watched.cpu_seconds(), time.monotonic()
        await asyncio.to_thread(release, database)

        async def one(number: int, at: float) -> None:
            await asyncio.sleep(max(0.0, began + at - time.monotonic()))
            user_id = FIRST_USER + number % options.people
            figures.answers.append(await ask(world, user_id, f"M-{1 + number % 40} 99% check {number}"))

        await asyncio.gather(*(one(number, at) for number, at in enumerate(arrivals)))
        await world.all_received.wait()
        await asyncio.sleep(max(0.0, began + seconds - time.monotonic()))
        figures.seconds = time.monotonic() - began
        last = max(instants[0] for instants in world.received.values()) - began
        sent = (len(arrivals) + reminders) / figures.seconds
        return Seen(figures, (watched.cpu_seconds() - cpu) / figures.seconds, last, sent)


async def _idle(watched: bots.Bots) -> float:
    """Give processor seconds a second at rest."""
    await asyncio.sleep(2.0)
    cpu = watched.cpu_seconds()
    await asyncio.sleep(IDLE_SECONDS)
    return (watched.cpu_seconds() - cpu) / IDLE_SECONDS


def _scanned(database: Database) -> float:
    """Give the seconds of a look for updates and messages that other processes left."""
    took = []
    for _ in range(TIMES_ASKED):
        began = time.perf_counter()
        look(database, lambda uow: (uow.inbox.waiting_chats(1), uow.outbox.has_due(0, NEVER)))
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def _written(folder: Path) -> float:
    """Give the seconds of a page's write that is on disk when it returns."""
    took = []
    with (folder / "page").open("wb", buffering=0) as page:
        for _ in range(TIMES_ASKED):
            began = time.perf_counter()
            page.write(bytes(4096))
            os.fsync(page.fileno())
            took.append(time.perf_counter() - began)
    return statistics.median(took)


def _sizes(folder: Path) -> tuple[int, int]:
    """Give the bytes of a copy of the database, and of what stays of it when updates and messages are forgotten."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "copy.db"
        with sqlite3.connect(folder / FILE) as original, sqlite3.connect(copy) as target:
            original.backup(target)
        target.isolation_level = None
        target.execute("VACUUM")
        everything = copy.stat().st_size
        target.execute("DELETE FROM inbox")
        target.execute("DELETE FROM outbox")
        target.execute("VACUUM")
        target.close()
        original.close()
        return everything, copy.stat().st_size
