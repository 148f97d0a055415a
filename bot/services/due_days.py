"""Days that can be chosen, as a due date or for a correction, in the calendar of whoever chooses."""

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.holidays import REACH_BACK
from bot.domain.readers import CalendarName
from bot.i18n.days import day_of, days_in_month, fields, month_span
from bot.screens.day_choice import Days
from bot.services.calendars import shared_calendars
from db.unit_of_work import UnitOfWork

_START_REACHES_BACK = timedelta(days=366)


def month_later(day: date, calendar: CalendarName) -> date:
    """Give the same day of the next month of *calendar*, or that month's last day."""
    year, month, number = fields(day, calendar)
    year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    number = min(number, days_in_month(year, month, calendar))
    return day_of(year=year, month=month, day=number, calendar=calendar)


def month_end(day: date, calendar: CalendarName) -> date:
    """Give the last day of the month of *calendar* that *day* lies in."""
    year, month, _ = fields(day, calendar)
    return month_span(year, month, calendar)[1]


def quarter_end(day: date, calendar: CalendarName) -> date:
    """Give the last day of the quarter of *calendar* that *day* lies in."""
    year, month, _ = fields(day, calendar)
    return month_span(year, (month + 2) // 3 * 3, calendar)[1]


def proposed_days(day: date, today: date, calendar: CalendarName) -> tuple[date, date, date]:
    """
    Propose days in place of *day*: a month later, the end of the month, the end of the quarter.

    Month and quarter are those of today; where their end is the day already chosen, or today, those that follow.
    """
    month, quarter = month_end(today, calendar), quarter_end(today, calendar)
    if month in {day, today}:
        month = month_end(month + timedelta(days=1), calendar)
    if quarter in {day, today, month}:
        quarter = quarter_end(quarter + timedelta(days=1), calendar)
    return month_later(day, calendar), month, quarter


def choosable(
    uow: UnitOfWork, group_id: int, chosen: date, *, today: date, calendar: CalendarName, is_open: bool
) -> Days:
    """Give the days that can be chosen in place of *chosen*; where the calendar *is_open*, with the working days."""
    return Days(
        chosen=chosen,
        proposed=proposed_days(chosen, today, calendar),
        earliest=today,
        calendars=shared_calendars(uow, uow.groups.get(group_id)) if is_open else (),
    )


def startable(
    uow: UnitOfWork, group_id: int, chosen: date, *, today: date, calendar: CalendarName, is_open: bool
) -> Days:
    """Give the days on which work can start, past ones too, as *choosable* gives those that can be due."""
    found = choosable(uow, group_id, chosen, today=today, calendar=calendar, is_open=is_open)
    return replace(found, proposed=(), earliest=min(chosen, today) - _START_REACHES_BACK)


def correctable(uow: UnitOfWork, group_id: int, *, today: date, is_open: bool) -> Days:
    """Give the days that a secretary can correct; where the calendar *is_open*, with the working days."""
    return Days(
        chosen=today,
        proposed=(),
        earliest=today - REACH_BACK,
        calendars=shared_calendars(uow, uow.groups.get(group_id)) if is_open else (),
    )
