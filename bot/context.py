"""What a callback receives: the unit of work, who acts, where, how they read, what the time is, and how to answer."""

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NoReturn, Self
from zoneinfo import ZoneInfo

from telegram import Chat as MessengerChat
from telegram import Message, Update, User
from telegram.ext import Application, CallbackContext

from bot.domain.errors import ButtonExpired, NotAMember
from bot.domain.groups import WorkingGroup
from bot.domain.members import Member
from bot.domain.readers import Choices, Language, Reader, default_calendar
from bot.i18n.speech import Speech, speech
from bot.screens.callback_data import Press, unpack
from bot.screens.screen import Screen
from bot.services import posting
from db.models import Lane
from db.repositories.chats import Chat
from db.repositories.members import Person
from db.repositories.screens import ShownScreen
from db.unit_of_work import UnitOfWork

UNIT: ContextVar[UnitOfWork] = ContextVar("unit_of_work")
STRANGER_ZONE = "UTC"
_LANGUAGE_OF_CLIENT: dict[str, Language] = {"fa": "fa", "tg": "tg", "ru": "tg", "en": "en"}


@dataclass(frozen=True, slots=True)
class BotName:
    """How the bot is called; *username* is empty until the messenger has told it."""

    id: int
    username: str


class Context(CallbackContext[Any, Any, Any, Any]):
    """
    One update as a callback sees it. Look-ups are made when first asked for and kept; building it asks nothing.

    Refusals are raised as DomainError; the unit of work is then rolled back and the refusal shown.
    """

    # The library has a method of this name for chat data, which is not kept here.
    update: Update  # type: ignore[assignment]
    uow: UnitOfWork

    @classmethod
    def from_update(cls, update: object, application: "Application[Any, Any, Any, Any, Any, Any]") -> Self:
        """Make the context of an update inside the unit of work that is under way in this thread."""
        context = cls(application)
        if not isinstance(update, Update):
            message = f"not an update: {type(update)}"
            raise TypeError(message)
        context.update = update
        context.uow = UNIT.get()
        return context

    @property
    def bot(self) -> NoReturn:
        """Refuse: nothing is sent from a callback; what is owed goes through the outbox."""
        message = "a callback does not call the messenger: show a screen instead"
        raise RuntimeError(message)

    # Who and where

    @cached_property
    def chat(self) -> Chat:
        """The chat of the update; for an update without one, the person's private chat."""
        chat: MessengerChat | None = self.update.effective_chat
        if chat is None:
            return self.uow.chats.at(self.user.id)
        return self.uow.chats.at(chat.id, kind=chat.type, title=chat.title or "")

    @property
    def user(self) -> User:
        """The messenger's user who acts; the gate lets no update without one pass."""
        user = self.update.effective_user
        if user is None:
            raise NotAMember
        return user

    @property
    def message(self) -> Message:
        """The message of the update."""
        message = self.update.effective_message
        if message is None:
            raise ButtonExpired
        return message

    @cached_property
    def known(self) -> tuple[Person | None, list[Member]]:
        """The person who acts and the memberships they have joined: what each update asks for, in one look-up."""
        return self.uow.members.known(self.user.id)

    @property
    def person(self) -> Person | None:
        """The person who acts; None for somebody who was never admitted."""
        return self.known[0]

    @cached_property
    def member_or_none(self) -> Member | None:
        """Who acts, in the group of this chat or, in private, the group last chosen; None for strangers."""
        person, mine = self.known
        if person is None:
            return None
        wanted = person.group_id if self.chat.is_private else self.chat.group_id
        found = next((member for member in mine if member.group_id == wanted), None)
        return found or (mine[0] if mine and self.chat.is_private else None)

    @property
    def member(self) -> Member:
        """
        Who acts, as a member of the group.

        Raises:
            NotAMember: a stranger, or a member of another group in a bound chat.
        """
        if self.member_or_none is None:
            raise NotAMember
        return self.member_or_none

    @cached_property
    def group(self) -> WorkingGroup:
        """The working group that commands act on."""
        return self.uow.groups.get(self.member.group_id)

    @property
    def reader(self) -> Reader:
        """How the person who acts reads; of a stranger, what their client's language suggests."""
        if self.member_or_none is not None:
            return self.member_or_none.reader
        choices = self.person.choices if self.person else Choices()
        language = choices.language or self.client_language or "en"
        return choices.reader(language=language, calendar=default_calendar(language), time_zone=STRANGER_ZONE)

    @property
    def client_language(self) -> Language | None:
        """The one of our languages that the client's own suggests; it only preselects."""
        return _LANGUAGE_OF_CLIENT.get((self.user.language_code or "")[:2])

    @property
    def say(self) -> Speech:
        """How to speak to the person who acts."""
        return speech(self.reader)

    def forget_person(self) -> None:
        """Look the person and the membership up anew: the callback has changed them."""
        for name in ("known", "member_or_none", "group"):
            self.__dict__.pop(name, None)

    # When

    @property
    def now(self) -> datetime:
        """The instant of this unit of work, aware UTC."""
        return self.uow.now

    @property
    def today(self) -> date:
        """The day in the zone of the person who acts."""
        return self.now.astimezone(ZoneInfo(self.reader.time_zone)).date()

    # What was pressed

    @cached_property
    def press(self) -> Press:
        """
        What the pressed button says.

        Raises:
            ButtonExpired: forged, of another chat or of an older version.
        """
        query = self.update.callback_query
        if query is None or not query.data:
            raise ButtonExpired
        return unpack(posting.button_key(self.uow), self.chat.id, query.data)

    @cached_property
    def pressed_screen(self) -> ShownScreen:
        """
        The screen whose button was pressed, moved to the message that was pressed.

        Raises:
            ButtonExpired: the screen is gone or belongs to another chat.
        """
        screen = self.uow.screens.find(self.press.screen_id)
        if screen is None or screen.chat_id != self.chat.id:
            raise ButtonExpired
        message = self.update.effective_message
        if message is not None and screen.message_id != message.message_id:
            self.uow.screens.move(screen.id, message.message_id)
        return screen

    @cached_property
    def replied_screen(self) -> ShownScreen | None:
        """The screen that the message replies to, if it replies to one of ours."""
        message = self.update.effective_message
        replied = message.reply_to_message if message else None
        if replied is None:
            return None
        return self.uow.screens.of_message(self.chat.id, replied.message_id)

    # Answers

    def show(self, screen: Screen, *, anew: bool = False) -> int:
        """
        Show a screen: in place of the one whose button was pressed, otherwise (or *anew*) as a message of its own.

        In a group a new message replies to the one that asked. Gives the number of the screen.
        """
        self.uow.outcome = self.uow.outcome or "shown"
        member = self.member_or_none
        if self.update.callback_query is not None and not anew:
            return posting.show(
                self.uow, self.chat, screen, screen_id=self.pressed_screen.id, member_id=member.id if member else None
            )
        asked = (
            self.update.effective_message if not self.chat.is_private and self.update.callback_query is None else None
        )
        return posting.show(
            self.uow,
            self.chat,
            screen,
            member_id=member.id if member else None,
            reply_to=asked.message_id if asked else None,
        )

    def redraw(self, screen_id: int, screen: Screen) -> None:
        """Show a screen in place of what another of our messages shows, such as a form's card after typed text."""
        self.uow.outcome = self.uow.outcome or "redrawn"
        posting.show(self.uow, self.chat, screen, screen_id=screen_id)

    def toast(self, text: str = "", *, alert: bool = False) -> None:
        """Answer the button press with a line that fades, or with an alert; plain text, at most 200 characters."""
        self.uow.outcome = self.uow.outcome or "answered"
        query = self.update.callback_query
        if query is None:
            return
        self.answered = True
        posting.answer(self.uow, query.id, arrived_at=self.now, text=text, alert=alert)

    answered: bool = False

    def quiet(self, outcome: str) -> None:
        """Note that nothing is to be said, and why."""
        self.uow.outcome = self.uow.outcome or outcome

    def tell(self, member: Member, draw: "posting.Draw", *, key: str | None = None, lane: Lane = Lane.NOTICE) -> None:
        """Owe a private message to another member in their own language."""
        posting.notify(self.uow, member, draw, key=key, lane=lane)
