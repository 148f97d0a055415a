"""Files that are owed, made at the instant at which they are sent: on a thread, and one at a time."""

import asyncio
from collections.abc import Callable
from typing import Any

from bot.clock import Clock
from bot.files.documents import Document
from db.database import Connection, Database
from db.unit_of_work import UnitOfWork

# Reads what a file is made of, and gives what makes it without the database; None where nobody may have it any more.
Prepare = Callable[[UnitOfWork, dict[str, Any]], Callable[[], Document] | None]


class Making:
    """
    Makes files of what the outbox keeps of them, which is a recipe and no content.

    So nothing is lost by a crash, nothing long lies in the outbox, and what is sent is what is true then. *heavy* lets
    one thing at a time take a processor for seconds.
    """

    def __init__(
        self, *, database: Database, account_id: int, clock: Clock, prepare: Prepare, heavy: asyncio.Semaphore
    ) -> None:
        self._database = database
        self._account_id = account_id
        self._clock = clock
        self._prepare = prepare
        self._heavy = heavy

    async def made(self, recipe: dict[str, Any]) -> Document | None:
        """Make a file; None where nobody may have it any more."""

        def read(connection: Connection) -> Callable[[], Document] | None:
            return self._prepare(UnitOfWork(connection, self._account_id, self._clock.now()), recipe)

        make = await self._database.read(read)
        if make is None:
            return None
        async with self._heavy:
            return await asyncio.to_thread(make)
