"""People and their membership: persons across groups, members of one, absences, invitations."""

from datetime import date, datetime, time

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class PersonRow(Base):
    """
    A person across groups and what they chose.

    *user_id* is None until an invitation is used. None in a choice means: as the party has it. *group_id* is the group
    last chosen.
    """

    __tablename__ = "persons"
    __table_args__ = (UniqueConstraint("messenger", "user_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    messenger: Mapped[str] = mapped_column(default="telegram")
    user_id: Mapped[int | None] = mapped_column(BigInteger)
    name_fa: Mapped[str] = mapped_column(default="")
    name_tg: Mapped[str] = mapped_column(default="")
    name_en: Mapped[str] = mapped_column(default="")
    language: Mapped[str | None]
    language_chosen: Mapped[bool] = mapped_column(default=False)
    calendar: Mapped[str | None]
    digits: Mapped[str | None]
    time_zone: Mapped[str | None]
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
    is_reachable: Mapped[bool] = mapped_column(default=True)
    is_owner: Mapped[bool] = mapped_column(default=False)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id", use_alter=True))


class MemberRow(Base):
    """A person's place in one group. *removed_at* ends it; the row stays for the record."""

    __tablename__ = "members"
    __table_args__ = (UniqueConstraint("group_id", "handle"), Index("ix_members_person_id", "person_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"))
    handle: Mapped[str]
    role: Mapped[str]
    joined_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]


class AbsenceRow(Base):
    """Days away, both ends included."""

    __tablename__ = "absences"
    __table_args__ = (Index("ix_absences_member_id", "member_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    first_on: Mapped[date]
    last_on: Mapped[date]
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))


class InvitationRow(Base):
    """A single-use deep link, kept as a hash. *group_id* None makes its user an owner of the installation."""

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        Index(
            "ix_invitations_open",
            "member_id",
            sqlite_where=text("used_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    role: Mapped[str | None]
    language: Mapped[str | None]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), comment="the member it waits for, if named")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    revoked_at: Mapped[datetime | None]
