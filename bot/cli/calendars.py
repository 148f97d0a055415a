"""`calendar`: shared working days, days off and report due days, month by month."""

from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from bot.cli.endings import CommandError, Ending
from bot.cli.opening import group_of, office, settings
from bot.domain.groups import WorkingGroup
from bot.domain.holidays import DayOfParty
from bot.domain.periods import Period
from bot.domain.readers import CalendarName, Reader, default_digits
from bot.i18n.bidi import without_controls
from bot.i18n.periods import period_named, period_of
from bot.i18n.speech import Speech, speech
from bot.screens.holidays import what_it_is
from bot.services import forecasts, holidays
from bot.services.summaries import group_day
from db.unit_of_work import UnitOfWork

_MONTHS = 12
_FIRST_GREGORIAN = "1700"  # a year below is Solar Hijri


def show(arguments: Namespace) -> None:
    """Print a heading and one line a month."""
    with office(settings()) as opened:
        lines = opened.act(lambda uow: list(_lines(uow, arguments)))
    for line in lines:
        print(line)


def _lines(uow: UnitOfWork, arguments: Namespace) -> Iterator[str]:
    group = group_of(uow, arguments.group)
    calendar = group.rules.reporting.calendar
    language = arguments.language
    say = speech(Reader(language, calendar, default_digits(language), group.rules.reporting.due_time_zone))
    yield "\t".join(("month", "shared working days", "report due", *(party.code for party in group.parties)))
    periods = _periods(uow, group, arguments, calendar)
    days = holidays.days_of(uow, group, periods[0].first_on, periods[-1].last_on)
    months, reports = forecasts.between(uow, group, periods), forecasts.reports_on(uow, group, periods)
    for month, report in zip(months, reports, strict=True):
        due = _plain(say.shared_moment(report.due_at, group.time_zones))
        of_month = [parties for day, parties in days.items() if month.period.first_on <= day <= month.period.last_on]
        off = (_days_off(say, party.id, of_month) for party in group.parties)
        yield "\t".join((month.period.key, str(month.shared_days), due, *off))


def _periods(uow: UnitOfWork, group: WorkingGroup, arguments: Namespace, calendar: CalendarName) -> list[Period]:
    today = group_day(group, uow.now)
    first = _month(arguments.first, calendar) if arguments.first else period_of(today, calendar)
    if arguments.last:
        last = _month(arguments.last, calendar)
    else:
        *_, last = forecasts.following(first, calendar, _MONTHS)
    if last < first:
        raise CommandError(f"{last.key} is before {first.key}.", Ending.USAGE)
    return forecasts.periods_between(first.first_on, last.last_on, calendar)


def _month(key: str, calendar: CalendarName) -> Period:
    if (key < _FIRST_GREGORIAN) != (calendar == "persian"):
        example = "1405-09" if calendar == "persian" else "2026-11"
        raise CommandError(f"{key} is not a month of the group's calendar, such as {example}.", Ending.USAGE)
    return period_named(key, calendar)


def _days_off(say: Speech, party_id: int, days: Iterable[Sequence[DayOfParty]]) -> str:
    own = (day for parties in days for day in parties if day.party_id == party_id)
    return "; ".join(_off(say, day) for day in own if day.is_worth_listing)


def _off(say: Speech, day: DayOfParty) -> str:
    return f"{day.day.isoformat()} {_plain(unescape(what_it_is(say, day)))}"


def _plain(text: str) -> str:
    return without_controls(text)
