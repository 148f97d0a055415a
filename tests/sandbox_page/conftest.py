"""A browser for all tests of the page, and a fresh scene for each; without Chromium they are left out, visibly."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import application, serve
from bot.sandbox.web import PageSettings, add_page
from bot.sandbox.world import World
from tests.browser import Browser, chromium_path, open_browser
from tests.sandbox_page.scene import BEHROUZ, FARZONA, NEWCOMER, SARA, TOKEN, Scene

STARTS_AT = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
LEFT_OUT = pytest.StashKey[int]()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests of the page out where there is no browser."""
    if chromium_path() is not None:
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    config.stash[LEFT_OUT] = len(left_out)
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was not looked at."""
    if left_out := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(f"{left_out} tests of the chat page were left out: there is no Chromium here")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all."""
    async with open_browser() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def scene(browser: Browser) -> AsyncIterator[Scene]:
    """A world with people of both sides who have opened the bot, one who has not, and no page open yet."""
    clock = SandboxClock(STARTS_AT, running=False)
    world = World(clock=clock)
    world.add_bot(token=TOKEN, username="hamroh_test_bot")
    world.add_person(BEHROUZ, "بهروز", last_name="آذرنیا", language_code="fa", note="Co-chair · Iran")
    world.add_person(FARZONA, "Фарзона", last_name="Мирсаидова", language_code="tg", note="Co-chair · Tajikistan")
    world.add_person(SARA, "Sara", last_name="Jones", language_code="en", note="Observer")
    world.add_person(NEWCOMER, "Newcomer", language_code="en", note="Not invited yet")
    for person_id in (BEHROUZ, FARZONA, SARA):
        world.start(person_id)
    app = application(world)
    clocks = {"Tehran": "Asia/Tehran", "Dushanbe": "Asia/Dushanbe"}
    add_page(app, PageSettings(clocks=clocks, zones={FARZONA: "Asia/Dushanbe"}))
    opened = Scene(world, clock, await serve(world, app=app), browser, [])
    yield opened
    complaints = [complaint for page in opened.pages for complaint in page.complaints]
    for page in opened.pages:
        await page.close()
    await opened.served.close()
    assert complaints == []
