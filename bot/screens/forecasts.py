"""The months to come as people see them: shared working days, the months that have few and why, the next reports."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.domain.forecasts import DueReport, SharedMonth
from bot.domain.groups import WorkingGroup
from bot.domain.holidays import DayOfParty
from bot.domain.readers import CalendarName
from bot.i18n.days import fields
from bot.i18n.speech import Html, Speech
from bot.screens.audience import Audience
from bot.screens.forms import clipped
from bot.screens.holidays import estimate_note, holiday_line
from bot.screens.lists import to_summary, zones_for
from bot.screens.screen import Button, Screen, keyboard
from bot.screens.summary import LIMIT_UNITS, visible_units

VIEW = "calendar"
# How many names a party's reasons have in a month; fewer where the message would not fit.
_NAMES = (6, 2, 0)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the calendar holds: months of either calendar, the running one first, and the reports that fall due next."""

    group: WorkingGroup
    months: Mapping[CalendarName, Sequence[SharedMonth]]
    reports: Sequence[DueReport]


def forecast(audience: Audience, found: Forecast, *, lists_holidays: bool) -> Screen:
    """Show the months in the calendar of each reader; *lists_holidays*: the list of days off is one tap away."""
    listed = Button(audience.label(lambda say: say.gettext("Days off")), "hd.list", (1,)) if lists_holidays else None
    rows: list[list[Button | None]] = [[listed, to_summary(audience)]]
    text = ""
    for names in _NAMES:
        text = audience.stacked(partial(_page, found=found, names=names))
        if visible_units(text) <= LIMIT_UNITS:
            break
    return Screen(text, keyboard(audience.first, rows), view=(VIEW, *audience.args()))


def _page(say: Speech, *, found: Forecast, names: int) -> str:
    return say.page(_lines(say, found, names))


def _lines(say: Speech, found: Forecast, names: int) -> Iterator[Html | str]:
    _ = say.gettext
    months = found.months[say.reader.calendar]
    yield Html(_("<b>Shared working days</b>"))
    for number, month in enumerate(months):
        yield _month(say, month, _reasons(say, month, found.group, names), is_running=number == 0)
    if any(holiday.is_estimated for month in months for day in month.taken for holiday in day.holidays):
        yield estimate_note(say)
    yield ""
    yield Html(_("<b>Next monthly reports</b>"))
    for report in found.reports:
        yield say.line(
            _("• {period}: due on {moment}"),
            period=say.period(report.period, found.group.rules.reporting.calendar),
            moment=say.shared_moment(report.due_at, zones_for(say, found.group)),
        )


def _month(say: Speech, month: SharedMonth, reasons: Html, *, is_running: bool) -> Html:
    year, number, _ = fields(month.period.first_on, say.reader.calendar)
    name = say.month(year, number, say.reader.calendar, both=True)
    if is_running and month.is_weak:
        text = say.ngettext(
            "⚠️ {month}: only {count} shared working day left. {reasons}",
            "⚠️ {month}: only {count} shared working days left. {reasons}",
            month.shared_days,
        )
    elif is_running:
        text = say.ngettext(
            "• {month}: {count} shared working day left",
            "• {month}: {count} shared working days left",
            month.shared_days,
        )
    elif month.is_weak:
        text = say.ngettext(
            "⚠️ {month}: only {count} shared working day. {reasons}",
            "⚠️ {month}: only {count} shared working days. {reasons}",
            month.shared_days,
        )
    else:
        text = say.ngettext(
            "• {month}: {count} shared working day", "• {month}: {count} shared working days", month.shared_days
        )
    return say.line(text, month=name, count=month.shared_days, reasons=reasons)


def _reasons(say: Speech, month: SharedMonth, group: WorkingGroup, most: int) -> Html:
    """Name what has taken the other days, party by party, at most *most* names each."""
    told = []
    for party in group.parties:
        mine = (day for day in month.taken if day.party_id == party.id)
        names = list(dict.fromkeys(name for day in mine for name in _names(say, day)))
        if names and most:
            text = say.gettext("{party}: {names}.")
            listed = Html(say.listing(_first(say, names, most)))
            told.append(say.line(text, party=party.names.for_language(say.language), names=listed))
    return Html(" ".join(told))


def _first(say: Speech, names: list[Html], most: int) -> list[Html]:
    left = len(names) - most
    if left <= 0:
        return names
    return [*names[:most], say.line(say.ngettext("{count} more", "{count} more", left), count=left)]


def _names(say: Speech, day: DayOfParty) -> Iterator[Html]:
    for holiday in day.holidays:
        yield holiday_line(say, holiday)
    if day.correction is not None:
        name = clipped(day.correction.name)
        yield say.line("{name}", name=say.quote(name)) if name else Html(say.gettext("day off by correction"))
