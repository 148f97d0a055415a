"""Driving the messenger library without waiting: one step, and whatever waits fails loudly."""

import asyncio
import json
from collections.abc import Coroutine
from typing import Any, NoReturn

from telegram.ext import Application, ApplicationBuilder, ContextTypes
from telegram.request import BaseRequest, RequestData

from bot.context import BotName, Context

LibraryApplication = Application[Any, Context, Any, Any, Any, Any]


class Waited(BaseException):
    """A callback waited for something. A BaseException, so that neither a callback nor the library swallows it."""


def drive(coroutine: Coroutine[Any, Any, Any]) -> None:
    """
    Run a coroutine that never waits to its end, on a thread without an event loop.

    Raises:
        Waited: it wanted to wait; it has been closed.
        RuntimeError: an event loop runs in this thread, where tasks would silently run after the commit.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        pass
    else:
        coroutine.close()
        message = "updates are driven on a database thread, never on the loop's"
        raise RuntimeError(message)
    try:
        waited_for = coroutine.send(None)
    except StopIteration:
        return
    if hasattr(waited_for, "_asyncio_future_blocking"):
        waited_for._asyncio_future_blocking = False  # noqa: SLF001 - else the future complains of not being awaited
    coroutine.close()
    raise Waited


class _Offline(BaseRequest):
    """The library's request object: tells it the bot's stored name and refuses everything else."""

    def __init__(self, bot: BotName) -> None:
        self._bot = bot

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        return None

    async def shutdown(self) -> None:
        return None

    async def do_request(  # noqa: PLR0917 - the library's own signature
        self,
        url: str,
        method: str,  # noqa: ARG002
        request_data: RequestData | None = None,  # noqa: ARG002
        read_timeout: Any = None,  # noqa: ARG002
        write_timeout: Any = None,  # noqa: ARG002
        connect_timeout: Any = None,  # noqa: ARG002
        pool_timeout: Any = None,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        if not url.endswith("/getMe"):
            _refuse()
        me = {"id": self._bot.id, "is_bot": True, "first_name": "Hamroh", "username": self._bot.username}
        return 200, json.dumps({"ok": True, "result": me}).encode()


def _refuse() -> NoReturn:
    message = "a callback does not call the messenger: show a screen instead"
    raise RuntimeError(message)


class _Application(Application[Any, Context, Any, Any, Any, Any]):
    """The library's application without what would grow for ever or run after the commit."""

    def _mark_for_persistence_update(self, **_: Any) -> None:
        """Nothing is persisted by the library; its sets would grow for ever."""

    def create_task(self, coroutine: Any, *_: Any, **__: Any) -> NoReturn:
        """Refuse: a task would run after the commit."""
        coroutine.close()
        message = "a callback starts no tasks"
        raise RuntimeError(message)


async def library_application(bot: BotName) -> LibraryApplication:
    """Build and initialize the library's application for a bot; it reads updates and calls callbacks, no more."""
    application: LibraryApplication = (
        ApplicationBuilder()
        .application_class(_Application)
        .token(f"{bot.id}:offline")
        .request(_Offline(bot))
        .get_updates_request(_Offline(bot))
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context))
        .build()
    )
    await application.initialize()
    return application
