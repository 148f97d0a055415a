"""Screens: messages that are edited in place, known by our own number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from db.models import ScreenRow

_COLUMNS = (
    ScreenRow.id,
    ScreenRow.chat_id,
    ScreenRow.message_id,
    ScreenRow.view,
    ScreenRow.about,
    ScreenRow.member_id,
)
_BY_ID = select(*_COLUMNS).where(ScreenRow.id == bindparam("id"))
_BY_MESSAGE = (
    select(*_COLUMNS)
    .where(ScreenRow.chat_id == bindparam("chat"), ScreenRow.message_id == bindparam("message"))
    .order_by(ScreenRow.id.desc())
    .limit(1)
)
_LAST = select(*_COLUMNS).where(ScreenRow.chat_id == bindparam("chat")).order_by(ScreenRow.id.desc()).limit(1)
_LAST_DRAWN = (
    select(*_COLUMNS)
    .where(ScreenRow.chat_id == bindparam("chat"), ScreenRow.id < bindparam("before"), ScreenRow.view.is_not(None))
    .order_by(ScreenRow.id.desc())
    .limit(1)
)
_ADD = insert(ScreenRow).returning(ScreenRow.id)
_REDRAW = (
    update(ScreenRow)
    .where(ScreenRow.id == bindparam("row"))
    .values(view=bindparam("v"), about=bindparam("a"), shown_at=bindparam("at"))
)
_MOVE = update(ScreenRow).where(ScreenRow.id == bindparam("row")).values(message_id=bindparam("m"))


@dataclass(frozen=True, slots=True)
class ShownScreen:
    """A screen as the database knows it. *view* names how to draw it; *about* is the code it shows."""

    id: int
    chat_id: int
    message_id: int | None
    view: list[Any] | None
    about: str
    member_id: int | None


class Screens:
    """Looks screens up by number or message."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, screen_id: int) -> ShownScreen | None:
        """Find a screen by its number."""
        row = self._connection.execute(_BY_ID, {"id": screen_id}).one_or_none()
        return ShownScreen(*row) if row else None

    def of_message(self, chat_id: int, message_id: int) -> ShownScreen | None:
        """Find the screen that a message shows."""
        row = self._connection.execute(_BY_MESSAGE, {"chat": chat_id, "message": message_id}).one_or_none()
        return ShownScreen(*row) if row else None

    def last(self, chat_id: int) -> ShownScreen | None:
        """Give the newest screen of a chat."""
        row = self._connection.execute(_LAST, {"chat": chat_id}).one_or_none()
        return ShownScreen(*row) if row else None

    def last_drawn(self, chat_id: int, *, before: int) -> ShownScreen | None:
        """Give the newest screen of a chat, elder than screen *before*, that can be drawn anew."""
        row = self._connection.execute(_LAST_DRAWN, {"chat": chat_id, "before": before}).one_or_none()
        return ShownScreen(*row) if row else None

    def last_like(
        self, chat_id: int, name: str, *arguments: int | str, during: tuple[datetime, datetime] | None = None
    ) -> ShownScreen | None:
        """Give a chat's newest screen whose view has *name* and begins with *arguments*; *during* bounds when (UTC)."""
        newest = select(*_COLUMNS).where(ScreenRow.chat_id == chat_id).order_by(ScreenRow.id.desc()).limit(20)
        rows = self._connection.execute(newest.where(ScreenRow.shown_at.between(*during)) if during else newest)
        wanted = [name, *arguments]
        screens = (ShownScreen(*row) for row in rows)
        return next((screen for screen in screens if screen.view and screen.view[: len(wanted)] == wanted), None)

    def add(self, chat_id: int, *, view: list[Any] | None, about: str, member_id: int | None, now: datetime) -> int:
        """Add a screen whose message is yet to be sent; give its number."""
        number: int = self._connection.execute(
            _ADD, {"chat_id": chat_id, "view": view, "about": about, "member_id": member_id, "shown_at": now}
        ).scalar_one()
        return number

    def redraw(self, screen_id: int, *, view: list[Any] | None, about: str, now: datetime) -> None:
        """Note what the screen is to show."""
        self._connection.execute(_REDRAW, {"row": screen_id, "v": view, "a": about, "at": now})

    def move(self, screen_id: int, message_id: int | None) -> None:
        """Point the screen to the message that shows it."""
        self.move_all({screen_id: message_id})

    def move_all(self, messages: Mapping[int, int | None]) -> None:
        """Point screens, by number, to the messages that show them."""
        if messages:
            self._connection.execute(_MOVE, [{"row": screen, "m": message} for screen, message in messages.items()])
