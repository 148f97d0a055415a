"""Telling a milestone's lead and counterpart what they should not learn by chance, and taking it back when undone."""

from bot.domain.members import Member
from bot.domain.milestones import Milestone
from bot.domain.progress import ProgressEntry, is_news
from bot.domain.readers import Reader
from bot.screens import progress_news as screens
from bot.screens.screen import Screen
from bot.services import posting
from db.unit_of_work import UnitOfWork


def tell(uow: UnitOfWork, milestone: Milestone, entry: ProgressEntry, *, author: Member, by: Member) -> None:
    """Owe the news of an entry to those of lead and counterpart who had no part in it."""
    if not is_news(entry):
        return
    concerned = {milestone.lead_id, milestone.counterpart_id} - {None, author.id, by.id}

    def draw(reader: Reader) -> Screen:
        return screens.news(milestone, entry, author, reader)

    for member in uow.members.some(concerned).values():
        posting.notify(uow, member, draw, key=_key(entry))


def correct(uow: UnitOfWork, milestone: Milestone, entry: ProgressEntry, *, by: Member) -> None:
    """Withdraw what has not left of an entry that was undone, and owe one line to who has been told."""
    if not is_news(entry):
        return
    uow.outbox.withdraw(_key(entry), uow.now)

    def draw(reader: Reader) -> Screen:
        return screens.correction(milestone, by, reader)

    for member in uow.members.some(uow.screens.receivers(_key(entry))).values():
        posting.notify(uow, member, draw)


def _key(entry: ProgressEntry) -> str:
    return f"progress:{entry.id}:news"
