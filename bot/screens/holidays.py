"""Days off as people see them: the list of the next months, the correction being made, and what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.groups import Party, WorkingGroup
from bot.domain.holidays import DayOfParty, Holiday, HolidayForm
from bot.domain.members import Member
from bot.domain.periods import Period
from bot.domain.readers import Reader
from bot.domain.summaries import Page
from bot.i18n.holiday_names import holiday_name
from bot.i18n.speech import Html, Speech, speech
from bot.screens.audience import of_person
from bot.screens.day_choice import DayAsked, Days, Drawn, Rows, choose_day
from bot.screens.forms import leaving
from bot.screens.lists import heading, turning, zones_for
from bot.screens.screen import Button, Screen, keyboard

LIST_VIEW = "holidays"
FORM_VIEW = "holiday.form"

Lines = list[str | None]


@dataclass(frozen=True, slots=True)
class HolidayPage:
    """
    A page of the days off and corrections from *first_on* to *last_on*, of all parties.

    *corrected_by* is the party whose calendar the reader may correct, None for who may correct none.
    """

    group: WorkingGroup
    page: Page
    first_on: date
    last_on: date
    days: tuple[DayOfParty, ...]
    corrected_by: int | None


@dataclass(frozen=True, slots=True)
class DueMove:
    """A report that falls due at another instant (both UTC)."""

    period: Period
    was_due_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DayCard:
    """What the form shows of its day: what it is now, the name that was typed, and the reports that would move."""

    group: WorkingGroup
    party: Party
    day: DayOfParty
    name: str
    moves: tuple[DueMove, ...]


@dataclass(frozen=True, slots=True)
class Corrected:
    """What *by* has made of a day, as it is now; *moves* are the reports that fall due at another time."""

    group: WorkingGroup
    party: Party
    day: DayOfParty
    by: Member
    moves: tuple[DueMove, ...]


def holidays(reader: Reader, found: HolidayPage) -> Screen:
    """Show a page of days off; a secretary gets a button for each own correction, and one to add another."""
    say = speech(reader)
    _ = say.gettext
    audience = of_person(reader)
    lines: Lines = [heading(say, _("Days off of the parties"), found.page)]
    lines.append(say.line("{span}", span=say.span(found.first_on, found.last_on)))
    lines += [_listed(say, day, found.group) for day in found.days]
    if not found.days:
        lines.append(_("There are no public holidays and no corrections in these days."))
    if any(holiday.is_estimated for day in found.days for holiday in day.holidays):
        lines += ["", estimate_note(say)]
    own = [day for day in found.days if day.correction and day.party_id == found.corrected_by]
    rows: Rows = [[Button(say.label("✏️ {day}", day=say.day(day.day)), "hd.day", (day.day.isoformat(),))] for day in own]
    rows.append(turning(audience, found.page, "hd.list"))
    rows.append([Button(_("Correct a day"), "hd.new") if found.corrected_by is not None else None])
    rows.append([Button(_("Calendar"), "cal.show")])
    return Screen(say.page(lines), keyboard(reader, rows), view=(LIST_VIEW, found.page.number))


def _listed(say: Speech, day: DayOfParty, group: WorkingGroup) -> Html:
    text = say.gettext("• {day}. {party}: {what}")
    party = group.party(day.party_id).names.for_language(say.language)
    return say.line(text, day=say.shared_day(day.day), party=party, what=what_it_is(say, day))


def what_it_is(say: Speech, day: DayOfParty) -> Html:
    """Say what a day is to a party: its holidays, its weekend, a correction, or a working day."""
    _ = say.gettext
    rule = _by_rule(say, day)
    if day.correction is None:
        return rule
    name = say.quote(day.correction.name)
    if day.correction.is_off:
        text = _("day off by correction: {name}") if day.correction.name else _("day off by correction")
    elif day.correction.name:
        text = _("working day by correction: {name} (otherwise {rule})")
    else:
        text = _("working day by correction (otherwise {rule})")
    return say.line(text, name=name, rule=rule)


def _by_rule(say: Speech, day: DayOfParty) -> Html:
    if day.holidays:
        return Html(say.listing([holiday_line(say, holiday) for holiday in day.holidays]))
    if day.is_weekend:
        return Html(say.gettext("weekend"))
    return Html(say.gettext("working day"))


def holiday_line(say: Speech, holiday: Holiday) -> Html:
    """Name a public holiday, and say where its date is an estimate."""
    name = say.digits(holiday_name(holiday.name, say.language))
    if not holiday.is_estimated:
        return say.line("{name}", name=name)
    # Translators: of a holiday whose day depends on the sighting of the moon.
    return say.line(say.gettext("{name} (estimated date)"), name=name)


def estimate_note(say: Speech) -> str:
    """Say what an estimated date is."""
    return say.gettext("An estimated date depends on the sighting of the moon and may shift by a day.")


def correction_form(
    reader: Reader, form: HolidayForm, card: DayCard | None, *, draft_id: int, party: Party, days: Days
) -> Screen:
    """Show the form: the question for one of *days* or, once it is chosen, what it is and what it would become."""
    say = speech(reader)
    lines, rows = _asking(say, form, draft_id, party, days) if card is None else _deciding(say, card, draft_id)
    return Screen(say.page(lines), keyboard(reader, rows), view=(FORM_VIEW, draft_id))


def _asking(say: Speech, form: HolidayForm, draft_id: int, party: Party, days: Days) -> Drawn:
    ask = say.gettext("Which day is to be corrected in the calendar of this party: {party}?")
    asked = DayAsked(
        question=[say.line(ask, party=party.names.for_language(say.language))],
        draft_id=draft_id,
        take="hd.pick",
        turn="hd.month",
        readings=form.readings,
        month=form.month,
    )
    return choose_day(say, asked, days)


def _deciding(say: Speech, card: DayCard, draft_id: int) -> tuple[Lines, Rows]:
    _ = say.gettext
    party = card.party.names.for_language(say.language)
    lines: Lines = [
        say.line("<b>{day}</b>", day=say.shared_day(card.day.day)),
        say.line(_("{party}, now: {what}"), party=party, what=what_it_is(say, card.day)),
        say.line(_("Name: {name}"), name=say.quote(card.name)) if card.name else None,
        *(_would_move(say, card, move) for move in card.moves),
    ]
    if card.day.correction:
        label = _("Remove the correction")
    else:
        label = _("Make it a working day") if card.day.is_off else _("Make it a day off")
        lines.append(_("You may type a name or a reason for it."))
    return lines, [
        [Button(label, "hd.save", (draft_id,))],
        [Button(_("Another day"), "hd.again", (draft_id,))],
        leaving(say, draft_id),
    ]


def _would_move(say: Speech, card: DayCard, move: DueMove) -> Html:
    text = say.gettext("With this the report for {period} falls due on {due} and no longer on {before}.")
    return _moved(say, card.group, move, text)


def _moved(say: Speech, group: WorkingGroup, move: DueMove, text: str) -> Html:
    zones = zones_for(say, group)
    return say.line(
        text,
        period=say.period(move.period, group.rules.reporting.calendar),
        due=say.shared_moment(move.due_at, zones),
        before=say.shared_moment(move.was_due_at, zones),
    )


def corrected(reader: Reader, result: Corrected, *, draft_id: int) -> Screen:
    """Say what the day is from now on, which reports move, and offer to undo it."""
    say = speech(reader)
    rows: Rows = [[Button(say.gettext("Undo"), "hd.undo", (draft_id,))], _onwards(say)]
    return Screen(say.page([say.gettext("Saved."), *_outcome(say, result)]), keyboard(reader, rows))


def undone(reader: Reader, result: Corrected) -> Screen:
    """Say that the day is what it was."""
    say = speech(reader)
    lines = [say.gettext("Undone. The earlier state is back."), *_outcome(say, result)]
    return Screen(say.page(lines), keyboard(reader, [_onwards(say)]))


def _onwards(say: Speech) -> list[Button | None]:
    return [Button(say.gettext("Correct a day"), "hd.new"), Button(say.gettext("Days off"), "hd.list", (1,))]


def told(reader: Reader, result: Corrected) -> Screen:
    """Tell who is concerned what a secretary has made of a day."""
    say = speech(reader)
    text = say.gettext("{name} has corrected the calendar.")
    return Screen(say.page([say.line(text, name=result.by.name_for(say.language)), *_outcome(say, result)]))


def _outcome(say: Speech, result: Corrected) -> Iterator[Html]:
    yield _listed(say, result.day, result.group)
    for move in result.moves:
        text = say.gettext("The report for {period} falls due on {due} and no longer on {before}.")
        yield _moved(say, result.group, move, text)
