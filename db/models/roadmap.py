"""The roadmap's tables: milestones, progress entries, moved dates, obstacles and their threads."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base

_OPEN_MILESTONE = text("state NOT IN ('done', 'dropped')")
_OPEN_OBSTACLE = text("state NOT IN ('closed', 'withdrawn')")


class MilestoneRow(Base):
    """A milestone. *responsible_party_id* None is joint; no *baseline_due_on* means added after adoption."""

    __tablename__ = "milestones"
    __table_args__ = (
        UniqueConstraint("group_id", "number"),
        Index("ix_milestones_open", "group_id", "due_on", sqlite_where=_OPEN_MILESTONE),
        Index("ix_milestones_workstream", "workstream_id", "number"),
        Index("ix_milestones_lead", "lead_id", sqlite_where=_OPEN_MILESTONE),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    number: Mapped[int]
    title: Mapped[str]
    language: Mapped[str]
    title_fa: Mapped[str] = mapped_column(default="")
    title_tg: Mapped[str] = mapped_column(default="")
    title_en: Mapped[str] = mapped_column(default="")
    workstream_id: Mapped[int] = mapped_column(ForeignKey("workstreams.id"))
    responsible_party_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    lead_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    counterpart_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    start_on: Mapped[date]
    due_on: Mapped[date]
    baseline_start_on: Mapped[date | None]
    baseline_due_on: Mapped[date | None]
    added_on: Mapped[date | None]
    measurable_result: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="not started")
    percent: Mapped[int] = mapped_column(default=0)
    moves: Mapped[int] = mapped_column(default=0)
    evidence: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    planned_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    planned_at: Mapped[datetime]
    removed_at: Mapped[datetime | None] = mapped_column(comment="planning it was undone")
    last_entry_at: Mapped[datetime | None]
    finished_on: Mapped[date | None] = mapped_column(comment="when it became done or dropped, in the lead party's zone")
    folded: Mapped[str] = mapped_column(default="", comment="the titles, folded for search and for telling doubles")
    sounds: Mapped[str] = mapped_column(default="", comment="consonants of the titles, for search across scripts")


class ProgressRow(Base):
    """A progress entry; never changed but for being undone."""

    __tablename__ = "progress_entries"
    __table_args__ = (
        Index("ix_progress_milestone", "milestone_id", "id"),
        Index("ix_progress_group_at", "group_id", "at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestones.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    at: Mapped[datetime]
    percent_before: Mapped[int]
    percent_after: Mapped[int]
    state_before: Mapped[str]
    state_after: Mapped[str]
    evidence_before: Mapped[str] = mapped_column(default="")
    reason_before: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    way: Mapped[str] = mapped_column(comment="buttons, form, reply, private, command or file")
    undone_at: Mapped[datetime | None]


class DueMoveRow(Base):
    """A due date that moved, with its reason."""

    __tablename__ = "due_moves"
    __table_args__ = (Index("ix_due_moves_milestone", "milestone_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestones.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    at: Mapped[datetime]
    due_before: Mapped[date]
    due_after: Mapped[date]
    reason: Mapped[str]
    language: Mapped[str]
    way: Mapped[str]
    undone_at: Mapped[datetime | None]


class ObstacleRow(Base):
    """An obstacle; whose court it is in and since when."""

    __tablename__ = "obstacles"
    __table_args__ = (
        UniqueConstraint("group_id", "number"),
        Index("ix_obstacles_open", "group_id", "severity", sqlite_where=_OPEN_OBSTACLE),
        Index("ix_obstacles_milestone", "milestone_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    number: Mapped[int]
    title: Mapped[str]
    language: Mapped[str]
    need: Mapped[str] = mapped_column(default="")
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestones.id"))
    workstream_id: Mapped[int | None] = mapped_column(ForeignKey("workstreams.id"))
    needed_from_party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"))
    needed_by: Mapped[date | None]
    severity: Mapped[str]
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    raised_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="raised")
    waiting_for: Mapped[str] = mapped_column(default="")
    court_party_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    state_changed_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None] = mapped_column(comment="raising it was undone")
    version: Mapped[int] = mapped_column(default=1)
    folded: Mapped[str] = mapped_column(default="")
    sounds: Mapped[str] = mapped_column(default="", comment="consonants of the texts, for search across scripts")


class ObstacleOwnerRow(Base):
    """Who clears an obstacle on one side."""

    __tablename__ = "obstacle_owners"
    obstacle_id: Mapped[int] = mapped_column(ForeignKey("obstacles.id"), primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))


class ObstacleEntryRow(Base):
    """One step of an obstacle's thread."""

    __tablename__ = "obstacle_entries"
    __table_args__ = (Index("ix_obstacle_entries_obstacle", "obstacle_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    obstacle_id: Mapped[int] = mapped_column(ForeignKey("obstacles.id"))
    kind: Mapped[str] = mapped_column(comment="raised, taken, waiting, solved, closed, withdrawn or comment")
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    at: Mapped[datetime]
    state_before: Mapped[str | None]
    state_after: Mapped[str]
    waiting_for: Mapped[str] = mapped_column(default="")
    court_party_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    note: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    way: Mapped[str]


class AttachmentRow(Base):
    """A file of the messenger's that belongs to an entry; kept by reference, never downloaded."""

    __tablename__ = "attachments"
    __table_args__ = (Index("ix_attachments_subject", "subject", "subject_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(comment="progress or obstacle")
    subject_id: Mapped[int]
    kind: Mapped[str] = mapped_column(comment="document, photo, video or voice")
    file_id: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    size: Mapped[int | None]
    at: Mapped[datetime]
