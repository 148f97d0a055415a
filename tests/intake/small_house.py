"""The pipeline alone: inbox, unit of work, outbox and delivery around callbacks of a test."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.context import BotName
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.presence import Presence
from bot.intake.driving import LibraryApplication, library_application
from bot.intake.units import Units
from bot.intake.worker import Worker
from bot.sandbox.clock import SandboxClock
from bot.sandbox.world import World
from bot.screens.screen import Screen
from bot.services import posting
from db.database import Database
from db.models import Base
from db.unit_of_work import UnitOfWork
from tests.databases import fresh
from tests.in_process import TOKEN, InProcess, WorldClock


class PlainAnswers:
    """Says in one word what happened, so that a test sees which answer was chosen."""

    def refused(self, uow: UnitOfWork, application: Any, update: Any, refusal: Exception) -> None:
        """Answer a refusal."""
        self._say(uow, update, f"refused {type(refusal).__name__}")

    def failed(self, uow: UnitOfWork, application: Any, update: Any, reference: str) -> None:
        """Answer a failure."""
        self._say(uow, update, "failed")

    def stumbled(self, uow: UnitOfWork, application: Any, update: Any) -> None:
        """End a button's waiting sign."""
        if update.callback_query:
            posting.answer(uow, update.callback_query.id, arrived_at=uow.now)

    def alarm(self, uow: UnitOfWork, reference: str, update_id: int) -> None:
        """Nobody operates a test."""

    def _say(self, uow: UnitOfWork, update: Any, word: str) -> None:
        posting.show(uow, uow.chats.at(update.effective_chat.id), Screen(word))


async def no_documents(recipe: dict[str, Any]) -> None:
    """Nothing here is owed as a file."""


class SmallHouse:
    """A world with one bot and the pipeline in front of it."""

    def __init__(self, world: World, clock: SandboxClock, database: Database, application: LibraryApplication) -> None:
        self.world = world
        self.clock = clock
        self.database = database
        account = database.once(lambda connection: UnitOfWork(connection, 0, clock()).installation.account(7001))
        presence = Presence(database, account.id)
        self.dispatcher = Dispatcher(
            database=database,
            messenger=InProcess(world),
            clock=WorldClock(clock),
            account_id=account.id,
            presence=presence,
            rate=0,
            in_flight=32,
            recheck=lambda uow, outgoing: True,
            unreachable=lambda uow, chat_id: None,
            documents=no_documents,
        )
        self.presence = presence
        units = Units(
            application=application,
            clock=WorldClock(clock),
            account_id=account.id,
            presence=presence,
            answers=PlainAnswers(),
        )
        self.worker = Worker(
            database=database,
            clock=WorldClock(clock),
            account_id=account.id,
            units=units,
            offer=self.dispatcher.offer,
        )

    async def rested(self) -> None:
        """Wait until all is done."""
        while not (self.worker.is_idle and self.dispatcher.waiting == 0):
            await self.worker.rested()
            await self.dispatcher.rested()


@asynccontextmanager
async def small_house(folder: Path, register: Callable[[LibraryApplication], None]) -> AsyncIterator[SmallHouse]:
    """Run the pipeline around the handlers that *register* adds."""
    clock = SandboxClock(datetime(2026, 11, 23, 6, 0, tzinfo=UTC), running=False)
    world = World(clock=clock)
    world.add_bot(token=TOKEN)
    world.add_person(1, "Zarina")
    world.start(1)
    database = Database(fresh(folder / "small.db"))
    Base.metadata.create_all(database.engine)
    database.start()
    application = await library_application(BotName(7001, "hamroh_bot"))
    register(application)
    house = SmallHouse(world, clock, database, application)
    await house.presence.enter()
    delivery = asyncio.create_task(house.dispatcher.run())
    try:
        yield house
    finally:
        await house.worker.close()
        delivery.cancel()
        await asyncio.gather(delivery, return_exceptions=True)
        await application.shutdown()
        database.close()
        await world.close()
