"""The summary of a group: its figures, worst obstacles, next due dates and where the monthly report stands."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from bot.domain.errors import ButtonExpired
from bot.domain.groups import WorkingGroup, Workstream
from bot.domain.instants import instant_of, local_day
from bot.domain.ladders import ladder
from bot.domain.members import Names
from bot.domain.report_parts import MilestoneLead, parts_owed
from bot.domain.roadmap import (
    NEXT_DUE_DATES,
    WORST_OBSTACLES,
    Comparison,
    Counts,
    Health,
    WorkstreamHealth,
    health_of,
    month_ago,
)
from bot.domain.summaries import (
    ALL,
    AgedObstacle,
    Figures,
    FinishedWork,
    ListedObstacle,
    OpenObstacles,
    OpenWork,
    ReportStatus,
    Selection,
    Summary,
)
from bot.domain.working_days import PartyCalendar, waited
from bot.i18n.folding import fold
from bot.i18n.periods import period_before, period_of
from bot.services.calendars import shared_calendars
from db.repositories.report_standing import report_standing
from db.repositories.summary_figures import Span
from db.unit_of_work import UnitOfWork

_MIDNIGHT = datetime.min.time()
_Counted = tuple[Sequence[OpenWork], Sequence[FinishedWork], Sequence[OpenObstacles]]


def group_day(group: WorkingGroup, now: datetime) -> date:
    """Give the day that a group's figures are of, the same for all its readers: the one where its report is due."""
    return local_day(now, group.rules.reporting.due_time_zone)


def summary(uow: UnitOfWork, group: WorkingGroup, selection: Selection = ALL) -> Summary:
    """
    Give the summary of a group as of now.

    Raises:
        ButtonExpired: the selection is of another group, or its workstream is closed.
    """
    if selection != ALL and selection not in every_selection(uow, group):
        raise ButtonExpired
    today = group_day(group, uow.now)
    calendars = shared_calendars(uow, group)
    counted = uow.summaries.figures(group.id, _span(group, today))
    worst = uow.summaries.worst_obstacles(group.id, selection, limit=WORST_OBSTACLES)
    return Summary(
        group=group,
        selection=selection,
        figures=_figures(uow, group, selection, counted, today=today),
        worst=aged(worst, group=group, today=today, calendars=calendars),
        next_due=tuple(uow.summaries.next_due(group.id, selection, today=today, limit=NEXT_DUE_DATES)),
        report=report_status(uow, group, selection, calendars=calendars, leads=_leads(counted[0])),
        today=today,
        now=uow.now,
    )


def figures(uow: UnitOfWork, group: WorkingGroup, selection: Selection = ALL) -> Figures:
    """Give health and counts alone."""
    today = group_day(group, uow.now)
    return _figures(uow, group, selection, uow.summaries.figures(group.id, _span(group, today)), today=today)


def healths(uow: UnitOfWork, group: WorkingGroup, workstream_ids: Collection[int]) -> dict[int, Health]:
    """Give the health of some workstreams, without counting the others; closed ones have none."""
    today = group_day(group, uow.now)
    wanted = {item.id for item in uow.groups.workstreams(group.id) if item.id in workstream_ids}
    if not wanted:
        return {}
    counted = uow.summaries.figures(group.id, _span(group, today), among=wanted)
    return {found: _health(found, *counted, today=today).health for found in wanted}


def _figures(uow: UnitOfWork, group: WorkingGroup, selection: Selection, counted: _Counted, *, today: date) -> Figures:
    work = [item for item in counted[0] if selection.takes(item.workstream_id, [item.party_id])]
    finished = [item for item in counted[1] if selection.takes(item.workstream_id, [item.party_id])]
    obstacles = [item for item in counted[2] if selection.takes(item.workstream_id, _parties(item))]
    healths = [
        (workstream, _health(workstream.id, work, finished, obstacles, today=today))
        for workstream in uow.groups.workstreams(group.id)
        if selection.workstream_id in {None, workstream.id}
    ]
    if selection.party_id is not None:
        # What a party has no part in says nothing about it.
        healths = [(workstream, found) for workstream, found in healths if found.open or found.done or found.obstacles]
    return Figures(
        healths=tuple(healths),
        counts=_comparison(work, finished),
        open=sum(item.count for item in work),
        obstacles=sum(item.count for item in obstacles),
        silent=sum(item.silent for item in work),
        added=sum(item.added for item in work) + sum(item.added for item in finished),
    )


def _parties(item: OpenObstacles) -> list[int | None]:
    court = () if item.court_party_id is None else (item.court_party_id,)
    return [item.needed_from_party_id, *court]


def _health(
    workstream_id: int,
    work: Sequence[OpenWork],
    finished: Sequence[FinishedWork],
    obstacles: Sequence[OpenObstacles],
    *,
    today: date,
) -> WorkstreamHealth:
    mine = [item for item in work if item.workstream_id == workstream_id]
    blocking = [item for item in obstacles if item.workstream_id == workstream_id]
    over = [item for item in finished if item.workstream_id == workstream_id]
    done = sum(item.done for item in over)
    return WorkstreamHealth(
        workstream_id=workstream_id,
        health=health_of(mine, blocking, done=done, today=today),
        open=sum(item.count for item in mine),
        done=done,
        overdue=sum(item.overdue for item in mine),
        obstacles=sum(item.count for item in blocking),
        silent=sum(item.silent for item in mine),
        added=sum(item.added for item in mine) + sum(item.added for item in over),
        slippage=max((item.slippage for item in mine if item.slippage is not None), default=None),
    )


def _comparison(work: Sequence[OpenWork], finished: Sequence[FinishedWork]) -> Comparison:
    both: tuple[OpenWork | FinishedWork, ...] = (*work, *finished)
    return Comparison(
        now=Counts(
            done=sum(item.done for item in finished),
            due_this_month=sum(item.due for item in both),
            overdue=sum(item.overdue for item in work),
        ),
        month_ago=Counts(
            done=sum(item.done_before for item in finished),
            due_this_month=sum(item.due_before for item in both),
            overdue=sum(item.overdue_before for item in both),
        ),
    )


def aged(
    obstacles: Iterable[ListedObstacle], *, group: WorkingGroup, today: date, calendars: Sequence[PartyCalendar]
) -> tuple[AgedObstacle, ...]:
    """Measure how long obstacles are open, and how long they wait."""
    zone = group.rules.reporting.due_time_zone
    return tuple(
        AgedObstacle(
            obstacle=found,
            age=waited(local_day(found.raised_at, zone), today, calendars),
            in_court=waited(local_day(found.state_changed_at, zone), today, calendars),
        )
        for found in obstacles
    )


def report_status(
    uow: UnitOfWork,
    group: WorkingGroup,
    selection: Selection = ALL,
    *,
    calendars: Sequence[PartyCalendar],
    leads: Sequence[MilestoneLead],
) -> ReportStatus:
    """
    Tell where the report stands that is worked on: that of the last period until all its parts are in, then the next.

    A report that was due before the group came to the service is nobody's debt. Of a *selection* only its parts count.
    """
    rules = group.rules.reporting
    running = period_of(group_day(group, uow.now), rules.calendar)
    last = period_before(running, rules.calendar)
    standing = report_standing(uow.connection, group.id, [last.key, running.key])
    members, answered = standing.members, standing.answered
    found: list[ReportStatus] = []
    for period in (last, running):
        owed = parts_owed(
            period,
            workstreams=uow.groups.workstreams(group.id),
            milestone_leads=leads,
            members=members,
            time_zone=rules.due_time_zone,
        )
        owed = tuple(part for part in owed if selection.takes(part.workstream_id, [members[part.member_id].party_id]))
        missing = tuple(part for part in owed if part not in answered[period.key])
        found.append(ReportStatus(period, ladder(period, rules, calendars).due_at, owed, missing))
    status, coming = found
    if status.due_at > uow.now or (status.missing and standing.since is not None and status.due_at > standing.since):
        return status
    return coming


def _leads(work: Iterable[OpenWork]) -> list[MilestoneLead]:
    return [MilestoneLead(item.workstream_id, item.lead_id, item.planned_at) for item in work]


def _span(group: WorkingGroup, today: date) -> Span:
    rules = group.rules.reporting
    month = period_of(today, rules.calendar)
    last = period_before(month, rules.calendar)
    before = month_ago(today)
    silent_on = today - timedelta(days=group.rules.no_news_after_days)
    return Span(
        today=today,
        before=before,
        before_at=_end_of(before, rules.due_time_zone),
        month=(month.first_on, month.last_on),
        last_month=(last.first_on, last.last_on),
        silent_on=silent_on,
        silent_at=_end_of(silent_on, rules.due_time_zone),
    )


def _end_of(day: date, time_zone: str) -> datetime:
    return instant_of(day + timedelta(days=1), _MIDNIGHT, time_zone)


def selections(uow: UnitOfWork, group: WorkingGroup, typed: str) -> list[Selection]:
    """
    Give what somebody may mean by a word after the command: a workstream or a party, by code or name in any language.

    A code or a whole name is one of them; otherwise all whose name holds the word. No word is the whole group.
    """
    word = fold(typed)
    if not word:
        return [ALL]
    named = _named(uow.groups.workstreams(group.id), group)
    exact = [selection for selection, code, names in named if word in {fold(code), *_folded(names)}]
    if exact:
        return exact[:1]
    return [selection for selection, _, names in named if any(word in name for name in _folded(names))]


def every_selection(uow: UnitOfWork, group: WorkingGroup) -> dict[Selection, str]:
    """Give all that a summary can be asked of with its code, workstreams first."""
    return {selection: code for selection, code, _ in _named(uow.groups.workstreams(group.id), group)}


def _named(workstreams: Sequence[Workstream], group: WorkingGroup) -> list[tuple[Selection, str, Names]]:
    of_workstreams = [(Selection(workstream_id=item.id), item.code, item.names) for item in workstreams]
    return [*of_workstreams, *((Selection(party_id=item.id), item.code, item.names) for item in group.parties)]


def _folded(names: Names) -> list[str]:
    return [fold(name) for name in (names.fa, names.tg, names.en) if name]
