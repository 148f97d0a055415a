"""Milestones as people see them: the card, and the states with icon and word."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.domain.groups import WorkingGroup, Workstream
from bot.domain.members import Member
from bot.domain.milestones import Milestone, MilestoneState, reopened_state
from bot.domain.progress import ProgressEntry
from bot.domain.readers import Reader
from bot.domain.roadmap import slippage
from bot.i18n.clocks import local
from bot.i18n.speech import Html, Phrase, Speech, speech
from bot.screens.screen import Button, Screen, keyboard

STATE_ICONS: dict[MilestoneState, str] = {
    MilestoneState.NOT_STARTED: "⚪",
    MilestoneState.ON_TRACK: "🟢",
    MilestoneState.AT_RISK: "🟡",
    MilestoneState.OFF_TRACK: "🔴",
    MilestoneState.DONE: "✅",
    MilestoneState.DROPPED: "⛔",
}


@dataclass(frozen=True, slots=True)
class MilestoneCard:
    """
    What the card of a milestone shows.

    *obstacles* are the codes of the open ones; *first_due_on* is the first plan of a date that moved; *silent_since*
    the day of the last news where it is long past. *may_write*, *may_edit* and *undo* (of the planning, "plan", or of a
    change, "edit", with the number that its button carries) say which buttons the reader gets.
    """

    milestone: Milestone
    workstream: Workstream
    lead: Member
    counterpart: Member | None
    group: WorkingGroup
    obstacles: tuple[str, ...] = ()
    last_entry: ProgressEntry | None = None
    last_by: Member | None = None
    first_due_on: date | None = None
    silent_since: date | None = None
    may_write: bool = True
    may_edit: bool = True
    undo: tuple[Literal["plan", "edit"], int] | None = None


def state_word(say: Speech, state: MilestoneState) -> str:
    """Give the word for a state."""
    words = {
        MilestoneState.NOT_STARTED: say.gettext("not started"),
        MilestoneState.ON_TRACK: say.gettext("on track"),
        MilestoneState.AT_RISK: say.gettext("at risk"),
        MilestoneState.OFF_TRACK: say.gettext("off track"),
        MilestoneState.DONE: say.gettext("done"),
        MilestoneState.DROPPED: say.gettext("dropped"),
    }
    return words[state]


def state_mark(say: Speech, state: MilestoneState) -> Phrase:
    """Give a state as icon and word."""
    return Phrase(f"{STATE_ICONS[state]} {state_word(say, state)}")


def heading(say: Speech, milestone: Milestone) -> Html:
    """Give code and title."""
    return say.line("<b>{code}</b> {title}", code=milestone.code, title=milestone.title_for(say.language))


def milestone_card(card: MilestoneCard, reader: Reader, *, today: date, news: str | None = None) -> Screen:
    """Show a milestone; *news* is a line of ours above it, such as that it was saved."""
    say = speech(reader)
    _ = say.gettext
    milestone = card.milestone
    lines = [
        news,
        heading(say, milestone),
        say.line("{state}", state=state_mark(say, milestone.state)),
        say.line("{bar} {percent}", bar=say.bar(milestone.percent), percent=say.percent(milestone.percent)),
        due_line(say, milestone, today=today),
        _moves_line(say, card),
        _slippage_line(say, milestone, today),
        _("Added after the adoption of the roadmap.") if milestone.added_on is not None else None,
        _start_line(say, milestone, today=today),
        say.line(_("Workstream: {name}"), name=card.workstream.names.for_language(say.language)),
        say.line(_("Responsible party: {party}"), party=party_word(say, milestone.responsible_party_id, card.group)),
        say.line(_("Lead: {person}"), person=person_of_party(say, card.lead, card.group)),
        say.line(_("Counterpart: {person}"), person=person_of_party(say, card.counterpart, card.group))
        if card.counterpart
        else _("Counterpart: nobody yet"),
        say.line(_("Measurable result: {text}"), text=milestone.measurable_result)
        if milestone.measurable_result
        else None,
        say.line(_("Open obstacles: {codes}"), codes=say.listing(card.obstacles)) if card.obstacles else None,
        _last_line(say, card),
        say.line(_("No news since {day}."), day=say.shared_day(card.silent_since)) if card.silent_since else None,
        _closing_line(say, card),
    ]
    return Screen(
        say.page(lines),
        keyboard(reader, _buttons(say, card)),
        view=("milestone", milestone.id),
        about=milestone.code,
    )


def due_line(say: Speech, milestone: Milestone, *, today: date) -> Html:
    """Give the due date in both calendars and, while work remains, the days left or late."""
    _ = say.gettext
    day = say.shared_day(milestone.due_on)
    left = (milestone.due_on - today).days
    if not milestone.state.is_open:
        return say.line(_("Due: {day}"), day=day)
    if left > 0:
        return say.line(_("Due: {day}, {days} left"), day=day, days=say.days(left))
    if left == 0:
        return say.line(_("Due: {day}, today"), day=day)
    return say.line(_("Due: {day}, late by {days}"), day=day, days=say.days(-left))


def _moves_line(say: Speech, card: MilestoneCard) -> Html | None:
    moves = card.milestone.moves
    if not moves:
        return None
    if card.first_due_on is None:
        text = say.ngettext("Moved {count} time", "Moved {count} times", moves)
        return say.line(text, count=moves)
    text = say.ngettext("Moved {count} time, first plan: {day}", "Moved {count} times, first plan: {day}", moves)
    return say.line(text, count=moves, day=say.shared_day(card.first_due_on))


def _slippage_line(say: Speech, milestone: Milestone, today: date) -> Html | None:
    days = slippage(milestone, today) or 0
    return say.line(say.gettext("Slippage against the baseline: {days}"), days=say.days(days)) if days > 0 else None


def _start_line(say: Speech, milestone: Milestone, *, today: date) -> Html:
    """Give the planned start; work that should have begun and has not is said to be late."""
    day = say.shared_day(milestone.start_on)
    late = (today - milestone.start_on).days if milestone.state is MilestoneState.NOT_STARTED else 0
    if late > 0:
        text = say.gettext("Start: {day}, late by {days}")
        return say.line(text, day=day, days=say.days(late))
    return say.line(say.gettext("Start: {day}"), day=day)


def party_word(say: Speech, party_id: int | None, group: WorkingGroup) -> str:
    """Name the responsible party, or say that the work is joint."""
    if party_id is None:
        # Translators: both parties answer for the milestone together.
        return say.pgettext("responsible party", "joint")
    return group.party(party_id).names.for_language(say.language)


def person_of_party(say: Speech, member: Member, group: WorkingGroup) -> Phrase:
    """Name a person with their party: ``Ramin Shahsavarzadeh (Iran)``."""
    party = group.party(member.party_id).names.for_language(say.language)
    return Phrase(say.label("{name} ({party})", name=member.name_for(say.language), party=party))


def _last_line(say: Speech, card: MilestoneCard) -> Html | None:
    entry, by = card.last_entry, card.last_by
    if entry is None or by is None:
        return None
    _ = say.gettext
    name = by.name_for(say.language)
    day = say.shared_day(local(entry.at, say.reader.time_zone).date())
    if not entry.note:
        return say.line(_("Last entry: {name}, {day}"), name=name, day=day)
    return say.line(_("Last entry: {name}, {day}: {note}"), name=name, day=day, note=say.quote(entry.note))


def _closing_line(say: Speech, card: MilestoneCard) -> Html | None:
    milestone, entry = card.milestone, card.last_entry
    told = entry.note if entry else ""
    if milestone.state is MilestoneState.DONE and milestone.evidence and milestone.evidence != told:
        return say.line(say.gettext("Evidence: {text}"), text=say.quote(milestone.evidence))
    if milestone.state is MilestoneState.DROPPED and milestone.reason and milestone.reason != told:
        return say.line(say.gettext("Reason: {text}"), text=say.quote(milestone.reason))
    return None


def _buttons(say: Speech, card: MilestoneCard) -> list[list[Button | None]]:
    """Give what the reader may do now; what is dropped can only be reopened."""
    _, milestone, state = say.gettext, card.milestone, card.milestone.state
    past = Button(_("History"), "hi.show", (1, "M", milestone.id))
    if not card.may_write:
        return [[past]]

    def log(label: str, *state: str) -> Button:
        return Button(label, "pr.on", (milestone.id, *state))

    undo = Button(_("Undo"), _UNDO[card.undo[0]], (card.undo[1],)) if card.undo else None
    evidence = Button(_("Evidence"), "ev.list", ("M", milestone.id, 1))
    if state is MilestoneState.DROPPED:
        return [[log(_("Reopen"), reopened_state(milestone).name.lower()), undo], [evidence, past]]
    return [
        [
            log(_("Log progress")),
            Button(_("New obstacle"), "ob.new", (milestone.id,)) if state.is_open else None,
        ],
        [
            Button(_("Edit"), "me.on", (milestone.id,)) if card.may_edit else None,
            log(_("Mark as done"), "done") if state.is_open else None,
        ],
        [log(_("Drop from the plan"), "dropped") if state.is_open else None, undo],
        [Button(_("Add to calendar"), "ex.day", (milestone.id,)), evidence],
        [past],
    ]


_UNDO = {"plan": "ms.undo", "edit": "me.undo"}


def undone(reader: Reader, milestone: Milestone) -> Screen:
    """Say that a milestone is off the roadmap again."""
    say = speech(reader)
    text = say.gettext("Undone: {code} {title} is no longer in the roadmap.")
    return Screen(say.page([say.line(text, code=milestone.code, title=milestone.title_for(say.language))]))
