"""What was written, what was logged of it, and what was answered: how lost and doubled is judged."""

import asyncio
import re
from collections import Counter

from sqlalchemy import select

from bot.sandbox.records import BotAccount
from bot.sandbox.world import World
from db.database import Connection, Database
from db.models import ProgressRow
from tests.faults.leases import let_leases_end, waiting

ASK_SECONDS = 0.1
_NOTE = re.compile(r"\bentry (\d+)\.")
# The open milestones of the example group that progress is logged on.
_FIRST_MILESTONE, _MILESTONES = 1, 40


class Ledger:
    """Numbers the lines that people write, and finds each again in the database and in the chats."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)

    def line(self, number: int) -> str:
        """Give the line that logs progress under a number."""
        return f"M-{_FIRST_MILESTONE + number % _MILESTONES} {number % 90 + 1}% entry {number}."

    def notes(self) -> Counter[int]:
        """Count how often each number was logged."""
        return Counter(
            int(found[1]) for note in self._database.once(_notes) if (found := _NOTE.fullmatch(note)) is not None
        )

    def answers(self, world: World) -> Counter[int]:
        """Count how often each number was answered to the one who wrote it."""
        return Counter(
            int(number)
            for chat in world.chats.values()
            for message in world.visible(chat)
            if isinstance(message.sender, BotAccount)
            for number in _NOTE.findall(message.text)[:1]
        )

    def waiting(self) -> int:
        """Count the updates and the messages that wait."""
        return self._database.once(waiting)

    async def drained(self, world: World, *, within: float) -> None:
        """Wait until nothing waits. A commit in another process tells nobody: the database has to be asked again."""
        async with asyncio.timeout(within):
            while any(len(bot.queue) for bot in world.bots.values()) or self.waiting():  # noqa: ASYNC110 - there is no event
                await asyncio.sleep(ASK_SECONDS)

    def let_leases_end(self) -> None:
        """Let as much time pass on the database's clock as a lease outlives its process."""
        let_leases_end(self._database)

    def close(self) -> None:
        """Close the database."""
        self._database.close()


def _notes(connection: Connection) -> list[str]:
    return list(connection.execute(select(ProgressRow.note)).scalars())
