"""A group's past is replayed from its file, event by event at the instants they happened; nobody is told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from bot.domain.adoptions import Adoption, awaited, content_hash
from bot.domain.groups import WorkingGroup
from bot.domain.instants import instant_of, local_day
from bot.domain.milestones import Milestone, MilestoneState, Progress
from bot.domain.obstacles import Obstacle, Severity
from bot.domain.progress import Attachment
from bot.files.history_file import HistoryEvent
from bot.files.roadmap_file import Preview, RoadmapEntry
from bot.i18n.folding import correct_title, keep
from bot.services import imports
from db.unit_of_work import UnitOfWork

_PHOTOS = (".jpg", ".jpeg", ".png")
_MORNING = time(9)


class HistoryBroken(Exception):
    """An event does not fit what the events before it have made; *args* has the event's id."""


def replay(uow: UnitOfWork, group: WorkingGroup, roadmap: Preview, events: Sequence[HistoryEvent]) -> None:
    """
    Replay a past in an empty group: the roadmap as it was first planned, then every event.

    *roadmap* gives the milestones as they stand at the end; what their progress, due dates and adoption are is left to
    the events.

    Raises:
        HistoryBroken: an event does not follow from the ones before it.
    """
    _Replay(uow, group, roadmap, events).run()


class _Replay:
    def __init__(self, uow: UnitOfWork, group: WorkingGroup, roadmap: Preview, events: Sequence[HistoryEvent]) -> None:
        self._uow = uow
        self._group = group
        self._events = events
        self._entries = {
            verdict.entry.number: verdict.entry
            for verdict in roadmap.verdicts
            if verdict.entry is not None and verdict.entry.number is not None
        }
        self._members = {member.handle: member for member in uow.members.of_group(group.id)}
        self._party_ids = {party.code: party.id for party in group.parties}
        self._workstream_ids = {workstream.code: workstream.id for workstream in uow.groups.workstreams(group.id)}

    def run(self) -> None:
        later = {event.number for event in self._events if event.kind == "planned"}
        raised = [event.number for event in self._events if event.kind == "raised"]
        self._uow.groups.reserve_numbers(
            self._group.id, milestone=max(self._entries, default=0), obstacle=max(raised, default=0)
        )
        began_at = self._began_at()
        for number, entry in self._entries.items():
            if number not in later:
                due_on = entry.baseline_due_on or entry.due_on
                self._plan(entry, start_on=entry.baseline_start_on or entry.start_on, due_on=due_on, at=began_at)
        for event in self._events:
            try:
                self._apply(event)
            except (KeyError, ValueError) as error:
                raise HistoryBroken(event.id) from error

    def _began_at(self) -> datetime:
        first_at = self._events[0].at if self._events else self._uow.now
        if self._group.formed_on is None:
            return first_at
        return min(first_at, instant_of(self._group.formed_on, _MORNING, self._group.parties[0].time_zone))

    def _apply(self, event: HistoryEvent) -> None:
        if event.kind == "planned":
            due_on = event.due_after or self._entries[event.number].due_on
            entry = self._entries[event.number]
            start_on = min(entry.start_on, due_on)
            self._plan(entry, start_on=start_on, due_on=due_on, at=event.at, by=event.by, added_on=entry.added_on)
        elif event.kind == "adopted":
            self._adopt(event)
        elif event.kind == "progress":
            self._log(event)
        elif event.kind == "due_moved":
            self._move(event)
        elif event.kind == "raised":
            self._raise(event)
        else:
            self._step(event)

    def _plan(
        self,
        entry: RoadmapEntry,
        *,
        start_on: date,
        due_on: date,
        at: datetime,
        by: str | None = None,
        added_on: date | None = None,
    ) -> None:
        planned = replace(
            imports.milestone_of(self._uow, self._group, entry),
            start_on=start_on,
            due_on=due_on,
            baseline_start_on=None,
            baseline_due_on=None,
            added_on=added_on,
            state=MilestoneState.NOT_STARTED,
            percent=0,
            moves=0,
            evidence="",
            reason="",
            planned_by_id=self._members[by].id if by else None,
            planned_at=at,
        )
        self._uow.milestones.add(planned)

    def _adopt(self, event: HistoryEvent) -> None:
        """Keep a co-chair's adoption; the last party's fixes the baseline of what is planned by then."""
        member = self._members[event.by]
        adoptions = self._uow.adoptions
        hashed = content_hash(adoptions.plan(self._group.id))
        adoptions.add(Adoption(member.party_id, member.id, event.at, hashed), group_id=self._group.id)
        adopted = {adoption.party_id for adoption in adoptions.of_group(self._group.id)}
        if not awaited(adopted, (party.id for party in self._group.parties)):
            adopted_on = local_day(event.at, self._group.party(member.party_id).time_zone)
            adoptions.fix_baseline(self._group.id, adopted_on)

    def _milestone(self, number: int) -> Milestone:
        found = self._uow.milestones.find(self._group.id, number)
        if found is None:
            raise KeyError(number)
        return found

    def _log(self, event: HistoryEvent) -> None:
        milestone = self._milestone(event.number)
        is_next = (event.percent_before, event.state_before) == (milestone.percent, milestone.state)
        if not is_next or event.percent_after is None:
            raise ValueError(event.id)
        party_id = milestone.responsible_party_id or self._party_of(milestone.lead_id)
        self._uow.progress.log(
            milestone,
            Progress(event.percent_after, MilestoneState(event.state_after), keep(event.note)),
            member_id=self._members[event.by].id,
            language=event.language,
            way=event.way,
            at=event.at,
            on=local_day(event.at, self._group.party(party_id).time_zone),
            attachments=_attachments(event),
        )

    def _move(self, event: HistoryEvent) -> None:
        milestone = self._milestone(event.number)
        if event.due_before != milestone.due_on or event.due_after is None:
            raise ValueError(event.id)
        self._uow.milestones.move(
            milestone,
            event.due_after,
            reason=keep(event.note),
            member_id=self._members[event.by].id,
            language=event.language,
            way=event.way,
            at=event.at,
        )

    def _raise(self, event: HistoryEvent) -> None:
        is_on_milestone = event.about.startswith("M-")
        self._uow.obstacles.raise_(
            Obstacle(
                id=0,
                group_id=self._group.id,
                number=event.number,
                title=correct_title(event.note, event.language),
                language=event.language,
                need=keep(event.need),
                milestone_id=self._milestone(int(event.about[2:])).id if is_on_milestone else None,
                workstream_id=None if is_on_milestone else self._workstream_ids[event.about],
                needed_from_party_id=self._party_ids[event.needed_from],
                needed_by=event.needed_by,
                severity=event.severity or Severity.LOW,
                raised_by_id=self._members[event.by].id,
                raised_at=event.at,
                owners={self._party_ids[code]: self._members[handle].id for code, handle in event.owners.items()},
                court_party_id=self._party_ids[event.court],
            ),
            way=event.way,
            attachments=_attachments(event),
        )

    def _step(self, event: HistoryEvent) -> None:
        obstacle = self._uow.obstacles.find(self._group.id, event.number)
        if obstacle is None or obstacle.state.value != event.state_before:
            raise ValueError(event.id)
        self._uow.obstacles.entry(
            obstacle,
            event.kind,
            member_id=self._members[event.by].id,
            note=keep(event.note),
            language=event.language,
            way=event.way,
            at=event.at,
            court_party_id=self._party_ids[event.court] if event.court else None,
            waiting_for=keep(event.waiting_for) or (obstacle.waiting_for if event.kind == "comment" else ""),
            attachments=_attachments(event),
        )

    def _party_of(self, member_id: int) -> int:
        return next(member.party_id for member in self._members.values() if member.id == member_id)


def _attachments(event: HistoryEvent) -> list[Attachment]:
    if not event.attachment:
        return []
    kind = "photo" if event.attachment.casefold().endswith(_PHOTOS) else "document"
    return [Attachment(kind=kind, file_id="", name=event.attachment)]
