"""Calls to the messenger's bot API over one pooled HTTP session; the token stays inside."""

import asyncio
import json
from typing import Any, Protocol

import aiohttp

CALL_SECONDS = 20.0
# The messenger closes connections that were idle for 39 s; ours are closed earlier, so that no call meets a dead one.
KEEP_ALIVE_SECONDS = 30.0


class MessengerError(Exception):
    """
    The messenger refused a call.

    *retry_after* is in seconds where it named one; *migrate_to* is the supergroup that a group chat became.
    """

    def __init__(
        self, code: int, description: str, *, retry_after: float | None = None, migrate_to: int | None = None
    ) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to = migrate_to


class NetworkFault(Exception):
    """The call's outcome is unknown: no answer, a cut one, or one that is no JSON. Carries no address and no token."""


class Messenger(Protocol):
    """What delivery and polling need of a messenger."""

    async def call(self, method: str, params: dict[str, Any], *, seconds: float = CALL_SECONDS) -> Any:
        """
        Call a method of the bot API and give its result.

        Raises:
            MessengerError: it answered with a refusal.
            NetworkFault: it did not answer, or not in its own words.
        """

    async def close(self) -> None:
        """Close the connections."""


class MessengerClient:
    """A messenger by base address: ``{api_url}/bot{token}/{method}``."""

    def __init__(self, api_url: str, token: str, *, proxy_url: str | None = None, connections: int = 64) -> None:
        self._base = f"{api_url}/bot{token}/"
        self._proxy = proxy_url
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE_SECONDS),
                headers={"Content-Type": "application/json"},
                auto_decompress=True,
            )
        return self._session

    async def call(self, method: str, params: dict[str, Any], *, seconds: float = CALL_SECONDS) -> Any:
        """Call a method; see Messenger."""
        try:
            async with self._opened().post(
                self._base + method,
                data=json.dumps(params, ensure_ascii=False, separators=(",", ":")).encode(),
                timeout=aiohttp.ClientTimeout(total=seconds, sock_connect=10),
                proxy=self._proxy,
            ) as response:
                status, body = response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            # Only the kind of fault is told: its text may hold the address, and that holds the token.
            raise NetworkFault(type(error).__name__) from None
        return result_of(status, body)

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None
            # aiohttp closes transports on the next turn of the loop.
            await asyncio.sleep(0)


def result_of(status: int, body: bytes) -> Any:
    """
    Read the body of an answer.

    Raises:
        MessengerError: a refusal in the messenger's words.
        NetworkFault: something else, such as a gateway's page.
    """
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or "ok" not in answer:
        message = f"status {status} without the messenger's JSON"
        raise NetworkFault(message)
    if answer["ok"]:
        return answer.get("result")
    parameters = answer.get("parameters") or {}
    raise MessengerError(
        int(answer.get("error_code", status)),
        str(answer.get("description", "")),
        retry_after=parameters.get("retry_after"),
        migrate_to=parameters.get("migrate_to_chat_id"),
    )
