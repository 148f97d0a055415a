"""What the refusals of workstreams and of the roadmap's adoption say."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain import adoptions, workstreams
from bot.domain.errors import DomainError
from bot.domain.readers import Language
from bot.i18n.speech import Phrase, Speech
from bot.screens.impossible_days import Sentence

_NAMED = 3


def _not_a_code(say: Speech, refusal: workstreams.NotACode) -> Sentence:
    text = say.gettext(
        "{text} cannot be a code. A code begins with a Latin letter and has at most {limit} letters and digits.\n"
        "Please type one such as {example}."
    )
    return text, {"text": say.quote(refusal.text), "limit": refusal.limit, "example": Phrase("WATER")}


def _code_taken(say: Speech, refusal: workstreams.CodeTaken) -> Sentence:
    text = say.gettext("Another workstream has the code {code} already.\nPlease type another one.")
    return text, {"code": refusal.code}


def _name_taken(say: Speech, refusal: workstreams.NameTaken) -> Sentence:
    text = say.gettext("The workstream {code} is called {name} already.\nPlease type another name.")
    return text, {"code": refusal.code, "name": say.quote(refusal.name)}


def _other_script(say: Speech, refusal: workstreams.OtherScript) -> Sentence:
    sentences: dict[Language, str] = {
        "fa": say.gettext("This name has no letters of the Persian script.\nPlease type the Persian name."),
        "tg": say.gettext("This name has no letters of the Tajik script.\nPlease type the Tajik name."),
        "en": say.gettext("This name has no letters of the Latin script.\nPlease type the English name."),
    }
    return sentences[refusal.language], {}


def _names_missing(say: Speech, refusal: workstreams.NamesMissing) -> Sentence:
    names: dict[Language, str] = {
        "fa": say.gettext("Persian name"),
        "tg": say.gettext("Tajik name"),
        "en": say.gettext("English name"),
    }
    text = say.gettext(
        "The workstream needs a name in the language of each party. Still missing: {names}.\n"
        "Please add it with the button below the card."
    )
    return text, {"names": say.enumeration(Phrase(names[language]) for language in refusal.languages)}


def _workstream_closed(say: Speech, refusal: workstreams.WorkstreamClosed) -> Sentence:
    text = say.gettext(
        "The workstream {code} is closed and takes nothing new.\n"
        "Please choose another one, or ask a secretary to open it again: /workstreams"
    )
    return text, {"code": refusal.code}


def _workstream_in_use(say: Speech, refusal: workstreams.WorkstreamInUse) -> Sentence:
    text = say.gettext(
        "{code} cannot be closed, since these are open in it: {items}.\n"
        "Please finish or drop the milestones and close the obstacles first."
    )
    items = [f"M-{number}" for number in refusal.milestones] + [f"O-{number}" for number in refusal.obstacles]
    named: list[str | Phrase] = list(items[:_NAMED])
    left = len(items) - _NAMED
    if left > 0:
        named.append(Phrase(say.label(say.ngettext("{count} more", "{count} more", left), count=left)))
    return text, {"code": refusal.code, "items": say.listing(named)}


def _workstream_not_empty(say: Speech, refusal: workstreams.WorkstreamNotEmpty) -> Sentence:
    text = say.gettext(
        "Work has been added to {code} since, so nothing was undone.\nIt can be closed instead: /workstreams"
    )
    return text, {"code": refusal.code}


def _last_workstream(say: Speech, refusal: workstreams.LastWorkstream) -> Sentence:
    text = say.gettext("{code} is the only open workstream.\nPlease add another one first, then close this one.")
    return text, {"code": refusal.code}


def _no_workstream(say: Speech, _: workstreams.NoWorkstream) -> Sentence:
    text = say.gettext("The group has no open workstream yet.\nPlease ask a secretary to add one: /workstreams")
    return text, {}


def _changed_since(say: Speech, refusal: workstreams.WorkstreamChangedSince) -> Sentence:
    text = say.gettext(
        "{code} has been changed since then, so nothing was undone.\nPlease edit it as it is now: /workstreams"
    )
    return text, {"code": refusal.code}


def _roadmap_empty(say: Speech, _: adoptions.RoadmapEmpty) -> Sentence:
    text = say.gettext("The roadmap is empty, so there is nothing to adopt.\nPlan the first milestone: /newmilestone")
    return text, {}


def _roadmap_adopted(say: Speech, refusal: adoptions.RoadmapAdopted) -> Sentence:
    text = say.gettext(
        "The roadmap was adopted on {day}, and its baseline stays.\nSee how the dates stand against it: /roadmap"
    )
    return text, {"day": say.shared_day(refusal.adopted_on)}


def _roadmap_changed(say: Speech, _: adoptions.RoadmapChanged) -> Sentence:
    return say.gettext("The roadmap has changed meanwhile. Please read it again before you adopt it."), {}


SENTENCES: Mapping[type[DomainError], Callable[[Speech, Any], Sentence]] = {
    workstreams.NotACode: _not_a_code,
    workstreams.CodeTaken: _code_taken,
    workstreams.NameTaken: _name_taken,
    workstreams.OtherScript: _other_script,
    workstreams.NamesMissing: _names_missing,
    workstreams.WorkstreamClosed: _workstream_closed,
    workstreams.WorkstreamInUse: _workstream_in_use,
    workstreams.WorkstreamNotEmpty: _workstream_not_empty,
    workstreams.LastWorkstream: _last_workstream,
    workstreams.NoWorkstream: _no_workstream,
    workstreams.WorkstreamChangedSince: _changed_since,
    adoptions.RoadmapEmpty: _roadmap_empty,
    adoptions.RoadmapAdopted: _roadmap_adopted,
    adoptions.RoadmapChanged: _roadmap_changed,
}
