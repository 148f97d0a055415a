"""The files that came with a milestone, its entries or an obstacle: listed page by page, and sent again."""

from bot.domain.errors import ButtonExpired, NotAllowed
from bot.domain.evidence import Evidence, EvidencePage
from bot.domain.members import Member
from bot.domain.milestones import Milestone
from bot.domain.obstacles import Obstacle
from bot.domain.readers import Reader
from bot.domain.summaries import page_of
from bot.screens import evidence as screens
from bot.services import milestones, obstacles, posting
from db.repositories.attachments import MILESTONE, OBSTACLE, PROGRESS
from db.repositories.chats import Chat
from db.unit_of_work import UnitOfWork


def page(uow: UnitOfWork, item: Milestone | Obstacle, number: int, *, by: Member) -> EvidencePage:
    """Give a page of an item's files, the newest first; raises NotAllowed for an observer."""
    milestones.check_may_write(by)
    kind = OBSTACLE if isinstance(item, Obstacle) else MILESTONE
    place = page_of(number, uow.attachments.count(kind, item.id))
    found = uow.attachments.page(kind, item.id, skipped=place.first_item, most=place.size) if place.total else []
    language = by.reader.language
    return EvidencePage(
        code=item.code,
        title=item.title if isinstance(item, Obstacle) else item.title_for(language),
        item_id=item.id,
        page=place,
        evidence=tuple(found),
        authors=_names(uow, found, by.reader),
    )


def _names(uow: UnitOfWork, found: list[Evidence], reader: Reader) -> dict[int, str]:
    if not found:
        return {}
    members = uow.members.some(one.member_id for one in found)
    return {member_id: member.name_for(reader.language) for member_id, member in members.items()}


def item_of(uow: UnitOfWork, letter: str, item_id: int, *, by: Member) -> Milestone | Obstacle:
    """Give the item that a button names by the letter of its code; refusals are those of *of_member*."""
    if letter == "O":
        return obstacles.of_member(uow, item_id, by=by)
    return milestones.of_member(uow, item_id, by=by)


def send_again(uow: UnitOfWork, attachment_id: int, *, by: Member, chat: Chat) -> None:
    """
    Owe a file to the chat once more.

    Raises:
        ButtonExpired: it is no longer on record, as its entry was undone.
        NotAllowed: an observer, or it belongs to another group.
    """
    milestones.check_may_write(by)
    found = uow.attachments.get(attachment_id)
    if found is None:
        raise ButtonExpired
    subject, subject_id, attachment = found
    item: Milestone | Obstacle
    if subject == PROGRESS:
        entry = uow.progress.get(subject_id)
        if entry is None or entry.undone_at is not None:
            raise ButtonExpired
        item = milestones.of_member(uow, entry.milestone_id, by=by)
    else:
        item = item_of(uow, "O" if subject == OBSTACLE else "M", subject_id, by=by)
    if item.group_id != by.group_id:
        raise NotAllowed
    posting.send_file(
        uow,
        chat,
        attachment,
        caption=screens.caption(item.code, attachment, by.reader),
        otherwise=screens.lost(item.code, attachment, by.reader).text,
    )


def group_of(uow: UnitOfWork, attachment_id: int) -> int:
    """Give the group that a file belongs to; raises ButtonExpired where there is no such file."""
    found = uow.attachments.get(attachment_id)
    if found is None:
        raise ButtonExpired
    subject, subject_id, _ = found
    if subject == OBSTACLE:
        return uow.obstacles.get(subject_id).group_id
    if subject == MILESTONE:
        return uow.milestones.get(subject_id).group_id
    entry = uow.progress.get(subject_id)
    if entry is None:
        raise ButtonExpired
    return entry.group_id
