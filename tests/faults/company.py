"""People at work: they write to the real bot over real sockets, and nothing they wrote may be lost or doubled."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from sqlalchemy import select

from bot.app import House, running
from bot.delivery.client import MessengerClient
from bot.delivery.patience import Patience
from bot.sandbox.clock import SandboxClock
from bot.sandbox.records import BotAccount, Message
from bot.sandbox.server import Served, serve
from bot.sandbox.world import World
from bot.services.example_group import Example
from bot.settings import Address, Secret, Settings
from db.database import Database
from db.models import InboxRow, InboxState, Lane, OutboxRow, OutboxState, ProgressRow
from tests.databases import copied
from tests.houses import STARTS_AT, settings_for
from tests.in_process import TOKEN, WorldClock
from tests.people import bare, buttons_of

# As the bot waits in life, only so much shorter that a test of a time-out is over in a second.
QUICK = Patience(call=5.0, answer=0.3, poll=1, poll_grace=0.3, rest=0.05, longest_rest=0.2, flood=2.0, webhook=0.2)
# Where calls are left without an answer; too short elsewhere, as a busy machine may take as long for an answer.
HASTY = replace(QUICK, call=1.0)
HANDLES = ("farahmandi", "qalandarzoda", "kavehpour", "ghayurov")
# Milestones with work left, one for each.
_OPEN = (3, 5, 10, 14)
HEALS_WITHIN = 30.0
_NEXT = re.compile("Next|بعدی|Навбатӣ")
_NOTE = re.compile(r"update (\w+)\.(\d+)\.")


@dataclass
class Company:
    """Four members of the example group, the messenger they use, and the bot beside it."""

    world: World
    bot: BotAccount
    served: Served
    settings: Settings
    users: dict[str, int]
    patience: Patience
    folder: Path
    written: dict[str, int] = field(default_factory=Counter)
    presses: list[str] = field(default_factory=list)
    lists: dict[str, Message] = field(default_factory=dict)
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    _house: House | None = None

    @property
    def house(self) -> House:
        """The bot that runs."""
        assert self._house is not None
        return self._house

    async def start(self) -> None:
        """Start the bot."""
        messenger = MessengerClient(self.served.url, TOKEN)
        self._stack.push_async_callback(messenger.close)
        clock = WorldClock(self.world.clock)  # type: ignore[arg-type]
        self._house = await self._stack.enter_async_context(
            running(self.settings, clock=clock, messenger=messenger, patience=self.patience)
        )

    async def stop(self) -> None:
        """Stop the bot."""
        await self._stack.aclose()
        self._stack = AsyncExitStack()

    # What people do

    def everyone_writes(self) -> None:
        """Each logs progress once more, with a note that is nobody else's; less would be told to those who lead."""
        for milestone, (handle, user) in zip(_OPEN, self.users.items(), strict=True):
            number = self.written[handle]
            self.written[handle] += 1
            self.world.say(user, user, f"M-{milestone} 99% update {handle}.{number}.")

    def everyone_asks(self) -> None:
        """Each asks for the roadmap."""
        for user in self.users.values():
            self.world.say(user, user, "/roadmap")

    def everyone_presses(self) -> None:
        """Each turns to the next page of the roadmap, which is edited in place."""
        for handle, user in self.users.items():
            [(message, data)] = [
                (message, button["callback_data"])
                for message in self.said_to(handle)
                for button in buttons_of(message)
                if _NEXT.search(bare(button["text"]))
            ]
            self.lists[handle] = message
            self.presses.append(self.world.press(user, user, message.id, data))

    # What they see

    def said_to(self, handle: str) -> list[Message]:
        """What the bot has said to somebody, the eldest first."""
        user = self.users[handle]
        seen = self.world.visible(self.world.chat_of(user, user))
        return [message for message in seen if message.sender is self.bot]

    def answers(self, handle: str) -> list[int]:
        """The numbers of somebody's messages that were answered, in the order of the answers."""
        notes = [_NOTE.search(message.text) for message in self.said_to(handle)]
        return [int(note[2]) for note in notes if note and note[1] == handle]

    def is_answered(self, handle: str) -> bool:
        return set(self.answers(handle)) == set(range(self.written[handle]))

    async def all_answered(self, *, but: tuple[str, ...] = ()) -> None:
        """Wait until everybody is answered but those named, no longer than the bot may take to heal."""
        hopeful = [handle for handle in self.users if handle not in but]
        await self.world.until(
            lambda: (
                all(self.is_answered(handle) for handle in hopeful)
                and all(self.world.presses[press].answered_at for press in self.presses)
            ),
            within=HEALS_WITHIN,
        )
        await self.rested()

    async def rested(self) -> None:
        """Wait until nothing is under way."""
        async with asyncio.timeout(HEALS_WITHIN):
            for _ in range(3):
                await self.world.settled(within=HEALS_WITHIN)
                await self.house.rested()

    # What has to be so in the end

    def check(self, *, doubled: int = 0, dead: int = 0, refused: dict[str, int] | None = None) -> None:
        """
        Check that all that was written counts once, in its order, and is answered; that nothing is owed any more.

        *doubled* is how many answers may have come twice, *dead* how many updates could not be read, *refused* how many
        messages the messenger would not take, by whom they were for.
        """
        lost = refused or {}
        assert self._effects() == {handle: list(range(count)) for handle, count in self.written.items()}
        for handle in self.users:
            answers, expected = self.answers(handle), range(self.written[handle])
            once = [number for number, _ in groupby(answers)]
            assert once == sorted(once), (handle, answers)
            assert len(set(expected) - set(answers)) <= lost.get(handle, 0), (handle, answers)
        doubles = sum(len(self.answers(handle)) - len(set(self.answers(handle))) for handle in self.users)
        assert doubles <= doubled
        inbox, outbox = self._states(InboxRow), self._states(OutboxRow)
        assert all(message.edited_at for message in self.lists.values())
        assert inbox[InboxState.PENDING] == 0
        assert inbox[InboxState.DEAD] == dead
        assert self._owed() == [], self._owed()
        assert outbox[OutboxState.FAILED] == sum(lost.values())
        assert not self.world.faults

    def _effects(self) -> dict[str, list[int]]:
        notes = self.database.once(
            lambda connection: connection.execute(select(ProgressRow.note).order_by(ProgressRow.id)).scalars().all()
        )
        found: dict[str, list[int]] = {handle: [] for handle in self.written}
        for note in notes:
            if mine := _NOTE.fullmatch(note or ""):
                found[mine[1]].append(int(mine[2]))
        return found

    def _owed(self) -> list[tuple[str, str | None, str]]:
        """What is owed to a chat and could have left; reminders wait for their hour, and the bot's menus for calm."""
        rows = select(OutboxRow.method, OutboxRow.key, OutboxRow.payload).where(
            OutboxRow.state == OutboxState.PENDING, OutboxRow.lane != Lane.REMINDER, OutboxRow.chat_id.is_not(None)
        )
        return self.database.once(
            lambda connection: [(row[0], row[1], row[2] or "") for row in connection.execute(rows)]
        )

    def _states(self, table: type[InboxRow] | type[OutboxRow]) -> Counter[int]:
        return Counter(self.database.once(lambda c: list(c.execute(select(table.state)).scalars())))

    @property
    def database(self) -> Database:
        """The bot's."""
        return self.house.database


@asynccontextmanager
async def company(
    example: tuple[Path, Example],
    folder: Path,
    *,
    hook: int | None = None,
    patience: Patience = QUICK,
    of: type[Company] = Company,
) -> AsyncIterator[Company]:
    """Let four people begin to work; with *hook*, a port, updates are pushed to a webhook there."""
    path, loaded = example
    database = copied(path, folder / "hamroh.db")
    world = World(clock=SandboxClock(STARTS_AT))
    bot = world.add_bot(token=TOKEN, username="hamroh_test_bot")
    served = await serve(world)
    settings = settings_for(folder, DATABASE_URL=database)
    if hook is not None:
        # The settings take only https, which nobody speaks on this machine.
        listen = Address("127.0.0.1", hook)
        settings = replace(
            settings, webhook_url=f"http://127.0.0.1:{hook}/hook", webhook_secret=Secret("s3cret"), listen=listen
        )
    users = {handle: loaded.people[handle][0].sandbox_user_id or 0 for handle in HANDLES}
    for handle, user in users.items():
        world.add_person(user, handle)
        world.start(user)
    at_work = of(world, bot, served, settings, users, patience, folder)
    try:
        await at_work.start()
        at_work.everyone_asks()
        at_work.everyone_writes()
        await at_work.all_answered()
        yield at_work
    finally:
        await at_work.stop()
        await at_work.served.close()
        await world.close()
