"""Who can be reached: noted when the messenger refuses, cleared by anything the person does."""

from functools import partial

from bot.domain.members import Member, Role
from bot.domain.readers import Reader
from bot.i18n.speech import speech
from bot.screens.screen import Screen
from bot.services import posting
from db.unit_of_work import UnitOfWork


def mark(uow: UnitOfWork, chat_id: int) -> None:
    """Note that a private chat takes no messages, and tell the secretaries of the person's party; once."""
    chat = uow.chats.get(chat_id)
    if not chat.is_private:
        uow.chats.leave(chat.id, uow.now)
        return
    person = uow.members.person(chat.messenger_id)
    if person is None or not person.is_reachable:
        return
    uow.members.change_person(person.id, is_reachable=False)
    for member in uow.members.of_person(person.id):
        for secretary in uow.members.of_group(member.group_id):
            if secretary.role is Role.SECRETARY and secretary.party_id == member.party_id and secretary.id != member.id:
                posting.notify(uow, secretary, partial(unreachable, member))


def unreachable(member: Member, reader: Reader) -> Screen:
    """Say that a member cannot be reached in chat."""
    say = speech(reader)
    _ = say.gettext
    text = _("{name} cannot be reached in chat. Please let them know by another way.")
    return Screen(say.page([say.line(text, name=member.name_for(reader.language))]))
