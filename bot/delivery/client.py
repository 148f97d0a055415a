"""Calls to the messenger's bot API over one pooled HTTP session; the token stays inside."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote

import aiohttp

from bot.delivery.patience import PATIENCE
from bot.files.documents import Document

CALL_SECONDS = PATIENCE.call
DOWNLOAD_SECONDS = 60.0
CONNECT_SECONDS = 10.0
# The messenger closes connections that were idle for 39 s; ours are closed earlier, so that no call meets a dead one.
KEEP_ALIVE_SECONDS = 30.0
FILE_TOO_BIG = "file is too big"
_PART = 64 * 1024


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

    async def call(
        self, method: str, params: dict[str, Any], *, seconds: float = CALL_SECONDS, document: Document | None = None
    ) -> Any:
        """
        Call a method of the bot API and give its result; a *document* goes along under its own name.

        Raises:
            MessengerError: it answered with a refusal.
            NetworkFault: it did not answer, or not in its own words.
        """

    async def download(self, path: str, *, most: int, seconds: float = DOWNLOAD_SECONDS) -> bytes:
        """
        Fetch a file by the path that ``getFile`` told, at most *most* bytes.

        Raises:
            MessengerError: it is gone, or longer.
            NetworkFault: it did not come whole.
        """

    async def close(self) -> None:
        """Close the connections."""


@dataclass(slots=True, eq=False)
class _Pool:
    """A session with its connections, and how many calls are on their way over them."""

    session: aiohttp.ClientSession
    calls: int = 0


class MessengerClient:
    """A messenger by base address: ``{api_url}/bot{token}/{method}``."""

    def __init__(self, api_url: str, token: str, *, proxy_url: str | None = None, connections: int = 64) -> None:
        self._base = f"{api_url}/bot{token}/"
        self._files = f"{api_url}/file/bot{token}/"
        self._proxy = proxy_url
        self._connections = connections
        self._pool: _Pool | None = None
        self._left: set[_Pool] = set()

    def _opened(self) -> _Pool:
        if self._pool is None:
            session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE_SECONDS),
                auto_decompress=True,
            )
            self._pool = _Pool(session)
        return self._pool

    async def call(
        self, method: str, params: dict[str, Any], *, seconds: float = CALL_SECONDS, document: Document | None = None
    ) -> Any:
        """Call a method; see Messenger."""
        async with (
            self._borrowed() as session,
            session.post(self._base + method, **_body(params, document), **self._within(seconds)) as response,
        ):
            status, body = response.status, await response.read()
        return result_of(status, body)

    async def download(self, path: str, *, most: int, seconds: float = DOWNLOAD_SECONDS) -> bytes:
        """Fetch a file; see Messenger."""
        content = bytearray()
        async with (
            self._borrowed() as session,
            session.get(self._files + quote(path), **self._within(seconds)) as response,
        ):
            if response.status == 200:
                async for part in response.content.iter_chunked(_PART):
                    content += part
                    if len(content) > most:
                        raise MessengerError(400, FILE_TOO_BIG)
                return bytes(content)
            status, body = response.status, await response.read()
        result_of(status, body)
        message = f"status {status} in place of a file"
        raise NetworkFault(message)

    def _within(self, seconds: float) -> dict[str, Any]:
        return {
            "timeout": aiohttp.ClientTimeout(total=seconds, sock_connect=CONNECT_SECONDS),
            "proxy": self._proxy,
        }

    @asynccontextmanager
    async def _borrowed(self) -> AsyncIterator[aiohttp.ClientSession]:
        """Count a call that is on its way over the connections; its faults are told without their text."""
        pool = self._opened()
        pool.calls += 1
        try:
            yield pool.session
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            if isinstance(error, TimeoutError):
                self._leave(pool)
            # Only the kind of fault is told: its text may hold the address, and that holds the token.
            raise NetworkFault(type(error).__name__) from None
        finally:
            pool.calls -= 1
            if pool in self._left and not pool.calls:
                self._left.discard(pool)
                await pool.session.close()

    def _leave(self, pool: _Pool) -> None:
        """
        Make no more calls over these connections; those on their way may still end well.

        What silenced one has often silenced all (a router that forgot them): tried one after another, each would cost
        a whole wait.
        """
        self._left.add(pool)
        if self._pool is pool:
            self._pool = None

    async def close(self) -> None:
        """Close the connections."""
        pools = {*self._left, self._pool} - {None}
        self._left.clear()
        self._pool = None
        for pool in pools:
            if pool is not None:
                await pool.session.close()
        # aiohttp closes transports on the next turn of the loop.
        await asyncio.sleep(0)


def _body(params: dict[str, Any], document: Document | None) -> dict[str, Any]:
    if document is None:
        return {
            "data": json.dumps(params, ensure_ascii=False, separators=(",", ":")).encode(),
            "headers": {"Content-Type": "application/json"},
        }
    form = aiohttp.FormData()
    for name, value in params.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    form.add_field("document", document.content, filename=document.name, content_type="application/octet-stream")
    return {"data": form}


def result_of(status: int, body: bytes) -> Any:
    """
    Read the body of an answer.

    Raises:
        MessengerError: a refusal in the messenger's words.
        NetworkFault: something else, such as a gateway's page.
    """
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict) or "ok" not in answer:
        message = f"status {status} without the messenger's JSON"
        raise NetworkFault(message)
    if answer["ok"]:
        return answer.get("result")
    given = answer.get("parameters")
    parameters = given if isinstance(given, dict) else {}
    raise MessengerError(
        _number(answer.get("error_code")) or status,
        str(answer.get("description", "")),
        retry_after=_number(parameters.get("retry_after")),
        migrate_to=_number(parameters.get("migrate_to_chat_id")),
    )


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) else None
