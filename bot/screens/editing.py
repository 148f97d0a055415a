"""Changing the plan of a milestone: the form, and what those are told whom a change concerns."""

from bot.domain.editing import TITLES, EditForm
from bot.domain.members import Member
from bot.domain.milestones import Milestone
from bot.domain.plans import News, Plan
from bot.domain.readers import Language, Reader
from bot.i18n.speech import Html, Phrase, Speech, speech
from bot.screens.choosing import ListAsked, choose_from
from bot.screens.day_choice import DayAsked, Days, Drawn, choose_day
from bot.screens.forms import leaving, name_label
from bot.screens.milestones import heading, party_word
from bot.screens.planning import (
    PlanningChoices,
    candidates,
    people_options,
    person_question,
    workstream_options,
    workstream_question,
)
from bot.screens.plans import nobody, plan_lines, title_of
from bot.screens.screen import Button, Screen, keyboard

VIEW = "editing.form"
NOBODY = 0


def edit_form(
    form: EditForm, milestone: Milestone, choices: PlanningChoices, reader: Reader, *, draft_id: int, days: Days
) -> Screen:
    """Show the form at its step; *days* are those that can be chosen for the date at hand."""
    say = speech(reader)
    if form.step in TITLES:
        lines, rows = _title(say, form, milestone, draft_id)
    elif form.step in {"due_on", "start_on"}:
        lines, rows = _day(say, form, draft_id, days)
    else:
        lines, rows = _STEPS.get(form.step, _card)(say, form, choices, draft_id)
    return Screen(say.page(lines), keyboard(reader, rows), view=(VIEW, draft_id), about=milestone.code)


def _card(say: Speech, form: EditForm, choices: PlanningChoices, draft_id: int) -> Drawn:
    _ = say.gettext

    def edit(label: str, field: str) -> Button:
        return Button(label, "me.edit", (draft_id, field))

    may_save = bool(form.changed) and not form.lacks_reason
    rows: list[list[Button | None]] = [
        [Button(_("Save"), "me.save", (draft_id,)) if may_save else None],
        [edit(_("Reason"), "reason") if form.is_moved else None],
        [
            # What is done has no due date to move.
            edit(_("Due date"), "due_on") if form.seen.state.is_open else None,
            edit(_("Start"), "start_on"),
        ],
        [edit(_("Lead"), "lead"), edit(_("Counterpart"), "counterpart")],
        [edit(_("Title"), "title"), edit(_("Workstream"), "workstream")],
        [edit(_("Responsible party"), "party"), edit(_("Measurable result"), "result")],
        leaving(say, draft_id),
    ]
    hint = None
    if not form.changed:
        hint = _("Please choose what is to change, and press “Save” at the end.")
    elif form.lacks_reason:
        hint = _("The due date moves only with a reason. Please add it.")
    lines = [
        say.line(_("<b>Edit</b>: {title}"), title=title_of(form.seen.plan, say.language)),
        *plan_lines(say, form.seen.plan, form.plan, choices),
        say.line(_("Reason: {text}"), text=say.quote(form.reason)) if form.is_moved and form.reason else None,
        hint,
    ]
    return lines, rows


def _title(say: Speech, form: EditForm, milestone: Milestone, draft_id: int) -> Drawn:
    language = TITLES[form.step]
    now = form.plan.title_in(language, own=milestone.language)
    asked = {
        "fa": say.gettext("Please type the title in Persian."),
        "tg": say.gettext("Please type the title in Tajik."),
        "en": say.gettext("Please type the title in English."),
    }
    labels: dict[Language, str] = {
        "fa": say.gettext("Title in Persian"),
        "tg": say.gettext("Title in Tajik"),
        "en": say.gettext("Title in English"),
    }
    others: list[list[Button | None]] = [
        [Button(labels[other], "me.edit", (draft_id, step))] for step, other in TITLES.items() if other != language
    ]
    return [_now(say, now or form.plan.title), asked[language]], [*others, leaving(say, draft_id, back="me.back")]


def _now(say: Speech, text: str) -> Html:
    return say.line(say.gettext("Now: {text}"), text=say.quote(text))


def _day(say: Speech, form: EditForm, draft_id: int, days: Days) -> Drawn:
    _ = say.gettext
    title, plan = say.quote(title_of(form.plan, say.language)), form.plan
    question: list[str | None]
    if form.step == "due_on":
        question = [
            say.line(_("When is {title} due?"), title=title),
            say.line(_("Due: {day}"), day=say.shared_day(plan.due_on)),
        ]
    else:
        question = [
            say.line(_("When does {title} start?"), title=title),
            say.line(_("Start: {day}"), day=say.shared_day(plan.start_on)),
        ]
    asked = DayAsked(
        question=question,
        draft_id=draft_id,
        take="me.day",
        turn="me.month",
        back="me.back",
        readings=form.readings,
        month=form.month,
    )
    return choose_day(say, asked, days)


def _result(say: Speech, form: EditForm, _: PlanningChoices, draft_id: int) -> Drawn:
    now = form.plan.measurable_result
    asked = say.gettext("Please type the measurable result: what shows that the work is done?")
    clear = Button(say.gettext("Leave it empty"), "me.set", (draft_id, "result", NOBODY)) if now else None
    return [_now(say, now) if now else None, asked], [[clear], leaving(say, draft_id, back="me.back")]


def _reason(say: Speech, form: EditForm, _: PlanningChoices, draft_id: int) -> Drawn:
    moved = say.line(
        say.gettext("The due date moves from {before} to {after}."),
        before=say.shared_day(form.seen.plan.due_on),
        after=say.shared_day(form.plan.due_on),
    )
    asked = say.gettext("Why does it move? Please type the reason; lead and counterpart will be told.")
    now = _now(say, form.reason) if form.reason else None
    return [moved, now, asked], [leaving(say, draft_id, back="me.back")]


def _workstream(say: Speech, form: EditForm, choices: PlanningChoices, draft_id: int) -> Drawn:
    question = workstream_question(say, title_of(form.plan, say.language))
    return choose_from(say, ListAsked(question, draft_id, form.step, form.page, "me"), workstream_options(say, choices))


def _party(say: Speech, form: EditForm, choices: PlanningChoices, draft_id: int) -> Drawn:
    text = say.gettext("Which party is responsible for {title}?")
    question = say.line(text, title=say.quote(title_of(form.plan, say.language)))
    options = [(name_label(say, party_word(say, party.id, choices.group)), party.id) for party in choices.group.parties]
    options.append((say.capitalised(Phrase(party_word(say, None, choices.group))), NOBODY))
    return choose_from(say, ListAsked(question, draft_id, form.step, form.page, "me"), options)


def _person(say: Speech, form: EditForm, choices: PlanningChoices, draft_id: int) -> Drawn:
    question = person_question(say, title_of(form.plan, say.language), form.step)
    options = people_options(say, candidates(form.step, form.plan.lead_id, choices), choices)
    if form.step == "counterpart" and form.plan.counterpart_id is not None:
        options.append((say.capitalised(nobody(say)), NOBODY))
    return choose_from(say, ListAsked(question, draft_id, form.step, form.page, "me"), options)


_STEPS = {
    "result": _result,
    "reason": _reason,
    "workstream": _workstream,
    "party": _party,
    "lead": _person,
    "counterpart": _person,
}


def told(what: News, milestone: Milestone, reader: Reader, *, before: Plan, by: Member, reason: str) -> Screen:
    """Tell who is concerned: the new place they were given, and a moved date with its reason."""
    say = speech(reader)
    name = by.name_for(say.language)
    lines = [heading(say, milestone), _place_given(say, what, name)]
    if what.is_moved:
        text = say.gettext("{name} has moved the due date from {before} to {after}.")
        lines.append(
            say.line(text, name=name, before=say.shared_day(before.due_on), after=say.shared_day(milestone.due_on))
        )
        lines.append(say.line(say.gettext("Reason: {text}"), text=say.quote(reason)))
    else:
        lines.append(say.line(say.gettext("Due: {day}"), day=say.shared_day(milestone.due_on)))
    rows = [[Button(say.gettext("Milestone card"), "ms.card", (milestone.id,))]]
    return Screen(say.page(lines), keyboard(reader, rows), about=milestone.code)


def _place_given(say: Speech, what: News, name: str) -> Html | None:
    if what.place == "lead":
        return say.line(say.gettext("{name} has named you the lead of this milestone."), name=name)
    if what.place == "counterpart":
        return say.line(say.gettext("{name} has named you the counterpart of this milestone."), name=name)
    return None


def correction(what: News, milestone: Milestone, reader: Reader, *, by: Member) -> Screen:
    """Tell in one line who had been told that the change was undone; *milestone* is as it is again."""
    say = speech(reader)
    if what.place == "lead":
        text = say.gettext("{name} has undone this: you are not the lead of {code} {title}.")
    elif what.place == "counterpart":
        text = say.gettext("{name} has undone this: you are not the counterpart of {code} {title}.")
    else:
        text = say.gettext("{name} has undone the move: {code} {title} is due on {day} again.")
    values = {"code": milestone.code, "title": milestone.title_for(say.language)}
    if not what.place:
        values["day"] = say.shared_day(milestone.due_on)
    return Screen(say.page([say.line(text, name=by.name_for(say.language), **values)]), about=milestone.code)


def draft_name(say: Speech, milestone: Milestone) -> str:
    """Name an unfinished change by its milestone."""
    return say.label(say.gettext("changes to {code}"), code=milestone.code)
