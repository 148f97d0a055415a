"""Changing the plan of a milestone: the form, saving it, telling those it concerns, and undoing it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.domain import drafts as forms
from bot.domain.editing import TITLES, EditForm
from bot.domain.errors import ButtonExpired, NotAllowed
from bot.domain.members import Member
from bot.domain.milestones import Milestone
from bot.domain.plans import (
    EDIT,
    News,
    Plan,
    changed,
    check_may_edit,
    checked_move,
    checked_span,
    edited,
    rebased,
    told,
)
from bot.domain.progress import check_undo
from bot.domain.readers import Reader
from bot.domain.texts import checked_note
from bot.i18n.folding import correct_title, keep
from bot.screens import editing as screens
from bot.screens.conflicts import Conflict
from bot.screens.screen import Screen
from bot.services import conflicts, drafts, milestones, posting
from db.repositories.changes import Change
from db.repositories.chats import Chat
from db.repositories.drafts import Draft
from db.unit_of_work import UnitOfWork


def begin(uow: UnitOfWork, milestone: Milestone, *, by: Member, chat: Chat) -> Draft:
    """Open the form with the plan as it is; refusals are those of *check_may_edit*."""
    check_may_edit(milestone, by)
    form = EditForm(milestone_id=milestone.id, seen=conflicts.seen(uow, milestone), plan=Plan.of(milestone))
    return drafts.begin(uow, forms.EDITING, form, by=by, chat=chat, touched=False)


def form_of(draft: Draft) -> EditForm:
    """Give the form that a draft keeps."""
    return EditForm.of(draft.fields)


def choose(uow: UnitOfWork, form: EditForm, field: str, chosen: int, *, by: Member) -> EditForm:
    """
    Take what was chosen from a list; 0 is nobody, joint or nothing.

    Raises:
        ButtonExpired: there is no such list.
        NotAllowed: a person who may not have the place.
    """
    take = _CHOICES.get(field)
    if take is None:
        raise ButtonExpired
    return replace(form.at(), plan=take(uow, form.plan, chosen, by))


def _workstream(uow: UnitOfWork, plan: Plan, chosen: int, by: Member) -> Plan:
    if chosen not in {found.id for found in uow.groups.workstreams(by.group_id)}:
        raise ButtonExpired
    return replace(plan, workstream_id=chosen)


def _party(uow: UnitOfWork, plan: Plan, chosen: int, by: Member) -> Plan:
    if chosen and chosen not in {party.id for party in uow.groups.get(by.group_id).parties}:
        raise ButtonExpired
    return replace(plan, responsible_party_id=chosen or None)


def _lead(uow: UnitOfWork, plan: Plan, chosen: int, by: Member) -> Plan:
    """Take a lead; of another party they take responsibility along, and a counterpart of their own party gives way."""
    lead, before = milestones.writer(uow, chosen, by=by), uow.members.get(plan.lead_id)
    after = replace(plan, lead_id=lead.id)
    if plan.responsible_party_id == before.party_id:
        after = replace(after, responsible_party_id=lead.party_id)
    counterpart = uow.members.get(plan.counterpart_id) if plan.counterpart_id is not None else None
    if counterpart is None or counterpart.party_id != lead.party_id:
        return after
    workstream = uow.groups.workstream(by.group_id, plan.workstream_id)
    return replace(after, counterpart_id=milestones.other_side(uow.groups.get(by.group_id), workstream, lead))


def _counterpart(uow: UnitOfWork, plan: Plan, chosen: int, by: Member) -> Plan:
    if not chosen:
        return replace(plan, counterpart_id=None)
    counterpart = milestones.writer(uow, chosen, by=by)
    if counterpart.party_id == uow.members.get(plan.lead_id).party_id:
        raise NotAllowed
    return replace(plan, counterpart_id=counterpart.id)


def _no_result(_: UnitOfWork, plan: Plan, __: int, ___: Member) -> Plan:
    return replace(plan, measurable_result="")


_CHOICES = {
    "workstream": _workstream,
    "party": _party,
    "lead": _lead,
    "counterpart": _counterpart,
    "result": _no_result,
}


def choose_day(uow: UnitOfWork, form: EditForm, day: date, *, today: date) -> EditForm:
    """
    Take a due date, which asks for the reason of the move next, or a start.

    Raises:
        DueDateInPast, DueDateSettled, StartAfterDue: as the domain says.
    """
    plan = form.plan
    if form.step == "start_on":
        checked_span(day, plan.due_on)
        return replace(form.at(), plan=replace(plan, start_on=day))
    due_on = checked_move(uow.milestones.get(form.milestone_id), day, today=today)
    checked_span(plan.start_on, due_on)
    form = replace(form.at(), plan=replace(plan, due_on=due_on))
    return form.at("reason") if form.lacks_reason else form


def typed(uow: UnitOfWork, form: EditForm, text: str) -> EditForm:
    """Take what was typed for a title, the measurable result or the reason; raises TextMissing and TextTooLong."""
    if form.step in TITLES:
        own = uow.milestones.get(form.milestone_id).language
        return replace(form.at(), plan=form.plan.titled(TITLES[form.step], correct_title(text), own=own))
    if form.step == "result":
        return replace(form.at(), plan=replace(form.plan, measurable_result=checked_note(keep(text))))
    return replace(form.at(), reason=checked_note(keep(text)))


def anew(uow: UnitOfWork, form: EditForm) -> EditForm:
    """Lay the form's changes over the milestone as it is now, after its owner was shown what others have changed."""
    milestone = uow.milestones.get(form.milestone_id)
    plan = rebased(form.plan, seen=form.seen.plan, now=Plan.of(milestone))
    return replace(form.at(), seen=conflicts.seen(uow, milestone), plan=plan)


def day_at_hand(form: EditForm) -> date:
    """Give the date that the form's step would change."""
    return form.plan.start_on if form.step == "start_on" else form.plan.due_on


def save(uow: UnitOfWork, draft: Draft, *, by: Member, today: date, over: int | None = None) -> Milestone | Conflict:
    """
    Make the form's changes those of the milestone and tell whom they concern.

    Where others have changed the milestone since the form showed it, nothing is saved and the Conflict given back;
    *over* is the version that whoever acts has been shown since, and lays theirs over.

    Raises:
        NotAllowed, MilestoneClosed: it may not be changed.
        DueDateInPast, DueDateSettled, MoveReasonMissing, StartAfterDue: as the domain says.
    """
    form = form_of(draft)
    milestone = milestones.of_member(uow, form.milestone_id, by=by)
    check_may_edit(milestone, by)
    if milestone.version != over:
        conflict = conflicts.found(uow, form.seen, milestone, by=by)
        if conflict is not None:
            return conflict
    before = Plan.of(milestone)
    plan = rebased(form.plan, seen=form.seen.plan, now=before)
    drafts.save(uow, draft, milestone.code)
    if not changed(before, plan):
        return milestone
    after = edited(milestone, plan, today=today, reason=form.reason)
    uow.milestones.keep(after, seen=milestone.version)
    change_id = _record(uow, milestone, after, by=by, reason=form.reason)
    _tell(uow, before, after, by=by, change_id=change_id, reason=form.reason)
    return after


def _record(uow: UnitOfWork, milestone: Milestone, after: Milestone, *, by: Member, reason: str) -> int:
    was, becomes = Plan.of(milestone), Plan.of(after)
    names = changed(was, becomes)
    before = {name: was.fields()[name] for name in names}
    now = {name: becomes.fields()[name] for name in names}
    if "due_on" in names:
        move_id = uow.milestones.add_move(
            milestone,
            after.due_on,
            reason=reason,
            member_id=by.id,
            language=by.reader.language,
            way="form",
            at=uow.now,
        )
        before |= {"moves": milestone.moves}
        now |= {"moves": after.moves, "move_id": move_id, "move_reason": reason}
    return uow.record(EDIT, "milestone", after.id, group_id=by.group_id, member_id=by.id, before=before, after=now)


def _tell(uow: UnitOfWork, before: Plan, after: Milestone, *, by: Member, change_id: int, reason: str) -> None:
    for person, news in told(before, Plan.of(after), by_id=by.id).items():

        def draw(reader: Reader, news: News = news) -> Screen:
            return screens.told(news, after, reader, before=before, by=by, reason=reason)

        posting.notify(uow, uow.members.get(person), draw, key=_key(change_id, person))


def _key(change_id: int, person: int) -> str:
    return f"edit:{change_id}:{person}"


def group_of(uow: UnitOfWork, change_id: int) -> int:
    """Give the group of the milestone that a change was made of; raises ButtonExpired where there is none."""
    found = uow.changes.find("milestone", change_id)
    if found is None:
        raise ButtonExpired
    return uow.milestones.get(found[0]).group_id


def undo(uow: UnitOfWork, change_id: int, *, by: Member) -> Milestone:
    """
    Bring the plan back to what it was before a change of the member's own, and correct what was told.

    Raises:
        ButtonExpired: there is no such change.
        NotAllowed: it is another person's.
        AlreadyUndone, LoggedSince, UndoTooLate: as their names say.
    """
    found = uow.changes.find("milestone", change_id)
    if found is None or found[1].act != EDIT:
        raise ButtonExpired
    milestone, change = uow.milestones.get(found[0]), found[1]
    if change.member_id != by.id:
        raise NotAllowed
    later = uow.changes.since("milestone", milestone.id, change.id)
    check_undo(
        at=change.at,
        now=uow.now,
        minutes=uow.groups.get(by.group_id).rules.undo_minutes,
        undone=any(other.before.get("change_id") == change.id for other in later),
        logged_since_by=_name_of(uow, later[-1], by) if later else None,
    )
    was = Plan.of(milestone)
    after = _as_before(milestone, change.before)
    uow.milestones.keep(after, seen=milestone.version)
    if "move_id" in change.after:
        uow.milestones.undo_move(change.after["move_id"], at=uow.now)
    uow.record(
        "undo",
        "milestone",
        milestone.id,
        group_id=by.group_id,
        member_id=by.id,
        before={**{name: was.fields()[name] for name in change.before if name != "moves"}, "change_id": change.id},
        after=change.before,
    )
    _correct(uow, was, after, by=by, change_id=change.id)
    return after


def _as_before(milestone: Milestone, before: Mapping[str, Any]) -> Milestone:
    plan = Plan.of(milestone).read(before)
    return replace(
        milestone,
        **{name: getattr(plan, name) for name in changed(Plan.of(milestone), plan)},
        moves=before.get("moves", milestone.moves),
        version=milestone.version + 1,
    )


def _correct(uow: UnitOfWork, was: Plan, after: Milestone, *, by: Member, change_id: int) -> None:
    for person, news in told(Plan.of(after), was, by_id=by.id).items():

        def draw(reader: Reader, news: News = news) -> Screen:
            return screens.correction(news, after, reader, by=by)

        if not uow.outbox.withdraw(_key(change_id, person), uow.now):
            posting.notify(uow, uow.members.get(person), draw)


def _name_of(uow: UnitOfWork, change: Change, by: Member) -> str:
    # A file changes milestones in nobody's name.
    return uow.members.get(change.member_id).name_for(by.reader.language) if change.member_id is not None else "—"
