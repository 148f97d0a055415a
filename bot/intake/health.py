"""Health pages for whoever watches the process: does it live, is it ready, and if not, why."""

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot.clock import Clock


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
