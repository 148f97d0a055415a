"""A messenger with four people and a bot that says what a test tells it to, and the page that shows it."""

import struct
import zlib
from dataclasses import dataclass
from typing import Any

from bot.sandbox.clock import SandboxClock
from bot.sandbox.records import Message
from bot.sandbox.server import Served
from bot.sandbox.transport import Transport
from bot.sandbox.world import World
from tests.browser import Browser, Page

TOKEN = "7001:canary-token-of-the-page"
BOT, BEHROUZ, FARZONA, SARA, NEWCOMER = 7001, 1001, 2001, 3001, 3002
PHONE = {"width": 390, "height": 844, "touch": True}


@dataclass
class Scene:
    """The world, its page and the browser."""

    world: World
    clock: SandboxClock
    served: Served
    browser: Browser
    pages: list[Page]

    async def look(self, who: str, **window: Any) -> Page:
        """Open the page as somebody: "1001" or, in a chat of theirs, "1001/7001"."""
        page = await self.browser.page(f"{self.served.url}/#{who}", **window)
        self.pages.append(page)
        await page.until("document.querySelector('.chat, .message, .introduction')")
        return page

    async def bot(self, method: str, **params: Any) -> Any:
        """Let the bot call a method."""
        answer = await Transport(self.world).request(TOKEN, method, params)
        assert answer.status == 200, answer.body
        assert isinstance(answer.body, dict)
        return answer.body["result"]

    async def bot_says(self, text: str, *, to: int = BEHROUZ, rows: list[list[str]] | None = None) -> Any:
        """Let the bot send HTML, with buttons whose data are the beginnings of their labels."""
        keyboard = [[{"text": label, "callback_data": label[:20]} for label in row] for row in rows or []]
        markup = {"reply_markup": {"inline_keyboard": keyboard}} if rows else {}
        return await self.bot("sendMessage", chat_id=to, text=text, parse_mode="HTML", **markup)

    async def last(self, person_id: int = BEHROUZ, chat_id: int = BOT, *, text: str) -> Message:
        """Wait until the newest message of a chat says *text*, and give it."""
        chat = self.world.chat_of(person_id, chat_id)

        def newest() -> Message | None:
            seen = self.world.visible(chat)
            return seen[-1] if seen and seen[-1].text == text else None

        message = await self.world.until(newest)
        assert message is not None
        return message


def picture(width: int = 60, height: int = 40) -> bytes:
    """Draw a PNG of one colour."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = (b"\0" + b"\x1f\x7a\x8c" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
