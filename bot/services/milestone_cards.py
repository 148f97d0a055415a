"""What the card of a milestone shows to a member, and which of its buttons they get."""

from datetime import date
from typing import Literal

from bot.domain.members import Member
from bot.domain.milestones import Milestone
from bot.domain.plans import EDIT, may_edit
from bot.domain.roadmap import silent_since
from bot.screens.milestones import MilestoneCard
from db.unit_of_work import UnitOfWork


def may_undo(uow: UnitOfWork, milestone: Milestone, *, by: Member) -> bool:
    """Tell whether undo of the planning is worth offering: by the one who planned, in time."""
    if milestone.planned_by_id != by.id or milestone.planned_at is None or milestone.version > 1:
        return False
    return (uow.now - milestone.planned_at).total_seconds() <= uow.groups.get(by.group_id).rules.undo_minutes * 60


def card(uow: UnitOfWork, milestone: Milestone, *, by: Member, today: date) -> MilestoneCard:
    """Gather what the card of a milestone shows to a member; *today* is the day of who reads it."""
    entry = uow.progress.latest(milestone.id)
    moves = uow.milestones.moves(milestone.id) if milestone.moves and milestone.baseline_due_on is None else []
    group = uow.groups.get(milestone.group_id)
    people = uow.members.some({milestone.lead_id, milestone.counterpart_id, entry.member_id if entry else None})
    return MilestoneCard(
        milestone=milestone,
        workstream=uow.groups.workstream(milestone.group_id, milestone.workstream_id),
        lead=people[milestone.lead_id],
        counterpart=people[milestone.counterpart_id] if milestone.counterpart_id is not None else None,
        group=group,
        obstacles=tuple(obstacle.code for obstacle in uow.obstacles.open_on_milestone(milestone.id)),
        last_entry=entry,
        last_by=people[entry.member_id] if entry else None,
        first_due_on=milestone.baseline_due_on or (moves[0].due_before if moves else None),
        silent_since=silent_since(
            milestone, today=today, time_zone=by.reader.time_zone, after_days=group.rules.no_news_after_days
        ),
        may_write=by.may_write,
        may_edit=may_edit(milestone, by),
        undo=undo_offered(uow, milestone, by=by),
    )


def undo_offered(uow: UnitOfWork, milestone: Milestone, *, by: Member) -> tuple[Literal["plan", "edit"], int] | None:
    """Name what the member may undo of the plan, in time: their planning of it, or their last change of it."""
    if may_undo(uow, milestone, by=by):
        return "plan", milestone.id
    last = uow.changes.last("milestone", milestone.id) if by.may_write and milestone.version > 1 else None
    if last is None or last.act != EDIT or last.member_id != by.id:
        return None
    in_time = (uow.now - last.at).total_seconds() <= uow.groups.get(by.group_id).rules.undo_minutes * 60
    return ("edit", last.id) if in_time else None
