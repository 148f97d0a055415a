"""Logging progress: at once, by a form, and undoing it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.domain import drafts as forms
from bot.domain.drafts import ProgressForm
from bot.domain.errors import ButtonExpired, NotAllowed
from bot.domain.instants import local_day
from bot.domain.members import Member
from bot.domain.milestones import Milestone, MilestoneClosed, MilestoneState, progress
from bot.domain.progress import Attachment, ProgressEntry, before, check_undo, repeats
from bot.domain.texts import checked_note
from bot.domain.workstreams import check_open
from bot.screens.conflicts import Conflict
from bot.screens.progress import Saved
from bot.services import conflicts, drafts, milestones
from db.repositories.chats import Chat
from db.repositories.drafts import Draft
from db.unit_of_work import UnitOfWork


def log(
    uow: UnitOfWork,
    milestone: Milestone,
    *,
    by: Member,
    percent: int | None,
    state: MilestoneState | None,
    note: str,
    way: str,
    attachments: Iterable[Attachment] = (),
) -> Saved:
    """
    Log on a milestone of the member's group; the same by the same member within a minute is logged once.

    Raises:
        NotAllowed: an observer.
        PercentOutOfRange, EvidenceMissing, ReasonMissing, MilestoneClosed, TextTooLong: as the domain says.
        WorkstreamClosed: the entry would open finished work of a closed workstream again.
    """
    milestones.check_may_write(by)
    latest = uow.progress.latest(milestone.id)
    said = progress(milestone, percent=percent, state=state, note=note)
    if said.state.is_open and not milestone.state.is_open:
        check_open(uow.groups.workstream(milestone.group_id, milestone.workstream_id))
    files = tuple(attachments)
    if latest is not None and not files and repeats(latest, said, member_id=by.id, at=uow.now):
        return Saved(milestone, latest, is_repeat=True)
    entry, after = uow.progress.log(
        milestone,
        said,
        member_id=by.id,
        language=by.reader.language,
        way=way,
        at=uow.now,
        # Only what finishes is dated, so only then are group and party looked up.
        on=local_day(uow.now, by.reader.time_zone) if said.state.is_open else _day_there(uow, milestone),
        attachments=files,
    )
    uow.record(
        "log",
        "milestone",
        milestone.id,
        group_id=milestone.group_id,
        member_id=by.id,
        before={"percent": milestone.percent, "state": milestone.state.value},
        after={"percent": after.percent, "state": after.state.value, "entry_id": entry.id},
    )
    return Saved(after, entry, attachments=files)


def _day_there(uow: UnitOfWork, milestone: Milestone) -> date:
    return milestones.responsible_day(uow, milestone, uow.now)


def begin(
    uow: UnitOfWork,
    milestone: Milestone,
    *,
    by: Member,
    chat: Chat,
    percent: int | None = None,
    state: MilestoneState | None = None,
    note: str = "",
) -> Draft:
    """Open the form of an entry, with what has been said already; on what is dropped only to reopen it."""
    milestones.check_may_write(by)
    if milestone.state is MilestoneState.DROPPED and (state is None or not state.is_open):
        raise MilestoneClosed(milestone.number)
    form = ProgressForm(
        milestone.id, percent=percent, state=state, note=checked_note(note), seen=conflicts.seen(uow, milestone)
    )
    return drafts.begin(uow, forms.PROGRESS, form, by=by, chat=chat, touched=not form.is_empty)


def form_of(draft: Draft) -> ProgressForm:
    """Give the form that a draft keeps."""
    return ProgressForm.of(draft.fields)


def said_how_far(form: ProgressForm, *, percent: int | None, state: MilestoneState | None) -> ProgressForm:
    """Take a percent or a state."""
    return replace(form, percent=percent, state=state)


def noted(form: ProgressForm, note: str) -> ProgressForm:
    """Take a note in place of the one before; raises TextTooLong."""
    return replace(form, note=checked_note(note))


def stepped_back(form: ProgressForm) -> ProgressForm | None:
    """Go back to how far it is, the note kept; None where that is the first step."""
    return replace(form, percent=None, state=None) if form.says_how_far else None


def anew(uow: UnitOfWork, form: ProgressForm) -> ProgressForm:
    """Go on with the form from the milestone as it is now, after its owner was shown what others have changed."""
    return replace(form, seen=conflicts.seen(uow, uow.milestones.get(form.milestone_id)))


def save(uow: UnitOfWork, draft: Draft, *, by: Member, over: int | None = None) -> Saved | Conflict:
    """
    Log what the form says; refusals are those of *log*.

    Where others have changed the milestone since the form showed it, nothing is logged and the Conflict given back;
    *over* is the version that whoever acts has been shown since.
    """
    form = form_of(draft)
    milestone = milestones.of_member(uow, form.milestone_id, by=by)
    if form.is_empty:
        raise ButtonExpired
    if form.seen is not None and milestone.version != over:
        conflict = conflicts.found(uow, form.seen, milestone, by=by)
        if conflict is not None:
            return conflict
    result = log(
        uow,
        milestone,
        by=by,
        percent=form.percent,
        state=form.state,
        note=form.note,
        way="buttons",
        attachments=form.attachments,
    )
    drafts.save(uow, draft, milestone.code)
    return result


def shown(uow: UnitOfWork, entry_id: int, *, by: Member) -> Saved | None:
    """Give what was saved, to be drawn anew; None when it has been undone."""
    entry = uow.progress.get(entry_id)
    if entry is None or entry.group_id != by.group_id or entry.undone_at is not None:
        return None
    milestone = uow.milestones.get(entry.milestone_id)
    minutes = uow.groups.get(by.group_id).rules.undo_minutes
    may_undo = entry.member_id == by.id and (uow.now - entry.at).total_seconds() <= minutes * 60
    return Saved(milestone, entry, attachments=tuple(uow.progress.attachments(entry.id)), may_undo=may_undo)


def undo(uow: UnitOfWork, entry_id: int, *, by: Member) -> Milestone:
    """
    Undo an entry of the member's own; the milestone is as it was before.

    Raises:
        NotAllowed: it is another person's.
        AlreadyUndone, LoggedSince, UndoTooLate, WorkstreamClosed: as their names say.
    """
    entry = uow.progress.get(entry_id)
    if entry is None or entry.member_id != by.id:
        raise NotAllowed
    milestone = uow.milestones.get(entry.milestone_id)
    check_undo(
        at=entry.at,
        now=uow.now,
        minutes=uow.groups.get(entry.group_id).rules.undo_minutes,
        undone=entry.undone_at is not None,
        logged_since_by=_who_logged_since(uow, entry, by),
    )
    after = _as_before(uow, milestone, entry)
    if after.state.is_open and not milestone.state.is_open:
        check_open(uow.groups.workstream(milestone.group_id, milestone.workstream_id))
    uow.progress.undo(entry, after, seen=milestone.version, at=uow.now)
    uow.record(
        "undo",
        "milestone",
        milestone.id,
        group_id=milestone.group_id,
        member_id=by.id,
        before={"percent": milestone.percent, "state": milestone.state.value, "entry_id": entry.id},
        after={"percent": after.percent, "state": after.state.value},
    )
    return after


def _who_logged_since(uow: UnitOfWork, entry: ProgressEntry, by: Member) -> str | None:
    latest = uow.progress.latest(entry.milestone_id)
    if latest is None or latest.id <= entry.id:
        return None
    return uow.members.get(latest.member_id).name_for(by.reader.language)


def _as_before(uow: UnitOfWork, milestone: Milestone, entry: ProgressEntry) -> Milestone:
    earlier = uow.progress.before(entry)
    finishing = uow.progress.finishing(entry) if not entry.state_before.is_open else None
    return before(
        milestone,
        entry,
        last_at=earlier.at if earlier else None,
        finished_on=milestones.responsible_day(uow, milestone, finishing.at) if finishing else milestone.finished_on,
    )
