"""A roadmap file is held against its group and, when every row is good, becomes the roadmap: all of it or nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date

from bot.domain.groups import WorkingGroup
from bot.domain.instants import local_day
from bot.domain.members import Names
from bot.domain.milestones import Milestone, MilestoneState, Progress
from bot.files.roadmap_file import Outcome, Preview, RoadmapContext, RoadmapEntry, RowVerdict
from bot.files.roadmap_reading import Progress as ReadingProgress
from bot.files.roadmap_reading import read_roadmap
from db.unit_of_work import Changed, UnitOfWork

WAY = "file"
_IN_ONE_GO = (
    "title",
    "language",
    "titles",
    "workstream_id",
    "responsible_party_id",
    "lead_id",
    "counterpart_id",
    "start_on",
    "measurable_result",
)
_WITH_ADDITION = (*_IN_ONE_GO, "due_on", "percent", "state", "evidence", "reason")


def context(uow: UnitOfWork, group: WorkingGroup) -> RoadmapContext:
    """Give what a roadmap file is held against; the day is the first party's."""
    return RoadmapContext(
        group=group,
        workstreams=uow.groups.workstreams(group.id),
        members=uow.members.of_group(group.id),
        milestones=uow.milestones.of_group(group.id),
        today=local_day(uow.now, group.parties[0].time_zone),
    )


def preview(uow: UnitOfWork, group: WorkingGroup, content: bytes) -> Preview:
    """
    Say what the file would do, row by row, and do nothing.

    Raises:
        FileRefused: the file as a whole cannot be read.
    """
    return judged(content, context(uow, group))


def judged(content: bytes, seen: RoadmapContext, progress: ReadingProgress | None = None) -> Preview:
    """Say what the file would do to a group as it was *seen*; needs no transaction, which a long file would hold up."""
    return read_roadmap(content, seen, progress)


def carry_out_as_seen(uow: UnitOfWork, seen: RoadmapContext, preview: Preview, *, by_id: int | None = None) -> bool:
    """Do what a preview says if the group is still as it was seen then; False, and nothing done, where it is not."""
    group = uow.groups.get(seen.group.id)
    if context(uow, group) != seen:
        return False
    carry_out(uow, group, preview, by_id=by_id)
    return True


def carry_out(uow: UnitOfWork, group: WorkingGroup, preview: Preview, *, by_id: int | None = None) -> None:
    """
    Do what a preview of this very transaction says; *by_id* is the member who wanted it, None at the command line.

    Raises:
        ValueError: a row is refused, and so nothing may be done.
    """
    if preview.is_refused:
        raise ValueError("a preview with refused rows is not carried out")
    numbers = [verdict.entry.number for verdict in preview.verdicts if verdict.entry and verdict.entry.number]
    uow.groups.reserve_numbers(group.id, milestone=max(numbers, default=0))
    added = [verdict.entry for verdict in preview.verdicts if verdict.entry and verdict.outcome is Outcome.ADD]
    _add(uow, group, added, by_id=by_id)
    for verdict in preview.verdicts:
        if verdict.entry and verdict.outcome is Outcome.CHANGE and verdict.milestone_id is not None:
            before = uow.milestones.get(verdict.milestone_id)
            _change(uow, group, before, verdict, verdict.entry, by_id=by_id)


def milestone_of(uow: UnitOfWork, group: WorkingGroup, entry: RoadmapEntry, number: int | None = None) -> Milestone:
    """Give the milestone of a row as it is to be stored, its id left out; *number* is for a row that brings none."""
    return Milestone(
        id=0,
        group_id=group.id,
        number=entry.number or number or uow.groups.next_milestone_number(group.id),
        title=entry.title,
        language=entry.language,
        titles=entry.titles,
        workstream_id=entry.workstream_id,
        responsible_party_id=entry.responsible_party_id,
        lead_id=entry.lead_id,
        counterpart_id=entry.counterpart_id,
        start_on=entry.start_on,
        due_on=entry.due_on,
        baseline_start_on=entry.baseline_start_on,
        baseline_due_on=entry.baseline_due_on,
        added_on=entry.added_on,
        measurable_result=entry.measurable_result,
        state=entry.state,
        percent=entry.percent,
        moves=entry.moves,
        evidence=entry.evidence,
        reason=entry.reason,
        version=1,
        last_entry_at=None,
        planned_at=uow.now,
    )


def _add(uow: UnitOfWork, group: WorkingGroup, entries: Sequence[RoadmapEntry], *, by_id: int | None) -> None:
    """Add milestones all at once: ten thousand one by one would hold everybody else up."""
    numberless = sum(entry.number is None for entry in entries)
    numbers = iter(uow.groups.take_milestone_numbers(group.id, numberless) if numberless else ())
    new = [milestone_of(uow, group, entry, None if entry.number else next(numbers)) for entry in entries]
    added = uow.milestones.add_all(new)
    news: list[Changed] = [(milestone.id, None, _plain(milestone, _WITH_ADDITION)) for milestone in added]
    uow.record_each("imported", "milestone", news, group_id=group.id, member_id=by_id)


def _change(
    uow: UnitOfWork,
    group: WorkingGroup,
    before: Milestone,
    verdict: RowVerdict,
    entry: RoadmapEntry,
    *,
    by_id: int | None,
) -> None:
    changes = verdict.changes
    changed = {name: getattr(entry, name) for name in changes if name in _IN_ONE_GO}
    if "due_on" in changes and not entry.move_reason:
        changed["due_on"] = entry.due_on  # before adoption a plan may still change without a reason
    milestone = _kept(uow, before, **changed) if changed else before
    if "due_on" in changes and entry.move_reason:
        milestone = uow.milestones.move(
            milestone,
            entry.due_on,
            reason=entry.move_reason,
            member_id=entry.lead_id,
            language=entry.language,
            way=WAY,
            at=uow.now,
        )
    if {"percent", "state"} & set(changes):
        _log(uow, group, milestone, entry)
    elif {"evidence", "reason"} & set(changes):
        _kept(uow, milestone, evidence=entry.evidence, reason=entry.reason)
    uow.record(
        "changed by a file",
        "milestone",
        before.id,
        group_id=group.id,
        member_id=by_id,
        before=_plain(before, changes),
        after=_plain(entry, changes),
    )


def _plain(item: Milestone | RoadmapEntry, names: Iterable[str]) -> dict[str, object]:
    """Give fields as the record of changes keeps them."""
    values = {name: getattr(item, name) for name in names}
    return {
        name: asdict(value) if isinstance(value, Names) else value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def _kept(uow: UnitOfWork, before: Milestone, **changed: object) -> Milestone:
    after = replace(before, version=before.version + 1, **changed)  # type: ignore[arg-type]  # names of its own fields
    uow.milestones.keep(after, seen=before.version)
    return after


def _log(uow: UnitOfWork, group: WorkingGroup, milestone: Milestone, entry: RoadmapEntry) -> None:
    """Log what the file says of progress in the name of the lead, who answers for it."""
    words = {MilestoneState.DONE: entry.evidence, MilestoneState.DROPPED: entry.reason}
    party_id = milestone.responsible_party_id or uow.members.get(milestone.lead_id).party_id
    uow.progress.log(
        milestone,
        Progress(percent=entry.percent, state=entry.state, note=words.get(entry.state, "")),
        member_id=entry.lead_id,
        language=entry.language,
        way=WAY,
        at=uow.now,
        on=local_day(uow.now, group.party(party_id).time_zone),
    )
