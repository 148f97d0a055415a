"""The webhook keeps before it confirms and lets nobody else in; the health pages say why the bot is not ready."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from io import BytesIO

import aiohttp
import pytest
from aiohttp import web

from bot.clock import SetClock
from bot.intake.health import health_application
from bot.intake.polling import stalled_poll
from bot.intake.webhook import BODY_LIMIT, SECRET_HEADER, webhook_application
from db.faults import DatabaseFault
from db.repositories.inbox import Arrival

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


@pytest.mark.parametrize("secret", [None, "", "s3cre", "s3cret2"])
async def test_without_the_secret_nothing_comes_in(hook: str, desk: Desk, secret: str | None) -> None:
    assert await post(hook, b'{"update_id": 7}', secret) == 403
    assert desk.kept == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b'{"update_id": "x"}', b"\xff\xfe"])
async def test_rubbish_is_refused_and_not_kept(hook: str, desk: Desk, body: bytes) -> None:
    assert await post(hook, body) == 400
    assert desk.kept == []


async def test_a_body_beyond_the_limit_is_refused(hook: str, desk: Desk) -> None:
    assert await post(hook, BytesIO(b" " * (BODY_LIMIT + 1))) == 413
    assert desk.kept == []


async def test_the_health_pages_tell_a_stalled_poll() -> None:
    clock = SetClock(AT)

    def reasons(now: datetime) -> list[str]:
        reason = stalled_poll(AT, started_at=AT, now=now)
        return [reason] if reason else []

    runner, url = await served(health_application(clock=clock, reasons=reasons))
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{url}/readyz") as well:
            assert (well.status, (await well.json())["reasons"]) == (200, [])
        clock.move(timedelta(seconds=91))
        async with session.get(f"{url}/readyz") as stalled:
            assert stalled.status == 503
            assert "2026-11-23T06:00:00" in (await stalled.json())["reasons"][0]
        async with session.get(f"{url}/livez") as alive:
            assert alive.status == 200
    await runner.cleanup()
