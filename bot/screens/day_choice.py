"""Choosing a day for a field of a form: proposals, a calendar to page through, and the readings of an unclear date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.working_days import PartyCalendar
from bot.i18n import weeks
from bot.i18n.days import fields
from bot.i18n.speech import Html, Phrase, Speech
from bot.screens.forms import leaving
from bot.screens.screen import Button

NO_DAY = "day.none"
WEEKDAY = "day.weekday"

# Narrow, for seven buttons share the width of a phone; no dots and rings, which beside Persian digits look like a zero.
_ALL_WORK, _SOME_WORK, _NONE_WORKS = "*", "", "×"
_BLANK = "–"
# Whoever plans further ahead than this types the date.
_FURTHEST = timedelta(days=366 * 10)
_EXAMPLE = date(2026, 11, 23)

Rows = list[list[Button | None]]
Drawn = tuple[list[str | None], Rows]


@dataclass(frozen=True, slots=True)
class DayAsked:
    """
    The field that a day is chosen for.

    *question* opens the screen; the button of a day does *take*, those of months do *turn* and, without a month, close
    the calendar; *back*, where there is one, leaves for the form. *readings* are what an unclear date may mean; *month*
    is a day of the month at which the calendar is open, None while it is closed.
    """

    question: list[str | None]
    draft_id: int
    take: str
    turn: str
    back: str = ""
    readings: tuple[date, ...] = ()
    month: date | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """Days to choose from: *proposed* ones, those from *earliest* on, and the working days of all parties."""

    chosen: date
    proposed: tuple[date, ...]
    earliest: date
    calendars: tuple[PartyCalendar, ...]


def choose_day(say: Speech, asked: DayAsked, days: Days) -> Drawn:
    """Ask for a day: by its readings where what was typed is unclear, by the open calendar, or by proposals."""
    if asked.readings:
        return _readings(say, asked)
    if asked.month is not None:
        return _calendar(say, asked, days, asked.month)
    return _proposals(say, asked, days)


def _proposals(say: Speech, asked: DayAsked, days: Days) -> Drawn:
    _ = say.gettext
    labels = (_("One month later: {day}"), _("End of month: {day}"), _("End of quarter: {day}"))
    rows: Rows = [
        [_day_button(asked, day, say.label(label, day=say.day(day)))]
        for label, day in zip(labels, days.proposed, strict=bool(days.proposed))
    ]
    rows.append([Button(_("Calendar"), asked.turn, (asked.draft_id, max(days.chosen, days.earliest).isoformat()))])
    rows.append(leaving(say, asked.draft_id, back=asked.back))
    how = say.line(_("You may also type the date, for example {example}."), example=say.day(_EXAMPLE, short=True))
    return [*asked.question, how], rows


def _readings(say: Speech, asked: DayAsked) -> Drawn:
    rows: Rows = [[_day_button(asked, day, say.shared_day(day))] for day in asked.readings]
    rows.append(_leaving(say, asked))
    return [say.gettext("This date can be read in more than one way. Please choose one.")], rows


def _calendar(say: Speech, asked: DayAsked, days: Days, month: date) -> Drawn:
    calendar = say.reader.calendar
    heads: list[Button | None] = [
        Button(say.weekday_name(number, short=True), WEEKDAY, (number,))
        for number in weeks.weekdays(say.language, calendar)
    ]
    rows: Rows = [heads]
    for week in weeks.weeks(month, language=say.language, calendar=calendar):
        if any(day is not None and day >= days.earliest for day in week):
            rows.append([_place(say, asked, days, day) for day in week])
    rows += [*_turning(say, asked, days, month), _leaving(say, asked)]
    heading = say.line("<b>{month}</b>", month=say.capitalised(say.month_of(month, both=True)))
    return [*asked.question, heading, *_legend(say)], rows


def _place(say: Speech, asked: DayAsked, days: Days, day: date | None) -> Button:
    if day is None or day < days.earliest:
        return Button(_BLANK, NO_DAY)
    return _day_button(asked, day, f"{say.day_of_month(day)}{_sign(day, days.calendars)}")


def _sign(day: date, calendars: Sequence[PartyCalendar]) -> str:
    working = sum(calendar.is_working(day) for calendar in calendars)
    if working == len(calendars):
        return _ALL_WORK
    return _SOME_WORK if working else _NONE_WORKS


def _legend(say: Speech) -> Iterator[Html]:
    _ = say.gettext
    yield say.line(_("{sign} shared working day"), sign=Phrase(_ALL_WORK))
    yield Html(_("No sign: day off for one of the parties"))
    yield say.line(_("{sign} day off for all parties"), sign=Phrase(_NONE_WORKS))


def _turning(say: Speech, asked: DayAsked, days: Days, month: date) -> Rows:
    """Give the buttons to the months and years around, as far as there is a day to choose in them."""

    def to(months: int) -> Button | None:
        first_on, last_on = weeks.month_away(month, months, calendar)
        if last_on < days.earliest or first_on > days.earliest + _FURTHEST:
            return None
        year, number, _ = fields(first_on, calendar)
        name = say.month_name(number, calendar) if abs(months) == 1 else say.year(year)
        pattern = "{name} {arrow}" if months > 0 else "{arrow} {name}"
        label = say.label(pattern, name=name, arrow=Phrase(say.arrow if months > 0 else say.back_arrow))
        return Button(label, asked.turn, (asked.draft_id, first_on.isoformat()))

    calendar = say.reader.calendar
    return [[to(-1), to(1)], [to(-12), to(12)]]


def _leaving(say: Speech, asked: DayAsked) -> list[Button | None]:
    """Give the way back to the question, and the one out of the form."""
    _, cancel = leaving(say, asked.draft_id)
    return [Button(say.gettext("Back"), asked.turn, (asked.draft_id,)), cancel]


def _day_button(asked: DayAsked, day: date, label: str) -> Button:
    return Button(label, asked.take, (asked.draft_id, day.isoformat()))
