"""People who write to a bot in the local messenger and time its answers."""

import asyncio
import random
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from bot.sandbox.clock import SandboxClock
from bot.sandbox.records import BotAccount, Chat, Message
from bot.sandbox.server import Served, serve
from bot.sandbox.world import World

W = TypeVar("W", bound="LoadWorld")

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

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.answers) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Give a percentile of the answer times in milliseconds."""
        ordered = sorted(self.answers)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


async def open_world(token: str, people: int, *, kind: type[W], seed: int = 1) -> tuple[W, Served]:
    """
    Serve a world with one bot and *people* who have opened it.

    A bot that meets a second world on the same database needs another *seed*: update ids of the first are known to it.
    """
    world = kind(clock=SandboxClock(datetime.now(UTC)), seed=seed)
    world.add_bot(token=token, username="hamroh_bench_bot")
    for user_id in range(FIRST_USER, FIRST_USER + people):
        opened(world, user_id)
    return world, await serve(world)


def opened(world: LoadWorld, user_id: int) -> None:
    """Add somebody who has opened the bot."""
    [bot] = world.bots.values()
    world.private_chat(world.add_person(user_id, f"Person {user_id}"), bot).is_started = True


async def ask(world: LoadWorld, user_id: int, text: str) -> float:
    """Say something to the bot; give the seconds until its answer is in the chat."""
    waiter: asyncio.Future[float] = asyncio.get_running_loop().create_future()
    world.awaited[user_id] = waiter
    asked = time.monotonic()
    world.say(user_id, user_id, text)
    async with asyncio.timeout(ANSWER_SECONDS):
        return await waiter - asked


async def _log(world: LoadWorld, user_id: int, number: int, figures: Figures) -> None:
    """Log progress on one of the example group's milestones."""
    text = f"M-{1 + user_id % 40} 99% note {user_id}.{number}"
    figures.answers.append(await ask(world, user_id, text))


async def together(world: LoadWorld, people: int, seconds: float) -> Figures:
    """Let everybody write, wait for the answer and write again: as many answers as the bot can give."""
    figures = Figures()
    began = time.monotonic()

    async def person(user_id: int) -> None:
        number = 0
        while time.monotonic() < began + seconds:
            number += 1
            await _log(world, user_id, number, figures)

    await asyncio.gather(*(person(user_id) for user_id in range(FIRST_USER, FIRST_USER + people)))
    figures.seconds = time.monotonic() - began
    return figures


async def steadily(world: LoadWorld, people: int, seconds: float, rate: float, *, seed: int = 7) -> Figures:
    """Let people write at random instants, *rate* a second in all, whether answers come or not."""
    figures = Figures()
    chance = random.Random(seed)  # noqa: S311 - the same run each time
    began = at = time.monotonic()
    asked: list[asyncio.Task[None]] = []
    number = 0
    while at < began + seconds:
        at += chance.expovariate(rate)
        await asyncio.sleep(max(0.0, at - time.monotonic()))
        user_id = FIRST_USER + number % people
        number += 1
        asked.append(asyncio.create_task(_log(world, user_id, number, figures)))
    await asyncio.gather(*asked)
    figures.seconds = time.monotonic() - began
    return figures
