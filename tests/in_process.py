"""The messenger and its clock without sockets."""

import json
from datetime import datetime
from typing import Any

from bot.delivery.client import CALL_SECONDS, NetworkFault, result_of
from bot.sandbox.clock import SandboxClock
from bot.sandbox.transport import Transport
from bot.sandbox.world import World

TOKEN = "7001:canary-token-of-the-tests"


class InProcess:
    """The messenger without sockets: the sandbox's own table of methods."""

    def __init__(self, world: World, token: str = TOKEN) -> None:
        self._transport = Transport(world)
        self._token = token

    async def call(self, method: str, params: dict[str, Any], *, seconds: float = CALL_SECONDS) -> Any:
        """Call a method as the HTTP client would."""
        try:
            answer = await self._transport.request(self._token, method, params)
        except ConnectionResetError:
            raise NetworkFault("reset") from None
        except TimeoutError:
            # Here the wait for an answer that never comes is over at once.
            raise NetworkFault("silence") from None
        body = _bytes(answer.body)
        return result_of(answer.status, body[: len(body) // 2] if answer.is_cut else body)

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
