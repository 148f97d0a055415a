"""The one short line with which an item answers that was made of somebody's message."""

from bot.domain.members import Member
from bot.domain.milestones import Milestone
from bot.domain.obstacles import Obstacle
from bot.domain.readers import Reader
from bot.i18n.speech import speech
from bot.screens.milestones import state_mark
from bot.screens.progress import Saved
from bot.screens.screen import Button, Screen, keyboard


def planned(milestone: Milestone, author: Member, reader: Reader) -> Screen:
    """Say under which code the message stands on the roadmap, and whose it is."""
    say = speech(reader)
    text = say.gettext("Planned as <b>{code}</b>, from the words of {name}; due {day}.")
    line = say.line(text, code=milestone.code, name=author.name_for(say.language), day=say.shared_day(milestone.due_on))
    rows = [
        [
            Button(say.gettext("Milestone card"), "ms.card", (milestone.id,)),
            Button(say.gettext("Undo"), "ms.undo", (milestone.id,)),
        ]
    ]
    return Screen(say.page([line]), keyboard(reader, rows), about=milestone.code)


def raised(obstacle: Obstacle, author: Member, reader: Reader) -> Screen:
    """Say under which code the message stands among the obstacles, and whose it is."""
    say = speech(reader)
    text = say.gettext("Raised as <b>{code}</b>, from the words of {name}.")
    rows = [
        [
            Button(say.gettext("Obstacle card"), "ob.card", (obstacle.id,)),
            Button(say.gettext("Undo"), "ob.undo", (obstacle.id,)),
        ]
    ]
    line = say.line(text, code=obstacle.code, name=author.name_for(say.language))
    return Screen(say.page([line]), keyboard(reader, rows), about=obstacle.code)


def logged(result: Saved, author: Member, reader: Reader) -> Screen:
    """Say on which milestone the message was logged, where that stands now, and whose it is."""
    say = speech(reader)
    milestone = result.milestone
    text = say.gettext("Logged on <b>{code}</b>, from the words of {name}: {percent}, {state}")
    line = say.line(
        text,
        code=milestone.code,
        name=author.name_for(say.language),
        percent=say.percent(milestone.percent),
        state=state_mark(say, milestone.state),
    )
    rows = [
        [
            Button(say.gettext("Milestone card"), "ms.card", (milestone.id,)),
            Button(say.gettext("Undo"), "pr.undo", (result.entry.id,)),
        ]
    ]
    return Screen(say.page([line]), keyboard(reader, rows), about=milestone.code)
