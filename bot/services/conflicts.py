"""Two people at once: what a form has seen of a milestone, and whether others have changed that since."""

from bot.domain.members import Member
from bot.domain.milestones import Milestone
from bot.domain.plans import Plan, Seen
from bot.screens.conflicts import Conflict
from bot.services import milestones
from db.unit_of_work import UnitOfWork


def seen(uow: UnitOfWork, milestone: Milestone) -> Seen:
    """Note a milestone as a form begins to show it."""
    return Seen.of(milestone, uow.changes.last_id("milestone", milestone.id))


def found(uow: UnitOfWork, seen_before: Seen, milestone: Milestone, *, by: Member) -> Conflict | None:
    """
    Tell what others have changed of a milestone since a form showed it; None where nothing would be overwritten.

    What whoever acts has changed themselves since then, they know.
    """
    if milestone.version == seen_before.version or seen_before.says(milestone):
        return None
    changes = uow.changes.since("milestone", milestone.id, seen_before.change_id)
    others = [change for change in changes if change.member_id != by.id]
    if changes and not others:
        return None
    last = others[-1] if others else None
    changer_id = last.member_id if last else None
    return Conflict(
        milestone=milestone,
        seen=seen_before,
        choices=milestones.choices(uow, milestone.group_id, seen_before.plan, Plan.of(milestone)),
        by=uow.members.get(changer_id) if changer_id is not None else None,
        at=last.at if last else uow.now,
        now=uow.now,
    )
