"""What is planned of a milestone, line by line, and what a change makes of it."""

from collections.abc import Callable

from bot.domain.plans import Plan, changed
from bot.domain.readers import LANGUAGES, Language
from bot.i18n.speech import Html, Phrase, Speech, Value
from bot.screens.milestones import party_word, person_of_party
from bot.screens.planning import PlanningChoices


def title_of(plan: Plan, language: Language) -> str:
    """Give the title that a reader of *language* sees."""
    return getattr(plan.titles, language) or plan.title


def plan_lines(say: Speech, before: Plan, after: Plan, choices: PlanningChoices) -> list[Html]:
    """Write a plan down; where it differs from the one before, both are shown."""
    title = _title(say, title_of(before, say.language), title_of(after, say.language))
    rest = [sentence(_both(say, write(before), write(after))) for _, sentence, write in _fields(say, choices)]
    return [title, *_other_titles(say, before, after), *rest]


def change_lines(say: Speech, before: Plan, after: Plan, choices: PlanningChoices) -> list[Html]:
    """Write down what differs between two plans, before and after."""
    names = changed(before, after)
    was, becomes = title_of(before, say.language), title_of(after, say.language)
    title = [_title(say, was, becomes)] if was != becomes else []
    rest = [
        sentence(_both(say, write(before), write(after)))
        for name, sentence, write in _fields(say, choices)
        if name in names
    ]
    return [*title, *_other_titles(say, before, after), *rest]


def _title(say: Speech, before: str, after: str) -> Html:
    return say.line(say.gettext("Title: {title}"), title=_both(say, say.quote(before), say.quote(after)))


def _other_titles(say: Speech, before: Plan, after: Plan) -> list[Html]:
    """Give the titles that change and are not the one that the reader is shown."""
    sentences: dict[Language, str] = {
        "fa": say.gettext("Title in Persian: {title}"),
        "tg": say.gettext("Title in Tajik: {title}"),
        "en": say.gettext("Title in English: {title}"),
    }
    lines: list[Html] = []
    shown = {(title_of(before, say.language), title_of(after, say.language))}
    for language in LANGUAGES:
        was, becomes = getattr(before.titles, language), getattr(after.titles, language)
        if was != becomes and language != say.language:
            both = _both(say, _written(say, was), _written(say, becomes))
            lines.append(say.line(sentences[language], title=both))
            shown.add((was, becomes))
    if before.title != after.title and (before.title, after.title) not in shown:
        lines.append(_title(say, before.title, after.title))
    return lines


Field = tuple[str, Callable[[Value], Html], Callable[[Plan], Value]]


def _fields(say: Speech, choices: PlanningChoices) -> list[Field]:
    """Give each field of a plan but the titles: its sentence, and what stands in it."""
    _, line = say.gettext, say.line

    def workstream(plan: Plan) -> Value:
        return choices.workstream(plan.workstream_id).names.for_language(say.language)

    return [
        ("due_on", lambda value: line(_("Due: {day}"), day=value), lambda plan: say.shared_day(plan.due_on)),
        ("start_on", lambda value: line(_("Start: {day}"), day=value), lambda plan: say.shared_day(plan.start_on)),
        ("workstream_id", lambda value: line(_("Workstream: {name}"), name=value), workstream),
        (
            "responsible_party_id",
            lambda value: line(_("Responsible party: {party}"), party=value),
            lambda plan: party_word(say, plan.responsible_party_id, choices.group),
        ),
        (
            "lead_id",
            lambda value: line(_("Lead: {person}"), person=value),
            lambda plan: _person(say, plan.lead_id, choices),
        ),
        (
            "counterpart_id",
            lambda value: line(_("Counterpart: {person}"), person=value),
            lambda plan: _person(say, plan.counterpart_id, choices),
        ),
        (
            "measurable_result",
            lambda value: line(_("Measurable result: {text}"), text=value),
            lambda plan: _written(say, plan.measurable_result),
        ),
    ]


def _both(say: Speech, before: Value, after: Value) -> Value:
    if before == after:
        return after
    return say.line("{before} {arrow} {after}", before=before, arrow=Phrase(say.arrow), after=after)


def _person(say: Speech, member_id: int | None, choices: PlanningChoices) -> Phrase:
    member = choices.member(member_id) if member_id is not None else None
    return person_of_party(say, member, choices.group) if member else nobody(say)


def nobody(say: Speech) -> Phrase:
    """Say that nobody has the place of the counterpart."""
    # Translators: nobody has the place of the counterpart.
    return Phrase(say.pgettext("counterpart", "nobody yet"))


def _written(say: Speech, text: str) -> Phrase:
    # Translators: a title or a measurable result that nobody has written.
    return say.quote(text) if text else Phrase(say.pgettext("text", "empty"))
