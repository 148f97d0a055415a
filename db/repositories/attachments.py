"""Files of the messenger's that belong to an entry or an item, kept by reference."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, literal_column, select, union_all
from sqlalchemy.orm import aliased

from bot.domain.evidence import Evidence
from bot.domain.progress import Attachment
from db.models import AttachmentRow, MilestoneRow, ObstacleRow, ProgressRow

MILESTONE = "milestone"
OBSTACLE = "obstacle"
PROGRESS = "progress"

_Entry = aliased(ProgressRow)

_FILE = (AttachmentRow.kind, AttachmentRow.file_id, AttachmentRow.name, AttachmentRow.size)
_ADD = insert(AttachmentRow)
_OF = (
    select(*_FILE)
    .where(AttachmentRow.subject == bindparam("subject"), AttachmentRow.subject_id == bindparam("id"))
    .order_by(AttachmentRow.id)
)
_BY_ID = select(AttachmentRow.subject, AttachmentRow.subject_id, *_FILE).where(AttachmentRow.id == bindparam("id"))


def _files_of(subject: str, author: Any) -> Select[Any]:
    """Build a statement for files with their *author*'s id, which the caller joins."""
    return select(
        AttachmentRow.id,
        AttachmentRow.subject,
        AttachmentRow.subject_id,
        author.label("author"),
        AttachmentRow.at,
        *_FILE,
    ).where(AttachmentRow.subject == literal_column(f"'{subject}'"))


_OF_ENTRIES = (
    _files_of(PROGRESS, ProgressRow.member_id)
    .join(ProgressRow, ProgressRow.id == AttachmentRow.subject_id)
    # A list of the entries first: a plain join is planned from the files of all groups.
    .where(
        AttachmentRow.subject_id.in_(
            select(_Entry.id).where(_Entry.milestone_id == bindparam("item"), _Entry.undone_at.is_(None))
        )
    )
)
_OF_MILESTONE = (
    _files_of(MILESTONE, func.coalesce(MilestoneRow.planned_by_id, MilestoneRow.lead_id))
    .join(MilestoneRow, MilestoneRow.id == AttachmentRow.subject_id)
    .where(AttachmentRow.subject_id == bindparam("item"))
)
_OF_OBSTACLE = (
    _files_of(OBSTACLE, ObstacleRow.raised_by_id)
    .join(ObstacleRow, ObstacleRow.id == AttachmentRow.subject_id)
    .where(AttachmentRow.subject_id == bindparam("item"))
)
_EVERY = {
    MILESTONE: union_all(_OF_ENTRIES, _OF_MILESTONE).subquery("every"),
    OBSTACLE: _OF_OBSTACLE.subquery("every"),
}
_COUNT = {item: select(func.count()).select_from(every) for item, every in _EVERY.items()}
_PAGE = {
    item: select(every).order_by(every.c.id.desc()).offset(bindparam("skipped")).limit(bindparam("most"))
    for item, every in _EVERY.items()
}


class Attachments:
    """Keeps references to files; *subject* is PROGRESS (an entry's id), MILESTONE or OBSTACLE (the item's id)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, subject: str, subject_id: int, attachments: Iterable[Attachment], *, at: datetime) -> None:
        """Add files that came at *at* (UTC)."""
        rows = [
            {
                "subject": subject,
                "subject_id": subject_id,
                "kind": attachment.kind,
                "file_id": attachment.file_id,
                "name": attachment.name,
                "size": attachment.size,
                "at": at,
            }
            for attachment in attachments
        ]
        if rows:
            self._connection.execute(_ADD, rows)

    def of(self, subject: str, subject_id: int) -> list[Attachment]:
        """Give the files in the order they came."""
        return [Attachment(*row) for row in self._connection.execute(_OF, {"subject": subject, "id": subject_id})]

    def get(self, attachment_id: int) -> tuple[str, int, Attachment] | None:
        """Give the subject of a file, its id, and the file."""
        row = self._connection.execute(_BY_ID, {"id": attachment_id}).one_or_none()
        return (row[0], row[1], Attachment(*row[2:])) if row else None

    def count(self, item: str, item_id: int) -> int:
        """Count the files of a milestone (those of its entries too, unless undone) or of an obstacle."""
        found: int = self._connection.execute(_COUNT[item], {"item": item_id}).scalar_one()
        return found

    def page(self, item: str, item_id: int, *, skipped: int, most: int) -> list[Evidence]:
        """Give *most* of the files that *count* counts, the newest first."""
        values: Mapping[str, int] = {"item": item_id, "skipped": skipped, "most": most}
        return [_evidence(tuple(row)) for row in self._connection.execute(_PAGE[item], values)]


def _evidence(row: tuple[Any, ...]) -> Evidence:
    number, subject, subject_id, author, at, *file = row
    return Evidence(number, subject, subject_id, Attachment(*file), author, at)
