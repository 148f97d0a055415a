"""Invitations are made, turned into links, and accepted: the only way into a group."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.errors import InvitationInvalid
from bot.domain.invitations import LIFETIME, Invitation
from bot.domain.members import Member, Names, Role
from bot.domain.readers import Language
from bot.domain.texts import NAME_LIMIT, within
from bot.i18n.folding import correct_title
from bot.i18n.name_spelling import scripts_of
from db.repositories.members import Person
from db.unit_of_work import UnitOfWork

_CODE_BYTES = 16
_LINK = "https://t.me/{username}?start={code}"


@dataclass(frozen=True, slots=True)
class Accepted:
    """
    What became of an invitation: who used it, and the member they are now.

    *member* is None for an owner. *already* says that the person had joined that group before; then the invitation was
    not used, unless it was theirs.
    """

    person_id: int
    member: Member | None
    invitation: Invitation
    already: bool = False


def invite(
    uow: UnitOfWork,
    *,
    group_id: int,
    party_id: int,
    role: Role,
    language: Language | None = None,
    member_id: int | None = None,
    made_by_id: int | None = None,
    lifetime: timedelta = LIFETIME,
) -> str:
    """
    Make an invitation and give its code, which is stored nowhere.

    With *member_id* it is for that member alone, and the ones made for them before are void.
    """
    if member_id is not None:
        uow.invitations.revoke_of_member(member_id, uow.now)
    invitation = Invitation(
        id=0,
        group_id=group_id,
        party_id=party_id,
        role=role,
        language=language,
        member_id=member_id,
        made_by_id=made_by_id,
        made_at=uow.now,
        expires_at=uow.now + lifetime,
    )
    return _kept(uow, invitation)


def invite_owner(uow: UnitOfWork, *, lifetime: timedelta = LIFETIME) -> str:
    """Make an invitation for an owner of the installation; the unused ones before are void."""
    uow.invitations.revoke_of_owner(uow.now)
    invitation = Invitation(
        id=0,
        group_id=None,
        party_id=None,
        role=None,
        language=None,
        member_id=None,
        made_by_id=None,
        made_at=uow.now,
        expires_at=uow.now + lifetime,
    )
    return _kept(uow, invitation)


def fresh_owner_link(uow: UnitOfWork) -> str | None:
    """Give a fresh link for the owner while nobody owns the installation, else None."""
    if uow.members.owner_exists():
        return None
    username = next((account.username for account in uow.installation.accounts() if account.id == uow.account_id), "")
    return link(username, invite_owner(uow))


def link(username: str, code: str) -> str:
    """Give the deep link of a code; what to type instead where the bot's name is not known."""
    return _LINK.format(username=username, code=code) if username else f"/start {code}"


def accept(uow: UnitOfWork, code: str, *, user_id: int, name: str, messenger: str = "telegram") -> Accepted:
    """
    Let the account *user_id* in by an invitation's code; *name* is what the messenger calls them.

    Raises:
        InvitationInvalid: there is no such invitation, or it is used, revoked or expired, or its member was removed.
    """
    invitation = uow.invitations.find(_hash(code))
    if invitation is None:
        raise InvitationInvalid
    person = uow.members.person(user_id, messenger)
    if person and invitation.group_id is not None:
        member = _membership(uow, person.id, invitation.group_id)
        if member and (invitation.used_by_id == person.id or invitation.is_open(uow.now)):
            return Accepted(person.id, member, invitation, already=True)
    if person and person.is_owner and invitation.used_by_id == person.id:
        return Accepted(person.id, None, invitation, already=True)
    if not invitation.is_open(uow.now):
        raise InvitationInvalid
    person_id, member = _admitted(uow, invitation, person, user_id=user_id, name=name, messenger=messenger)
    if not uow.invitations.use(invitation.id, person_id=person_id, at=uow.now):
        raise InvitationInvalid
    uow.record(
        "invitation accepted",
        "invitation",
        invitation.id,
        group_id=invitation.group_id,
        member_id=member.id if member else None,
        after={"person": person_id, "role": invitation.role.value if invitation.role else "owner"},
    )
    return Accepted(person_id, member, invitation)


def _kept(uow: UnitOfWork, invitation: Invitation) -> str:
    code = secrets.token_urlsafe(_CODE_BYTES)
    number = uow.invitations.add(invitation, _hash(code))
    uow.record(
        "invitation made",
        "invitation",
        number,
        group_id=invitation.group_id,
        member_id=None,
        after={
            "role": invitation.role.value if invitation.role else "owner",
            "party": invitation.party_id,
            "member": invitation.member_id,
            "expires_at": invitation.expires_at.isoformat(),
        },
    )
    return code


def _hash(code: str) -> str:
    # 128 random bits cannot be guessed from their hash: neither salt nor a slow function would add anything.
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()


def _membership(uow: UnitOfWork, person_id: int, group_id: int) -> Member | None:
    return next((member for member in uow.members.of_person(person_id) if member.group_id == group_id), None)


def _admitted(
    uow: UnitOfWork, invitation: Invitation, person: Person | None, *, user_id: int, name: str, messenger: str
) -> tuple[int, Member | None]:
    """Link the account to the member that waits, or to a new one; make an owner of it where no group is named."""
    if invitation.group_id is None:
        person_id = person.id if person else _new_person(uow, user_id, name, None, messenger)
        uow.members.change_person(person_id, is_owner=True, is_reachable=True)
        return person_id, None
    if invitation.member_id is not None:
        member_id, person_id = _linked(uow, invitation.member_id, person, user_id=user_id, messenger=messenger)
    else:
        person_id = person.id if person else _new_person(uow, user_id, name, invitation.language, messenger)
        member_id = _new_member(uow, invitation, person_id, name)
    uow.members.change_person(person_id, group_id=invitation.group_id, is_reachable=True)
    return person_id, uow.members.get(member_id)


def _linked(uow: UnitOfWork, member_id: int, person: Person | None, *, user_id: int, messenger: str) -> tuple[int, int]:
    member = uow.members.get(member_id)
    if member.removed_at is not None or member.has_joined:
        raise InvitationInvalid
    if person is None:
        uow.members.change_person(member.person_id, user_id=user_id, messenger=messenger)
        person_id = member.person_id
    else:
        # Known already, from another group or as the owner: the membership moves over to the person.
        person_id = person.id
        if not uow.members.of_person(person_id):
            _take_over(uow, person_id, member)
        uow.members.change(member_id, person_id=person_id)
    uow.members.change(member_id, joined_at=uow.now)
    return member_id, person_id


def _take_over(uow: UnitOfWork, person_id: int, member: Member) -> None:
    """Give a person who was in no group the names they were enrolled with, and the choices they have not made."""
    enrolled, person = uow.members.person_by_id(member.person_id), uow.members.person_by_id(person_id)
    quiet = person.quiet_hours or enrolled.quiet_hours
    uow.members.change_person(
        person_id,
        name_fa=member.names.fa,
        name_tg=member.names.tg,
        name_en=member.names.en,
        calendar=person.choices.calendar or enrolled.choices.calendar,
        digits=person.choices.digits or enrolled.choices.digits,
        time_zone=person.choices.time_zone or enrolled.choices.time_zone,
        quiet_from=quiet.start if quiet else None,
        quiet_until=quiet.end if quiet else None,
    )


def _new_person(uow: UnitOfWork, user_id: int, name: str, language: Language | None, messenger: str) -> int:
    return uow.members.add_person(user_id=user_id, names=_names(name), language=language, messenger=messenger)


def _new_member(uow: UnitOfWork, invitation: Invitation, person_id: int, name: str) -> int:
    if invitation.group_id is None or invitation.party_id is None or invitation.role is None:
        raise InvitationInvalid  # for the type checker: only an owner's invitation lacks them
    return uow.members.add(
        group_id=invitation.group_id,
        person_id=person_id,
        party_id=invitation.party_id,
        handle=_free_handle(uow, invitation.group_id, name),
        role=invitation.role,
        joined_at=uow.now,
    )


def _names(name: str) -> Names:
    """Put a name where its script belongs; the others are confirmed by the person later."""
    name = within(correct_title(name), NAME_LIMIT)
    scripts = scripts_of(name)
    if "fa" in scripts:
        return Names(fa=name)
    return Names(tg=name) if "tg" in scripts else Names(en=name)


def _free_handle(uow: UnitOfWork, group_id: int, name: str) -> str:
    base = "-".join(re.findall("[a-z0-9]+", name.casefold()))[:40] or "member"
    handle, number = base, 1
    while uow.members.find_handle(group_id, handle) is not None:
        number += 1
        handle = f"{base}-{number}"
    return handle
