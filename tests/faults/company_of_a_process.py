"""The same people, and the bot as a process of its own, which waits as long as it does in life."""

import asyncio
from typing import Any

import aiohttp

from db.database import Database
from tests.faults.company import HEALS_WITHIN, Company
from tests.faults.processes import BotProcess
from tests.ports import free_port


class CompanyOfAProcess(Company):
    """People who write to the real process."""

    process: BotProcess
    health: str
    _beside: Database

    async def start(self) -> None:
        """Start the bot, with health pages."""
        address = f"127.0.0.1:{free_port()}"
        self.health = f"http://{address}"
        self.process = BotProcess(
            url=self.served.url, data=self.folder, database=self.settings.database_url, HEALTH_LISTEN=address
        )
        self._beside = Database(self.settings.database_url)
        await self.process.start()

    async def stop(self) -> None:
        """Stop the bot; it settles what is under way."""
        await self.process.stop()
        self._beside.close()

    @property
    def database(self) -> Database:
        """The bot's, from beside it."""
        return self._beside

    async def rested(self) -> None:
        """Wait until nothing is under way at the messenger, and no chat is owed anything."""
        await self.world.settled(within=HEALS_WITHIN)
        # What was called and never answered is called again; the process tells only its database when it is paid.
        async with asyncio.timeout(HEALS_WITHIN):
            while True:
                if not await asyncio.to_thread(self._owed):
                    return
                await asyncio.sleep(0.1)

    async def ask(self, page: str) -> tuple[int, dict[str, Any]]:
        """Look at a health page."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.health}/{page}") as answer:
            return answer.status, await answer.json()
