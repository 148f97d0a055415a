"""The webhook: an update is confirmed with HTTP 200 only after it has been kept."""

import hmac
import json
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.intake.arrivals import arrivals
from db.faults import DatabaseFault, words
from db.repositories.inbox import Arrival

log = logging.getLogger(__name__)

BODY_LIMIT = 1024 * 1024
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


def webhook_application(*, path: str, secret: str, keep: Callable[[list[Arrival]], Awaitable[None]]) -> web.Application:
    """Make the server's application: one address, one secret, bodies of at most 1 MiB."""

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
        except (ValueError, RecursionError):
            return web.Response(status=400)
        found = arrivals([update])
        if not found:
            # Confirmed, though it cannot be kept: refused, it would come again for a day and hold up what is behind it.
            return web.Response()
        try:
            await keep(found)
        except DatabaseFault as fault:
            # Not kept, so not confirmed: the messenger sends it again.
            log.warning("an update could not be kept: %s", words(fault))
            return web.Response(status=503)
        return web.Response()

    application = web.Application(client_max_size=BODY_LIMIT)
    application.router.add_post(path, receive)
    return application
