"""People who write to a bot in the local messenger and time its answers."""

import asyncio
import random
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.sandbox.clock import SandboxClock
from bot.sandbox.records import BotAccount, Chat, Message
from bot.sandbox.server import Served, serve
from bot.sandbox.world import World

FIRST_USER = 100_001
ANSWER_SECONDS = 60.0


class LoadWorld(World):
    """A world that tells one waiting person of an answer, instead of waking everybody at every change."""

    def __init__(self, **details: Any) -> None:
        super().__init__(**details)
        self.awaited: dict[int, asyncio.Future[float]] = {}

    def post(self, chat: Chat, sender: Any, content: dict[str, Any], **details: Any) -> Message:
        """Post, and note the instant at which a bot's message reached its chat."""
        message = super().post(chat, sender, content, **details)
        waiter = self.awaited.pop(chat.id, None) if isinstance(sender, BotAccount) else None
        if waiter is not None and not waiter.done():
            waiter.set_result(time.monotonic())
        return message

    def changed(self) -> None:
        """Nobody waits for changes here."""


@dataclass
class Figures:
    """Answer times in seconds, and how long it all took."""

    answers: list[float] = field(default_factory=list)
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.answers) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Give a percentile of the answer times in milliseconds."""
        ordered = sorted(self.answers)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


async def open_world(token: str, people: int) -> tuple[LoadWorld, Served]:
    """Serve a world with one bot and *people* who have opened it."""
    world = LoadWorld(clock=SandboxClock(datetime.now(UTC)))
    bot = world.add_bot(token=token, username="hamroh_bench_bot")
    for user_id in range(FIRST_USER, FIRST_USER + people):
        world.add_person(user_id, f"Person {user_id}")
        world.private_chat(world.person(user_id), bot).is_started = True
    return world, await serve(world)


async def _ask(world: LoadWorld, user_id: int, number: int, figures: Figures) -> None:
    chat = world.chat_of(user_id, user_id)
    waiter = asyncio.get_running_loop().create_future()
    world.awaited[chat.id] = waiter
    asked = time.monotonic()
    world.say(user_id, user_id, f"M-{1 + user_id % 40} {number % 90 + 1}% note {user_id}.{number}")
    async with asyncio.timeout(ANSWER_SECONDS):
        figures.answers.append(await waiter - asked)


async def together(world: LoadWorld, people: int, seconds: float) -> Figures:
    """Let everybody write, wait for the answer and write again: as many answers as the bot can give."""
    figures = Figures()
    began = time.monotonic()

    async def person(user_id: int) -> None:
        number = 0
        while time.monotonic() < began + seconds:
            number += 1
            await _ask(world, user_id, number, figures)

    await asyncio.gather(*(person(user_id) for user_id in range(FIRST_USER, FIRST_USER + people)))
    figures.seconds = time.monotonic() - began
    return figures


async def steadily(world: LoadWorld, people: int, seconds: float, rate: float) -> Figures:
    """Let people write at random instants, *rate* a second in all, whether answers come or not."""
    figures = Figures()
    chance = random.Random(7)  # noqa: S311 - the same run each time
    began = at = time.monotonic()
    asked: list[asyncio.Task[None]] = []
    number = 0
    while at < began + seconds:
        at += chance.expovariate(rate)
        await asyncio.sleep(max(0.0, at - time.monotonic()))
        user_id = FIRST_USER + number % people
        number += 1
        asked.append(asyncio.create_task(_ask(world, user_id, number, figures)))
    await asyncio.gather(*asked)
    figures.seconds = time.monotonic() - began
    return figures
