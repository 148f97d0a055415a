"""What a milestone's lead and counterpart are told of others' entries, and the one line when one is undone."""

from bot.domain.members import Member
from bot.domain.milestones import Milestone
from bot.domain.progress import ProgressEntry
from bot.domain.readers import Reader
from bot.i18n.speech import speech
from bot.screens.milestones import heading, state_mark
from bot.screens.screen import Button, Screen, keyboard


def news(milestone: Milestone, entry: ProgressEntry, by: Member, reader: Reader) -> Screen:
    """Tell who has closed a milestone, opened it again or set it back, and why."""
    say = speech(reader)
    _ = say.gettext
    values = {
        "name": by.name_for(say.language),
        "before": say.percent(entry.percent_before),
        "after": say.percent(entry.percent_after),
        "state": state_mark(say, entry.state_after),
    }
    if entry.state_after.is_open:
        text = _("{name} has set it back from {before} to {after}: {state}")
    else:
        text = _("{name} has closed it: {state}")
    lines = [
        heading(say, milestone),
        say.line(text, **values),
        say.line("{note}", note=say.quote(entry.note)) if entry.note else None,
    ]
    rows = [[Button(_("Milestone card"), "ms.card", (milestone.id,))]]
    return Screen(say.page(lines), keyboard(reader, rows), about=milestone.code)


def correction(milestone: Milestone, by: Member, reader: Reader) -> Screen:
    """Tell in one line who had been told that it was undone."""
    say = speech(reader)
    text = say.gettext("{name} has undone their last entry on {code}: it is {percent}, {state} as before.")
    return Screen(
        say.page(
            [
                say.line(
                    text,
                    name=by.name_for(say.language),
                    code=milestone.code,
                    percent=say.percent(milestone.percent),
                    state=state_mark(say, milestone.state),
                )
            ]
        ),
        about=milestone.code,
    )
