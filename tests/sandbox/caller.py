"""The Bot API as a bot of the tests calls it, and who lives in their world."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.params import Upload
from bot.sandbox.records import BotAccount
from bot.sandbox.transport import Transport
from bot.sandbox.world import World

ZARINA = 5001
REZA = 5002


@dataclass
class Api:
    """The Bot API as one bot calls it in process."""

    world: World
    bot: BotAccount

    async def call(self, method: str, files: dict[str, Upload] | None = None, **params: Any) -> dict[str, Any]:
        return await Transport(self.world).call(self.bot.token, method, params, files)

    async def good(self, method: str, files: dict[str, Upload] | None = None, **params: Any) -> Any:
        answer = await self.call(method, files, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, files: dict[str, Upload] | None = None, **params: Any) -> str:
        answer = await self.call(method, files, **params)
        assert not answer["ok"], answer
        return str(answer["description"])

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        """All pending updates, confirmed at once."""
        pending = await self.good("getUpdates", **params)
        if pending:
            await self.good("getUpdates", offset=pending[-1]["update_id"] + 1)
        return list(pending)
