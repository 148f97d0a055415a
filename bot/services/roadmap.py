"""Pages of lists: milestones, open obstacles, and what waits for one member."""

from dataclasses import replace

from bot.domain.errors import ButtonExpired
from bot.domain.groups import WorkingGroup, Workstream
from bot.domain.members import Member
from bot.domain.roadmap_filters import EVERYTHING, RoadmapFilter
from bot.domain.summaries import (
    PAGE,
    MyPage,
    ObstaclePage,
    ReportStatus,
    RoadmapPage,
    page_of,
)
from bot.i18n.typed_filters import is_mine, read_standing
from bot.services.calendars import shared_calendars
from bot.services.summaries import aged, group_day, healths, report_status, selections
from db.unit_of_work import UnitOfWork

_MOST_WORDS = 12
_MOST_TOGETHER = 5


def roadmap(
    uow: UnitOfWork,
    group: WorkingGroup,
    number: int,
    chosen: RoadmapFilter = EVERYTHING,
    *,
    left_out: tuple[str, ...] = (),
    may_adopt: bool = False,
) -> RoadmapPage:
    """
    Give a page of the milestones that pass a filter, workstream by workstream; closed workstreams have theirs too.

    *may_adopt*: the reader is one who adopts the roadmap, where it has milestones and is not adopted yet.

    Raises:
        ButtonExpired: the group has no such workstream or party any more.
    """
    known = {workstream.id: workstream for workstream in uow.groups.every_workstream(group.id)}
    if chosen.workstream_id is not None and chosen.workstream_id not in known:
        raise ButtonExpired
    if chosen.party_id is not None and chosen.party_id not in {party.id for party in group.parties}:
        raise ButtonExpired
    today = group_day(group, uow.now)
    page = page_of(number, uow.summaries.count_milestones(group.id, chosen, today=today))
    milestones = tuple(uow.summaries.roadmap(group.id, chosen, today=today, offset=page.first_item))
    shown = {milestone.workstream_id for milestone in milestones}
    if chosen.workstream_id is not None:
        shown.add(chosen.workstream_id)
    return RoadmapPage(
        group=group,
        page=page,
        milestones=milestones,
        workstreams=known,
        chosen=chosen,
        today=today,
        owner=_owner(uow, group, chosen),
        left_out=left_out,
        healths=healths(uow, group, shown),
        may_adopt=may_adopt and page.total > 0 and group.roadmap_adopted_on is None,
    )


def _owner(uow: UnitOfWork, group: WorkingGroup, chosen: RoadmapFilter) -> Member | None:
    if chosen.member_id is None:
        return None
    owner = uow.members.get(chosen.member_id)
    if owner.group_id != group.id:
        raise ButtonExpired
    return owner


def read_filter(
    uow: UnitOfWork, member: Member, group: WorkingGroup, typed: str
) -> tuple[RoadmapFilter, tuple[str, ...]]:
    """
    Read the words after the command, the longest name first: workstream, party, how the work stands, "mine".

    Gives the filter, and the words that name none of these or several at once.
    """
    words = typed.split()[:_MOST_WORDS]
    chosen, left_out, place = EVERYTHING, list[str](), 0
    while place < len(words):
        for length in range(min(_MOST_TOGETHER, len(words) - place), 0, -1):
            part = " ".join(words[place : place + length])
            narrowed = _narrowed(uow, member, group, chosen, part)
            if narrowed is not None:
                chosen, place = narrowed, place + length
                break
        else:
            left_out.append(words[place])
            place += 1
    return chosen, tuple(left_out)


def _narrowed(
    uow: UnitOfWork, member: Member, group: WorkingGroup, chosen: RoadmapFilter, part: str
) -> RoadmapFilter | None:
    standing = read_standing(part)
    if standing is not None:
        return replace(chosen, standing=standing)
    if is_mine(part):
        return replace(chosen, member_id=member.id)
    named = selections(uow, group, part)
    if len(named) != 1:
        return None
    if named[0].workstream_id is not None:
        return replace(chosen, workstream_id=named[0].workstream_id)
    return replace(chosen, party_id=named[0].party_id) if named[0].party_id is not None else None


def obstacles(uow: UnitOfWork, group: WorkingGroup, number: int) -> ObstaclePage:
    """Give a page of open obstacles, the gravest first and of these the eldest."""
    page = page_of(number, uow.summaries.count_obstacles(group.id))
    found = uow.summaries.worst_obstacles(group.id, limit=PAGE, offset=page.first_item)
    today, calendars = group_day(group, uow.now), shared_calendars(uow, group)
    return ObstaclePage(group, page, aged(found, group=group, today=today, calendars=calendars))


def mine(uow: UnitOfWork, member: Member, number: int) -> MyPage:
    """Give a page of what waits for a member: missing parts of the report, obstacles to clear, open milestones."""
    group = uow.groups.get(member.group_id)
    today, calendars = group_day(group, uow.now), shared_calendars(uow, group)
    leads = uow.reports.milestone_leads(group.id)
    report = report_status(uow, group, calendars=calendars, leads=leads)
    parts = _missing_of(uow, report, member)
    obstacles, milestones = uow.summaries.count_mine(group.id, member.id)
    page = page_of(number, len(parts) + obstacles + milestones)
    shown = parts[page.first_item : page.first_item + PAGE]
    clearing = uow.summaries.obstacles_of(
        group.id,
        member.id,
        party_id=member.party_id,
        limit=PAGE - len(shown),
        offset=max(0, page.first_item - len(parts)),
    )
    working = uow.summaries.milestones_of(
        group.id,
        member.id,
        limit=PAGE - len(shown) - len(clearing),
        offset=max(0, page.first_item - len(parts) - obstacles),
    )
    return MyPage(
        group=group,
        page=page,
        report=report if parts else None,
        parts=tuple(shown),
        obstacles=aged(clearing, group=group, today=today, calendars=calendars),
        milestones=tuple(working),
        today=today,
        reminder_id=_reminder(uow, report, member) if shown else None,
    )


def _reminder(uow: UnitOfWork, report: ReportStatus, member: Member) -> int | None:
    """Give the member's newest reminder of the report, whose buttons answer its parts."""
    made = uow.reports.latest(group_id=member.group_id, period=report.period.key, member_id=member.id)
    return made.id if made else None


def _missing_of(uow: UnitOfWork, report: ReportStatus, member: Member) -> list[Workstream]:
    """Name the workstreams whose part a member owes of a period that is over."""
    if report.period.ended_at(uow.groups.get(member.group_id).rules.reporting.due_time_zone) > uow.now:
        return []
    known = {workstream.id: workstream for workstream in uow.groups.workstreams(member.group_id)}
    return [known[part.workstream_id] for part in report.missing if part.member_id == member.id]
