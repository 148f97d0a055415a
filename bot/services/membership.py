"""How people come in, which language and group they choose, and to which group a chat is bound."""

from bot.domain.errors import NotAllowed
from bot.domain.groups import WorkingGroup
from bot.domain.members import Member, Role
from bot.domain.readers import Language
from bot.screens import welcome
from bot.services import invitations, posting
from bot.services.invitations import Accepted
from db.repositories.chats import Chat
from db.repositories.members import Person
from db.unit_of_work import UnitOfWork


def join(uow: UnitOfWork, code: str, *, user_id: int, name: str) -> Accepted:
    """
    Let an account in by an invitation, and tell its maker and the secretaries of the party who has used it.

    Raises:
        InvitationInvalid: used, expired, revoked, or there never was one.
    """
    accepted = invitations.accept(uow, code, user_id=user_id, name=name)
    if accepted.member is not None and not accepted.already:
        _tell_of(uow, accepted.member, made_by_id=accepted.invitation.made_by_id)
    return accepted


def _tell_of(uow: UnitOfWork, newcomer: Member, *, made_by_id: int | None) -> None:
    group = uow.groups.get(newcomer.group_id)
    told = {newcomer.person_id}
    for member in uow.members.of_group(group.id):
        is_secretary = member.role is Role.SECRETARY and member.party_id == newcomer.party_id
        if member.person_id in told or not (is_secretary or member.person_id == made_by_id):
            continue
        told.add(member.person_id)
        posting.notify(uow, member, lambda reader: welcome.joined_notice(reader, newcomer, group))
    if made_by_id is not None and made_by_id not in told:
        # An owner of the installation, who is a member of no group.
        maker = uow.members.person_by_id(made_by_id)
        if maker.user_id is not None:
            reader = maker.choices.reader(language="en", calendar="gregorian", time_zone="UTC")
            posting.show(uow, uow.chats.at(maker.user_id), welcome.joined_notice(reader, newcomer, group))


def choose_language(uow: UnitOfWork, person: Person, language: Language) -> None:
    """Keep the language a person has chosen; it wins over the client's for ever after."""
    if person.language == language and person.language_chosen:
        return
    uow.members.change_person(person.id, language=language, language_chosen=True)
    uow.record(
        "language chosen",
        "person",
        person.id,
        group_id=None,
        member_id=None,
        before={"language": person.language},
        after={"language": language},
    )


def groups_of(uow: UnitOfWork, person: Person) -> list[WorkingGroup]:
    """Give the groups a person belongs to, the eldest membership first."""
    return [uow.groups.get(member.group_id) for member in uow.members.of_person(person.id)]


def choose_group(uow: UnitOfWork, person: Person, group_id: int) -> WorkingGroup:
    """
    Let commands act on another group of the person's.

    Raises:
        NotAllowed: it is not theirs.
    """
    group = next((group for group in groups_of(uow, person) if group.id == group_id), None)
    if group is None:
        raise NotAllowed
    uow.members.change_person(person.id, group_id=group.id)
    return group


def bindable_by(uow: UnitOfWork, person: Person) -> list[WorkingGroup]:
    """Give the groups to which a person may bind chats."""
    return [uow.groups.get(member.group_id) for member in uow.members.of_person(person.id) if member.may_bind_chats]


def bind(uow: UnitOfWork, chat: Chat, group_id: int, *, by: Person) -> WorkingGroup:
    """
    Bind a group chat to a working group.

    Raises:
        NotAllowed: not a secretary of that group, or the chat is bound to a group whose secretary they are not.
    """
    mine = {member.group_id: member for member in uow.members.of_person(by.id) if member.may_bind_chats}
    if group_id not in mine or (chat.group_id is not None and chat.group_id not in mine):
        raise NotAllowed
    if chat.group_id != group_id:
        member = mine[group_id]
        uow.chats.bind(chat.id, group_id=group_id, member_id=member.id, now=uow.now)
        uow.record(
            "chat bound",
            "chat",
            chat.id,
            group_id=group_id,
            member_id=member.id,
            before={"group": chat.group_id},
            after={"group": group_id},
        )
    return uow.groups.get(group_id)
