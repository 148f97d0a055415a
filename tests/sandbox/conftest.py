"""A world with one bot, two people and a clock that stands still."""

from datetime import UTC, datetime

import pytest

from bot.sandbox.clock import SandboxClock
from bot.sandbox.world import World
from tests.sandbox.caller import REZA, ZARINA, Api

STARTS_AT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> SandboxClock:
    return SandboxClock(STARTS_AT, running=False)


@pytest.fixture
def world(clock: SandboxClock) -> World:
    world = World(clock=clock)
    world.add_person(ZARINA, "Zarina", language_code="tg")
    world.add_person(REZA, "رضا", last_name="احمدی", username="reza", language_code="fa")
    return world


@pytest.fixture
def api(world: World) -> Api:
    """The bot of a world that both people have started, with nothing pending."""
    bot = world.add_bot()
    for person_id in (ZARINA, REZA):
        world.start(person_id)
    bot.queue.clear()
    return Api(world, bot)
