"""The sandbox's connections, and what may befall them: an end at a certain age, or silence."""

import asyncio
from typing import Any
from weakref import WeakSet

_LOOK_AGAIN_SECONDS = 0.05


class Connections:
    """Connections over which calls have come; *ended* counts those that were closed for their age."""

    def __init__(self) -> None:
        self._end_at_age: float | None = None
        self.ended = 0
        self._known: WeakSet[asyncio.Transport] = WeakSet()
        self._silent: WeakSet[asyncio.Transport] = WeakSet()

    def meet(self, transport: asyncio.Transport) -> None:
        """Note that a call has come over a connection."""
        if transport in self._known:
            return
        self._known.add(transport)
        self._end_later(transport)

    def end_at(self, age: float | None) -> None:
        """Close each connection so many seconds after its first call (or from now), whatever is under way on it."""
        self._end_at_age = age
        for transport in self._known:
            self._end_later(transport)

    def silence(self) -> None:
        """Answer nothing any more that comes over the connections there are, as where a router has forgotten them."""
        self._silent.update(self._known)

    def is_silent(self, transport: asyncio.Transport | None) -> bool:
        return transport in self._silent

    def _end_later(self, transport: asyncio.Transport) -> None:
        if self._end_at_age is not None:
            asyncio.get_running_loop().call_later(self._end_at_age, self._end, transport)

    def _end(self, transport: asyncio.Transport) -> None:
        if not transport.is_closing():
            self.ended += 1
            transport.close()


async def until_closed(request: Any) -> None:
    """Wait until the other side of a request's connection has gone."""
    while request.transport is not None and not request.transport.is_closing():  # noqa: ASYNC110 - nobody is told of it
        await asyncio.sleep(_LOOK_AGAIN_SECONDS)
