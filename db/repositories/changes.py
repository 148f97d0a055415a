"""The record of changes, read back: who, when, what before and after."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from db.models import ChangeRow

_CHANGE = select(ChangeRow.id, ChangeRow.member_id, ChangeRow.at, ChangeRow.act, ChangeRow.before, ChangeRow.after)
_BY_ID = select(ChangeRow.subject, ChangeRow.subject_id, *_CHANGE.selected_columns).where(
    ChangeRow.id == bindparam("id")
)
_OF_SUBJECT = (ChangeRow.subject == bindparam("subject"), ChangeRow.subject_id == bindparam("of"))
_SINCE = _CHANGE.where(*_OF_SUBJECT, ChangeRow.id > bindparam("after")).order_by(ChangeRow.id)
_LAST = _CHANGE.where(*_OF_SUBJECT).order_by(ChangeRow.id.desc()).limit(1)
_LAST_ID = select(func.coalesce(func.max(ChangeRow.id), 0)).where(*_OF_SUBJECT)


@dataclass(frozen=True, slots=True)
class Change:
    """One recorded change; *member_id* None is a file or the program itself."""

    id: int
    member_id: int | None
    at: datetime
    act: str
    before: dict[str, Any]
    after: dict[str, Any]


class Changes:
    """Looks recorded changes up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, subject: str, change_id: int) -> tuple[int, Change] | None:
        """Find a change of a kind of item; give the id of the item with it."""
        row = self._connection.execute(_BY_ID, {"id": change_id}).one_or_none()
        if row is None or row[0] != subject:
            return None
        return row[1], _change(row[2:])

    def since(self, subject: str, subject_id: int, change_id: int) -> list[Change]:
        """Give the changes of an item after the change *change_id*, the eldest first."""
        values = {"subject": subject, "of": subject_id, "after": change_id}
        return [_change(row) for row in self._connection.execute(_SINCE, values)]

    def last(self, subject: str, subject_id: int) -> Change | None:
        """Give the last change of an item."""
        row = self._connection.execute(_LAST, {"subject": subject, "of": subject_id}).one_or_none()
        return _change(row) if row is not None else None

    def last_id(self, subject: str, subject_id: int) -> int:
        """Give the number of the last change of an item, 0 where there was none."""
        found: int = self._connection.execute(_LAST_ID, {"subject": subject, "of": subject_id}).scalar_one()
        return found


def _change(row: Any) -> Change:
    id_, member_id, at, act, before, after = row
    return Change(id_, member_id, at, act, before or {}, after or {})
