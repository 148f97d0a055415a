"""The form of a workstream: one card, and a question or a list for each of its fields."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.groups import WorkingGroup
from bot.domain.members import Member
from bot.domain.readers import LANGUAGES, Language, Reader
from bot.domain.workstreams import CODE_MOST, WorkstreamForm, required_languages
from bot.i18n.speech import Html, Phrase, Speech, speech
from bot.screens.day_choice import Drawn, Rows
from bot.screens.forms import leaving, page_of, turning
from bot.screens.milestones import person_of_party
from bot.screens.screen import Button, Screen, keyboard

VIEW = "workstream.form"


@dataclass(frozen=True, slots=True)
class EditingChoices:
    """What the form of a workstream can be filled with: members who write, and how many places the order has."""

    group: WorkingGroup
    members: tuple[Member, ...]
    places: int
    is_closed: bool = False

    def member(self, member_id: int | None) -> Member | None:
        """Find a member; None for one who has left or may not write."""
        return next((found for found in self.members if found.id == member_id), None)


def workstream_form(form: WorkstreamForm, choices: EditingChoices, reader: Reader, *, draft_id: int) -> Screen:
    """Show the form at its step."""
    say = speech(reader)
    if form.step in LANGUAGES:
        lines, rows = _name(say, form, choices, draft_id)
    elif form.step == "code":
        lines, rows = _code(say, form, draft_id)
    elif form.person_party_id is not None:
        lines, rows = _person(say, form, choices, draft_id)
    else:
        lines, rows = _card(say, form, choices, draft_id)
    return Screen(say.page(lines), keyboard(reader, rows), view=(VIEW, draft_id))


def _card(say: Speech, form: WorkstreamForm, choices: EditingChoices, draft_id: int) -> Drawn:
    _ = say.gettext
    is_new = form.workstream_id is None
    code = say.line("<b>{code}</b>", code=form.code)
    lines: list[str | None] = [
        say.line(_("<b>New workstream</b>: {code}"), code=form.code) if is_new else code,
        *(_known_name(say, form, language) for language in LANGUAGES),
        *_duties(say, form, choices),
        say.line(_("Place in the list: {place} of {places}"), place=form.place, places=choices.places)
        if form.place
        else _("This workstream is closed."),
    ]

    def edit(label: str, step: str) -> Button:
        return Button(label, "ws.field", (draft_id, step))

    names = _name_labels(say)
    rows: Rows = [
        [Button(_("Save"), "ws.save", (draft_id,)) if form.is_changed else None],
        [edit(names["fa"], "fa"), edit(names["tg"], "tg")],
        [edit(names["en"], "en"), edit(_("Code"), "code") if is_new else None],
        [
            edit(_person_label(say, party.names.for_language(say.language)), f"person{party.id}")
            for party in choices.group.parties
        ],
        [Button(_("Lead from the other party"), "ws.lead", (draft_id,))],
    ]
    if form.place:
        rows.append(
            [
                Button(_("Up"), "ws.move", (draft_id, -1)) if form.place > 1 else None,
                Button(_("Down"), "ws.move", (draft_id, 1)) if form.place < choices.places else None,
            ]
        )
    if form.workstream_id is not None:
        label, act = (_("Open again"), "ws.open") if choices.is_closed else (_("Close the workstream"), "ws.close")
        rows.append([Button(label, act, (form.workstream_id, draft_id))])
    return lines, [*rows, leaving(say, draft_id)]


def _name_labels(say: Speech) -> dict[Language, str]:
    return {
        "fa": say.gettext("Persian name"),
        "tg": say.gettext("Tajik name"),
        "en": say.gettext("English name"),
    }


def _known_name(say: Speech, form: WorkstreamForm, language: Language) -> Html:
    known = {
        "fa": say.gettext("In Persian: {name}"),
        "tg": say.gettext("In Tajik: {name}"),
        "en": say.gettext("In English: {name}"),
    }
    name = getattr(form.names, language)
    return say.line(known[language], name=name or Phrase(say.gettext("not given yet")))


def _duties(say: Speech, form: WorkstreamForm, choices: EditingChoices) -> Iterator[Html]:
    """Name the lead and the counterparts, or the party whose person is still to be chosen."""
    _ = say.gettext
    for party in sorted(choices.group.parties, key=lambda party: party.id != form.lead_party_id):
        member = choices.member(form.people.get(party.id))
        leads = party.id == form.lead_party_id
        if member is not None:
            text = _("Lead: {person}") if leads else _("Counterpart: {person}")
            yield say.line(text, person=person_of_party(say, member, choices.group))
        else:
            text = _("Lead: nobody yet ({party})") if leads else _("Counterpart: nobody yet ({party})")
            yield say.line(text, party=party.names.for_language(say.language))


def _person_label(say: Speech, party: str) -> str:
    # Translators: a button; {party} is a country, whose person for the workstream is chosen.
    return say.label(say.gettext("Person: {party}"), party=party)


def _name(say: Speech, form: WorkstreamForm, choices: EditingChoices, draft_id: int) -> Drawn:
    _ = say.gettext
    language = next(found for found in LANGUAGES if found == form.step)
    questions: dict[Language, str] = {
        "fa": _("What is the workstream called in Persian? Please type the name."),
        "tg": _("What is the workstream called in Tajik? Please type the name."),
        "en": _("What is the workstream called in English? Please type the name."),
    }
    lines: list[str | None] = [questions[language]]
    if getattr(form.names, language):
        lines.append(_known_name(say, form, language))
    elif language not in required_languages(choices.group):
        lines.append(_("Without one, readers of that language see the name in another one."))
    return lines, [leaving(say, draft_id, back="ws.back")]


def _code(say: Speech, form: WorkstreamForm, draft_id: int) -> Drawn:
    _ = say.gettext
    text = _("What is the short code of the workstream? Please type Latin letters and digits, at most {most}.")
    now = say.line(_("Now: {code}"), code=form.code) if form.code else None
    lines = [say.line(text, most=CODE_MOST), now, _("It cannot be changed later.")]
    return lines, [leaving(say, draft_id, back="ws.back")]


def _person(say: Speech, form: WorkstreamForm, choices: EditingChoices, draft_id: int) -> Drawn:
    _ = say.gettext
    party_id = form.person_party_id
    party = next(found for found in choices.group.parties if found.id == party_id)
    people = [member for member in choices.members if member.party_id == party_id]
    rows: Rows = [
        [Button(person_of_party(say, member, choices.group), "ws.set", (draft_id, party.id, member.id))]
        for member in page_of(people, form.page)
    ]
    rows.append(turning(say, act="ws.field", args=(draft_id, form.step), page=form.page, count=len(people)))
    rows.append([Button(_("Nobody yet"), "ws.set", (draft_id, party.id, 0))] if form.people.get(party.id) else [])
    rows.append(leaving(say, draft_id, back="ws.back"))
    ask = _("Who answers for the workstream in this party: {party}?")
    return [say.line(ask, party=party.names.for_language(say.language))], rows
