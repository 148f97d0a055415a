"""People and their membership: who wrote, in which groups they are, and how they read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, and_, bindparam, insert, select, update

from bot.domain.members import Absence, Member, Names, QuietHours, Role
from bot.domain.readers import CalendarName, Choices, Digits, Language
from db.models import AbsenceRow, MemberRow, PartyRow, PersonRow

_PERSON = (
    PersonRow.id,
    PersonRow.user_id,
    PersonRow.name_fa,
    PersonRow.name_tg,
    PersonRow.name_en,
    PersonRow.language,
    PersonRow.language_chosen,
    PersonRow.calendar,
    PersonRow.digits,
    PersonRow.time_zone,
    PersonRow.quiet_from,
    PersonRow.quiet_until,
    PersonRow.is_reachable,
    PersonRow.is_owner,
    PersonRow.group_id,
)
_OF_USER = select(*_PERSON).where(PersonRow.messenger == bindparam("messenger"), PersonRow.user_id == bindparam("user"))
_OF_MEMBER = (
    MemberRow.id,
    MemberRow.group_id,
    MemberRow.person_id,
    MemberRow.party_id,
    MemberRow.handle,
    MemberRow.role,
    PersonRow.name_fa,
    PersonRow.name_tg,
    PersonRow.name_en,
    PersonRow.language,
    PersonRow.calendar,
    PersonRow.digits,
    PersonRow.time_zone,
    PersonRow.quiet_from,
    PersonRow.quiet_until,
    PersonRow.is_reachable,
    MemberRow.joined_at,
    MemberRow.removed_at,
    PartyRow.default_language,
    PartyRow.calendar.label("party_calendar"),
    PartyRow.time_zone.label("party_zone"),
    PersonRow.user_id,
)
MEMBER = (
    select(*_OF_MEMBER)
    .join(PersonRow, PersonRow.id == MemberRow.person_id)
    .join(PartyRow, PartyRow.id == MemberRow.party_id)
)
_HAS_JOINED = and_(MemberRow.removed_at.is_(None), MemberRow.joined_at.is_not(None))
# One row a membership; of a person without one, a row whose member's columns are empty.
_KNOWN = (
    select(
        *_OF_MEMBER,
        PersonRow.id.label("known_id"),
        PersonRow.group_id.label("chosen_group_id"),
        PersonRow.language_chosen,
        PersonRow.is_owner,
    )
    .select_from(PersonRow)
    .outerjoin(MemberRow, and_(MemberRow.person_id == PersonRow.id, _HAS_JOINED))
    .outerjoin(PartyRow, PartyRow.id == MemberRow.party_id)
    .where(PersonRow.messenger == bindparam("messenger"), PersonRow.user_id == bindparam("user"))
    .order_by(MemberRow.id)
)
_BY_ID = MEMBER.where(MemberRow.id == bindparam("id"))
_BY_IDS = MEMBER.where(MemberRow.id.in_(bindparam("ids", expanding=True)))
_BY_PERSON = MEMBER.where(MemberRow.person_id == bindparam("person"), _HAS_JOINED).order_by(MemberRow.id)
_BY_GROUP = MEMBER.where(MemberRow.group_id == bindparam("group"), MemberRow.removed_at.is_(None)).order_by(
    MemberRow.id
)
_EVER_OF_GROUP = MEMBER.where(MemberRow.group_id == bindparam("group")).order_by(MemberRow.id)
_BY_HANDLE = MEMBER.where(MemberRow.group_id == bindparam("group"), MemberRow.handle == bindparam("handle"))


@dataclass(frozen=True, slots=True)
class Person:
    """
    A person across groups and what they chose.

    *group_id* is the group last chosen, *user_id* None until an invitation is used. *quiet_hours* None: as the group.
    """

    id: int
    user_id: int | None
    names: Names
    choices: Choices
    quiet_hours: QuietHours | None
    language_chosen: bool
    is_reachable: bool
    is_owner: bool
    group_id: int | None

    @property
    def language(self) -> Language | None:
        """The language that the person chose or was enrolled with."""
        return self.choices.language


class Members:
    """Looks people up and keeps their choices."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def person(self, user_id: int, messenger: str = "telegram") -> Person | None:
        """Find a person by the messenger's user id."""
        row = self._connection.execute(_OF_USER, {"messenger": messenger, "user": user_id}).one_or_none()
        return _person(row, id=row.id, group_id=row.group_id) if row else None

    def known(self, user_id: int, messenger: str = "telegram") -> tuple[Person | None, list[Member]]:
        """Find a person by the messenger's user id, and the memberships they have joined, the eldest first."""
        rows = self._connection.execute(_KNOWN, {"messenger": messenger, "user": user_id}).all()
        if not rows:
            return None, []
        person = _person(rows[0], id=rows[0].known_id, group_id=rows[0].chosen_group_id)
        return person, [member_of(row) for row in rows if row.id is not None]

    def person_by_id(self, person_id: int) -> Person:
        """Give a person by our own id."""
        row = self._connection.execute(select(*_PERSON).where(PersonRow.id == person_id)).one()
        return _person(row, id=row.id, group_id=row.group_id)

    def add_person(
        self, *, user_id: int | None, names: Names, language: Language | None, messenger: str = "telegram"
    ) -> int:
        """Add a person; give their id."""
        number: int = self._connection.execute(
            insert(PersonRow).returning(PersonRow.id),
            {
                "messenger": messenger,
                "user_id": user_id,
                "name_fa": names.fa,
                "name_tg": names.tg,
                "name_en": names.en,
                "language": language,
                "language_chosen": False,
                "is_reachable": True,
                "is_owner": False,
            },
        ).scalar_one()
        return number

    def change_person(self, person_id: int, **values: Any) -> None:
        """Change columns of a person, such as language or group_id."""
        self._connection.execute(update(PersonRow).where(PersonRow.id == person_id).values(**values))

    def add(
        self, *, group_id: int, person_id: int, party_id: int, handle: str, role: Role, joined_at: datetime | None
    ) -> int:
        """Add a member to a group; give the id."""
        number: int = self._connection.execute(
            insert(MemberRow).returning(MemberRow.id),
            {
                "group_id": group_id,
                "person_id": person_id,
                "party_id": party_id,
                "handle": handle,
                "role": role.value,
                "joined_at": joined_at,
            },
        ).scalar_one()
        return number

    def change(self, member_id: int, **values: Any) -> None:
        """Change columns of a member, such as joined_at, person_id or removed_at."""
        self._connection.execute(update(MemberRow).where(MemberRow.id == member_id).values(**values))

    def get(self, member_id: int) -> Member:
        """Give a member by id."""
        return member_of(self._connection.execute(_BY_ID, {"id": member_id}).one())

    def some(self, member_ids: Iterable[int | None]) -> dict[int, Member]:
        """Give members by id, removed ones too; None among *member_ids* is nobody."""
        wanted = sorted({member_id for member_id in member_ids if member_id is not None})
        return {row.id: member_of(row) for row in self._connection.execute(_BY_IDS, {"ids": wanted})}

    def find_handle(self, group_id: int, handle: str) -> Member | None:
        """Find a member of a group by handle, a removed one too."""
        row = self._connection.execute(_BY_HANDLE, {"group": group_id, "handle": handle}).one_or_none()
        return member_of(row) if row else None

    def of_person(self, person_id: int) -> list[Member]:
        """Give the memberships a person has joined, the eldest first."""
        return [member_of(row) for row in self._connection.execute(_BY_PERSON, {"person": person_id})]

    def of_group(self, group_id: int) -> list[Member]:
        """Give all members of a group who were not removed, joined or not."""
        return [member_of(row) for row in self._connection.execute(_BY_GROUP, {"group": group_id})]

    def ever_of_group(self, group_id: int) -> list[Member]:
        """Give all members that a group has had, those too who were removed."""
        return [member_of(row) for row in self._connection.execute(_EVER_OF_GROUP, {"group": group_id})]

    def user_id(self, member_id: int) -> int | None:
        """Give the messenger's user id of a member's account; None while they have not joined."""
        found: int | None = self._connection.execute(
            select(PersonRow.user_id)
            .join(MemberRow, MemberRow.person_id == PersonRow.id)
            .where(MemberRow.id == member_id)
        ).scalar()
        return found

    def with_user(self, user_id: int, messenger: str = "telegram") -> list[Member]:
        """Give the memberships of an account."""
        return self.known(user_id, messenger)[1]

    def owner_exists(self) -> bool:
        """Tell whether somebody owns the installation."""
        return self._connection.execute(select(PersonRow.id).where(PersonRow.is_owner).limit(1)).first() is not None

    def absences(self, group_id: int) -> list[Absence]:
        """Give the absences of a group's members."""
        rows = self._connection.execute(
            select(AbsenceRow.member_id, AbsenceRow.first_on, AbsenceRow.last_on, AbsenceRow.deputy_id)
            .join(MemberRow, MemberRow.id == AbsenceRow.member_id)
            .where(MemberRow.group_id == group_id)
            .order_by(AbsenceRow.id)
        )
        return [Absence(*row) for row in rows]

    def add_absence(self, absence: Absence) -> None:
        """Keep an absence."""
        self._connection.execute(
            insert(AbsenceRow),
            {
                "member_id": absence.member_id,
                "first_on": absence.first_on,
                "last_on": absence.last_on,
                "deputy_id": absence.deputy_id,
            },
        )


def _person(row: Any, *, id: int, group_id: int | None) -> Person:  # noqa: A002 - as the field is called
    return Person(
        id=id,
        user_id=row.user_id,
        names=Names(row.name_fa, row.name_tg, row.name_en),
        choices=_choices(row),
        quiet_hours=_quiet_hours(row),
        language_chosen=row.language_chosen,
        is_reachable=row.is_reachable,
        is_owner=row.is_owner,
        group_id=group_id,
    )


def _choices(row: Any) -> Choices:
    return Choices(
        language=cast("Language | None", row.language),
        calendar=cast("CalendarName | None", row.calendar),
        digits=cast("Digits | None", row.digits),
        time_zone=row.time_zone,
    )


def _quiet_hours(row: Any) -> QuietHours | None:
    return None if row.quiet_from is None or row.quiet_until is None else QuietHours(row.quiet_from, row.quiet_until)


def member_of(row: Any) -> Member:
    """Give the member of a row of MEMBER."""
    return Member(
        id=row.id,
        group_id=row.group_id,
        person_id=row.person_id,
        party_id=row.party_id,
        handle=row.handle,
        role=Role(row.role),
        names=Names(row.name_fa, row.name_tg, row.name_en),
        reader=_choices(row).reader(
            language=cast("Language", row.default_language),
            calendar=cast("CalendarName", row.party_calendar),
            time_zone=row.party_zone,
        ),
        quiet_hours=_quiet_hours(row),
        joined_at=row.joined_at,
        is_reachable=row.is_reachable,
        removed_at=row.removed_at,
    )
