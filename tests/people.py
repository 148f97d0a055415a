"""People of the sandbox as a test sees them: they say, tap and see."""

import asyncio
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.app import House
from bot.sandbox.clock import SandboxClock
from bot.sandbox.records import Message
from bot.sandbox.world import World
from db.repositories.members import Members

PICTURE = b"GIF89a\x20\x00\x10\x00"
_ISOLATES = re.compile("[\u2066-\u2069\u200e\u200f]")


def bare(text: str) -> str:
    """Give a text without the marks of direction, which nobody sees."""
    return _ISOLATES.sub("", text)


@dataclass
class Stage:
    """The world, its clock and the bot that runs in it."""

    world: World
    clock: SandboxClock
    house: House
    bot_id: int
    people: dict[str, "Visitor"] = field(default_factory=dict)

    async def settled(self) -> None:
        """Wait until the bot has answered everything; then complain of what it did wrong."""
        # An update that fails is tried again when the clock moves on, and here it stands: better a failure than a wait.
        async with asyncio.timeout(20):
            for _ in range(3):
                await self.world.settled()
                await self.house.rested()
        assert not self.world.faults, self.world.faults

    async def pass_time(self, by: timedelta) -> None:
        """Move the clock on, let the schedule tick once and wait for what it sends."""
        self.clock.advance(by)
        await self.house.schedule.tick()
        await self.settled()

    def visitor(self, user_id: int) -> "Visitor":
        """Give somebody by user id, a stranger too."""
        return Visitor(self, user_id)


@dataclass
class Visitor:
    """Someone with a phone. *chat* is where they write: their private chat with the bot unless told otherwise."""

    stage: Stage
    user_id: int
    handle: str = ""
    member_id: int = 0

    @property
    def chat(self) -> int:
        """The chat with the bot, as this person's phone names it."""
        return self.stage.bot_id

    async def says(self, text: str, *, chat: int | None = None, reply_to: int | None = None) -> Message:
        """Write a message and wait for what comes of it."""
        message = self.stage.world.say(self.user_id, chat or self.chat, text, reply_to=reply_to)
        await self.stage.settled()
        return message

    async def sends(
        self,
        kind: str = "document",
        *,
        name: str = "",
        caption: str = "",
        content: bytes = b"content",
        chat: int | None = None,
        reply_to: int | None = None,
        album: str = "",
    ) -> Message:
        """Send a file and wait for what comes of it."""
        message = self.stage.world.send_file(
            self.user_id,
            chat or self.chat,
            kind=kind,
            name=name,
            content=PICTURE if kind == "photo" else content,
            caption=caption,
            reply_to=reply_to,
            album=album,
        )
        await self.stage.settled()
        return message

    async def opens(self, payload: str = "") -> None:
        """Open the bot by a link."""
        self.stage.world.start(self.user_id, payload)
        await self.stage.settled()

    async def taps(self, label: str, *, chat: int | None = None) -> None:
        """Tap the newest button whose label contains *label* (marks of direction aside)."""
        message, button = self._button(label, chat)
        self.stage.world.press(self.user_id, chat or self.chat, message.id, button["callback_data"])
        await self.stage.settled()

    def _button(self, label: str, chat: int | None) -> tuple[Message, dict[str, Any]]:
        for message in reversed(self.messages(chat)):
            for button in buttons_of(message):
                if label in bare(button["text"]):
                    return message, button
        seen = [bare(button["text"]) for message in self.messages(chat) for button in buttons_of(message)]
        raise AssertionError(f"no button says {label!r}; there are {seen}")

    def messages(self, chat: int | None = None) -> list[Message]:
        """Give what is visible in a chat, the eldest first."""
        world = self.stage.world
        return world.visible(world.chat_of(self.user_id, chat or self.chat))

    @property
    def sees(self) -> "Sight":
        """What the bot's newest message shows."""
        return Sight(self._last())

    def sees_in(self, chat: int) -> "Sight":
        """What the bot's newest message in another chat shows."""
        return Sight(self._last(chat))

    def _last(self, chat: int | None = None) -> Message:
        mine = [message for message in self.messages(chat) if message.sender.id == self.stage.bot_id]
        assert mine, "the bot has said nothing"
        return mine[-1]

    @property
    def toast(self) -> str:
        """The text of the last answer to a press."""
        answers = [
            press
            for press in self.stage.world.presses.values()
            if press.person.id == self.user_id and press.answered_at
        ]
        assert answers, "no press was answered"
        return bare(answers[-1].text)

    def record(self) -> Any:
        """Give the member as the database has them."""
        return self.stage.house.database.once(lambda connection: Members(connection).get(self.member_id))


@dataclass(frozen=True)
class Sight:
    """A message as a person reads it."""

    message: Message

    @property
    def text(self) -> str:
        """The text without marks of direction."""
        return bare(self.message.text)

    @property
    def raw(self) -> str:
        """The text with its marks of direction."""
        return self.message.text

    @property
    def lines(self) -> list[str]:
        """The lines without marks of direction."""
        return self.text.split("\n")

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons, row by row, without marks of direction."""
        return [bare(button["text"]) for button in buttons_of(self.message)]


def buttons_of(message: Message) -> list[dict[str, Any]]:
    """Give the buttons under a message."""
    return [button for row in message.buttons for button in row]
