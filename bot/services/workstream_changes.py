"""What a secretary changes of workstreams: saved, undone, closed and opened again, and who is told of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.groups import WorkingGroup, Workstream
from bot.domain.members import Member
from bot.domain.readers import Reader
from bot.domain.workstreams import (
    NamesMissing,
    WorkstreamChangedSince,
    WorkstreamForm,
    WorkstreamNotEmpty,
    check_may_close,
    missing_languages,
    placed,
    rebased,
)
from bot.screens import workstreams as screens
from bot.screens.screen import Screen
from bot.screens.workstreams import Changed, Duty, Told
from bot.services import drafts, posting, reminders
from bot.services.workstreams import as_it_is, check_may_edit, coded, form_of, found
from db.repositories.drafts import Draft
from db.unit_of_work import UnitOfWork


def save(uow: UnitOfWork, draft: Draft, *, by: Member) -> Changed | None:
    """
    Keep what the form says, and tell who answers for the workstream from now on.

    None where somebody has changed the workstream since the form was opened: the form then shows that, with what its
    owner has changed laid over it, and saving it again keeps that.

    Raises:
        NotAllowed: *by* is no secretary.
        NamesMissing, CodeTaken: as their names say.
    """
    check_may_edit(by)
    uow.groups.hold(by.group_id)
    form, group = form_of(draft), uow.groups.get(by.group_id)
    missing = missing_languages(form.names, group)
    if missing:
        raise NamesMissing(missing)
    if form.workstream_id is None:
        before, after = None, _added(uow, form, by=by)
    else:
        before = found(uow, form.workstream_id, by=by)
        seen = as_it_is(uow, before)
        if seen.content() != form.seen:
            drafts.change(uow, draft, rebased(form.at(), seen))
            return None
        after = _kept(uow, before, form)
    result = as_it_is(uow, after)
    act = "add" if before is None else "change"
    was = None if before is None else {**form.seen}
    _record(uow, act, after, by=by, before=was, after=result.content())
    draft = uow.drafts.change(draft, fields={"before": was, "saved": result.content(), "workstream_id": after.id})
    drafts.save(uow, draft, after.code)
    _tell_people(uow, draft, before, after, by=by)
    return Changed(group, after, _people(uow, group), is_new=before is None)


def _people(uow: UnitOfWork, group: WorkingGroup) -> dict[int, Member]:
    return {member.id: member for member in uow.members.of_group(group.id)}


def _added(uow: UnitOfWork, form: WorkstreamForm, *, by: Member) -> Workstream:
    form = coded(uow, form, form.code, by=by)
    added = uow.workstreams.add(
        Workstream(
            id=0,
            group_id=by.group_id,
            code=form.code,
            names=form.names,
            position=0,
            lead_party_id=form.lead_party_id,
            people=dict(form.people),
        )
    )
    return _in_place(uow, added, form.place)


def _kept(uow: UnitOfWork, before: Workstream, form: WorkstreamForm) -> Workstream:
    changed = replace(before, names=form.names, lead_party_id=form.lead_party_id, people=dict(form.people))
    return _in_place(uow, uow.workstreams.change(changed), form.place)


def _in_place(uow: UnitOfWork, workstream: Workstream, place: int) -> Workstream:
    if workstream.is_open:
        ids = [item.id for item in uow.groups.workstreams(workstream.group_id)]
        uow.workstreams.order(workstream.group_id, placed(ids, workstream.id, place))
    return uow.groups.workstream(workstream.group_id, workstream.id)


def undo(uow: UnitOfWork, draft: Draft, *, by: Member) -> Changed | None:
    """
    Bring back what a saved form has changed; a new workstream is removed, which gives None.

    Raises:
        NotAllowed: *by* is no secretary.
        WorkstreamChangedSince: somebody has changed it since, or it was undone already.
        WorkstreamNotEmpty: something belongs to the new workstream.
    """
    check_may_edit(by)
    uow.groups.hold(by.group_id)
    form, group = form_of(draft), uow.groups.get(by.group_id)
    every = {item.id: item for item in uow.groups.every_workstream(by.group_id)}
    now = every.get(form.workstream_id or 0)
    if now is None or as_it_is(uow, now).content() != draft.fields.get("saved"):
        raise WorkstreamChangedSince(form.code)
    was = draft.fields["before"]
    if was is None:
        if uow.workstreams.is_used(by.group_id, now.id):
            raise WorkstreamNotEmpty(now.code)
        _record(uow, "undo", now, by=by, before=draft.fields["saved"], after=None)
        uow.workstreams.remove(now)
        _tell_people(uow, draft, now, None, by=by)
        return None
    earlier = WorkstreamForm.of({**form.fields(), "content": was})
    after = _kept(uow, now, earlier)
    _record(uow, "undo", now, by=by, before=draft.fields["saved"], after=was)
    uow.drafts.change(draft, fields={"saved": None})
    _tell_people(uow, draft, now, after, by=by)
    return Changed(group, after, _people(uow, group))


# Closing


def close(uow: UnitOfWork, workstream_id: int, *, by: Member) -> Changed:
    """
    Close a workstream: nothing new belongs to it, and no part of the report is owed for it any more.

    Raises:
        NotAllowed: *by* is no secretary.
        WorkstreamInUse, LastWorkstream: as their names say.
    """
    check_may_edit(by)
    uow.groups.hold(by.group_id)
    before = found(uow, workstream_id, by=by)
    if before.is_open:
        check_may_close(
            before,
            others=uow.groups.workstreams(by.group_id),
            milestones=uow.workstreams.open_milestones(before.id),
            obstacles=uow.workstreams.open_obstacles(by.group_id, before.id),
        )
    return _put(uow, before, is_closed=True, by=by)


def reopen(uow: UnitOfWork, workstream_id: int, *, by: Member) -> Changed:
    """Open a closed workstream again, at its old place; raises NotAllowed."""
    check_may_edit(by)
    uow.groups.hold(by.group_id)
    return _put(uow, found(uow, workstream_id, by=by), is_closed=False, by=by)


def _put(uow: UnitOfWork, before: Workstream, *, is_closed: bool, by: Member) -> Changed:
    group = uow.groups.get(by.group_id)
    if before.is_open is not is_closed:
        return Changed(group, before, _people(uow, group))
    after = uow.workstreams.change(replace(before, closed_at=uow.now if is_closed else None))
    _record(
        uow,
        "close" if is_closed else "reopen",
        after,
        by=by,
        before={"closed_at": before.closed_at.isoformat() if before.closed_at else None},
        after={"closed_at": after.closed_at.isoformat() if after.closed_at else None},
    )
    reminders.withdraw_settled(uow, group)
    for member_id in after.people.values():
        _tell(uow, member_id, Told(after, by, None), by=by)
    return Changed(group, after, _people(uow, group))


# Records and messages


def _record(
    uow: UnitOfWork,
    act: str,
    workstream: Workstream,
    *,
    by: Member,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> None:
    uow.record(
        act,
        "workstream",
        workstream.id,
        group_id=by.group_id,
        member_id=by.id,
        before=dict(before) if before else None,
        after=dict(after) if after else None,
    )


def _tell_people(
    uow: UnitOfWork, draft: Draft, before: Workstream | None, after: Workstream | None, *, by: Member
) -> None:
    """Tell each person whose duty is another one; an earlier word of it that has not left is withdrawn."""
    shown = after or before
    if shown is None:
        return
    was, is_now = _parts(before), _parts(after)
    changed = [member_id for member_id in sorted({*was, *is_now}) if was.get(member_id) != is_now.get(member_id)]
    for member_id in changed:
        key = f"workstream:{draft.id}:{member_id}"
        if not uow.outbox.withdraw(key, uow.now):
            _tell(uow, member_id, Told(shown, by, is_now.get(member_id, "none")), by=by, key=key)
    if changed:
        reminders.withdraw_settled(uow, uow.groups.get(by.group_id))


def _parts(workstream: Workstream | None) -> dict[int, Duty]:
    if workstream is None:
        return {}
    return {
        member_id: "lead" if party_id == workstream.lead_party_id else "counterpart"
        for party_id, member_id in workstream.people.items()
    }


def _tell(uow: UnitOfWork, member_id: int, told: Told, *, by: Member, key: str | None = None) -> None:
    member = uow.members.get(member_id)
    if member.person_id == by.person_id or member.removed_at is not None:
        return

    def draw(reader: Reader) -> Screen:
        return screens.told(reader, told)

    posting.notify(uow, member, draw, key=key)
