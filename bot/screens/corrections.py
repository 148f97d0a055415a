"""An edited line that had been logged: what it said, and one button that logs what it says now."""

from bot.domain.milestones import Milestone, MilestoneState
from bot.domain.progress import ProgressEntry
from bot.domain.readers import Reader
from bot.i18n.speech import Phrase, Speech, speech
from bot.screens.milestones import heading, state_mark
from bot.screens.screen import Button, Screen, keyboard

VIEW = "correction"


def offered(
    milestone: Milestone,
    entry: ProgressEntry,
    *,
    percent: int | None,
    state: MilestoneState | None,
    note: str,
    reader: Reader,
) -> Screen:
    """Offer to log the line as it has been edited; what was logged stays on record either way."""
    say = speech(reader)
    _ = say.gettext
    lines = [
        heading(say, milestone),
        say.line(
            _("Logged before you edited the message: {percent}, {state}"),
            percent=say.percent(entry.percent_after),
            state=state_mark(say, entry.state_after),
        ),
        say.line(_("The message says now: {line}"), line=_line(say, percent, state, note)),
        _("Editing changes no entry; the correction would be a new one."),
    ]
    rows = [[Button(_("Log the correction"), "ev.correct", (entry.id,))]]
    view = (VIEW, entry.id, percent, state.value if state else None, note)
    return Screen(say.page(lines), keyboard(reader, rows), view=view, about=milestone.code)


def _line(say: Speech, percent: int | None, state: MilestoneState | None, note: str) -> Phrase:
    said: list[Phrase] = []
    if percent is not None:
        said.append(say.percent(percent))
    if state is not None:
        said.append(state_mark(say, state))
    if note:
        said.append(say.quote(note))
    return Phrase(say.enumeration(said))
