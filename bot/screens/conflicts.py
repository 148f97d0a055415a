"""What the second of two people is told who change the same milestone at once: who was first, and what it changed."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.drafts import EDITING, PROGRESS
from bot.domain.members import Member
from bot.domain.milestones import Milestone
from bot.domain.plans import Plan, Seen
from bot.domain.readers import Reader
from bot.i18n.clocks import local
from bot.i18n.speech import Html, Phrase, Speech, speech
from bot.screens.forms import leaving
from bot.screens.milestones import heading, state_mark
from bot.screens.planning import PlanningChoices
from bot.screens.plans import change_lines
from bot.screens.screen import Button, Screen, keyboard

# What the acts of the forms begin with.
_PREFIXES = {EDITING: "me", PROGRESS: "pr"}


@dataclass(frozen=True, slots=True)
class Conflict:
    """
    A milestone that has changed since a form showed it.

    *by* changed it last, None where it was a file; *at* is when (UTC), *now* the instant of the one who is told.
    """

    milestone: Milestone
    seen: Seen
    choices: PlanningChoices
    by: Member | None
    at: datetime
    now: datetime


def conflict(found: Conflict, reader: Reader, *, draft_id: int, form: str) -> Screen:
    """
    Say who changed what meanwhile; one button lays over it what the form says.

    *form* is the kind of the draft. Drawn anew the screen is the form, which says this again when it is saved.
    """
    prefix = _PREFIXES[form]
    say = speech(reader)
    lines = [
        heading(say, found.milestone),
        _who_and_when(say, found),
        *_what(say, found),
        say.gettext("Nothing of yours was saved yet, and all that you typed is kept."),
    ]
    over = Button(say.gettext("Apply mine on top"), f"{prefix}.over", (draft_id, found.milestone.version))
    rows: list[list[Button | None]] = [
        [over],
        [Button(say.gettext("Milestone card"), "ms.card", (found.milestone.id,))],
        leaving(say, draft_id, back=f"{prefix}.form"),
    ]
    return Screen(say.page(lines), keyboard(reader, rows), view=(f"{form}.form", draft_id), about=found.milestone.code)


def _who_and_when(say: Speech, found: Conflict) -> Html:
    zone = say.reader.time_zone
    is_today = local(found.at, zone).date() == local(found.now, zone).date()
    when = say.clock(found.at, zone) if is_today else say.moment(found.at)
    if found.by is None:
        return say.line(say.gettext("An imported file has changed it meanwhile ({when}):"), when=when)
    text = say.gettext("{name} has changed it meanwhile ({when}):")
    return say.line(text, name=found.by.name_for(say.language), when=when)


def _what(say: Speech, found: Conflict) -> list[Html]:
    before, after = found.seen, found.milestone
    lines: list[Html] = []
    if before.percent != after.percent:
        lines.append(_both(say, say.percent(before.percent), say.percent(after.percent)))
    if before.state is not after.state:
        lines.append(_both(say, state_mark(say, before.state), state_mark(say, after.state)))
    return [*lines, *change_lines(say, before.plan, Plan.of(after), found.choices)]


def _both(say: Speech, before: Phrase, after: Phrase) -> Html:
    return say.line("{before} {arrow} {after}", before=before, arrow=Phrase(say.arrow), after=after)
