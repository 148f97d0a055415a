"""Unfinished forms: go on with one, or drop it."""

from collections.abc import Callable, Mapping
from typing import Any

from telegram import Update

from bot.context import Context
from bot.domain.drafts import EDITING, HOLIDAY, MILESTONE, NAME, OBSTACLE, PROGRESS, WORKSTREAM
from bot.domain.errors import ButtonExpired
from bot.domain.members import Member
from bot.screens import forms as screens
from bot.services import drafts
from handlers import editing, forms, holidays, milestones, names, obstacles, progress, workstreams
from handlers.commands import offer_of
from handlers.feature import Feature

_START: dict[str, Callable[[Context, Member, Mapping[str, Any]], None]] = {
    MILESTONE: milestones.start,
    NAME: names.start,
    OBSTACLE: obstacles.start,
    PROGRESS: progress.start,
    HOLIDAY: holidays.start,
    WORKSTREAM: workstreams.start,
    EDITING: editing.start,
}


async def go_on(update: Update, context: Context) -> None:
    """Show the unfinished form here."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, _ = found
    draw = offer_of(context).views.get(f"{draft.kind}.form")
    if draw is None:
        raise ButtonExpired
    forms.show(context, draft, draw(context, draft.id))


async def drop(update: Update, context: Context) -> None:
    """Drop the unfinished form and begin what its owner wanted instead."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, owner = found
    wanted = drafts.wanted_next(draft)
    drafts.drop(context.uow, draft)
    begin = _START.get(wanted.get("kind", ""))
    if begin is None:
        context.show(screens.dropped(context.reader))
    else:
        begin(context, owner, wanted)


async def cancel(update: Update, context: Context) -> None:
    """Leave a form without saving."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, _ = found
    drafts.drop(context.uow, draft)
    context.show(screens.dropped(context.reader))


FEATURE = Feature(presses={"draft.continue": go_on, "draft.drop": drop, "draft.cancel": cancel})
