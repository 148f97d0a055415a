"""People at work: they write to the real bot over real sockets, and nothing of what they wrote may be lost or doubled."""

import asyncio
import re
import shutil
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
from db.models import InboxRow, InboxState, OutboxRow, OutboxState, ProgressRow
from tests.houses import STARTS_AT, settings_for
from tests.in_process import TOKEN, WorldClock
from tests.people import bare, buttons_of

# As the bot waits in life, only so much shorter that a test of a time-out is over in a second.
QUICK = Patience(call=0.6, answer=0.4, poll=1, poll_grace=0.4, rest=0.5, flood=2.0, webhook=0.3)
HANDLES = ("farahmandi", "qalandarzoda", "kavehpour", "ghayurov")
HEALS_WITHIN = 30.0
_CARD = re.compile("Milestone card|کارت مرحله|Варақаи марҳила")
_NOTE = re.compile(r"update (\w+)\.(\d+)\.")


@dataclass
class Company:
    """Four members of the example group, the messenger they use, and the bot beside it."""

    world: World
    bot: BotAccount
    served: Served
    settings: Settings
    users: dict[str, int]
    written: dict[str, int] = field(default_factory=Counter)
    presses: list[str] = field(default_factory=list)
    pressed: set[tuple[str, int]] = field(default_factory=set)
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
            running(self.settings, clock=clock, messenger=messenger, patience=QUICK)
        )

    async def stop(self) -> None:
        """Stop the bot."""
        await self._stack.aclose()
        self._stack = AsyncExitStack()

    # What people do

    def everyone_writes(self) -> None:
        """Each logs progress once more, with a note that is nobody else's."""
        for place, (handle, user) in enumerate(self.users.items()):
            number = self.written[handle]
            self.written[handle] += 1
            self.world.say(user, user, f"M-{3 + place} {number + 1}% update {handle}.{number}.")

    def everyone_presses(self) -> None:
        """Each opens the milestone's card by the button under the bot's first answer."""
        for handle, user in self.users.items():
            message = next(message for message in self.said_to(handle) if _NOTE.search(message.text))
            [data] = [button["callback_data"] for button in buttons_of(message) if _CARD.search(bare(button["text"]))]
            self.presses.append(self.world.press(user, user, message.id, data))
            self.pressed.add((handle, message.id))

    # What they see

    def said_to(self, handle: str) -> list[Message]:
        """What the bot has said to somebody, the eldest first."""
        user = self.users[handle]
        seen = self.world.visible(self.world.chat_of(user, user))
        return [message for message in seen if message.sender is self.bot]

    def answers(self, handle: str) -> list[int]:
        """The numbers of somebody's messages that were answered, in the order of the answers."""
        notes = [
            _NOTE.search(message.text)
            for message in self.said_to(handle)
            if (handle, message.id) not in self.pressed  # a card by now
        ]
        return [int(note[2]) for note in notes if note and note[1] == handle]

    def expected(self, handle: str) -> list[int]:
        """The numbers of the messages that somebody wrote, less the one whose answer has become a card."""
        return [number for number in range(self.written[handle]) if not (self.pressed and number == 0)]

    def is_answered(self, handle: str) -> bool:
        return set(self.answers(handle)) >= set(self.expected(handle))

    async def all_answered(self, *, but: tuple[str, ...] = ()) -> None:
        """Wait, as long as the bot may take to heal, until everybody is answered; *but* those who are to get nothing."""
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
            answers, expected = self.answers(handle), self.expected(handle)
            once = [number for number, _ in groupby(answers)]
            assert once == sorted(once), (handle, answers)
            assert len(set(expected) - set(answers)) <= lost.get(handle, 0), (handle, answers)
        doubles = sum(len(self.answers(handle)) - len(set(self.answers(handle))) for handle in self.users)
        assert doubles <= doubled
        inbox, outbox = self._states(InboxRow), self._states(OutboxRow)
        assert inbox[InboxState.PENDING] == 0
        assert inbox[InboxState.DEAD] == dead
        assert outbox[OutboxState.PENDING] == 0
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

    def _states(self, table: type[InboxRow] | type[OutboxRow]) -> Counter[int]:
        return Counter(self.database.once(lambda c: list(c.execute(select(table.state)).scalars())))

    @property
    def database(self) -> Database:
        """The bot's."""
        return self.house.database


@asynccontextmanager
async def company(example: tuple[Path, Example], folder: Path, *, hook: int | None = None) -> AsyncIterator[Company]:
    """Let four people begin to work; with *hook*, a port, updates are pushed to a webhook there."""
    path, loaded = example
    shutil.copy(path, folder / "hamroh.db")
    world = World(clock=SandboxClock(STARTS_AT))
    bot = world.add_bot(token=TOKEN, username="hamroh_test_bot")
    served = await serve(world)
    settings = settings_for(folder)
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
    at_work = Company(world, bot, served, settings, users)
    try:
        await at_work.start()
        at_work.everyone_writes()
        await at_work.all_answered()
        yield at_work
    finally:
        await at_work.stop()
        await served.close()
        await world.close()
