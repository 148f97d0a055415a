"""A member's own name in each script: asked once at joining, and changed at any time."""

from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.context import Context
from bot.domain.drafts import NAME, NameForm
from bot.domain.errors import ButtonExpired
from bot.domain.members import Member
from bot.i18n.marking import marked as _
from bot.screens import names as screens
from bot.screens.screen import Screen
from bot.services import drafts, names
from db.repositories.drafts import Draft
from handlers import forms
from handlers.feature import Command, Feature, Where


def ask_newcomer(context: Context) -> None:
    """Ask a member who has just joined, below the welcome; nothing waits for the answer."""
    member = context.member_or_none
    if member is not None and names.is_to_be_asked(context.uow, member):
        draft = names.begin(context.uow, by=member, chat=context.chat, is_first=True)
        screen_id = context.show(_form(context, draft, member), anew=True)
        context.uow.drafts.change(draft, screen_id=screen_id)


async def open_form(update: Update, context: Context) -> None:
    """Begin the form by a command or a button."""
    if not forms.put_off(context, context.member, {"kind": NAME}):
        start(context, context.member, {})


def start(context: Context, member: Member, wanted: Mapping[str, Any]) -> None:
    """Open the form and show it."""
    draft = names.begin(context.uow, by=member, chat=context.chat)
    forms.show(context, draft, _form(context, draft, member))


def _form(context: Context, draft: Draft, owner: Member) -> Screen:
    return screens.name_form(names.form_of(draft), owner.names, context.reader, draft_id=draft.id)


def _keep(context: Context, draft: Draft, owner: Member, form: NameForm) -> None:
    draft = drafts.change(context.uow, draft, form, touched=False)
    forms.show(context, draft, _form(context, draft, owner))


async def edit(update: Update, context: Context) -> None:
    """Ask for the spelling in one script."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, owner = found
    _keep(context, draft, owner, names.asking_for(names.form_of(draft), context.press.word(1)))


async def back(update: Update, context: Context) -> None:
    """Return to the card."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, owner = found
    _keep(context, draft, owner, names.asking_for(names.form_of(draft), ""))


def typed(context: Context, draft: Draft, text: str) -> None:
    """Take a typed spelling."""
    owner = forms.owner_of(context, draft)
    draft = drafts.change(context.uow, draft, names.typed(names.form_of(draft), text))
    forms.redraw(context, draft, _form(context, draft, owner))


async def save(update: Update, context: Context) -> None:
    """Keep the name as it is shown."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, owner = found
    context.show(screens.saved(context.reader, names.confirm(context.uow, draft, by=owner)))


async def skip(update: Update, context: Context) -> None:
    """Leave the question of who has just joined."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, _owner = found
    drafts.drop(context.uow, draft)
    context.show(screens.skipped(context.reader))


def view_form(context: Context, draft_id: int) -> Screen:
    """Draw the form anew."""
    draft = context.uow.drafts.find(draft_id)
    if draft is None:
        raise ButtonExpired
    return _form(context, draft, forms.owner_of(context, draft))


FEATURE = Feature(
    commands=(Command("name", open_form, _("Your name in both scripts"), where=Where.PRIVATE),),
    presses={
        "name.open": open_form,
        "name.edit": edit,
        "name.back": back,
        "name.save": save,
        "name.skip": skip,
    },
    forms={NAME: typed},
    views={screens.VIEW: view_form},
)
