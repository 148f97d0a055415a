"""Planning milestones: the form with its defaults, saving it, undoing it, and what a milestone's card shows."""

from dataclasses import replace
from datetime import date, datetime

from bot.domain import drafts as forms
from bot.domain.drafts import MilestoneForm
from bot.domain.errors import ItemNotFound, NotAllowed
from bot.domain.groups import WorkingGroup, Workstream
from bot.domain.instants import local_day
from bot.domain.members import Member
from bot.domain.milestones import Milestone, checked_due, planned
from bot.domain.plans import EDIT, Plan
from bot.domain.progress import check_undo
from bot.domain.texts import checked_title, cut_title
from bot.domain.working_days import default_due_on
from bot.domain.workstreams import NoWorkstream, check_open
from bot.i18n.folding import correct_title
from bot.screens.planning import PlanningChoices
from bot.services import drafts
from bot.services.calendars import shared_calendars
from db.repositories.chats import Chat
from db.repositories.drafts import Draft
from db.unit_of_work import UnitOfWork


def find(uow: UnitOfWork, group_id: int, number: int) -> Milestone:
    """Give a milestone of a group by number; raises ItemNotFound."""
    found = uow.milestones.find(group_id, number)
    if found is None:
        raise ItemNotFound(f"M-{number}")
    return found


def of_member(uow: UnitOfWork, milestone_id: int, *, by: Member) -> Milestone:
    """Give a milestone of the member's group by id; refusals are those of *check_shown*."""
    found = uow.milestones.get(milestone_id)
    check_shown(found, by=by)
    return found


def check_shown(milestone: Milestone, *, by: Member) -> None:
    """
    Refuse what a member has not got in the roadmap.

    Raises:
        NotAllowed: it belongs to another group.
        ItemNotFound: planning it was undone.
    """
    if milestone.group_id != by.group_id:
        raise NotAllowed
    if milestone.removed_at is not None:
        raise ItemNotFound(milestone.code)


def check_may_write(by: Member) -> None:
    """Refuse observers with NotAllowed."""
    if not by.may_write:
        raise NotAllowed


def begin(uow: UnitOfWork, title: str, *, by: Member, chat: Chat, today: date) -> Draft:
    """Open the form of a new milestone with its defaults; without a title it asks for one."""
    check_may_write(by)
    form = _defaults(uow, checked_title(title) if title else "", by=by, today=today)
    return drafts.begin(uow, forms.MILESTONE, form, by=by, chat=chat, touched=bool(title))


def _defaults(uow: UnitOfWork, title: str, *, by: Member, today: date) -> MilestoneForm:
    group = uow.groups.get(by.group_id)
    workstream = own_workstream(uow, by)
    return MilestoneForm(
        title=title,
        workstream_id=workstream.id,
        due_on=default_due_on(today, shared_calendars(uow, group)),
        lead_id=by.id,
        counterpart_id=other_side(group, workstream, by),
        step="" if title else "title",
    )


def own_workstream(uow: UnitOfWork, by: Member) -> Workstream:
    """Choose the workstream that the member leads, used last, answers for, or the first; raises NoWorkstream."""
    every = uow.groups.workstreams(by.group_id)
    used_id = last_used_workstream(uow, by)
    used = [workstream for workstream in every if workstream.id == used_id]
    led = [workstream for workstream in every if workstream.lead_id == by.id]
    if used and used[0] in led:
        return used[0]
    sided = [workstream for workstream in every if workstream.person_of(by.party_id) == by.id]
    found = [*led, *used, *sided, *every]
    if not found:
        raise NoWorkstream
    return found[0]


def last_used_workstream(uow: UnitOfWork, by: Member) -> int | None:
    """Give the workstream in which a member planned last or, if never, logged last."""
    planned_in = uow.milestones.last_used_workstream(by.group_id, by.id)
    if planned_in is not None:
        return planned_in
    logged_on = uow.progress.last_milestone_of(by.group_id, by.id)
    return uow.milestones.get(logged_on).workstream_id if logged_on is not None else None


def other_side(group: WorkingGroup, workstream: Workstream, lead: Member) -> int | None:
    """Give who answers for a workstream on another side than the lead's."""
    others = (party.id for party in group.parties if party.id != lead.party_id)
    return next((found for found in map(workstream.person_of, others) if found is not None), None)


def form_of(draft: Draft) -> MilestoneForm:
    """Give the form that a draft keeps."""
    return MilestoneForm.of(draft.fields)


def choose_workstream(uow: UnitOfWork, form: MilestoneForm, workstream_id: int, *, by: Member) -> MilestoneForm:
    """Take a workstream; its other side's person becomes the counterpart unless one has been picked."""
    workstream = uow.groups.workstream(by.group_id, workstream_id)
    check_open(workstream)
    form = replace(form.at(), workstream_id=workstream.id)
    if form.has_chosen_counterpart:
        return form
    lead = uow.members.get(form.lead_id)
    return replace(form, counterpart_id=other_side(uow.groups.get(by.group_id), workstream, lead))


def choose_lead(uow: UnitOfWork, form: MilestoneForm, member_id: int, *, by: Member) -> MilestoneForm:
    """Take a lead; a counterpart of the same party gives way to the other side's person of the workstream."""
    lead = writer(uow, member_id, by=by)
    form = replace(form.at(), lead_id=lead.id)
    counterpart = uow.members.get(form.counterpart_id) if form.counterpart_id is not None else None
    if counterpart is not None and counterpart.party_id != lead.party_id:
        return form
    workstream = uow.groups.workstream(by.group_id, form.workstream_id)
    other = other_side(uow.groups.get(by.group_id), workstream, lead)
    return replace(form, counterpart_id=other, has_chosen_counterpart=False)


def choose_counterpart(uow: UnitOfWork, form: MilestoneForm, member_id: int, *, by: Member) -> MilestoneForm:
    """Take a counterpart of another party than the lead's; raises NotAllowed for one of the same."""
    counterpart = writer(uow, member_id, by=by)
    if counterpart.party_id == uow.members.get(form.lead_id).party_id:
        raise NotAllowed
    return replace(form.at(), counterpart_id=counterpart.id, has_chosen_counterpart=True)


def choose_due(form: MilestoneForm, due_on: date, *, today: date) -> MilestoneForm:
    """Take a due date; raises DueDateInPast."""
    return replace(form.at(), due_on=checked_due(due_on, today=today))


def writer(uow: UnitOfWork, member_id: int, *, by: Member) -> Member:
    """Give a member of the same group who may be given a place; raises NotAllowed."""
    member = uow.members.get(member_id)
    if member.group_id != by.group_id or not member.may_write or member.removed_at is not None:
        raise NotAllowed
    return member


def choices(uow: UnitOfWork, group_id: int, *plans: Plan) -> PlanningChoices:
    """Give what a plan of a group can be made of, and whom *plans* name besides: also those who have left."""
    members = [member for member in uow.members.of_group(group_id) if member.may_write]
    known = {member.id for member in members}
    named = {person for plan in plans for person in (plan.lead_id, plan.counterpart_id) if person is not None}
    return PlanningChoices(
        group=uow.groups.get(group_id),
        workstreams=tuple(uow.groups.workstreams(group_id)),
        members=(*members, *(uow.members.get(person) for person in sorted(named - known))),
        closed=tuple(found for found in uow.groups.every_workstream(group_id) if not found.is_open),
    )


def plan(uow: UnitOfWork, draft: Draft, *, by: Member, today: date) -> Milestone:
    """
    Make the form a milestone.

    Raises:
        TextMissing: it has no title.
        DueDateInPast, WorkstreamClosed: the form has waited too long.
    """
    check_may_write(by)
    form = form_of(draft)
    check_open(uow.groups.workstream(by.group_id, form.workstream_id))
    lead = uow.members.get(form.lead_id)
    group = uow.groups.get(by.group_id)
    milestone = uow.milestones.add(
        planned(
            group_id=by.group_id,
            number=uow.groups.next_milestone_number(by.group_id),
            title=form.title,
            language=by.reader.language,
            workstream_id=form.workstream_id,
            responsible_party_id=lead.party_id,
            lead_id=lead.id,
            counterpart_id=form.counterpart_id,
            start_on=today,
            due_on=checked_due(form.due_on, today=today),
            at=uow.now,
            by_id=by.id,
            added_on=today if group.roadmap_adopted_on is not None else None,
        )
    )
    drafts.save(uow, draft, milestone.code)
    uow.record(
        "plan",
        "milestone",
        milestone.id,
        group_id=by.group_id,
        member_id=by.id,
        after=Plan.of(milestone).fields(),
    )
    return milestone


def undo(uow: UnitOfWork, milestone_id: int, *, by: Member) -> Milestone:
    """
    Take a milestone off the roadmap again.

    Raises:
        NotAllowed: somebody else planned it.
        AlreadyUndone, LoggedSince, UndoTooLate: as their names say.
    """
    milestone = uow.milestones.get(milestone_id)
    if milestone.planned_by_id != by.id or milestone.planned_at is None:
        raise NotAllowed
    check_undo(
        at=milestone.planned_at,
        now=uow.now,
        minutes=uow.groups.get(by.group_id).rules.undo_minutes,
        undone=milestone.removed_at is not None,
        logged_since_by=_who_built_on(uow, milestone, by),
    )
    after = replace(milestone, removed_at=uow.now, version=milestone.version + 1)
    uow.milestones.keep(after, seen=milestone.version)
    before = Plan.of(milestone).fields()
    uow.record("undo", "milestone", milestone.id, group_id=by.group_id, member_id=by.id, before=before)
    return after


def _who_built_on(uow: UnitOfWork, milestone: Milestone, by: Member) -> str | None:
    """Name who has logged on the milestone, raised an obstacle on it or changed it since it was planned."""
    entry = uow.progress.latest(milestone.id)
    raised = uow.obstacles.open_on_milestone(milestone.id)
    since = [entry.member_id] if entry else [obstacle.raised_by_id for obstacle in raised]
    since = since or _who_edited(uow, milestone)
    return uow.members.get(since[-1]).name_for(by.reader.language) if since else None


def responsible_day(uow: UnitOfWork, milestone: Milestone, at: datetime) -> date:
    """Give the day of *at* (UTC) in the responsible party's time zone; of joint milestones, the lead's party's."""
    group = uow.groups.get(milestone.group_id)
    party_id = milestone.responsible_party_id or uow.members.get(milestone.lead_id).party_id
    return local_day(at, group.party(party_id).time_zone)


def _who_edited(uow: UnitOfWork, milestone: Milestone) -> list[int]:
    last = uow.changes.last("milestone", milestone.id)
    return [last.member_id] if last is not None and last.act == EDIT and last.member_id is not None else []


def title_from(text: str) -> str:
    """Make a title of somebody's message: its first line, cut where a title ends."""
    return cut_title(correct_title(text.strip().partition("\n")[0]))
