"""Logging progress in chat: by buttons, by one line, and by a reply to a card."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from telegram import Update

from bot.context import Context
from bot.domain.drafts import PROGRESS, ProgressForm
from bot.domain.errors import ButtonExpired
from bot.domain.members import Member
from bot.domain.milestones import EvidenceMissing, Milestone, MilestoneState, ReasonMissing, ReopeningReasonMissing
from bot.i18n.folding import keep
from bot.i18n.marking import marked as _
from bot.i18n.typed import QuickProgress, read_number_code, read_quick_progress
from bot.screens import progress as screens
from bot.screens.conflicts import Conflict, conflict
from bot.screens.screen import Screen
from bot.services import drafts, milestones, progress
from db.repositories.drafts import Draft
from handlers import forms
from handlers.attachments import attachment_of
from handlers.feature import WRITERS, Command, Feature
from handlers.milestones import view_card


async def log_progress(update: Update, context: Context) -> None:
    """Log what follows the command or, without more, offer the member's milestones."""
    typed = forms.words_after_command(context)
    if not typed:
        context.show(_list(context, screens.MINE, 0))
        return
    quick = read_quick_progress(typed)
    if quick.number is None:
        context.show(_list(context, screens.MINE, 0))
        return
    _log_line(context, quick, way="command")


async def choose_from(update: Update, context: Context) -> None:
    """Offer the member's milestones by a button."""
    context.show(_list(context, screens.MINE, 0))


async def turn(update: Update, context: Context) -> None:
    """Turn the list's page, or go from the member's milestones to all and back."""
    context.show(_list(context, context.press.word(0), context.press.number(1)))


def _list(context: Context, scope: str, page: int) -> Screen:
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
    )
    forms.show(context, draft, _form(context, draft))


def _form(context: Context, draft: Draft) -> Screen:
    form = progress.form_of(draft)
    milestone = context.uow.milestones.get(form.milestone_id)
    return screens.progress_form(form, milestone, context.reader, draft_id=draft.id)


_FILLING = forms.Filling(progress.form_of, _form)


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
        context.show(_list(context, screens.MINE, 0))
    else:
        _FILLING.keep(context, draft, earlier)


def typed(context: Context, draft: Draft, text: str) -> None:
    """
    Take a note or, where that has not been said, how far the milestone is and the note with it.

    A whole line that names its milestone is an entry of its own; the form waits.
    """
    form = progress.form_of(draft)
    if from_text(context, text):
        return
    if form.says_how_far:
        form = progress.noted(form, keep(text))
    else:
        quick = read_quick_progress(text)
        form = progress.noted(form, quick.note or form.note)
        form = replace(form, percent=quick.percent, state=_state(quick))
    forms.redraw(context, draft, _form(context, drafts.change(context.uow, draft, form)))


def attach(context: Context, draft: Draft, caption: str) -> None:
    """Take a picture, voice message, video or file, by reference, and its caption as the note."""
    attachment = attachment_of(context.message)
    if attachment is None:
        return
    form = progress.form_of(draft).with_attachment(attachment)
    if caption:
        form = progress.noted(form, keep(caption))
    forms.redraw(context, draft, _form(context, drafts.change(context.uow, draft, form)))


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


def from_text(context: Context, text: str) -> bool:
    """Take a line such as ``M-12 60%`` that names its milestone itself; tell whether it is one."""
    quick = read_quick_progress(text)
    if quick.number is None:
        return False
    if _is_bare_code(text):
        milestone = milestones.find(context.uow, context.member.group_id, quick.number)
        context.show(view_card(context, milestone.id))
    else:
        _log_line(context, quick, way="private")
    return True


def _is_bare_code(text: str) -> bool:
    return read_number_code(text) is not None


def from_reply(context: Context, about: str, text: str) -> bool:
    """Take a percent or a state in reply to a milestone's card; tell whether it was one."""
    code = read_number_code(about)
    if code is None or code[0] != "M":
        return False
    quick = read_quick_progress(text)
    if quick.percent is None and quick.state is None:
        return False
    _log_line(context, quick if quick.number is not None else quick._replace(number=code[1]), way="reply")
    return True


def _log_line(context: Context, quick: QuickProgress, *, way: str) -> None:
    """Log a line at once; where it lacks how far or the words it needs, its form asks for that and keeps the rest."""
    member = context.member
    milestone = milestones.find(context.uow, member.group_id, quick.number or 0)
    if quick.percent is None and quick.state is None:
        _ask(context, member, milestone, quick)
        return
    try:
        saved = progress.log(
            context.uow,
            milestone,
            by=member,
            percent=quick.percent,
            state=_state(quick),
            note=quick.note,
            way=way,
        )
    except (EvidenceMissing, ReasonMissing, ReopeningReasonMissing):
        _ask(context, member, milestone, quick)
        return
    context.show(screens.saved(saved, context.reader))


def _ask(context: Context, member: Member, milestone: Milestone, quick: QuickProgress) -> None:
    wanted = {
        "kind": PROGRESS,
        "milestone_id": milestone.id,
        "percent": quick.percent,
        "state": quick.state,
        "note": quick.note,
    }
    if not forms.put_off(context, member, wanted):
        start(context, member, wanted)


def _state(quick: QuickProgress) -> MilestoneState | None:
    return MilestoneState(quick.state) if quick.state else None


def view_saved(context: Context, entry_id: int) -> Screen:
    """Draw what was saved anew; once it has been undone, the milestone's card."""
    entry = context.uow.progress.get(entry_id)
    if entry is None:
        raise ButtonExpired
    shown = progress.shown(context.uow, entry_id, by=forms.acting(context, entry.group_id))
    return screens.saved(shown, context.reader) if shown else view_card(context, entry.milestone_id)


FEATURE = Feature(
    commands=(Command("progress", log_progress, _("Log progress"), roles=WRITERS),),
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
    forms={PROGRESS: typed},
    views={screens.SAVED_VIEW: view_saved, screens.FORM_VIEW: _FILLING.view, screens.LIST_VIEW: _list},
)
