"""Calls to the Bot API without sockets, through the very table that serves HTTP."""

import json
from collections.abc import Mapping
from typing import Any

from bot.sandbox.api.dispatch import Answer, answer
from bot.sandbox.params import Params, Upload
from bot.sandbox.world import World


class Transport:
    """The in-process way to a world, for tests."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def call(
        self,
        token: str,
        method: str,
        params: Mapping[str, Any] | None = None,
        files: Mapping[str, Upload] | None = None,
    ) -> dict[str, Any]:
        """
        Call a method and return the JSON object of its answer, refusals included.

        Raises:
            ConnectionResetError: a planned fault cut the connection.
        """
        result = await self.request(token, method, params, files)
        return dict(json.loads(result.body)) if isinstance(result.body, str) else result.body

    async def request(
        self,
        token: str,
        method: str,
        params: Mapping[str, Any] | None = None,
        files: Mapping[str, Upload] | None = None,
    ) -> Answer:
        """The same with the HTTP status, and text where a planned fault answers something that is no JSON."""
        return await answer(self.world, token, method, Params(params or {}, files or {}))

    def download(self, path: str) -> bytes:
        """
        A file by the path that getFile told.

        Raises:
            FileNotFoundError: there is none, or it was told more than an hour ago.
        """
        stored = self.world.files.by_path(path, self.world.clock())
        if stored is None:
            raise FileNotFoundError(path)
        return stored.content
