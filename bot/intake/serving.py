"""The servers that the settings ask for: webhook and health pages, each on its own address."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from urllib.parse import urlsplit

from aiohttp import web

from bot.intake.health import health_application
from bot.intake.webhook import webhook_application
from bot.settings import Address, Settings
from db.repositories.inbox import Arrival


async def serve(
    stack: AsyncExitStack,
    settings: Settings,
    *,
    keep: Callable[[list[Arrival]], Awaitable[None]],
    reasons: Callable[[], Awaitable[list[str]]],
) -> None:
    """Start the servers; leaving *stack* ends them."""
    if settings.webhook_url is not None and settings.webhook_secret is not None:
        path = urlsplit(settings.webhook_url).path or "/"
        hook = webhook_application(path=path, secret=settings.webhook_secret.reveal(), keep=keep)
        await _listen(stack, hook, settings.listen)
    if settings.health_listen is not None:
        await _listen(stack, health_application(reasons), settings.health_listen)


async def _listen(stack: AsyncExitStack, application: web.Application, address: Address) -> None:
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, address.host, address.port).start()
