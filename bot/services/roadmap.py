"""Pages of lists: milestones, open obstacles, and what waits for one member."""

from bot.domain.errors import ButtonExpired
from bot.domain.groups import WorkingGroup, Workstream
from bot.domain.members import Member
from bot.domain.summaries import (
    PAGE,
    MyPage,
    ObstaclePage,
    ReportStatus,
    RoadmapPage,
    page_of,
)
from bot.services.calendars import shared_calendars
from bot.services.summaries import aged, group_day, healths, report_status
from db.unit_of_work import UnitOfWork


def roadmap(
    uow: UnitOfWork, group: WorkingGroup, number: int, workstream_id: int | None, *, may_adopt: bool = False
) -> RoadmapPage:
    """
    Give a page of milestones, workstream by workstream, or of one workstream, which may be closed.

    *may_adopt*: the reader is one who adopts the roadmap, where it has milestones and is not adopted yet.

    Raises:
        ButtonExpired: the group has no such workstream any more.
    """
    known = {workstream.id: workstream for workstream in uow.groups.every_workstream(group.id)}
    if workstream_id is not None and workstream_id not in known:
        raise ButtonExpired
    page = page_of(number, uow.summaries.count_milestones(group.id, workstream_id))
    milestones = tuple(uow.summaries.roadmap(group.id, workstream_id, offset=page.first_item))
    shown = {milestone.workstream_id for milestone in milestones} | ({workstream_id} if workstream_id else set())
    return RoadmapPage(
        group=group,
        page=page,
        milestones=milestones,
        healths=healths(uow, group, shown),
        workstreams=known,
        workstream=known[workstream_id] if workstream_id is not None else None,
        today=group_day(group, uow.now),
        may_adopt=may_adopt and page.total > 0 and group.roadmap_adopted_on is None,
    )


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
    obstacles = uow.summaries.count_obstacles_of(group.id, member.id)
    milestones = uow.summaries.count_milestones_of(group.id, member.id)
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
