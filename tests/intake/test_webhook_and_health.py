"""The webhook keeps before it confirms and lets nobody else in; the health pages say why the bot is not ready."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.clock import SetClock
from bot.delivery.client import MessengerError
from bot.delivery.patience import Patience
from bot.files.documents import Document
from bot.intake.announcing import Announcing
from bot.intake.health import Readiness, health_application
from bot.intake.webhook import BODY_LIMIT, SECRET_HEADER, webhook_application
from db.database import Database
from db.faults import DatabaseFault
from db.models import Base
from db.repositories.inbox import Arrival, Inbox
from db.unit_of_work import UnitOfWork
from tests.databases import fresh

AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


class Desk:
    """Where updates are kept, or cannot be."""

    def __init__(self) -> None:
        self.kept: list[Arrival] = []
        self.is_full = False

    async def keep(self, arrivals: list[Arrival]) -> None:
        if self.is_full:
            raise DatabaseFault
        self.kept += arrivals


async def served(application: web.Application) -> tuple[web.AppRunner, str]:
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"


@pytest.fixture
async def desk() -> Desk:
    return Desk()


@pytest.fixture
async def hook(desk: Desk) -> AsyncIterator[str]:
    runner, url = await served(webhook_application(path="/hook", secret="s3cret", keep=desk.keep))
    yield f"{url}/hook"
    await runner.cleanup()


async def post(url: str, body: bytes | BytesIO, secret: str | None = "s3cret") -> int:
    headers = {SECRET_HEADER: secret} if secret is not None else {}
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as response:
        return response.status


async def test_an_update_is_confirmed_once_it_is_kept(hook: str, desk: Desk) -> None:
    status = await post(hook, json.dumps({"update_id": 7, "message": {"chat": {"id": 5}}}).encode())

    assert status == 200
    assert [(arrival.update_id, arrival.chat_id) for arrival in desk.kept] == [(7, 5)]


async def test_what_could_not_be_kept_is_not_confirmed(hook: str, desk: Desk) -> None:
    desk.is_full = True

    assert await post(hook, b'{"update_id": 7}') == 503


@pytest.mark.parametrize("secret", [None, "", "s3cre", "s3cret2", "s3cret\xff"])
async def test_without_the_secret_nothing_comes_in(hook: str, desk: Desk, secret: str | None) -> None:
    assert await post(hook, b'{"update_id": 7}', secret) == 403
    assert desk.kept == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000], ids=["nothing", "cut", "bytes", "deep"])
async def test_what_cannot_be_read_is_refused_so_that_it_comes_again(hook: str, desk: Desk, body: bytes) -> None:
    assert await post(hook, body) == 400
    assert desk.kept == []


@pytest.mark.parametrize("body", [b"[]", b"7", b"null", b"{}", b'{"update_id": "x"}', b'{"update_id": 1e30}'])
async def test_what_is_no_update_is_confirmed_so_that_it_does_not_come_for_ever(
    hook: str, desk: Desk, body: bytes
) -> None:
    assert await post(hook, body) == 200
    assert desk.kept == []


async def test_a_body_beyond_the_limit_is_refused(hook: str, desk: Desk) -> None:
    assert await post(hook, BytesIO(b" " * (BODY_LIMIT + 1))) == 413
    assert desk.kept == []


@pytest.fixture
def clock() -> SetClock:
    return SetClock(AT)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(fresh(tmp_path / "hamroh.db"))
    Base.metadata.create_all(database.engine)
    database.once(lambda connection: UnitOfWork(connection, 0, AT).installation.account(7001))
    database.start()
    yield database
    await asyncio.to_thread(database.close)


@dataclass
class Watched:
    """The health pages of a bot, what is wrong with its intake, and its database."""

    url: str
    trouble: list[str]

    async def ask(self, page: str) -> tuple[int, list[str]]:
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/{page}") as answer:
            return answer.status, (await answer.json()).get("reasons", [])


@pytest.fixture
async def watched(database: Database, clock: SetClock) -> AsyncIterator[Watched]:
    trouble: list[str] = []
    ready = Readiness(
        intake=lambda: trouble[0] if trouble else None,
        database=database,
        account_id=1,
        clock=clock,
        database_seconds=0.2,
    )
    runner, url = await served(health_application(ready.reasons))
    yield Watched(url, trouble)
    await runner.cleanup()


async def test_a_bot_that_is_well_is_ready(watched: Watched) -> None:
    assert await watched.ask("readyz") == (200, [])


async def test_what_is_wrong_with_the_intake_is_told(watched: Watched) -> None:
    watched.trouble.append("no poll has succeeded for 80 s (reset)")

    assert await watched.ask("readyz") == (503, ["no poll has succeeded for 80 s (reset)"])
    assert await watched.ask("livez") == (200, [])


async def test_an_update_that_nobody_works_on_is_told(watched: Watched, database: Database, clock: SetClock) -> None:
    await database.write(lambda connection: Inbox(connection).keep(1, [Arrival(7, 5, "{}")], AT))
    fresh = await watched.ask("readyz")
    clock.move(timedelta(seconds=61))

    assert fresh == (200, [])
    assert await watched.ask("readyz") == (503, ["an update has waited for 61 s"])


@pytest.mark.sqlite  # with its one writer, which one job can hold up
async def test_a_database_that_does_not_answer_is_told_and_the_loop_lives(watched: Watched, database: Database) -> None:
    goes_on = threading.Event()
    hanging = asyncio.ensure_future(database.write(lambda _: goes_on.wait(30)))
    stuck, alive = await watched.ask("readyz"), await watched.ask("livez")
    goes_on.set()
    await hanging

    assert stuck == (503, ["the database has not answered within 0.2 s"])
    assert alive == (200, [])
    assert await watched.ask("readyz") == (200, [])


async def test_a_database_that_fails_is_told_in_its_own_words(watched: Watched, database: Database) -> None:
    await database.write(lambda connection: connection.exec_driver_sql("DROP TABLE inbox"))

    status, [reason] = await watched.ask("readyz")
    assert status == 503
    assert reason.startswith("the database cannot be used: ")
    assert "inbox" in reason


class Hooked:
    """A messenger that is asked about the webhook and answers when it is told what."""

    def __init__(self) -> None:
        self._asked: asyncio.Queue[str] = asyncio.Queue()
        self._answers: asyncio.Queue[Any] = asyncio.Queue()

    async def call(
        self, method: str, params: dict[str, Any], *, seconds: float = 0.0, document: Document | None = None
    ) -> Any:
        self._asked.put_nowait(method)
        answer = await self._answers.get()
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def answers(self, answer: Any, *, to: str) -> None:
        async with asyncio.timeout(10):
            assert await self._asked.get() == to
        self._answers.put_nowait(answer)

    async def download(self, path: str, *, most: int, seconds: float = 0.0) -> bytes:
        raise AssertionError("nobody fetches a file here")

    async def close(self) -> None:
        """Nothing is open."""


async def test_a_webhook_is_announced_until_it_is_taken_and_again_when_it_is_gone() -> None:
    messenger = Hooked()
    url, patience = "https://hamroh.example/hook", Patience(longest_rest=0.0, webhook=0.0)
    announcing = Announcing(messenger=messenger, url=url, secret="s3cret", patience=patience)
    reasons = [announcing.trouble()]
    running = asyncio.create_task(announcing.run())
    well = {"url": url, "pending_update_count": 0}
    unreached = {"url": url, "pending_update_count": 3, "last_error_date": 9, "last_error_message": "timed out"}
    for method, answer in (
        ("setWebhook", MessengerError(500, "Internal Server Error")),
        ("setWebhook", True),
        ("getWebhookInfo", well),
        ("getWebhookInfo", unreached),
        ("getWebhookInfo", unreached),
        ("getWebhookInfo", {"url": ""}),
        ("setWebhook", True),
        ("getWebhookInfo", well),
    ):
        await messenger.answers(answer, to=method)
        reasons.append(announcing.trouble())
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    untold = "the messenger has not taken the webhook"
    assert reasons == [
        None,
        f"{untold} (it was not asked yet)",
        f"{untold} (500 Internal Server Error)",
        None,
        None,
        "the messenger does not reach the webhook (timed out)",
        None,
        f"{untold} (it was taken down from elsewhere)",
        None,
    ]
