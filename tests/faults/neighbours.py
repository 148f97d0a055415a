"""Several houses on one PostgreSQL and one messenger, each a bot of its own but for the operating system's process."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select

from bot.app import House, running
from bot.intake.arrivals import arrivals
from bot.sandbox.clock import SandboxClock
from bot.sandbox.records import Message
from bot.sandbox.world import World
from bot.services.example_group import Example
from db.database import Connection, Database
from db.models import ProgressRow
from db.repositories.inbox import Arrival
from tests.databases import Kind
from tests.examples import BOT_NAME, fill
from tests.faults.accounts import Ledger
from tests.houses import STARTS_AT, settings_for
from tests.in_process import TOKEN, InProcess, WorldClock

T = TypeVar("T")
FIRST_UPDATE = 500


@dataclass
class Neighbours:
    """The houses, what they share, and people who write to them; *wrote* holds what was written, in order."""

    houses: list[House]
    doors: list[AsyncExitStack]
    world: World
    database: Database
    ledger: Ledger
    example: Example
    wrote: list[Message] = field(default_factory=list)

    async def stops(self, house: House) -> None:
        """Let one of the houses stop as it does when it is told to."""
        await self.doors[self.houses.index(house)].aclose()

    def once(self, work: Callable[[Connection], T]) -> T:
        """Ask the database."""
        return self.database.once(work)

    def update(self, person: int, text: str) -> dict[str, Any]:
        """Give the update of somebody writing *text*, which the messenger has not delivered to anybody."""
        chat, bot = self.world.chat_of(person, 7001), self.world.bots[7001]
        message = Message(chat, 0, self.world.clock(), self.world.person(person), {"text": text})
        self.world._number(message)
        chat.messages[message.id] = message
        self.wrote.append(message)
        return {"update_id": FIRST_UPDATE + len(self.wrote), "message": message.as_message(bot)}

    def arrival(self, person: int, text: str) -> Arrival:
        """Give the same as it comes to the inbox."""
        [found] = arrivals([self.update(person, text)])
        return found

    async def settled(self) -> None:
        """Wait until nothing waits anywhere."""
        await self.ledger.drained(self.world, within=30)

    def heard_by(self, person: int) -> list[str]:
        """Give what the bot has said to somebody, in order."""
        mine = self.world.visible(self.world.chat_of(person, 7001))
        return [message.text for message in mine if message.sender.id == 7001]

    def progress(self, note: str) -> list[tuple[int, int]]:
        """Give the percent before and after of the entries with a note, in order."""
        asked = select(ProgressRow.percent_before, ProgressRow.percent_after).where(ProgressRow.note == note)
        return [(row[0], row[1]) for row in self.once(lambda c: c.execute(asked.order_by(ProgressRow.id)).all())]


@asynccontextmanager
async def neighbours(kind: Kind, folder: Path, *settings: dict[str, str], more: int = 0) -> AsyncIterator[Neighbours]:
    """Run a house for each of *settings* on a fresh database with the example group and *more* members."""
    url = kind.fresh(folder / "hamroh.db")
    example = fill(url, more=more)
    clock = SandboxClock(STARTS_AT, running=True)
    world = World(clock=clock)
    world.add_bot(token=TOKEN, username=BOT_NAME)
    for person, _ in example.people.values():
        world.add_person(person.sandbox_user_id or 0, person.names.en, language_code="en")
        world.private_chat(world.person(person.sandbox_user_id or 0), world.bots[7001]).is_started = True
    database, ledger = Database(url), Ledger(url)
    try:
        async with AsyncExitStack() as street:
            houses, doors = [], []
            for more_settings in settings:
                door = await street.enter_async_context(AsyncExitStack())
                chosen = settings_for(folder, DATABASE_URL=url, **more_settings)
                house = running(chosen, clock=WorldClock(clock), messenger=InProcess(world))
                houses.append(await door.enter_async_context(house))
                doors.append(door)
            yield Neighbours(houses, doors, world, database, ledger, example)
    finally:
        database.close()
        ledger.close()
        await world.close()
