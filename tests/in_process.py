"""The messenger and its clock without sockets."""

import json
from datetime import datetime
from typing import Any

from bot.delivery.client import (
    CALL_SECONDS,
    DOWNLOAD_SECONDS,
    FILE_TOO_BIG,
    MessengerError,
    NetworkFault,
    result_of,
)
from bot.files.documents import Document
from bot.sandbox.clock import SandboxClock
from bot.sandbox.faults import DOWNLOAD
from bot.sandbox.params import Upload
from bot.sandbox.transport import Transport
from bot.sandbox.world import World

TOKEN = "7001:canary-token-of-the-tests"


class InProcess:
    """The messenger without sockets: the sandbox's own table of methods."""

    def __init__(self, world: World, token: str = TOKEN) -> None:
        self._transport = Transport(world)
        self._token = token

    async def call(
        self, method: str, params: dict[str, Any], *, seconds: float = CALL_SECONDS, document: Document | None = None
    ) -> Any:
        """Call a method as the HTTP client would."""
        files = {"document": Upload(document.name, document.content)} if document else None
        try:
            answer = await self._transport.request(self._token, method, params, files)
        except ConnectionResetError:
            raise NetworkFault("reset") from None
        except TimeoutError:
            # Here the wait for an answer that never comes is over at once.
            raise NetworkFault("silence") from None
        body = _bytes(answer.body)
        return result_of(answer.status, body[: len(body) // 2] if answer.is_cut else body)

    async def download(self, path: str, *, most: int, seconds: float = DOWNLOAD_SECONDS) -> bytes:
        """Fetch a file as the HTTP client would."""
        fault = self._transport.world.plan.take(DOWNLOAD, path)
        if fault is not None:
            raise NetworkFault("reset" if fault.reset else f"status {fault.status}")
        try:
            content = self._transport.download(path)
        except FileNotFoundError:
            raise MessengerError(404, "Not Found") from None
        if len(content) > most:
            raise MessengerError(400, FILE_TOO_BIG)
        return content

    async def close(self) -> None:
        """Nothing is open."""


def _bytes(body: dict[str, Any] | str) -> bytes:
    return (body if isinstance(body, str) else json.dumps(body)).encode()


class WorldClock:
    """The sandbox's clock as the bot reads it."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        """Give the sandbox's now."""
        return self._clock()
