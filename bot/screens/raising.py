"""The form of a new obstacle: one card, and a list or a question for each of its fields."""

from dataclasses import dataclass

from bot.domain.drafts import ObstacleForm
from bot.domain.groups import WorkingGroup, Workstream
from bot.domain.members import Member
from bot.domain.milestones import Milestone
from bot.domain.obstacles import Severity
from bot.domain.readers import Reader
from bot.i18n.speech import Phrase, Speech, speech
from bot.screens.day_choice import DayAsked, Days, Drawn, choose_day
from bot.screens.forms import clipped, leaving, name_label, page_of, turning
from bot.screens.milestones import person_of_party
from bot.screens.obstacles import about_line, needed_by_line, owners_line, severity_word
from bot.screens.progress import attachments_line
from bot.screens.screen import Button, Screen, keyboard

VIEW = "obstacle.form"


@dataclass(frozen=True, slots=True)
class RaisingChoices:
    """
    What the form can be filled with.

    *milestones* are the member's open ones and the one chosen; *owners* are those who will clear the obstacle, picked
    or proposed, by the party's id.
    """

    group: WorkingGroup
    milestones: tuple[Milestone, ...]
    workstreams: tuple[Workstream, ...]
    members: tuple[Member, ...]
    owners: dict[int, int]

    def milestone(self, milestone_id: int | None) -> Milestone | None:
        """Find a milestone."""
        return next((found for found in self.milestones if found.id == milestone_id), None)

    def workstream(self, workstream_id: int | None) -> Workstream | None:
        """Find a workstream."""
        return next((found for found in self.workstreams if found.id == workstream_id), None)

    def owning(self) -> tuple[Member, ...]:
        """Give the owners in the order of the parties."""
        people = {member.id: member for member in self.members}
        chosen = (self.owners.get(party.id) for party in self.group.parties)
        return tuple(people[member_id] for member_id in chosen if member_id in people)


def obstacle_form(form: ObstacleForm, choices: RaisingChoices, reader: Reader, *, draft_id: int, days: Days) -> Screen:
    """Show the form at its step; *days* are those by which help can be needed."""
    say = speech(reader)
    step = "owner" if form.step.startswith("owner") else form.step
    lines, rows = _STEPS.get(step, _card)(say, form, choices, draft_id, days)
    return Screen(say.page(lines), keyboard(reader, rows), view=(VIEW, draft_id))


def _card(say: Speech, form: ObstacleForm, choices: RaisingChoices, draft_id: int, _: Days) -> Drawn:
    def edit(label: str, field: str) -> Button:
        return Button(label, "ob.edit", (draft_id, field))

    owners: list[Button | None] = [
        edit(say.label(say.gettext("Owner: {party}"), party=party.names.for_language(say.language)), f"owner{party.id}")
        for party in choices.group.parties
    ]
    rows: list[list[Button | None]] = [
        [Button(say.gettext("Save"), "ob.save", (draft_id,))],
        [edit(say.gettext("What is needed"), "need"), edit(say.gettext("Severity"), "severity")],
        [edit(say.gettext("What it holds up"), "about"), edit(say.gettext("Needed from"), "party")],
        [edit(say.gettext("Needed by"), "needed_by"), edit(say.gettext("Title"), "title")],
        *([owner] for owner in owners),
        leaving(say, draft_id),
    ]
    return _summary(say, form, choices), rows


def _summary(say: Speech, form: ObstacleForm, choices: RaisingChoices) -> list[str | None]:
    _ = say.gettext
    needed_from = choices.group.party(form.needed_from_party_id).names.for_language(say.language)
    return [
        say.line(_("<b>New obstacle</b>: {title}"), title=form.title),
        about_line(say, choices.milestone(form.milestone_id), choices.workstream(form.workstream_id)),
        say.line(_("What is needed: {need}"), need=form.need) if form.need else None,
        say.line(_("Needed from: {party}"), party=needed_from),
        say.line(_("Severity: {severity}"), severity=Phrase(severity_word(say, form.severity))),
        needed_by_line(say, form.needed_by),
        owners_line(say, choices.owning(), choices.group),
        attachments_line(say, form.attachments) if form.attachments else None,
    ]


def _title(say: Speech, form: ObstacleForm, _: RaisingChoices, draft_id: int, __: Days) -> Drawn:
    if not form.title:
        return [say.gettext("What is the obstacle? Please type it in one line.")], [leaving(say, draft_id)]
    text = say.gettext("The title is {title}.\nPlease type another one.")
    return [say.line(text, title=say.quote(form.title))], [leaving(say, draft_id, back="ob.back")]


def _need(say: Speech, form: ObstacleForm, _: RaisingChoices, draft_id: int, __: Days) -> Drawn:
    now = say.line(say.gettext("What is needed: {need}"), need=form.need) if form.need else None
    asked = say.gettext("What is needed to clear the obstacle? Please type it.")
    return [now, asked], [leaving(say, draft_id, back="ob.back")]


def _severity(say: Speech, _: ObstacleForm, __: RaisingChoices, draft_id: int, ___: Days) -> Drawn:
    rows: list[list[Button | None]] = [
        [Button(severity_word(say, severity), "ob.set", (draft_id, "severity", severity.rank))] for severity in Severity
    ]
    return [say.gettext("How severe is the obstacle?")], [*rows, leaving(say, draft_id, back="ob.back")]


def _about(say: Speech, form: ObstacleForm, choices: RaisingChoices, draft_id: int, _: Days) -> Drawn:
    entries = [
        Button(
            say.label("{code} {title}", code=milestone.code, title=clipped(milestone.title_for(say.language))),
            "ob.set",
            (draft_id, "milestone", milestone.id),
        )
        for milestone in choices.milestones
    ]
    entries += [
        Button(
            name_label(say, workstream.names.for_language(say.language)),
            "ob.set",
            (draft_id, "workstream", workstream.id),
        )
        for workstream in choices.workstreams
    ]
    rows: list[list[Button | None]] = [[button] for button in page_of(entries, form.page)]
    rows.append(turning(say, act="ob.edit", args=(draft_id, "about"), page=form.page, count=len(entries)))
    rows.append(leaving(say, draft_id, back="ob.back"))
    return [say.gettext("What does the obstacle hold up? Choose a milestone of yours or a workstream.")], rows


def _party(say: Speech, _: ObstacleForm, choices: RaisingChoices, draft_id: int, __: Days) -> Drawn:
    rows: list[list[Button | None]] = [
        [Button(name_label(say, party.names.for_language(say.language)), "ob.set", (draft_id, "party", party.id))]
        for party in choices.group.parties
    ]
    return [say.gettext("Which party is needed to clear it?")], [*rows, leaving(say, draft_id, back="ob.back")]


def _needed_by(say: Speech, form: ObstacleForm, _: RaisingChoices, draft_id: int, days: Days) -> Drawn:
    asked = DayAsked(
        question=[say.gettext("By when is it needed?"), needed_by_line(say, form.needed_by)],
        draft_id=draft_id,
        take="ob.day",
        turn="ob.month",
        back="ob.back",
        readings=form.readings,
        month=form.month,
    )
    return choose_day(say, asked, days)


def _owner(say: Speech, form: ObstacleForm, choices: RaisingChoices, draft_id: int, _: Days) -> Drawn:
    party_id = int(form.step.removeprefix("owner"))
    people = [member for member in choices.members if member.party_id == party_id]
    rows: list[list[Button | None]] = [
        [Button(person_of_party(say, member, choices.group), "ob.set", (draft_id, "owner", member.id))]
        for member in page_of(people, form.page)
    ]
    rows.append(turning(say, act="ob.edit", args=(draft_id, form.step), page=form.page, count=len(people)))
    rows.append(leaving(say, draft_id, back="ob.back"))
    party = choices.group.party(party_id).names.for_language(say.language)
    return [say.line(say.gettext("Who clears the obstacle on this side: {party}?"), party=party)], rows


_STEPS = {
    "title": _title,
    "need": _need,
    "severity": _severity,
    "about": _about,
    "party": _party,
    "needed_by": _needed_by,
    "owner": _owner,
}
