"""
A message to 10,000 people while others write: the rate, refusals, memory, and what an answer waits longer for it.

    python -m benchmarks.fan_out [--database postgresql] [--quick]

The bot keeps its limit of 28 messages a second and the local messenger insists on Telegram's 30; each call takes 80 ms.
The messages are owed in the outbox, as another process would have written them, and become due at once. Meanwhile 100
other people write at random, two messages a second in all, before the fan-out and during it.
"""

import asyncio
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import text

from benchmarks import bots, machine, watch
from benchmarks.answers import LATENCY_SECONDS, LIMIT
from benchmarks.houses import TOKEN, act, prepare
from benchmarks.load import Figures, LoadWorld, open_world, opened, steadily, together
from benchmarks.options import Options, chosen, parser
from benchmarks.stores import Store, store
from benchmarks.tables import Table, figure
from bot.sandbox.records import BotAccount, Chat, Message
from bot.screens.screen import Screen
from bot.services import posting
from db.database import Database
from db.models import Lane
from db.unit_of_work import UnitOfWork

RECEIVERS = 10_000
FEW_RECEIVERS = 600
FIRST_RECEIVER = 500_001
BEFORE_SECONDS = 30.0
WRITE_RATE = 2.0
NEVER = datetime(2100, 1, 1, tzinfo=UTC)
_DUE_NOW = text("UPDATE outbox SET due_at = :now WHERE due_at = :never")


class CountingWorld(LoadWorld):
    """A world that notes when each receiver of the fan-out got the message; *owed* is how many are to."""

    def __init__(self, **details: Any) -> None:
        super().__init__(**details)
        self.received: dict[int, list[float]] = {}
        self.owed = -1
        self.all_received = asyncio.Event()

    def post(self, chat: Chat, sender: Any, content: dict[str, Any], **details: Any) -> Message:
        """Post, and note who has received the message and when."""
        message = super().post(chat, sender, content, **details)
        if chat.id >= FIRST_RECEIVER and isinstance(sender, BotAccount):
            self.received.setdefault(chat.id, []).append(time.monotonic())
            if len(self.received) == self.owed:
                self.all_received.set()
        return message


def owe_all(database: Database, receivers: range) -> None:
    """Owe a message to each of the receivers, due in a far year."""
    screen = Screen("The meeting of the working group moves to Wednesday, 10:00 Tehran / 11:30 Dushanbe.")

    def owe(uow: UnitOfWork, some: Iterable[int]) -> None:
        for user_id in some:
            posting.show(uow, uow.chats.at(user_id), screen, lane=Lane.NOTICE, due_at=NEVER)

    left = iter(receivers)
    while some := list(islice(left, 500)):
        act(database, partial(owe, some=some))


def release(database: Database) -> None:
    """Make what is owed due now."""
    now = datetime.now(UTC)
    with database.engine.begin() as connection:
        connection.execute(_DUE_NOW.bindparams(now=now, never=NEVER))


async def measure(options: Options, kept: Store) -> Table:
    """Run the fan-out."""
    count = FEW_RECEIVERS if options.quick else RECEIVERS
    receivers = range(FIRST_RECEIVER, FIRST_RECEIVER + count)
    world, served = await open_world(TOKEN, options.people, kind=CountingWorld)
    world.owed = count
    for user_id in receivers:
        opened(world, user_id)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = kept.fresh(folder)
        await asyncio.to_thread(prepare, url, options.people)
        database = Database(url)
        await asyncio.to_thread(owe_all, database, receivers)
        health = watch.free_address()
        try:
            async with bots.running(
                "hamroh",
                api_url=served.url,
                database_url=url,
                folder=folder,
                processes=options.processes,
                rate=LIMIT,
                **({"HEALTH_LISTEN": health} if options.processes == 1 else {}),
            ) as watched:
                await together(world, options.people, 1.0)
                world.latency = LATENCY_SECONDS
                world.limits.is_on = True
                await asyncio.sleep(1.0)
                before = await steadily(world, options.people, 10.0 if options.quick else BEFORE_SECONDS, WRITE_RATE)
                async with watch.memory(watched) as memory:
                    began = time.monotonic()
                    await asyncio.to_thread(release, database)
                    during = await _written_meanwhile(world, options.people)
        finally:
            database.close()
            await served.close()
    return _table(world, kept, options, began=began, before=before, during=during, memory=memory)


async def _written_meanwhile(world: CountingWorld, people: int) -> Figures:
    """Let people write for as long as the fan-out takes."""
    during = Figures()
    while not world.all_received.is_set():
        part = await steadily(world, people, 5.0, WRITE_RATE, seed=len(during.answers))
        during.answers += part.answers
        during.seconds += part.seconds
    return during


def _table(
    world: CountingWorld,
    kept: Store,
    options: Options,
    *,
    began: float,
    before: Figures,
    during: Figures,
    memory: watch.Memory,
) -> Table:
    at = sorted(instants[0] for instants in world.received.values())
    doubled = sum(len(instants) - 1 for instants in world.received.values())
    note = (
        f"{kept.name}, {len(at):,} messages to as many people, `SEND_RATE={LIMIT:g}`, the messenger's limit of 30 on, "
        f"80 ms a call; {options.people} others write {WRITE_RATE:g} messages a second; {machine.described()}."
    )
    added = during.percentile(0.95) - before.percentile(0.95)
    rows = (
        ("messages of the fan-out a second, first to last", figure((len(at) - 1) / (at[-1] - at[0]))),
        (
            "all messages a second meanwhile, answers included",
            figure((len(at) + len(during.answers)) / (at[-1] - began)),
        ),
        ("first message after it became due, s", figure(at[0] - began, digits=2)),
        ("all received after, s", figure(at[-1] - began)),
        ("received twice", str(doubled)),
        ("429s", str(world.limits.refusals)),
        ("an answer before it: p50 / p95 ms", f"{before.percentile(0.5):.0f} / {before.percentile(0.95):.0f}"),
        ("an answer during it: p50 / p95 ms", f"{during.percentile(0.5):.0f} / {during.percentile(0.95):.0f}"),
        ("added wait of an answer, p95 ms", figure(added, digits=0)),
        (
            "memory at its start / a third / two thirds / end, MiB",
            " / ".join(f"{memory.at(share):.0f}" for share in (0.0, 0.33, 0.67, 1.0)),
        ),
    )
    return Table(f"fan-out-{options.database}", note, ("figure", "value"), rows)


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
