"""Planning milestones in chat, and the card of a milestone."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from telegram import Update

from bot.context import Context
from bot.domain.drafts import MILESTONE, MilestoneForm, with_another
from bot.domain.errors import ButtonExpired
from bot.domain.members import Member
from bot.domain.texts import checked_title
from bot.domain.typed_values import AmbiguousDate
from bot.i18n.folding import correct_title
from bot.i18n.marking import marked as _
from bot.i18n.typed import read_day
from bot.screens import milestones as cards
from bot.screens import planning
from bot.screens.screen import Screen
from bot.services import drafts, milestones
from bot.services.due_days import choosable
from db.repositories.drafts import Draft
from handlers import forms, items_from_messages
from handlers.attachments import attachment_of
from handlers.feature import WRITERS, Command, Feature

_STEPS = frozenset({"title", "due_on", "workstream", "lead", "counterpart"})


async def new_milestone(update: Update, context: Context) -> None:
    """Begin the form of a milestone, what follows the command being its title; in reply to a message, plan that."""
    typed = forms.words_after_command(context)
    if not items_from_messages.plan(context, typed):
        _begin(context, {"kind": MILESTONE, "title": correct_title(typed)})


async def new(update: Update, context: Context) -> None:
    """Begin the form by a button."""
    _begin(context, {"kind": MILESTONE, "title": ""})


def _begin(context: Context, wanted: Mapping[str, Any]) -> None:
    milestones.check_may_write(context.member)
    checked = {**wanted, "title": checked_title(wanted["title"]) if wanted["title"] else ""}
    if not forms.put_off(context, context.member, checked):
        start(context, context.member, checked)


def start(context: Context, member: Member, wanted: Mapping[str, Any]) -> None:
    """Open the form and show it."""
    draft = milestones.begin(context.uow, wanted["title"], by=member, chat=context.chat, today=context.today)
    forms.show(context, draft, _form(context, draft))


def _form(context: Context, draft: Draft) -> Screen:
    form = milestones.form_of(draft)
    owner = context.uow.members.get(draft.member_id)
    return planning.milestone_form(
        form,
        milestones.choices(context.uow, owner.group_id),
        context.reader,
        draft_id=draft.id,
        days=choosable(
            context.uow,
            owner.group_id,
            form.due_on,
            today=context.today,
            calendar=context.reader.calendar,
            is_open=form.month is not None,
        ),
    )


def _keep(context: Context, draft: Draft, form: MilestoneForm) -> None:
    forms.show(context, draft, _form(context, drafts.change(context.uow, draft, form)))


async def edit(update: Update, context: Context) -> None:
    """Open the list or the question of a field, or turn its page."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, _owner = found
    field = context.press.word(1)
    if field not in _STEPS:
        raise ButtonExpired
    page = context.press.number(2) if len(context.press.args) > 2 else 0
    _keep(context, draft, milestones.form_of(draft).at(field, page=page))


async def back(update: Update, context: Context) -> None:
    """Return to the card."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, _owner = found
    _keep(context, draft, milestones.form_of(draft).at())


async def choose(update: Update, context: Context) -> None:
    """Take what was chosen from a list."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, owner = found
    take = _CHOICES.get(context.press.word(1))
    if take is None:
        raise ButtonExpired
    _keep(context, draft, take(context.uow, milestones.form_of(draft), context.press.number(2), by=owner))


_CHOICES = {
    "workstream": milestones.choose_workstream,
    "lead": milestones.choose_lead,
    "counterpart": milestones.choose_counterpart,
}


async def choose_due(update: Update, context: Context) -> None:
    """Take a day from a button."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, _owner = found
    form = milestones.choose_due(milestones.form_of(draft), forms.pressed_day(context), today=context.today)
    _keep(context, draft, form)


async def turn_month(update: Update, context: Context) -> None:
    """Open the calendar at a month, or close it."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, _owner = found
    form = milestones.form_of(draft).at("due_on")
    _keep(context, draft, replace(form, month=forms.pressed_month(context)))


def typed(context: Context, draft: Draft, text: str) -> None:
    """Take what was typed for the field that awaits it."""
    form = milestones.form_of(draft)
    if form.step == "due_on":
        form = _with_day(context, form, text)
    else:
        form = replace(form.at(), title=checked_title(correct_title(text)))
    forms.redraw(context, draft, _form(context, drafts.change(context.uow, draft, form)))


def _with_day(context: Context, form: MilestoneForm, text: str) -> MilestoneForm:
    try:
        return milestones.choose_due(form, read_day(text, today=context.today, is_spoken=True), today=context.today)
    except AmbiguousDate as unclear:
        return replace(form, readings=unclear.readings)


def attach(context: Context, draft: Draft, caption: str) -> None:
    """Take a file, by reference; its caption goes where typed words would."""
    attachment = attachment_of(context.message)
    if attachment is None:
        return
    form = milestones.form_of(draft)
    draft = drafts.change(context.uow, draft, replace(form, attachments=with_another(form.attachments, attachment)))
    if caption and form.awaits:
        typed(context, draft, caption)
    else:
        forms.redraw(context, draft, _form(context, draft))


async def save(update: Update, context: Context) -> None:
    """Make the form a milestone."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, owner = found
    milestone = milestones.plan(context.uow, draft, by=owner, today=context.today)
    context.show(_card(context, milestone.id, owner, news=context.say.gettext("Saved.")))


async def undo(update: Update, context: Context) -> None:
    """Undo the planning."""
    milestone = context.uow.milestones.get(context.press.number(0))
    milestone = milestones.undo(context.uow, milestone.id, by=forms.acting(context, milestone.group_id))
    context.show(cards.undone(context.reader, milestone))


async def card(update: Update, context: Context) -> None:
    """Show a milestone's card in a message of its own."""
    context.show(view_card(context, context.press.number(0)), anew=True)


def view_card(context: Context, milestone_id: int) -> Screen:
    """Draw a milestone's card."""
    group_id = context.uow.milestones.get(milestone_id).group_id
    return _card(context, milestone_id, forms.acting(context, group_id))


def _card(context: Context, milestone_id: int, member: Member, *, news: str | None = None) -> Screen:
    milestone = milestones.of_member(context.uow, milestone_id, by=member)
    shown = milestones.card(context.uow, milestone, by=member)
    return cards.milestone_card(shown, context.reader, today=context.today, news=news)


def view_form(context: Context, draft_id: int) -> Screen:
    """Draw the form anew."""
    draft = context.uow.drafts.find(draft_id)
    if draft is None or not draft.is_open:
        raise ButtonExpired
    return _form(context, draft)


FEATURE = Feature(
    commands=(Command("newmilestone", new_milestone, _("New milestone"), roles=WRITERS),),
    presses={
        "ms.new": new,
        "ms.edit": edit,
        "ms.back": back,
        "ms.set": choose,
        "ms.due": choose_due,
        "ms.month": turn_month,
        "ms.save": save,
        "ms.undo": undo,
        "ms.card": card,
    },
    forms={MILESTONE: typed},
    views={"milestone": view_card, planning.VIEW: view_form},
)
