"""Telling those who sent more than is taken how much of it was not."""

from bot.domain.floods import TELL_EVERY
from bot.screens import floods as screens
from bot.services import posting
from db.unit_of_work import UnitOfWork

TOLD_AT_ONCE = 50


def tell(uow: UnitOfWork) -> int:
    """Owe each of them one line with the number, at most once a minute; give how many are told."""
    found = uow.floods.tell(now=uow.now, every=TELL_EVERY, limit=TOLD_AT_ONCE)
    for flood in found:
        memberships = uow.members.with_user(flood.sender_id)
        screen = (
            screens.not_taken(memberships[0].reader, flood.untold)
            if memberships
            else screens.not_taken_of_stranger(flood.untold)
        )
        posting.show(uow, uow.chats.at(flood.sender_id), screen)
    return len(found)
