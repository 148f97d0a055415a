"""Health pages for whoever watches the process: does it live, is it ready, and if not, why."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from aiohttp import web

from bot.clock import Clock
from db.database import Database
from db.faults import DatabaseFault, words
from db.repositories.inbox import Inbox

DATABASE_SECONDS = 5.0
# An update that fails is given up after a quarter of this, so what waits longer is not being worked on.
SECOND = timedelta(seconds=1)
WAITED_TOO_LONG = timedelta(seconds=60)


class Readiness:
    """Why the bot is not ready. *intake* tells what is wrong with how updates come in, None while all is well."""

    def __init__(
        self,
        *,
        intake: Callable[[], str | None],
        database: Database,
        account_id: int,
        clock: Clock,
        database_seconds: float = DATABASE_SECONDS,
    ) -> None:
        self._intake = intake
        self._database = database
        self._account_id = account_id
        self._clock = clock
        self._database_seconds = database_seconds

    async def reasons(self) -> list[str]:
        """Give the reasons, none while the bot is ready."""
        return [reason for reason in (self._intake(), await self._waiting()) if reason]

    async def _waiting(self) -> str | None:
        """Look for the update that waits longest, where changes are made: so that it shows whether they can be."""
        try:
            async with asyncio.timeout(self._database_seconds):
                since = await self._database.write(
                    lambda connection: Inbox(connection).waiting_since(self._account_id), first=True
                )
        except TimeoutError:
            return f"the database has not answered within {self._database_seconds} s"
        except DatabaseFault as fault:
            return f"the database cannot be used: {words(fault)}"
        waits = self._clock.now() - since if since else timedelta()
        return f"an update has waited for {waits // SECOND} s" if waits > WAITED_TOO_LONG else None


def health_application(reasons: Callable[[], Awaitable[list[str]]]) -> web.Application:
    """Make the pages: /livez answers while the loop runs, /readyz is 503 with the reasons, if there are any."""

    async def livez(_: web.Request) -> web.Response:
        return web.json_response({"status": "live"})

    async def readyz(_: web.Request) -> web.Response:
        found = await reasons()
        return web.json_response(
            {"status": "not ready" if found else "ready", "reasons": found}, status=503 if found else 200
        )

    application = web.Application()
    application.router.add_get("/livez", livez)
    application.router.add_get("/readyz", readyz)
    return application
