"""
Running the scenario with the process ended at chosen steps, and comparing each act with that of the undisturbed run.

In every act the process is ended once, at the step chosen for that act; it is started again at once, what is owed is
waited for, and what everybody sees is compared before the next act begins. So a run visits as many crash points as
there are acts, and a fault is told with the act and the step it came from.
"""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain.invitations import LIFETIME, Invitation
from bot.domain.members import Role
from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import Served, serve
from bot.sandbox.world import World
from bot.services import posting
from bot.services.example_group import Example
from db.database import Connection, Database
from db.unit_of_work import UnitOfWork
from tests.examples import BOT_NAME, fill
from tests.faults.leases import let_leases_end, waiting
from tests.faults.lives import ERRORS, SLATE, Forge, Life, StepsPipe
from tests.faults.remembering import Rows, Sights, answered, differences, doubled, remembered, seen
from tests.faults.scenario import INVITATION, NEWCOMER, Act, Scene
from tests.faults.slate import Slate
from tests.houses import STARTS_AT
from tests.in_process import TOKEN

WITHIN = 20.0
IN_FLIGHT = 32
# How long a life that has nothing left to do is given to come to a step after all.
LAST_STEPS = 0.2

Ends = Mapping[str, tuple[str, ...]]


@dataclass
class Found:
    """What an act has left: what people see, how their presses were answered, and the whole database."""

    sights: Sights
    answers: list[tuple[str, bool]]
    rows: Rows


@dataclass(frozen=True)
class Death:
    """A crash point that was visited; *on_the_way* messages had not been settled, of which *doubled* arrived twice."""

    act: str
    steps: tuple[str, ...]
    on_the_way: int
    doubled: int


def template(url: str) -> Example:
    """Make the database that each run begins with a copy of: the example group, and an invitation that waits."""
    example = fill(url)
    database = Database(url)

    def invite(connection: Connection) -> None:
        uow = UnitOfWork(connection, 1, STARTS_AT)
        # Made by chance when the first button is shown, it would differ from run to run.
        posting.button_key(uow)
        party = next(party for party in example.group.parties if party.code == "TJ")
        invitation = Invitation(
            id=0,
            group_id=example.group.id,
            party_id=party.id,
            role=Role.MEMBER,
            language=None,
            member_id=None,
            made_by_id=None,
            made_at=STARTS_AT,
            expires_at=STARTS_AT + LIFETIME,
        )
        uow.invitations.add(invitation, hashlib.sha256(INVITATION.encode()).hexdigest())

    database.once(invite)
    database.close()
    return example


class Play:
    """One run of the scenario on a database and in a world of its own."""

    def __init__(self, *, acts: Sequence[Act], forge: Forge, folder: Path, url: str, example: Example) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._acts = acts
        self._forge = forge
        self._folder = folder
        self._database = Database(url)
        self.world = World(clock=SandboxClock(STARTS_AT, running=False))
        self._scene = Scene(self.world)
        self._example = example
        self._slate = Slate(folder / SLATE, at=STARTS_AT)
        self._reached: dict[int, list[tuple[int, str]]] = {}
        self.lives: list[Life] = []
        self.found: list[Found] = []
        self.deaths: list[Death] = []

    async def run(self, ends: Ends | None = None, *, expected: Sequence[Found] | None = None) -> None:
        """
        Play all acts; in an act named in *ends*, end a first life at its first step, the next one at the second, …

        Raises:
            AssertionError: what an act has left is not what it left in the *expected* run.
        """
        self._ends, self._expected = ends or {}, expected
        self._populate()
        served = await serve(self.world)
        pipe = self._pipe = StepsPipe(self._folder, self._tell)
        self._environ = self._settings(served)
        try:
            for number, act in enumerate(self._acts):
                await self._play(number, act)
        finally:
            for life in self.lives:
                life.kill()
            pipe.close()
            await served.close()
            self._database.close()

    def _populate(self) -> None:
        self.world.add_bot(token=TOKEN, username=BOT_NAME)
        for person, _ in self._example.people.values():
            assert person.sandbox_user_id is not None
            self.world.add_person(person.sandbox_user_id, person.names.en, language_code=person.language)
            chat = self.world.private_chat(self.world.person(person.sandbox_user_id), self.world.bots[7001])
            chat.is_started = True
        self.world.add_person(NEWCOMER, "Sitora", language_code="ru")

    def _settings(self, served: Served) -> dict[str, str]:
        return {
            "HAMROH_TOKEN": TOKEN,
            "HAMROH_API_URL": served.url,
            "HAMROH_DATA_DIR": str(self._folder),
            "HAMROH_DATABASE_URL": self._database.url,
            "HAMROH_SEND_RATE": "0",
            "HAMROH_LOG_LEVEL": "ERROR",
        }

    def _tell(self, pid: int, act: int, step: str) -> None:
        self._reached.setdefault(pid, []).append((act, step))
        self.world.changed()

    async def _play(self, number: int, act: Act) -> None:
        if act.while_down and self.lives:
            await self._ended(self.lives[-1])
        self._slate.write(at=self.world.clock(), act=number)
        act.do(self._scene)
        self._slate.write(at=self.world.clock(), act=number)
        if act.while_down:
            await self._begin(number, 0)
        steps = self._ends.get(act.name, ())
        on_the_way = 0
        for place in range(len(steps)):
            life = self.lives[-1]
            if place and await self._was_done_before(number, act):
                # Nothing but the ends that were reached is told.
                steps = steps[:place]
                break
            try:
                async with asyncio.timeout(WITHIN):
                    await life.ended
            except TimeoutError:
                raise AssertionError(f"{act.name}: {steps[place]} was not reached") from None
            self._pipe.read()
            on_the_way += life.on_the_way()
            let_leases_end(self._database)
            await self._begin(number, place + 1)
        await self.world.until(lambda: self._is_drained(number, act), within=WITHIN)
        self._look(act, steps, on_the_way)

    async def _was_done_before(self, number: int, act: Act) -> bool:
        """
        Tell whether a life that took up what was left has done so without coming to the step it was to end at.

        What the life before it had still sent in its last moments is a matter of chance, so that a later one may find
        a step taken.
        """
        life = self.lives[-1]
        drained = asyncio.ensure_future(
            self.world.until(lambda: life.is_over or self._is_drained(number, act), within=WITHIN)
        )
        ends: list[asyncio.Future[Any]] = [drained, life.ended]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        if not drained.done():
            drained.cancel()
            return False
        drained.result()
        await asyncio.wait([life.ended], timeout=LAST_STEPS)
        return not life.is_over

    async def _begin(self, number: int, place: int) -> None:
        """Start a life in an act, after *place* others have ended in it."""
        steps = self._ends.get(self._acts[number].name, ())[place : place + 1]
        deaths = {number: steps[0]} if steps else {}
        for later in range(number + 1, len(self._acts)):
            if self._acts[later].while_down:
                break
            if coming := self._ends.get(self._acts[later].name):
                deaths[later] = coming[0]
        life = await self._forge.fork(self._folder, self._environ, deaths)
        # It may have told of its first steps already.
        life.reached = self._reached.setdefault(life.pid, [])
        self.lives.append(life)

    async def _ended(self, life: Life) -> None:
        life.kill()
        await life.ended
        let_leases_end(self._database)

    def _is_drained(self, number: int, act: Act) -> bool:
        life, queue = self.lives[-1], self.world.bots[7001].queue
        if life.is_over:
            raise AssertionError(f"{act.name}: the bot ended by itself, with {life.ended.result()}")
        if any((number, step) not in life.reached for step in act.awaits):
            return False
        if len(queue) or self.world.calls_in_flight or life.on_the_way():
            return False
        return self._database.once(waiting) == 0

    def _look(self, act: Act, steps: tuple[str, ...], on_the_way: int) -> None:
        """Compare what the act has left with what it left in the undisturbed run."""
        rows = self._database.once(lambda connection: remembered(connection, exactly=not self._database.is_shared))
        found = Found(seen(self.world), answered(self.world), rows)
        self.found.append(found)
        if self._expected is None:
            return
        expected, where = self._expected[len(self.found) - 1], f"{act.name}, ended at {steps}"
        arrived_twice = doubled(expected.sights, found.sights, where) - sum(death.doubled for death in self.deaths)
        self.deaths.append(Death(act.name, steps, on_the_way, arrived_twice))
        different = differences(expected.rows, found.rows)
        assert not different, f"{where}: {different}"
        assert found.answers == expected.answers, f"{where}: {found.answers} instead of {expected.answers}"
        assert arrived_twice <= min(on_the_way, IN_FLIGHT), f"{where}: {arrived_twice} of {on_the_way} arrived twice"
        logged = (self._folder / ERRORS).read_text().splitlines()
        unexpected = [line for line in logged if not line.startswith("Hamroh ")]
        assert not unexpected, f"{where}: {unexpected}"
        assert not self.world.faults, f"{where}: {self.world.faults}"
