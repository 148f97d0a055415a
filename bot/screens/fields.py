"""The fields of milestones and obstacles in words, with the values that the record of changes keeps of them."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from bot.domain.histories import LOGGED, History, PastAct
from bot.domain.milestones import MilestoneState
from bot.domain.obstacles import ObstacleState, Severity
from bot.i18n.speech import Phrase, Speech
from bot.screens.forms import clipped
from bot.screens.milestones import state_mark
from bot.screens.obstacles import obstacle_state_word, severity_word

_WORDS_LIMIT = 80
# What tells the program which rows belong together, and says nothing to people.
_HIDDEN = frozenset({"entry_id", "change_id", "move_id", "move_reason", "moves", "version", "language", "content_hash"})
_Value = Callable[[Speech, Any, History], Phrase]


def clipped_words(text: str, limit: int = _WORDS_LIMIT) -> str:
    """Shorten what a person wrote for a list, in one line."""
    return clipped(" ".join(text.split()), limit)


def changed_fields(say: Speech, act: PastAct, found: History) -> list[tuple[Phrase, Phrase | None, Phrase | None]]:
    """
    Give what an act changed: the field's name, its value before and after (None: it had none).

    Of an entry that only comments, percent and state are as they were, and left out.
    """
    names = [name for name in dict.fromkeys([*act.before, *act.after]) if name not in _HIDDEN]
    shown: list[tuple[Phrase, Phrase | None, Phrase | None]] = []
    for name in names:
        before, after = act.before.get(name), act.after.get(name)
        if before == after and (name in act.before or act.act == LOGGED):
            continue
        if _is_empty(before) and _is_empty(after) and name not in _MEANS_ALL:
            continue
        shown.append((field_word(say, name), _said(say, name, act.before, found), _said(say, name, act.after, found)))
    return shown


def field_word(say: Speech, name: str) -> Phrase:
    """Name a field; one that this version does not know is called another detail."""
    words = {
        "title": say.pgettext("field", "title"),
        "titles": say.pgettext("field", "title in other languages"),
        "workstream_id": say.pgettext("field", "workstream"),
        "milestone_id": say.pgettext("field", "milestone"),
        "responsible_party_id": say.pgettext("field", "responsible party"),
        "lead_id": say.pgettext("field", "lead"),
        "counterpart_id": say.pgettext("field", "counterpart"),
        "start_on": say.pgettext("field", "start"),
        "due_on": say.pgettext("field", "due date"),
        "baseline_start_on": say.pgettext("field", "start in the baseline"),
        "baseline_due_on": say.pgettext("field", "due date in the baseline"),
        "added_on": say.pgettext("field", "added after adoption"),
        "finished_on": say.pgettext("field", "finished"),
        "measurable_result": say.pgettext("field", "measurable result"),
        "state": say.pgettext("field", "status"),
        "percent": say.pgettext("field", "percent done"),
        "evidence": say.pgettext("field", "evidence"),
        "reason": say.pgettext("field", "reason"),
        "note": say.pgettext("field", "note"),
        "severity": say.pgettext("field", "severity"),
        "need": say.pgettext("field", "what is needed"),
        "needed_by": say.pgettext("field", "needed by"),
        "needed_from_party_id": say.pgettext("field", "needed from"),
        "court_party_id": say.pgettext("field", "turn to act"),
        "owners": say.pgettext("field", "obstacle owners"),
        "waiting_for": say.pgettext("field", "waits for"),
        "attachments": say.pgettext("field", "files"),
    }
    return say.capitalised(Phrase(words.get(name) or say.pgettext("field", "another detail")))


def _said(say: Speech, name: str, values: Mapping[str, Any], found: History) -> Phrase | None:
    if name not in values:
        return None
    value = values[name]
    if value is None and name == "responsible_party_id":
        return Phrase(say.gettext("joint"))
    if _is_empty(value):
        return Phrase(say.pgettext("field", "none"))
    write = _WRITTEN.get(name)
    if write is not None:
        # Of another version, or of a row that is gone: what is kept is then shown as it is.
        with suppress(ValueError, TypeError, KeyError, AttributeError, StopIteration):
            return write(say, value, found)
    return _words(say, value, found)


def _is_empty(value: Any) -> bool:
    return value in (None, "", "None", [], {})


def _words(say: Speech, value: Any, _: History) -> Phrase:
    if isinstance(value, Mapping):
        value = [part for part in value.values() if not _is_empty(part)]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return Phrase(say.enumeration([say.quote(clipped_words(str(part))) for part in value[:_MOST_PARTS]]))
    return say.quote(clipped_words(str(value)))


def _day(say: Speech, value: Any, _: History) -> Phrase:
    return say.shared_day(date.fromisoformat(value))


def _percent(say: Speech, value: Any, _: History) -> Phrase:
    return say.percent(int(value))


def _state(say: Speech, value: Any, found: History) -> Phrase:
    if found.subject.kind == "M":
        return state_mark(say, MilestoneState(value))
    return Phrase(obstacle_state_word(say, ObstacleState(value)))


def _severity(say: Speech, value: Any, _: History) -> Phrase:
    return Phrase(severity_word(say, Severity(value)))


def _member(say: Speech, value: Any, found: History) -> Phrase:
    return Phrase(say.label("{name}", name=found.members[int(value)].name_for(say.language)))


def _members(say: Speech, value: Any, found: History) -> Phrase:
    ids = value.values() if isinstance(value, Mapping) else value
    return Phrase(say.listing([_member(say, one, found) for one in ids]))


def _party(say: Speech, value: Any, found: History) -> Phrase:
    return Phrase(say.label("{name}", name=found.group.party(int(value)).names.for_language(say.language)))


def _workstream(say: Speech, value: Any, found: History) -> Phrase:
    return Phrase(say.label("{name}", name=found.workstreams[int(value)].names.for_language(say.language)))


def _count(say: Speech, value: Any, _: History) -> Phrase:
    return say.number(len(value))


_MOST_PARTS = 5
_MEANS_ALL = frozenset({"responsible_party_id"})
_WRITTEN: dict[str, _Value] = {
    **dict.fromkeys(
        ("start_on", "due_on", "baseline_start_on", "baseline_due_on", "added_on", "finished_on", "needed_by"), _day
    ),
    **dict.fromkeys(("lead_id", "counterpart_id"), _member),
    **dict.fromkeys(("responsible_party_id", "needed_from_party_id", "court_party_id"), _party),
    "state": _state,
    "percent": _percent,
    "severity": _severity,
    "owners": _members,
    "workstream_id": _workstream,
    "attachments": _count,
}
