"""Two people of the example group with a phone each: what they send, and what they see."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.domain.members import Member
from bot.sandbox.records import Message
from bot.services.example_group import Example
from tests.houses import move_in, open_stage
from tests.people import Stage, Visitor, buttons_of

PEOPLE = ("farahmandi", "ghayurov")


@dataclass
class TwoPhones:
    """A stage of their own, and every update that came of it."""

    template: Path
    example: Example
    folder: Path
    stage: Stage = field(init=False)
    members: dict[str, Member] = field(default_factory=dict)
    updates: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._runner = asyncio.Runner()
        self._open = AsyncExitStack()
        self._runner.run(self._enter())

    async def _enter(self) -> None:
        self.stage = await self._open.enter_async_context(open_stage(self.folder, template=self.template))
        wanted = {handle: self.example.people[handle] for handle in PEOPLE}
        await move_in(self.stage, Example(self.example.group, wanted))
        self.members = {who: self._visitor(who).record() for who in PEOPLE}

    def leave(self) -> None:
        """End the bot."""
        self._runner.run(self._open.aclose())
        self._runner.close()

    def says(self, who: str, text: str) -> None:
        """Send a line and wait for what comes of it."""
        self._do([lambda: self._visitor(who).stage.world.say(self._user(who), self.stage.bot_id, text)])

    def presses(self, who: str, act: str, *args: object) -> None:
        """Press the newest button of *act* whose arguments begin with *args*."""
        message, data = next(
            (message, data)
            for message in reversed(self._messages(who))
            for data, found, given in acts_of(message)
            if found == act and given[: len(args)] == [str(argument) for argument in args]
        )
        self._do([lambda: self.stage.world.press(self._user(who), self.stage.bot_id, message.id, data)])

    def waits(self, time: timedelta) -> None:
        """Let time pass."""
        self.stage.clock.advance(time)

    def _do(self, sends: Iterable[Callable[[], object]], *, last_first: bool = False, is_new: bool = True) -> None:
        async def run() -> None:
            queue = self.stage.world.bots[self.stage.bot_id].queue
            for send in sends:
                send()
                if is_new:
                    self.updates.append(queue.pending[-1])
            if last_first:
                queue.repeat(queue.pending[-1])
            await self.stage.settled()

        self._runner.run(run())

    def _rows(self, query: Any) -> list[Any]:
        return self.stage.house.database.once(lambda connection: [tuple(row) for row in connection.execute(query)])

    def _visitor(self, who: str) -> Visitor:
        return self.stage.people[who]

    def _user(self, who: str) -> int:
        return self._visitor(who).user_id

    def _messages(self, who: str) -> list[Message]:
        return [message for message in self._visitor(who).messages() if message.sender.id == self.stage.bot_id]


def acts_of(message: Message) -> Iterator[tuple[str, str, list[str]]]:
    for button in buttons_of(message):
        _, _, act, *given, _ = button["callback_data"].split(":")
        yield button["callback_data"], act, given
