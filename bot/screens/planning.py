"""The form of a new milestone: one card, and a list or a question for each of its fields."""

from dataclasses import dataclass

from bot.domain.drafts import MilestoneForm
from bot.domain.groups import WorkingGroup, Workstream
from bot.domain.members import Member
from bot.domain.readers import Reader
from bot.i18n.speech import Html, Speech, speech
from bot.screens.choosing import ListAsked, choose_from
from bot.screens.day_choice import DayAsked, Days, Drawn, choose_day
from bot.screens.forms import leaving, name_label
from bot.screens.milestones import person_of_party
from bot.screens.screen import Button, Screen, keyboard

VIEW = "milestone.form"


@dataclass(frozen=True, slots=True)
class PlanningChoices:
    """
    What a plan is made of: the group's open workstreams, and its members (also who has left, where a plan names them).

    *closed* workstreams can only be shown.
    """

    group: WorkingGroup
    workstreams: tuple[Workstream, ...]
    members: tuple[Member, ...]
    closed: tuple[Workstream, ...] = ()

    def workstream(self, workstream_id: int) -> Workstream:
        """Find a workstream; it may have been closed since it was chosen."""
        return next(found for found in (*self.workstreams, *self.closed) if found.id == workstream_id)

    def member(self, member_id: int) -> Member | None:
        """Find a member; None for one who is not among them."""
        return next((found for found in self.members if found.id == member_id), None)


def milestone_form(
    form: MilestoneForm, choices: PlanningChoices, reader: Reader, *, draft_id: int, days: Days
) -> Screen:
    """Show the form at its step; *days* are those that can be the due date."""
    say = speech(reader)
    lines, rows = _STEPS.get(form.step, _card)(say, form, choices, draft_id, days)
    return Screen(say.page(lines), keyboard(reader, rows), view=(VIEW, draft_id))


def _card(say: Speech, form: MilestoneForm, choices: PlanningChoices, draft_id: int, _: Days) -> Drawn:
    def edit(label: str, field: str) -> Button:
        return Button(label, "ms.edit", (draft_id, field))

    rows: list[list[Button | None]] = [
        [Button(say.gettext("Save"), "ms.save", (draft_id,))],
        [edit(say.gettext("Due date"), "due_on"), edit(say.gettext("Workstream"), "workstream")],
        [edit(say.gettext("Lead"), "lead"), edit(say.gettext("Counterpart"), "counterpart")],
        [edit(say.gettext("Title"), "title")],
        leaving(say, draft_id),
    ]
    return _summary(say, form, choices), rows


def _summary(say: Speech, form: MilestoneForm, choices: PlanningChoices) -> list[str | None]:
    _ = say.gettext
    lead = choices.member(form.lead_id)
    counterpart = choices.member(form.counterpart_id) if form.counterpart_id is not None else None
    return [
        say.line(_("<b>New milestone</b>: {title}"), title=form.title),
        _due(say, form),
        say.line(_("Workstream: {name}"), name=choices.workstream(form.workstream_id).names.for_language(say.language)),
        say.line(_("Lead: {person}"), person=person_of_party(say, lead, choices.group)) if lead else None,
        say.line(_("Counterpart: {person}"), person=person_of_party(say, counterpart, choices.group))
        if counterpart
        else _("Counterpart: nobody yet"),
    ]


def _due(say: Speech, form: MilestoneForm) -> Html:
    return say.line(say.gettext("Due: {day}"), day=say.shared_day(form.due_on))


def _title(say: Speech, form: MilestoneForm, _: PlanningChoices, draft_id: int, __: Days) -> Drawn:
    if not form.title:
        return [say.gettext("What is the title of the new milestone? Please type it.")], [leaving(say, draft_id)]
    text = say.gettext("The title is {title}.\nPlease type another one.")
    return [say.line(text, title=say.quote(form.title))], [leaving(say, draft_id, back="ms.back")]


def _due_on(say: Speech, form: MilestoneForm, _: PlanningChoices, draft_id: int, days: Days) -> Drawn:
    question = say.line(say.gettext("When is {title} due?"), title=say.quote(form.title))
    asked = DayAsked(
        question=[question, _due(say, form)],
        draft_id=draft_id,
        take="ms.due",
        turn="ms.month",
        back="ms.back",
        readings=form.readings,
        month=form.month,
    )
    return choose_day(say, asked, days)


def _workstream(say: Speech, form: MilestoneForm, choices: PlanningChoices, draft_id: int, _: Days) -> Drawn:
    question = workstream_question(say, form.title)
    return choose_from(say, ListAsked(question, draft_id, form.step, form.page, "ms"), workstream_options(say, choices))


def _person(say: Speech, form: MilestoneForm, choices: PlanningChoices, draft_id: int, _: Days) -> Drawn:
    question = person_question(say, form.title, form.step)
    people = candidates(form.step, form.lead_id, choices)
    options = people_options(say, people, choices)
    return choose_from(say, ListAsked(question, draft_id, form.step, form.page, "ms"), options)


def workstream_question(say: Speech, title: str) -> Html:
    """Ask for the workstream of what is called *title*."""
    return say.line(say.gettext("Which workstream does {title} belong to?"), title=say.quote(title))


def workstream_options(say: Speech, choices: PlanningChoices) -> list[tuple[str, int]]:
    """Name the workstreams."""
    return [(name_label(say, found.names.for_language(say.language)), found.id) for found in choices.workstreams]


def person_question(say: Speech, title: str, place: str) -> Html:
    """Ask for the lead or the counterpart of what is called *title*."""
    ask = say.gettext("Who leads {title}?") if place == "lead" else say.gettext("Who is the counterpart for {title}?")
    return say.line(ask, title=say.quote(title))


def people_options(say: Speech, people: tuple[Member, ...], choices: PlanningChoices) -> list[tuple[str, int]]:
    """Name people with their parties."""
    return [(person_of_party(say, member, choices.group), member.id) for member in people]


def candidates(place: str, lead_id: int, choices: PlanningChoices) -> tuple[Member, ...]:
    """Give who can take a place: for a lead the own party first; a counterpart is of another party."""
    lead = choices.member(lead_id)
    party_id = lead.party_id if lead else None
    writers = [member for member in choices.members if member.may_write and member.removed_at is None]
    if place == "counterpart":
        return tuple(member for member in writers if member.party_id != party_id)
    return tuple(sorted(writers, key=lambda member: member.party_id != party_id))


_STEPS = {"title": _title, "due_on": _due_on, "workstream": _workstream, "lead": _person, "counterpart": _person}
