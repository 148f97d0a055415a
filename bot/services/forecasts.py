"""What the calendar holds for a group: shared working days month by month, and when the next reports fall due."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from bot.domain.forecasts import DueReport, SharedMonth, shared_month
from bot.domain.groups import WorkingGroup
from bot.domain.ladders import ladder
from bot.domain.periods import Period
from bot.domain.readers import CalendarName
from bot.i18n.periods import period_after, period_before, period_of
from bot.services.calendars import shared_calendars
from bot.services.holidays import days_of
from bot.services.summaries import group_day
from db.unit_of_work import UnitOfWork

REPORTS = 3


def months(uow: UnitOfWork, group: WorkingGroup, calendar: CalendarName, count: int) -> list[SharedMonth]:
    """Give what is left of this month of *calendar*, and the months after it, *count* in all."""
    today = group_day(group, uow.now)
    periods = list(following(period_of(today, calendar), calendar, count))
    periods[0] = replace(periods[0], first_on=today)
    return between(uow, group, periods)


def between(uow: UnitOfWork, group: WorkingGroup, periods: list[Period]) -> list[SharedMonth]:
    """Count the shared working days of consecutive periods."""
    days = days_of(uow, group, periods[0].first_on, periods[-1].last_on)
    return [
        shared_month(period, (parties for day, parties in days.items() if period.first_on <= day <= period.last_on))
        for period in periods
    ]


def following(period: Period, calendar: CalendarName, count: int) -> Iterator[Period]:
    """Give *period* and the months of *calendar* after it, *count* in all."""
    for _ in range(count):
        yield period
        period = period_after(period, calendar)


def next_reports(uow: UnitOfWork, group: WorkingGroup, count: int = REPORTS) -> list[DueReport]:
    """Give the reports that fall due next, in order."""
    rules = group.rules.reporting
    running = period_of(group_day(group, uow.now), rules.calendar)
    first = period_before(period_before(running, rules.calendar), rules.calendar)
    # The elder two may be due yet; of the rest each is.
    coming = reports_on(uow, group, following(first, rules.calendar, count + 2))
    return [report for report in coming if report.due_at > uow.now][:count]


def reports_on(uow: UnitOfWork, group: WorkingGroup, periods: Iterable[Period]) -> list[DueReport]:
    """Tell when the report on each of *periods* falls due."""
    rules, calendars = group.rules.reporting, shared_calendars(uow, group)
    return [DueReport(period, ladder(period, rules, calendars).due_at) for period in periods]


def periods_between(first_on: date, last_on: date, calendar: CalendarName) -> list[Period]:
    """Give the months of *calendar* from that of *first_on* to that of *last_on*."""
    periods = [period_of(first_on, calendar)]
    while periods[-1].last_on < last_on:
        periods.append(period_after(periods[-1], calendar))
    return periods
