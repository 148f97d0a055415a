"""Files of the messenger's that belong to an entry, kept by reference."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from bot.domain.progress import Attachment
from db.models import AttachmentRow

_ADD = insert(AttachmentRow)
_OF = (
    select(AttachmentRow.kind, AttachmentRow.file_id, AttachmentRow.name, AttachmentRow.size)
    .where(AttachmentRow.subject == bindparam("subject"), AttachmentRow.subject_id == bindparam("id"))
    .order_by(AttachmentRow.id)
)


class Attachments:
    """Keeps references to files; *subject* is ``progress`` (an entry's id) or ``obstacle`` (an obstacle's id)."""

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
