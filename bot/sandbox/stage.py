"""What stands in the sandbox's world, who hears of a change, and how tests and polls wait for one."""

import asyncio
import logging
import random
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from bot.sandbox.connections import Connections
from bot.sandbox.errors import NotPossible, NotThere
from bot.sandbox.faults import FaultPlan
from bot.sandbox.files import Files
from bot.sandbox.limits import RateLimits
from bot.sandbox.records import Account, BotAccount, Chat, Event, InlineQuery, Message, Person, Press
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhooks import WebhookPusher

logger = logging.getLogger(__name__)
T = TypeVar("T")

_EVENTS_KEPT = 5000
_CALLS_KEPT = 20_000


class Stage:
    """
    The state of the world and the few primitives that change it. Use it from one event loop only.

    *seed* makes update ids and tokens repeatable; *latency* is added to every call of the Bot API, in seconds.
    """

    def __init__(self, *, clock: Callable[[], datetime], seed: int = 1, latency: float = 0.0) -> None:
        self.clock = clock
        self.latency = latency
        self.random = random.Random(seed)  # noqa: S311 (repeatable on purpose)
        self.people: dict[int, Person] = {}
        self.bots: dict[int, BotAccount] = {}
        self.chats: dict[tuple[int, int], Chat] = {}
        self.presses: dict[str, Press] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.files = Files()
        self.limits = RateLimits()
        self.plan = FaultPlan()
        self.connections = Connections()
        self.faults: list[str] = []
        self.pushers: dict[int, WebhookPusher] = {}
        self.calls: deque[tuple[str, str, Mapping[str, Any]]] = deque(maxlen=_CALLS_KEPT)
        self.calls_in_flight = 0
        self.events: deque[Event] = deque(maxlen=_EVENTS_KEPT)
        self.last_event = 0
        self._by_token: dict[str, BotAccount] = {}
        self._waiters: set[asyncio.Future[None]] = set()
        self._next_group = 4000

    # Who and what there is

    def add_person(
        self,
        user_id: int,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
        note: str = "",
    ) -> Person:
        person = Person(user_id, first_name, last_name, username, language_code, note)
        self.people[user_id] = person
        self.changed()
        return person

    def add_bot(
        self,
        *,
        username: str = "hamroh_bot",
        first_name: str = "Hamroh",
        bot_id: int | None = None,
        token: str | None = None,
        supports_inline: bool = False,
        reads_all_group_messages: bool = False,
    ) -> BotAccount:
        bot_id = bot_id or (int(token.split(":")[0]) if token else 7001 + len(self.bots))
        secret = "".join(self.random.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-", k=35))
        bot = BotAccount(
            id=bot_id,
            token=token or f"{bot_id}:{secret}",
            first_name=first_name,
            username=username,
            queue=UpdateQueue(first_id=self.random.randrange(100_000_000, 900_000_000)),
            supports_inline=supports_inline,
            reads_all_group_messages=reads_all_group_messages,
        )
        self.bots[bot_id] = bot
        self._by_token[bot.token] = bot
        self.changed()
        return bot

    def bot_by_token(self, token: str) -> BotAccount | None:
        return self._by_token.get(token)

    def account(self, account_id: int) -> Account:
        known = self.people.get(account_id) or self.bots.get(account_id)
        if known is None:
            raise NotThere(f"There is nobody with id {account_id}.")
        return known

    def person(self, person_id: int) -> Person:
        try:
            return self.people[person_id]
        except KeyError:
            raise NotThere(f"There is no person with id {person_id}.") from None

    def private_chat(self, person: Person, bot: BotAccount) -> Chat:
        key = (bot.id, person.id)
        if key not in self.chats:
            self.chats[key] = Chat(id=person.id, kind="private", bot=bot, person=person)
        return self.chats[key]

    def chat_of(self, person_id: int, chat_id: int) -> Chat:
        """
        The chat a person means: a group by its id, a private chat by the bot's (or their own, where there is one bot).

        Raises:
            NotThere: no such chat, or it is not theirs.
        """
        person = self.person(person_id)
        if chat_id == person_id and len(self.bots) == 1:
            chat_id = next(iter(self.bots))
        if chat_id in self.bots:
            return self.private_chat(person, self.bots[chat_id])
        chat = self.chats.get((0, chat_id))
        if chat is None or person_id not in chat.members:
            raise NotThere(f"{person.name} has no chat {chat_id}.")
        return chat

    def chat_id_for(self, chat: Chat) -> int:
        """How people name a chat: by the bot in private, by the group's id otherwise."""
        return chat.bot.id if chat.bot is not None else chat.id

    def new_group_id(self, *, supergroup: bool) -> int:
        self._next_group += 1
        return -1_000_000_000_000 - self._next_group if supergroup else -self._next_group

    # Messages

    def post(
        self, chat: Chat, sender: Account, content: dict[str, Any], *, is_service: bool = False, **details: Any
    ) -> Message:
        """Put a message into a chat and tell everyone who may see it."""
        message = Message(chat, 0, self.clock(), sender, content, is_service=is_service, **details)
        self._number(message)
        chat.messages[message.id] = message
        if isinstance(sender, BotAccount):
            chat.last_speaking_bot = sender.id
        for bot in chat.bots():
            self.files.show(content, bot.id)
            if may_see(bot, message):
                bot.queue.push("message", message.as_message(bot))
        self.tell("message", chat, message=message)
        return message

    def _number(self, message: Message) -> None:
        chat, bots = message.chat, message.chat.bots()
        if chat.kind == "supergroup" or not bots:
            chat.last_message_id += 1
            message.id = chat.last_message_id
            return
        first = bots[0]
        message.id = chat.last_message_id = first.last_message_id = max(first.last_message_id, chat.last_message_id) + 1
        if chat.kind == "group":
            for bot in bots:
                if bot is not first:
                    bot.last_message_id += 1
                message.ids[bot.id] = bot.last_message_id
                chat.index[bot.id, bot.last_message_id] = message

    def told_edit(self, message: Message) -> None:
        """Tell everyone that a message is not what it was."""
        if isinstance(message.sender, Person):
            for bot in message.chat.bots():
                if may_see(bot, message):
                    bot.queue.push("edited_message", message.as_message(bot))
        self.tell("edited", message.chat, message=message)

    def delete(self, message: Message) -> None:
        """Bots are not told of deletions; people see the message go."""
        message.is_deleted = True
        if message in message.chat.pinned:
            message.chat.pinned.remove(message)
        self.tell("deleted", message.chat, message_id=message.id)

    def visible(self, chat: Chat) -> list[Message]:
        """The messages of a chat, eldest first, without deleted ones."""
        return [message for message in chat.messages.values() if not message.is_deleted]

    # Telling and waiting

    def tell(
        self,
        kind: str,
        chat: Chat | None = None,
        *,
        message: Message | None = None,
        to: Iterable[int] | None = None,
        **fields: Any,
    ) -> None:
        """Note an event for the people of a chat (or for *to*, or for all), and wake whoever waits."""
        if to is None and chat is not None:
            to = (person.id for person in chat.people())
        self.last_event += 1
        people = None if to is None else frozenset(to)
        self.events.append(Event(self.last_event, kind, people, chat, message, fields))
        self.changed()

    def fault(self, what: str) -> None:
        """Note something a bot must not do; tests and the page show it."""
        self.faults.append(what)
        logger.error("Sandbox: %s", what)
        self.changed()

    def changed(self) -> None:
        """Wake everyone who waits for a condition."""
        waiters, self._waiters = self._waiters, set()
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, condition: Callable[[], T], *, within: float = 5.0) -> T:
        """
        Wait until *condition* is true, looking again after every change of the world, and return its value.

        Raises:
            TimeoutError: not within *within* seconds of real time; the text tells what the bots did wrong.
        """
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(within):
                while not (value := condition()):
                    waiter: asyncio.Future[None] = loop.create_future()
                    self._waiters.add(waiter)
                    try:
                        await waiter
                    finally:
                        self._waiters.discard(waiter)
                return value
        except TimeoutError:
            raise TimeoutError(f"not within {within} s; faults: {self.faults or 'none'}") from None

    async def settled(self, *, within: float = 5.0) -> None:
        """Wait until every bot has confirmed its updates and no call but polls is under way."""
        await self.until(
            lambda: not self.calls_in_flight and not any(len(bot.queue) for bot in self.bots.values()), within=within
        )

    async def close(self) -> None:
        """End waiting polls and webhook deliveries."""
        for bot in self.bots.values():
            bot.queue.close()
        for pusher in self.pushers.values():
            await pusher.close()
        self.pushers.clear()

    def require(self, condition: object, otherwise: str) -> None:
        if not condition:
            raise NotPossible(otherwise)


def may_see(bot: BotAccount, message: Message) -> bool:
    """
    Whether a bot hears of a message.

    Never of what bots say; in groups, under privacy mode, only of service messages, commands for it and replies to it.
    """
    chat = message.chat
    if isinstance(message.sender, BotAccount):
        # A bot's own service messages (pins, titles) do come back to it, other bots' messages never.
        return message.is_service and not chat.is_private
    if chat.is_private or message.is_service:
        return True
    if bot.reads_all_group_messages or chat.members[bot.id].is_admin:
        return True
    if message.reply_to is not None and message.reply_to.sender is bot:
        return True
    command = next((entity for entity in message.entities if entity["type"] == "bot_command"), None)
    if command is None:
        return False
    word = message.text.encode("utf-16-le")[command["offset"] * 2 : (command["offset"] + command["length"]) * 2].decode(
        "utf-16-le"
    )
    _, _, addressee = word.partition("@")
    if addressee:
        return addressee.lower() == bot.username.lower()
    return chat.last_speaking_bot in (None, bot.id)
