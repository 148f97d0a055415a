"""Groups come from files, people by invitation; nobody comes in twice, late, or with more than they were given."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.errors import InvitationInvalid
from bot.domain.groups import WorkingGroup
from bot.domain.members import Role
from bot.domain.readers import Choices, Reader
from bot.files.group_file import read_group_file
from bot.files.members_file import PersonInFile, read_members
from bot.files.refusals import Misfits
from bot.services import groups, invitations, members, settings
from bot.services.example_group import FOLDER
from db.database import Database
from db.migrating import migrate
from db.unit_of_work import UnitOfWork
from tests.databases import fresh

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
PEOPLE = read_members((FOLDER / "members.csv").read_bytes(), parties=("IR", "TJ"))


@pytest.fixture
def uow(tmp_path: Path) -> Iterator[UnitOfWork]:
    """A unit of work on an empty database, rolled back at the end."""
    database = Database(fresh(tmp_path / "hamroh.db"))
    migrate(database)
    with database.engine.connect() as connection:
        yield UnitOfWork(connection, 0, NOW)
    database.close()


@pytest.fixture
def group(uow: UnitOfWork) -> WorkingGroup:
    """The example group without people."""
    return groups.create(uow, read_group_file((FOLDER / "working_group.toml").read_bytes()))


def _later(uow: UnitOfWork, by: timedelta) -> UnitOfWork:
    return UnitOfWork(uow.connection, 0, NOW + by)


def _party_id(group: WorkingGroup, code: str) -> int:
    return next(party.id for party in group.parties if party.code == code)


def _invited(uow: UnitOfWork, group: WorkingGroup, role: Role = Role.MEMBER) -> str:
    return invitations.invite(uow, group_id=group.id, party_id=_party_id(group, "TJ"), role=role, language="tg")


def test_a_group_is_stored_as_its_file_describes_it(uow: UnitOfWork, group: WorkingGroup) -> None:
    file = read_group_file((FOLDER / "working_group.toml").read_bytes())

    assert (group.code, group.names, group.rules) == (file.code, file.names, file.rules)
    assert group.parties[0].office_closes == file.parties[0].office_closes
    assert [stream.code for stream in uow.groups.workstreams(group.id)] == [stream.code for stream in file.workstreams]


def test_a_code_is_given_once(uow: UnitOfWork, group: WorkingGroup) -> None:
    with pytest.raises(groups.GroupExists):
        groups.create(uow, read_group_file((FOLDER / "working_group.toml").read_bytes()))


def test_handles_of_the_groups_file_wait_for_their_people(uow: UnitOfWork, group: WorkingGroup) -> None:
    assert "shahsavarzadeh" in uow.groups.empty_seats(group.id)

    members.enrol(uow, group, PEOPLE)

    assert uow.groups.empty_seats(group.id) == []
    mines = uow.groups.workstreams(group.id)[0]
    assert mines.lead_id is not None
    assert uow.members.get(mines.lead_id).handle == "shahsavarzadeh"


def test_a_person_of_the_wrong_party_does_not_take_a_place(uow: UnitOfWork, group: WorkingGroup) -> None:
    moved = [person for person in PEOPLE if person.handle == "shahsavarzadeh"]
    members.enrol(uow, group, [_in_party(person, "TJ") for person in moved])

    assert "shahsavarzadeh" in uow.groups.empty_seats(group.id)


def _in_party(person: PersonInFile, code: str) -> PersonInFile:
    return PersonInFile(**{name: getattr(person, name) for name in person.__slots__} | {"party": code})


def test_the_same_file_again_adds_nobody(uow: UnitOfWork, group: WorkingGroup) -> None:
    first = members.enrol(uow, group, PEOPLE)
    again = members.enrol(uow, group, PEOPLE)

    assert [enrolment.member for enrolment in again] == [enrolment.member for enrolment in first]
    assert not any(enrolment.is_new for enrolment in again)
    assert len(uow.members.absences(group.id)) == 2


def test_a_handle_does_not_change_its_party(uow: UnitOfWork, group: WorkingGroup) -> None:
    members.enrol(uow, group, PEOPLE)

    with pytest.raises(Misfits):
        members.enrol(uow, group, [_in_party(PEOPLE[0], "TJ")])


def test_who_is_named_is_linked_to_the_account_that_uses_the_invitation(uow: UnitOfWork, group: WorkingGroup) -> None:
    [enrolment, *_] = members.enrol(uow, group, PEOPLE)
    member = enrolment.member
    code = invitations.invite(uow, group_id=group.id, party_id=member.party_id, role=member.role, member_id=member.id)

    accepted = invitations.accept(uow, code, user_id=501, name="B.")

    assert accepted.member is not None
    assert (accepted.member.id, accepted.member.joined_at) == (member.id, NOW)
    assert accepted.member.names.en == "Behrouz Azarnia"
    assert [found.id for found in uow.members.with_user(501)] == [member.id]


def test_who_is_not_named_becomes_a_member_with_party_role_and_language(uow: UnitOfWork, group: WorkingGroup) -> None:
    accepted = invitations.accept(uow, _invited(uow, group, Role.SECRETARY), user_id=501, name="Ситора Раҳимова")

    member = accepted.member
    assert member is not None
    assert (member.role, member.party_id, member.reader.language) == (Role.SECRETARY, _party_id(group, "TJ"), "tg")
    assert member.names.tg == "Ситора Раҳимова"


def test_an_invitation_works_once(uow: UnitOfWork, group: WorkingGroup) -> None:
    code = _invited(uow, group)
    first = invitations.accept(uow, code, user_id=501, name="A")

    with pytest.raises(InvitationInvalid):
        invitations.accept(uow, code, user_id=502, name="B")
    again = invitations.accept(uow, code, user_id=501, name="A")
    assert again.already
    assert again.member == first.member


def test_a_member_does_not_use_another_invitation_up(uow: UnitOfWork, group: WorkingGroup) -> None:
    invitations.accept(uow, _invited(uow, group), user_id=501, name="A")
    other = _invited(uow, group, Role.SECRETARY)

    assert invitations.accept(uow, other, user_id=501, name="A").already
    assert not invitations.accept(uow, other, user_id=502, name="B").already


def test_an_invitation_expires(uow: UnitOfWork, group: WorkingGroup) -> None:
    code = _invited(uow, group)

    with pytest.raises(InvitationInvalid):
        invitations.accept(_later(uow, timedelta(days=7)), code, user_id=501, name="A")


def test_a_new_invitation_for_a_named_member_voids_the_one_before(uow: UnitOfWork, group: WorkingGroup) -> None:
    member = members.enrol(uow, group, PEOPLE)[0].member

    def invited() -> str:
        return invitations.invite(
            uow, group_id=group.id, party_id=member.party_id, role=member.role, member_id=member.id
        )

    first, second = invited(), invited()

    with pytest.raises(InvitationInvalid):
        invitations.accept(uow, first, user_id=501, name="A")
    assert invitations.accept(uow, second, user_id=501, name="A").member is not None


def test_the_code_itself_is_not_stored(uow: UnitOfWork, group: WorkingGroup) -> None:
    code = _invited(uow, group)

    rows = uow.connection.exec_driver_sql("SELECT token_hash FROM invitations").scalars().all()

    assert len(code) == 22
    assert code not in rows
    assert len(rows[0]) == 64


@pytest.mark.parametrize("code", ["", "x", "\u202e", "\ud800", "a" * 5000])
def test_whatever_is_no_code_is_refused(code: str, uow: UnitOfWork) -> None:
    with pytest.raises(InvitationInvalid):
        invitations.accept(uow, code, user_id=501, name="A")


def test_the_installation_is_offered_until_somebody_owns_it(uow: UnitOfWork) -> None:
    first = invitations.fresh_owner_link(uow)
    second = invitations.fresh_owner_link(uow)
    assert first is not None
    assert second is not None

    with pytest.raises(InvitationInvalid):
        invitations.accept(uow, first.removeprefix("/start "), user_id=501, name="A")
    accepted = invitations.accept(uow, second.removeprefix("/start "), user_id=501, name="A")

    assert accepted.member is None
    assert uow.members.person_by_id(accepted.person_id).is_owner
    assert invitations.fresh_owner_link(uow) is None


def test_a_link_names_the_bot_where_its_name_is_known() -> None:
    assert invitations.link("hamroh_bot", "CODE") == "https://t.me/hamroh_bot?start=CODE"
    assert invitations.link("", "CODE") == "/start CODE"


def test_an_owner_who_joins_a_group_keeps_one_account_with_the_name_of_the_file(
    uow: UnitOfWork, group: WorkingGroup
) -> None:
    owner = invitations.accept(uow, invitations.invite_owner(uow), user_id=501, name="boss")
    member = members.enrol(uow, group, PEOPLE)[0].member
    code = invitations.invite(uow, group_id=group.id, party_id=member.party_id, role=member.role, member_id=member.id)

    joined = invitations.accept(uow, code, user_id=501, name="boss").member

    assert joined is not None
    assert (joined.person_id, joined.names.en) == (owner.person_id, "Behrouz Azarnia")
    assert joined.quiet_hours == member.quiet_hours


def test_what_the_file_says_as_the_party_has_it_goes_on_to_follow_the_party(
    uow: UnitOfWork, group: WorkingGroup
) -> None:
    enrolled = {enrolment.member.handle: enrolment.member for enrolment in members.enrol(uow, group, PEOPLE)}

    mina = uow.members.person_by_id(enrolled["kavehpour"].person_id)
    keyvan = uow.members.person_by_id(enrolled["farahmandi"].person_id)

    assert (mina.choices, mina.quiet_hours) == (Choices(language="fa"), None)
    assert keyvan.choices == Choices(language="en", calendar="gregorian")
    assert enrolled["kavehpour"].reader == Reader("fa", "persian", "persian", "Asia/Tehran")


def test_an_owner_who_joins_keeps_what_they_have_chosen(uow: UnitOfWork, group: WorkingGroup) -> None:
    invitations.accept(uow, invitations.invite_owner(uow), user_id=501, name="boss")
    owner = uow.members.person(501)
    assert owner is not None
    settings.choose_zone(uow, owner, "Europe/Vienna")
    member = next(found.member for found in members.enrol(uow, group, PEOPLE) if found.member.handle == "farahmandi")
    code = invitations.invite(uow, group_id=group.id, party_id=member.party_id, role=member.role, member_id=member.id)

    joined = invitations.accept(uow, code, user_id=501, name="boss").member

    assert joined is not None
    assert (joined.reader.time_zone, joined.reader.calendar) == ("Europe/Vienna", "gregorian")
