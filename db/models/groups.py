"""Working groups as data: parties, their holidays, workstreams and the group's own rules."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class GroupRow(Base):
    """A working group. *rules* holds reporting, ladders, quiet hours and limits, as the group's file names them."""

    __tablename__ = "groups"
    __table_args__ = (UniqueConstraint("code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    names: Mapped[dict[str, str]]
    rules: Mapped[dict[str, Any]]
    formed_on: Mapped[date | None]
    roadmap_adopted_on: Mapped[date | None]
    created_at: Mapped[datetime]
    last_milestone: Mapped[int] = mapped_column(default=0, comment="the highest number given, M-…")
    last_obstacle: Mapped[int] = mapped_column(default=0, comment="the highest number given, O-…")


class PartyRow(Base):
    """A country of the group. *weekend* holds weekday numbers, Monday 0."""

    __tablename__ = "parties"
    __table_args__ = (UniqueConstraint("group_id", "code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    position: Mapped[int]
    code: Mapped[str]
    names: Mapped[dict[str, str]]
    ministry: Mapped[dict[str, str]]
    time_zone: Mapped[str]
    calendar: Mapped[str]
    weekend: Mapped[list[int]]
    holidays_country: Mapped[str]
    office_opens: Mapped[time]
    office_closes: Mapped[time]
    lunch_from: Mapped[time | None]
    lunch_until: Mapped[time | None]
    default_language: Mapped[str]


class HolidayCorrectionRow(Base):
    """A day that a party's calendar of holidays gets wrong: *is_off* says what it is."""

    __tablename__ = "holiday_corrections"
    __table_args__ = (UniqueConstraint("party_id", "day"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"))
    day: Mapped[date]
    is_off: Mapped[bool]
    name: Mapped[str] = mapped_column(default="")


class WorkstreamRow(Base):
    """A line of work, in the group's own order."""

    __tablename__ = "workstreams"
    __table_args__ = (UniqueConstraint("group_id", "code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    code: Mapped[str]
    names: Mapped[dict[str, str]]
    position: Mapped[int]
    core: Mapped[bool] = mapped_column(default=False)
    lead_party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"))
    closed_at: Mapped[datetime | None]


class WorkstreamPersonRow(Base):
    """Who answers for a workstream on one side. *member_id* is None while the handle waits for its person."""

    __tablename__ = "workstream_people"
    __table_args__ = (UniqueConstraint("workstream_id", "party_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    workstream_id: Mapped[int] = mapped_column(ForeignKey("workstreams.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"))
    handle: Mapped[str]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)


class AdoptionRow(Base):
    """A co-chair's adoption of the roadmap, one a party; *content_hash* says of which content, "" if not known."""

    __tablename__ = "adoptions"
    __table_args__ = (UniqueConstraint("group_id", "party_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    at: Mapped[datetime]
    content_hash: Mapped[str] = mapped_column(default="", server_default="")
