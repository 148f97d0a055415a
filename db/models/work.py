"""Work in hand and on record: drafts of forms, parts of reports, reminders, and the history of changes."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Big


class DraftRow(Base):
    """A form that somebody is filling. *awaits* names the field that the next typed text goes to."""

    __tablename__ = "drafts"
    __table_args__ = (
        Index(
            "ix_drafts_open",
            "member_id",
            "chat_id",
            sqlite_where=text("closed_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    chat_id: Mapped[int] = mapped_column(ForeignKey("chats.id"))
    kind: Mapped[str] = mapped_column(comment="which form, such as milestone")
    fields: Mapped[dict[str, Any]]
    awaits: Mapped[str] = mapped_column(default="")
    screen_id: Mapped[int | None] = mapped_column(ForeignKey("screens.id"))
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class ReportPartRow(Base):
    """What a member answered for a workstream in a reporting period. *period* is such as 2026-10."""

    __tablename__ = "report_parts"
    __table_args__ = (UniqueConstraint("group_id", "period", "member_id", "workstream_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    period: Mapped[str]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    workstream_id: Mapped[int] = mapped_column(ForeignKey("workstreams.id"))
    is_empty: Mapped[bool] = mapped_column(comment="nothing to report")
    text: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    answered_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    answered_at: Mapped[datetime]


class ReminderRow(Base):
    """A rung that became due for one receiver; its key lets it happen once, whatever restarts."""

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_reminders_group_period", "group_id", "period"),
        Index(
            "ix_reminders_waiting",
            "due_at",
            sqlite_where=text("state = 'waiting'"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    period: Mapped[str]
    rung: Mapped[str]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    due_at: Mapped[datetime]
    until_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(comment="waiting (snoozed or postponed), queued, sent, withdrawn or passed over")
    detail: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]


class ChangeRow(Base):
    """The record of every change: who, when, what before and after. Never edited."""

    __tablename__ = "changes"
    __table_args__ = (
        Index("ix_changes_subject", "subject", "subject_id", "id"),
        # What a history tells: an entry, which has a row of its own, has the record "log" beside it.
        Index("ix_changes_told", "subject", "subject_id", "id", sqlite_where=text("act <> 'log'")),
        Index("ix_changes_group", "group_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    at: Mapped[datetime]
    act: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[int]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    update_id: Mapped[int | None] = mapped_column(Big)
