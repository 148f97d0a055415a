"""Health pages for whoever watches the process: does it live, is it ready, and if not, why."""

from collections.abc import Callable
from datetime import datetime, timedelta

from aiohttp import web

from bot.clock import Clock

STALLED = timedelta(seconds=90)


def stalled_poll(polled_at: datetime | None, *, started_at: datetime, now: datetime) -> str | None:
    """Tell in a few words that polling has had no answer for 90 s; None while it is well."""
    last = polled_at or started_at
    if now - last > STALLED:
        return f"no poll has been answered since {last.isoformat(timespec='seconds')}"
    return None


def health_application(*, clock: Clock, reasons: Callable[[datetime], list[str]]) -> web.Application:
    """Make the pages: /livez answers while the loop runs, /readyz is 503 with what *reasons(now)* gives."""

    async def livez(_: web.Request) -> web.Response:
        return web.json_response({"status": "live"})

    async def readyz(_: web.Request) -> web.Response:
        found = reasons(clock.now())
        return web.json_response(
            {"status": "not ready" if found else "ready", "reasons": found}, status=503 if found else 200
        )

    application = web.Application()
    application.router.add_get("/livez", livez)
    application.router.add_get("/readyz", readyz)
    return application
