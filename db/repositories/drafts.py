"""Drafts: forms that somebody is filling, kept until they are saved or dropped."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from db.models import DraftRow

_COLUMNS = (
    DraftRow.id,
    DraftRow.member_id,
    DraftRow.chat_id,
    DraftRow.kind,
    DraftRow.fields,
    DraftRow.awaits,
    DraftRow.screen_id,
    DraftRow.closed_at,
)
_BY_ID = select(*_COLUMNS).where(DraftRow.id == bindparam("id"))
_OPEN = (
    select(*_COLUMNS)
    .where(
        DraftRow.member_id == bindparam("member"), DraftRow.chat_id == bindparam("chat"), DraftRow.closed_at.is_(None)
    )
    .order_by(DraftRow.changed_at.desc(), DraftRow.id.desc())
)
_ON_TOP = _OPEN.limit(1)


@dataclass(frozen=True, slots=True)
class Draft:
    """A form in hand. *fields* is what was filled; *awaits* names the field that the next typed text goes to."""

    id: int
    member_id: int
    chat_id: int
    kind: str
    fields: dict[str, Any]
    awaits: str
    screen_id: int | None
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Tell whether it can still be filled."""
        return self.closed_at is None


class Drafts:
    """Keeps forms."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def find(self, draft_id: int) -> Draft | None:
        """Find a draft by id, a closed one too."""
        row = self._connection.execute(_BY_ID, {"id": draft_id}).one_or_none()
        return Draft(*row) if row else None

    def _get(self, draft_id: int) -> Draft:
        return Draft(*self._connection.execute(_BY_ID, {"id": draft_id}).one())

    def open_one(self, member_id: int, chat_id: int) -> Draft | None:
        """Give the draft that a member changed last in a chat and has not closed."""
        row = self._connection.execute(_ON_TOP, {"member": member_id, "chat": chat_id}).one_or_none()
        return Draft(*row) if row else None

    def open_ones(self, member_id: int, chat_id: int) -> list[Draft]:
        """Give all drafts that a member has not closed in a chat, the one changed last first."""
        return [Draft(*row) for row in self._connection.execute(_OPEN, {"member": member_id, "chat": chat_id})]

    def begin(self, *, member_id: int, chat_id: int, kind: str, fields: dict[str, Any], awaits: str = "") -> Draft:
        """Open a form."""
        number: int = self._connection.execute(
            insert(DraftRow).returning(DraftRow.id),
            {
                "member_id": member_id,
                "chat_id": chat_id,
                "kind": kind,
                "fields": fields,
                "awaits": awaits,
                "opened_at": self._now,
                "changed_at": self._now,
            },
        ).scalar_one()
        return self._get(number)

    def change(
        self,
        draft: Draft,
        *,
        fields: dict[str, Any] | None = None,
        awaits: str | None = None,
        screen_id: int | None = None,
    ) -> Draft:
        """Change what is given (*fields* are laid over those before); give the draft as it is now."""
        values: dict[str, Any] = {"changed_at": self._now}
        if fields is not None:
            values["fields"] = {**draft.fields, **fields}
        if awaits is not None:
            values["awaits"] = awaits
        if screen_id is not None:
            values["screen_id"] = screen_id
        self._connection.execute(update(DraftRow).where(DraftRow.id == draft.id).values(**values))
        return self._get(draft.id)

    def close(self, draft: Draft) -> None:
        """Close a form, saved or dropped."""
        self._connection.execute(
            update(DraftRow).where(DraftRow.id == draft.id).values(closed_at=self._now, awaits="", changed_at=self._now)
        )
