"""The things of the sandbox's world: people, bots, chats, members, messages and presses."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.sandbox.updates import UpdateQueue


@dataclass(slots=True, eq=False)
class Person:
    """Someone with a phone; the language code is their client's, not what they chose in a bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    note: str = ""
    is_deactivated: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name

    def as_user(self) -> dict[str, Any]:
        user: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        for key in ("last_name", "username", "language_code"):
            if value := getattr(self, key):
                user[key] = value
        return user


@dataclass(slots=True)
class Webhook:
    """Where a bot's updates are pushed to, and how that went."""

    url: str
    secret_token: str = ""
    max_connections: int = 40
    last_error_at: datetime | None = None
    last_error: str = ""


@dataclass(slots=True, eq=False)
class BotAccount:
    """A bot as the messenger knows it. Texts and menus are kept per language ("" is the default one)."""

    id: int
    token: str
    first_name: str
    username: str
    queue: UpdateQueue
    reads_all_group_messages: bool = False
    supports_inline: bool = False
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    menu_buttons: dict[int, dict[str, Any]] = field(default_factory=dict)
    webhook: Webhook | None = None
    last_message_id: int = 0

    @property
    def name(self) -> str:
        return self.names.get("") or self.first_name

    def as_user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}


Account = Person | BotAccount


@dataclass(slots=True, eq=False)
class Member:
    """Someone's standing in a group: creator, administrator, member, left or kicked."""

    account: Account
    status: str = "member"

    @property
    def is_present(self) -> bool:
        return self.status in {"creator", "administrator", "member"}

    @property
    def is_admin(self) -> bool:
        return self.status in {"creator", "administrator"}


@dataclass(slots=True, eq=False)
class Chat:
    """
    A private chat of a person with a bot, a basic group or a supergroup.

    *id* is the Bot API's: the person's user id in a private chat, negative in groups.
    """

    id: int
    kind: str
    title: str = ""
    bot: BotAccount | None = None
    person: Person | None = None
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, "Message"] = field(default_factory=dict)
    index: dict[tuple[int, int], "Message"] = field(default_factory=dict)
    pinned: list["Message"] = field(default_factory=list)
    read_up_to: dict[int, int] = field(default_factory=dict)
    last_message_id: int = 0
    last_speaking_bot: int | None = None
    is_started: bool = False
    is_blocked: bool = False
    upgraded_to: "Chat | None" = None

    @property
    def is_private(self) -> bool:
        return self.kind == "private"

    def bots(self) -> list[BotAccount]:
        if self.bot is not None:
            return [self.bot]
        return [m.account for m in self.members.values() if m.is_present and isinstance(m.account, BotAccount)]

    def people(self) -> list[Person]:
        if self.person is not None:
            return [self.person]
        return [m.account for m in self.members.values() if m.is_present and isinstance(m.account, Person)]

    def find(self, message_id: int, viewer: BotAccount) -> "Message | None":
        """The message a bot means by an id, or None where it is not there (any more)."""
        by_viewer = self.kind == "group"
        message = self.index.get((viewer.id, message_id)) if by_viewer else self.messages.get(message_id)
        return None if message is None or message.is_deleted else message

    def as_chat(self) -> dict[str, Any]:
        if self.person is not None:
            user = self.person.as_user()
            shown: dict[str, Any] = {
                key: user[key] for key in ("id", "first_name", "last_name", "username") if key in user
            }
            return {**shown, "type": "private"}
        chat: dict[str, Any] = {"id": self.id, "title": self.title, "type": self.kind}
        if self.kind == "group":
            chat["all_members_are_administrators"] = False
        return chat


@dataclass(slots=True, eq=False)
class Message:
    """
    Something in a chat. *content* holds the Bot API's fields of its kind (text and entities, photo and caption, …).

    *id* is unique in the chat. In a basic group each bot counts for itself, as accounts really do: see *ids*.
    """

    chat: Chat
    id: int
    sent_at: datetime
    sender: Account
    content: dict[str, Any]
    ids: dict[int, int] = field(default_factory=dict)
    reply_to: "Message | None" = None
    quote: str = ""
    pinned: "Message | None" = None
    forward_origin: dict[str, Any] | None = None
    edited_at: datetime | None = None
    markup: dict[str, Any] | None = None
    reactions: dict[int, str] = field(default_factory=dict)
    is_deleted: bool = False
    is_service: bool = False

    @property
    def text(self) -> str:
        return str(self.content.get("text") or self.content.get("caption") or "")

    @property
    def entities(self) -> list[dict[str, Any]]:
        return list(self.content.get("entities") or self.content.get("caption_entities") or [])

    @property
    def buttons(self) -> list[list[dict[str, Any]]]:
        return list((self.markup or {}).get("inline_keyboard", []))

    def id_for(self, viewer: BotAccount) -> int:
        return self.ids.get(viewer.id, self.id)

    def as_message(self, viewer: BotAccount, *, is_nested: bool = False) -> dict[str, Any]:
        """The Bot API's object, as one bot sees it; replies are shown one level deep."""
        body: dict[str, Any] = {
            "message_id": self.id_for(viewer),
            "from": self.sender.as_user(),
            "chat": self.chat.as_chat(),
            "date": int(self.sent_at.timestamp()),
        }
        if self.edited_at is not None:
            body["edit_date"] = int(self.edited_at.timestamp())
        if self.forward_origin is not None:
            body["forward_origin"] = self.forward_origin
            if "sender_user" in self.forward_origin:
                body["forward_from"] = self.forward_origin["sender_user"]
            body["forward_date"] = self.forward_origin["date"]
        if not is_nested:
            if self.reply_to is not None and not self.reply_to.is_deleted:
                body["reply_to_message"] = self.reply_to.as_message(viewer, is_nested=True)
                if self.quote:
                    body["quote"] = {
                        "text": self.quote,
                        "position": max(0, self.reply_to.text.find(self.quote)),
                        "is_manual": True,
                    }
            if self.pinned is not None:
                body["pinned_message"] = self.pinned.as_message(viewer, is_nested=True)
        body.update(self.content)
        if self.markup is not None and "inline_keyboard" in self.markup:
            body["reply_markup"] = self.markup
        return body


@dataclass(slots=True, eq=False)
class Press:
    """A pressed button, until it is answered or forgotten."""

    id: str
    bot: BotAccount
    person: Person
    message: Message
    data: str
    pressed_at: datetime
    answered_at: datetime | None = None
    text: str = ""
    is_alert: bool = False
    url: str | None = None


@dataclass(slots=True, eq=False)
class InlineQuery:
    """What a person typed after a bot's name, until it is answered or forgotten."""

    id: str
    bot: BotAccount
    person: Person
    query: str
    asked_at: datetime
    results: list[dict[str, Any]] | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that concerns some people, numbered so that a page can ask what came after."""

    number: int
    kind: str
    people: frozenset[int] | None
    chat: Chat | None = None
    message: Message | None = None
    fields: dict[str, Any] = field(default_factory=dict)
