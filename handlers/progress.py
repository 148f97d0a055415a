"""Logging progress by buttons: the list of milestones, the form step by step, saving and undoing."""

from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.context import Context
from bot.domain.drafts import PROGRESS, ProgressForm
from bot.domain.errors import ButtonExpired
from bot.domain.members import Member
from bot.domain.milestones import MilestoneState
from bot.domain.progress import Attachment
from bot.i18n.folding import keep
from bot.screens import progress as screens
from bot.screens.conflicts import Conflict, conflict
from bot.screens.screen import Screen
from bot.services import drafts, milestones, progress
from db.repositories.drafts import Draft
from handlers import forms
from handlers.attachments import attachment_of
from handlers.feature import Feature
from handlers.milestones import view_card


async def choose_from(update: Update, context: Context) -> None:
    """Offer the member's milestones by a button."""
    context.show(listed(context, screens.MINE, 0))


async def turn(update: Update, context: Context) -> None:
    """Turn the list's page, or go from the member's milestones to all and back."""
    context.show(listed(context, context.press.word(0), context.press.number(1)))


def listed(context: Context, scope: str, page: int) -> Screen:
    """Draw the milestones that can be logged on: the member's own or all of the group."""
    member = context.member
    milestones.check_may_write(member)
    found = (
        context.uow.milestones.open_of_member(member.group_id, member.id)
        if scope == screens.MINE
        else context.uow.milestones.open_of_group(member.group_id)
    )
    return screens.choose_milestone(found, context.reader, scope=scope, page=page)


async def begin(update: Update, context: Context) -> None:
    """Ask how far a milestone is or, where the button names a state, for the words that go with it."""
    milestone_id = context.press.number(0)
    member = forms.acting(context, context.uow.milestones.get(milestone_id).group_id)
    wanted: dict[str, Any] = {
        "kind": PROGRESS,
        "milestone_id": milestones.of_member(context.uow, milestone_id, by=member).id,
        "state": _pressed_state(context).value if len(context.press.args) > 1 else None,
    }
    if not forms.put_off(context, member, wanted):
        start(context, member, wanted)


def start(context: Context, member: Member, wanted: Mapping[str, Any]) -> None:
    """Open the form of a milestone's entry and show it."""
    milestone = milestones.of_member(context.uow, wanted["milestone_id"], by=member)
    state = wanted.get("state")
    draft = progress.begin(
        context.uow,
        milestone,
        by=member,
        chat=context.chat,
        percent=wanted.get("percent"),
        state=MilestoneState(state) if state else None,
        note=wanted.get("note", ""),
        attachments=tuple(Attachment(*file) for file in wanted.get("attachments", ())),
    )
    forms.show(context, draft, form_screen(context, draft))


def form_screen(context: Context, draft: Draft) -> Screen:
    """Draw the form of an entry."""
    form = progress.form_of(draft)
    milestone = context.uow.milestones.get(form.milestone_id)
    return screens.progress_form(form, milestone, context.reader, draft_id=draft.id)


_FILLING = forms.Filling(progress.form_of, form_screen)


def _with_percent(context: Context, form: ProgressForm, owner: Member) -> ProgressForm:
    return progress.said_how_far(form, percent=context.press.number(1), state=None)


def _with_state(context: Context, form: ProgressForm, owner: Member) -> ProgressForm:
    return progress.said_how_far(form, percent=None, state=_pressed_state(context))


def _pressed_state(context: Context) -> MilestoneState:
    try:
        return screens.state_named(context.press.word(1))
    except KeyError:
        raise ButtonExpired from None


async def back(update: Update, context: Context) -> None:
    """Go back to how far it is or, from there, to the list; what was typed stays."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, _owner = found
    form = progress.form_of(draft)
    earlier = progress.stepped_back(form)
    if earlier is None:
        if form.is_empty:
            drafts.drop(context.uow, draft)
        context.show(listed(context, screens.MINE, 0))
    else:
        _FILLING.keep(context, draft, earlier)


def attach(context: Context, draft: Draft, caption: str) -> None:
    """Take a picture, voice message, video or file, by reference, and its caption as the note."""
    attachment = attachment_of(context.message)
    if attachment is None:
        return
    form = progress.form_of(draft).with_attachment(attachment)
    if caption:
        form = progress.noted(form, keep(caption))
    forms.redraw(context, draft, form_screen(context, drafts.change(context.uow, draft, form)))


def _anew(context: Context, form: ProgressForm, owner: Member) -> ProgressForm:
    return progress.anew(context.uow, form)


async def save(update: Update, context: Context) -> None:
    """Log what the form says, or tell what others have changed meanwhile."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, owner = found
    over = context.press.number(1) if len(context.press.args) > 1 else None
    result = progress.save(context.uow, draft, by=owner, over=over)
    if isinstance(result, Conflict):
        context.show(conflict(result, context.reader, draft_id=draft.id, form=PROGRESS))
    else:
        context.show(screens.saved(result, context.reader))


async def undo(update: Update, context: Context) -> None:
    """Undo an entry."""
    entry = context.uow.progress.get(context.press.number(0))
    if entry is None:
        raise ButtonExpired
    member = forms.acting(context, entry.group_id)
    context.show(screens.undone(progress.undo(context.uow, entry.id, by=member), context.reader))


def view_saved(context: Context, entry_id: int, album: str = "") -> Screen:
    """Draw what was saved anew; once it has been undone, the milestone's card."""
    entry = context.uow.progress.get(entry_id)
    if entry is None:
        raise ButtonExpired
    shown = progress.shown(context.uow, entry_id, by=forms.acting(context, entry.group_id))
    return screens.saved(shown, context.reader, album=album) if shown else view_card(context, entry.milestone_id)


FEATURE = Feature(
    presses={
        "pr.start": choose_from,
        "pr.page": turn,
        "pr.on": begin,
        "pr.percent": _FILLING.pressed(_with_percent),
        "pr.state": _FILLING.pressed(_with_state),
        "pr.back": back,
        "pr.save": save,
        "pr.over": save,
        "pr.form": _FILLING.pressed(_anew),
        "pr.undo": undo,
    },
    views={screens.SAVED_VIEW: view_saved, screens.FORM_VIEW: _FILLING.view, screens.LIST_VIEW: listed},
)
