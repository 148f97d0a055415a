"""What became of a milestone or an obstacle, for all who may read the group."""

from bot.domain.errors import ButtonExpired, ItemNotFound
from bot.domain.groups import WorkingGroup
from bot.domain.histories import History, Kind, Subject
from bot.domain.summaries import PAGE, page_of
from db.unit_of_work import UnitOfWork


def find(uow: UnitOfWork, group: WorkingGroup, kind: Kind, number: int) -> Subject:
    """Give an item of a group by the number in its code, one that was undone too; raises ItemNotFound."""
    found = uow.histories.find(kind, group.id, number)
    if found is None:
        raise ItemNotFound(f"{kind}-{number}")
    return found


def of_id(uow: UnitOfWork, kind: Kind, item_id: int) -> Subject:
    """Give an item by id; raises ButtonExpired."""
    found = uow.histories.of_id(kind, item_id)
    if found is None:
        raise ButtonExpired
    return found


def history(uow: UnitOfWork, group: WorkingGroup, subject: Subject, number: int = 1) -> History:
    """Give a page of what became of an item, the newest first."""
    page = page_of(number, uow.histories.count(subject))
    return History(
        group=group,
        subject=subject,
        page=page,
        acts=tuple(uow.histories.acts(subject, limit=PAGE, offset=page.first_item)),
        members={member.id: member for member in uow.members.ever_of_group(group.id)},
        workstreams={workstream.id: workstream for workstream in uow.groups.workstreams(group.id)},
    )
