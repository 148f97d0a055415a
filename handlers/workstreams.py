"""Workstreams: listed for everybody; added, edited, ordered, closed and opened again by secretaries."""

from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.context import Context
from bot.domain.drafts import WORKSTREAM
from bot.domain.errors import ButtonExpired
from bot.domain.members import Member
from bot.domain.readers import LANGUAGES
from bot.domain.workstreams import WorkstreamForm
from bot.i18n.marking import marked as _
from bot.screens import workstream_editing
from bot.screens import workstreams as screens
from bot.screens.screen import Screen
from bot.services import drafts, workstream_changes, workstreams
from db.repositories.drafts import Draft
from handlers import forms
from handlers.feature import Command, Feature
from handlers.lists import audience, numbers_and_mode


async def ask(update: Update, context: Context) -> None:
    """List the workstreams."""
    context.show(listed(context))


async def show(update: Update, context: Context) -> None:
    """Show a page of the list in place."""
    (page,), mode = numbers_and_mode(context, 1)
    context.show(listed(context, page, mode))


def listed(context: Context, page: int = 1, mode: str = "") -> Screen:
    """Draw a page of the list; a secretary can edit in private."""
    may_edit = context.member.may_edit_workstreams and context.chat.is_private
    found = workstreams.listed(context.uow, context.group, page, may_edit=may_edit)
    return screens.workstreams(audience(context, mode), found)


async def new(update: Update, context: Context) -> None:
    """Begin the form of a new workstream."""
    _begin(context, None)


async def edit(update: Update, context: Context) -> None:
    """Begin the form of a workstream."""
    _begin(context, context.press.number())


def _begin(context: Context, workstream_id: int | None) -> None:
    workstreams.check_may_edit(context.member)
    wanted = {"kind": WORKSTREAM, "workstream_id": workstream_id}
    if not forms.put_off(context, context.member, wanted):
        start(context, context.member, wanted)


def start(context: Context, member: Member, wanted: Mapping[str, Any]) -> None:
    """Open the form and show it."""
    draft = workstreams.begin(context.uow, wanted["workstream_id"], by=member, chat=context.chat)
    forms.show(context, draft, _form(context, draft, member))


def _form(context: Context, draft: Draft, owner: Member) -> Screen:
    form = workstreams.form_of(draft)
    choices = workstreams.choices(context.uow, form, by=owner)
    return workstream_editing.workstream_form(form, choices, context.reader, draft_id=draft.id)


def _keep(context: Context, draft: Draft, owner: Member, form: WorkstreamForm, *, touched: bool = True) -> None:
    draft = drafts.change(context.uow, draft, form, touched=touched)
    forms.show(context, draft, _form(context, draft, owner))


async def ask_field(update: Update, context: Context) -> None:
    """Open the question or the list of a field, or turn its page."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, owner = found
    form, step = workstreams.form_of(draft), context.press.word(1)
    parties = {f"person{party.id}" for party in context.uow.groups.get(owner.group_id).parties}
    if step not in {*LANGUAGES, *parties} and not (step == "code" and form.workstream_id is None):
        raise ButtonExpired
    page = context.press.number(2) if len(context.press.args) > 2 else 0
    _keep(context, draft, owner, form.at(step, page=page), touched=False)


async def back(update: Update, context: Context) -> None:
    """Return to the card."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, owner = found
    _keep(context, draft, owner, workstreams.form_of(draft).at(), touched=False)


async def choose_person(update: Update, context: Context) -> None:
    """Take who answers for the workstream on one side."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, owner = found
    form, press = workstreams.form_of(draft), context.press
    _keep(
        context,
        draft,
        owner,
        workstreams.choose_person(context.uow, form, press.number(1), press.number(2), by=owner),
    )


async def pass_lead_on(update: Update, context: Context) -> None:
    """Let the other party lead."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, owner = found
    group = context.uow.groups.get(owner.group_id)
    _keep(context, draft, owner, workstreams.lead_passed_on(workstreams.form_of(draft), group))


async def move(update: Update, context: Context) -> None:
    """Move it up or down in the order."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, owner = found
    form = workstreams.form_of(draft)
    places = workstreams.choices(context.uow, form, by=owner).places
    _keep(context, draft, owner, workstreams.moved(form, context.press.number(1), places))


def typed(context: Context, draft: Draft, text: str) -> None:
    """Take a typed name or code."""
    owner = forms.owner_of(context, draft)
    form = workstreams.form_of(draft)
    take = workstreams.coded if form.step == "code" else workstreams.named
    draft = drafts.change(context.uow, draft, take(context.uow, form, text, by=owner))
    forms.redraw(context, draft, _form(context, draft, owner))


async def save(update: Update, context: Context) -> None:
    """Keep what the form says, or show what others have made of the workstream meanwhile."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, owner = found
    result = workstream_changes.save(context.uow, draft, by=owner)
    if result is None:
        context.toast(
            context.say.gettext(
                "Someone else has changed this workstream meanwhile. Your changes are kept; to apply them, save again."
            ),
            alert=True,
        )
        context.show(_form(context, context.uow.drafts.find(draft.id) or draft, owner))
        return
    context.show(screens.saved(context.reader, result, draft_id=draft.id))


async def undo(update: Update, context: Context) -> None:
    """Bring back what a saved form has changed."""
    draft = context.uow.drafts.find(context.press.number())
    if draft is None:
        raise ButtonExpired
    owner = forms.owner_of(context, draft)
    context.show(screens.undone(context.reader, workstream_changes.undo(context.uow, draft, by=owner)))


async def close(update: Update, context: Context) -> None:
    """Close a workstream."""
    result = workstream_changes.close(context.uow, context.press.number(), by=context.member)
    _leave_form(context)
    context.show(screens.closed(context.reader, result))


async def reopen(update: Update, context: Context) -> None:
    """Open a closed workstream again."""
    result = workstream_changes.reopen(context.uow, context.press.number(), by=context.member)
    _leave_form(context)
    context.show(screens.reopened(context.reader, result))


def _leave_form(context: Context) -> None:
    """Drop the form that the button stood under, if it stood under one."""
    draft = context.uow.drafts.find(context.press.number(1)) if len(context.press.args) > 1 else None
    if draft is not None and draft.is_open and draft.member_id == context.member.id:
        drafts.drop(context.uow, draft)


def form_anew(context: Context, draft_id: int) -> Screen:
    """Draw the form anew."""
    draft = context.uow.drafts.find(draft_id)
    if draft is None or not draft.is_open:
        raise ButtonExpired
    return _form(context, draft, forms.owner_of(context, draft))


FEATURE = Feature(
    commands=(Command("workstreams", ask, _("Workstreams, their leads and how they stand")),),
    presses={
        "sum.ws": show,
        "ws.new": new,
        "ws.edit": edit,
        "ws.field": ask_field,
        "ws.back": back,
        "ws.set": choose_person,
        "ws.lead": pass_lead_on,
        "ws.move": move,
        "ws.save": save,
        "ws.undo": undo,
        "ws.close": close,
        "ws.open": reopen,
    },
    forms={WORKSTREAM: typed},
    views={screens.LIST_VIEW: listed, workstream_editing.VIEW: form_anew},
)
