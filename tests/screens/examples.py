"""An example of everything that a screen is drawn from, with one word wherever a person wrote something."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time
from enum import Enum
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import bot.screens
from bot.domain.drafts import MilestoneForm, NameForm, ObstacleForm, ProgressForm
from bot.domain.editing import EditForm
from bot.domain.errors import DomainError
from bot.domain.groups import Party, WorkingGroup
from bot.domain.histories import History, PastAct
from bot.domain.members import Names
from bot.domain.milestones import MilestoneState
from bot.domain.obstacles import ObstacleState
from bot.domain.plans import News
from bot.domain.readers import LANGUAGES, Language, Reader, default_digits
from bot.domain.roadmap import Health
from bot.domain.summaries import Selection
from bot.domain.working_days import PartyCalendar
from bot.domain.workstreams import WorkstreamForm
from bot.files.kept_verdicts import KeptVerdict
from bot.files.refusals import Problem
from bot.files.roadmap_file import Outcome, RowVerdict
from bot.i18n.speech import Html, speech
from bot.screens.audience import Audience, of_chat, of_person
from bot.screens.day_choice import Days
from bot.screens.import_previews import ShownImport
from bot.screens.milestones import MilestoneCard
from bot.screens.obstacles import ObstacleCard
from bot.screens.refusals import SENTENCES
from bot.screens.screen import Screen
from bot.screens.welcome import Listed
from tests.screens.example_values import FIXED, NUMBERS

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
Draw = Callable[..., Screen]

# What people may write: the other script, a handle, a command, a phone number, flags, overrides, isolates, tags.
HOSTILE = (
    "Crane (50 t)",
    "Пӯлоди №5: «нав»",
    "معدن (۳)، بخش «ب»",
    "@zarina_tj",
    "/drop_all",
    "+992 37 221-00-12",
    "-573",
    "🏗 🇹🇯 2.5%",
    "🇮🇷",
    "\u202egnp.exe\u202c [x]",
    "א\u2067ב\u2066 12\u2069\u2069\u2069 {title} <b>&amp;",
    "علی\u200f\u200e: -5!",
)

_EDIT_STEPS = tuple(
    {"step": step} for step in ("title_fa", "title_tg", "title_en", "result", "reason", "start_on", "party", "")
)
_PLAIN: dict[type, Any] = {date: date(2026, 12, 9), datetime: NOW, time: time(8), bool: True}


def reader_of(language: Language) -> Reader:
    zone = "Asia/Dushanbe" if language == "tg" else "Asia/Tehran"
    return Reader(language, "persian" if language == "fa" else "gregorian", default_digits(language), zone)


def screens() -> dict[str, Draw]:
    """Give every function that draws a screen, by module and name."""
    found: dict[str, Draw] = {}
    for module in pkgutil.iter_modules(bot.screens.__path__):
        loaded = importlib.import_module(f"bot.screens.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            is_own = function.__module__ == loaded.__name__ and not name.startswith("_")
            if is_own and get_type_hints(function).get("return") is Screen:
                found[f"{module.name}.{name}"] = function
    return found


def is_for_chats(draw: Draw) -> bool:
    """Tell whether a screen can also be read by a whole chat, in several languages."""
    return Audience in get_type_hints(draw).values()


class Examples:
    """Examples for one reader, or for a whole chat; *word* is what every person has written everywhere."""

    def __init__(self, word: str, reader: Reader, *, in_chat: bool = False) -> None:
        self.word = word
        self.reader = reader
        self.in_chat = in_chat

    def drawn(self, draw: Draw) -> Iterator[Screen]:
        """Draw a screen with each of the variants that its parameters have."""
        hints = {name: hint for name, hint in get_type_hints(draw).items() if name != "return"}
        choices = {name: self.variants(hint, name) for name, hint in hints.items()}
        for turn in range(max((len(found) for found in choices.values()), default=1)):
            yield draw(**{name: found[turn % len(found)] for name, found in choices.items()})

    def variants(self, hint: Any, name: str) -> list[Any]:
        """Give what a parameter can be: one example, or several where the screen differs."""
        special = self._special().get(hint)
        if special is not None:
            return special()
        if name == "scope":
            return ["my", "all"]
        if name == "news":
            return [None, Html(speech(self.reader).gettext("Saved."))]
        if get_origin(hint) is Literal:
            return list(get_args(hint))
        if hint is bool:
            return [True, False]
        return [self.one(hint, name)]

    def _special(self) -> dict[Any, Callable[[], list[Any]]]:
        return {
            Sequence[KeptVerdict]: lambda: [[self._verdict(outcome)] for outcome in Outcome],
            ShownImport: lambda: [
                ShownImport(1, self.word, 1, {outcome.value: 2}, (self.word,), has_changed=outcome is Outcome.ADD)
                for outcome in Outcome
            ],
            Problem: lambda: [
                Problem(
                    "unknown_workstream", self.word, {"field": "workstream", "text": self.word, "known": ("A", "B")}
                ),
                Problem("empty_file"),
            ],
            Reader: lambda: [self.reader],
            Audience: lambda: [of_chat(self.one(WorkingGroup)) if self.in_chat else of_person(self.reader)],
            DomainError: lambda: [self.one(refusal) for refusal in SENTENCES],
            MilestoneForm: lambda: [replace(self.one(MilestoneForm), **change) for change in self._steps("due_on")],
            ObstacleForm: lambda: [replace(self.one(ObstacleForm), **change) for change in self._steps("needed_by")],
            ProgressForm: lambda: [
                self.one(ProgressForm),
                replace(self.one(ProgressForm), percent=None, state=None),
                replace(self.one(ProgressForm), percent=100, note="", attachments=()),
            ],
            History: lambda: [
                replace(self.one(History), acts=(replace(self.one(PastAct), act=act), self.one(PastAct)))
                for act in ("edit", "plan", "move", "undo", "raised", "solved", "of a newer version")
            ],
            EditForm: lambda: [
                replace(self._edited(is_moved=turn % 2 == 0), **change)
                for turn, change in enumerate([*self._steps("due_on"), *_EDIT_STEPS])
            ],
            News: lambda: [
                News(is_moved=is_moved, place=place)
                for is_moved, place in ((True, ""), (True, "lead"), (False, "lead"), (False, "counterpart"))
            ],
            NameForm: lambda: [
                replace(self.one(NameForm), step=None, proposed="tg"),
                replace(self.one(NameForm), step=None, proposed=None, is_first=False),
                replace(self.one(NameForm), step="fa", proposed=None),
                replace(self.one(NameForm), step="tg", proposed=None),
            ],
            WorkstreamForm: lambda: [
                *(self.one(WorkstreamForm).at(step) for step in ("", "code", "person1", *LANGUAGES)),
                replace(self.one(WorkstreamForm), names=Names(), place=0),
                replace(self.one(WorkstreamForm), workstream_id=None, people={}),
            ],
            MilestoneCard: lambda: [
                replace(
                    self.one(MilestoneCard),
                    milestone=replace(self.one(MilestoneCard).milestone, state=state),
                    undo=("edit", 7) if state.is_open else None,
                )
                for state in MilestoneState
            ],
            ObstacleCard: lambda: [
                replace(self.one(ObstacleCard), obstacle=replace(self.one(ObstacleCard).obstacle, state=state))
                for state in ObstacleState
            ],
        }

    def _edited(self, *, is_moved: bool) -> EditForm:
        form: EditForm = self.one(EditForm)
        if not is_moved:
            return replace(form, plan=replace(form.plan, responsible_party_id=None, counterpart_id=None))
        return replace(form, reason="", plan=replace(form.plan, due_on=TODAY, titles=Names()))

    def _verdict(self, outcome: Outcome) -> KeptVerdict:
        is_refused, is_left = outcome is Outcome.REFUSE, outcome is Outcome.IGNORE
        verdict = RowVerdict(
            row=4,
            outcome=outcome,
            reason="total_row" if is_left else "",
            problems=tuple(self.variants(Problem, "problem")) if is_refused else (),
            changes=("due_on", "titles") if outcome is Outcome.CHANGE else (),
        )
        return KeptVerdict(verdict, 12, "" if is_refused or is_left else self.word)

    def _steps(self, day_step: str) -> list[dict[str, Any]]:
        names = ("", "title", "workstream", "lead", "counterpart", "need", "severity", "about", "party", "owner1")
        opened = {"step": day_step, "month": TODAY, "readings": ()}
        asked = {"step": day_step, "month": None, "readings": ()}
        unclear = {"step": day_step, "readings": (TODAY, date(2027, 5, 6))}
        return [*({"step": name} for name in names), opened, asked, unclear]

    def one(self, hint: Any, name: str = "") -> Any:  # noqa: C901, PLR0912 - one question for each kind of type
        """
        Give one example of a type.

        Raises:
            LookupError: nobody has said yet what an example of it is.
        """
        made = self._made(hint)
        if made is not None:
            return made
        origin, arguments = get_origin(hint), get_args(hint)
        if hint is str or hint is Html:
            return hint(FIXED.get(name, self.word))
        if hint is int:
            return NUMBERS.get(name, 1 if name.endswith("id") else 3)
        if hint in _PLAIN:
            return _PLAIN[hint]
        if origin in {Union, UnionType}:
            return self.one(arguments[0], name)
        if origin is Literal:
            return self.reader.language if set(arguments) == set(LANGUAGES) else arguments[0]
        if origin is tuple and arguments[-1] is not Ellipsis:
            return tuple(self.one(argument, name) for argument in arguments)
        if origin is tuple:
            return (self.one(arguments[0], name),)
        if origin in {Iterable, Sequence}:
            return (self.one(arguments[0], name),) * 2
        if origin is frozenset:
            return frozenset({5, 6})
        if origin in {dict, Mapping} and get_origin(arguments[0]) is Literal:
            return {key: self.one(arguments[1], name) for key in get_args(arguments[0])}
        if origin in {dict, Mapping}:
            return {1: self.one(arguments[1], name), 2: self.one(arguments[1], name)}
        if isinstance(hint, type) and issubclass(hint, Enum):
            return next(iter(hint))
        if isinstance(hint, type) and (is_dataclass(hint) or hasattr(hint, "_fields")):
            return hint(**{field: self.one(kind, field) for field, kind in _hints(hint).items()})
        if isinstance(hint, type) and issubclass(hint, DomainError):
            return hint()
        raise LookupError(f"say in tests/screens/examples.py what an example of {hint} ({name}) is")

    def _made(self, hint: Any) -> Any:
        names = Names(self.word, self.word, self.word)
        plain: dict[Any, Any] = {
            Names: names,
            Reader: self.reader,
            Listed: Listed("summary", "How the work stands"),
            WorkstreamForm: WorkstreamForm(1, "STEEL", names, 1, {1: 1, 2: 1}, 2),
            Selection: Selection(workstream_id=1),
            Health: Health.AT_RISK,
        }
        if hint in plain:
            return plain[hint]
        if hint is PastAct:
            values = {
                "title": self.word,
                "lead_id": 1,
                "state": "at risk",
                "due_on": "2026-12-09",
                "newer": [self.word],
            }
            after = {**values, "title": self.word * 2, "lead_id": None, "state": "done", "due_on": "soon", "newer": {}}
            return PastAct(NOW, 1, "edit", values, after, self.word, is_undone=True)
        if hint is PartyCalendar:
            return PartyCalendar(frozenset({3, 4}), frozenset({date(2026, 11, 25)}))
        if hint is Days:
            calendars = (self.one(PartyCalendar), PartyCalendar(frozenset({5, 6}), frozenset({date(2026, 11, 27)})))
            return Days(chosen=TODAY, proposed=(TODAY, TODAY, TODAY), earliest=TODAY, calendars=calendars)
        if hint is WorkingGroup:
            built = {field: self.one(kind, field) for field, kind in _hints(WorkingGroup).items() if field != "parties"}
            party = self.one(Party)
            tajik = replace(party, id=2, code="TJ", time_zone="Asia/Dushanbe", default_language="tg")
            return WorkingGroup(**built, parties=(replace(party, default_language="fa"), tajik))
        return None


def _hints(owner: type) -> dict[str, Any]:
    hints = get_type_hints(owner)
    if is_dataclass(owner):
        return {field.name: hints[field.name] for field in fields(owner) if field.init}
    return {name: hints[name] for name in getattr(owner, "_fields", ())}
