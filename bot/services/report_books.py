"""Gathering what decides about a group's reminders: owed and answered parts, absences, calendars, what was made."""

from datetime import datetime

from bot.domain.groups import WorkingGroup
from bot.domain.instants import local_day
from bot.domain.periods import Period
from bot.domain.report_books import ReportingBooks, period_books
from bot.domain.report_parts import parts_owed
from bot.i18n.periods import period_after, period_before, period_of
from bot.services.calendars import group_calendars
from db.repositories.reports import QUEUED, WAITING
from db.unit_of_work import UnitOfWork


def reporting_books(uow: UnitOfWork, group: WorkingGroup, *, from_at: datetime, until_at: datetime) -> ReportingBooks:
    """Open a group's books for what may be due from *from_at* until *until_at* (UTC)."""
    rules = group.rules.reporting
    calendars = group_calendars(uow, group)
    members = {member.id: member for member in uow.members.of_group(group.id)}
    workstreams = uow.groups.workstreams(group.id)
    leads = uow.reports.milestone_leads(group.id)
    periods = _periods(group, from_at, until_at)
    answered = uow.reports.answered(group.id, [period.key for period in periods])
    made = uow.reports.reminders(group.id, [period.key for period in periods])
    return ReportingBooks(
        group_id=group.id,
        rules=rules,
        quiet_hours=group.rules.quiet_hours,
        since=uow.reports.since(group.id),
        calendars=calendars,
        members=members,
        absences=tuple(uow.members.absences(group.id)),
        periods=tuple(
            period_books(
                period,
                owed=parts_owed(
                    period,
                    workstreams=workstreams,
                    milestone_leads=leads,
                    members=members,
                    time_zone=rules.due_time_zone,
                ),
                answered=answered[period.key],
                rules=rules,
                calendars=calendars,
            )
            for period in periods
        ),
        # One that was withdrawn has not been said: on a clock that was set back its hour may come again.
        made=frozenset(reminder.key for reminder in made if reminder.state == QUEUED),
        waiting={reminder.key: reminder.due_at for reminder in made if reminder.state == WAITING},
    )


def _periods(group: WorkingGroup, from_at: datetime, until_at: datetime) -> list[Period]:
    """Give the two periods that ended last, for the elder runs until the younger opens, and those until *until_at*."""
    calendar, zone = group.rules.reporting.calendar, group.rules.reporting.due_time_zone
    running = period_of(local_day(from_at, zone), calendar)
    last = period_before(running, calendar)
    periods = [period_before(last, calendar), last, running]
    until_on = local_day(until_at, zone)
    while periods[-1].last_on < until_on:
        periods.append(period_after(periods[-1], calendar))
    return periods
