"""Changing the plan of a milestone from its card."""

from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.context import Context
from bot.domain.drafts import EDITING
from bot.domain.editing import STEPS, EditForm
from bot.domain.members import Member
from bot.domain.plans import check_may_edit
from bot.screens import editing as screens
from bot.screens.conflicts import Conflict, conflict
from bot.screens.screen import Screen
from bot.services import editing, milestones
from bot.services.due_days import choosable, startable
from db.repositories.drafts import Draft
from handlers import forms
from handlers.feature import Feature
from handlers.milestones import draw_card


async def begin(update: Update, context: Context) -> None:
    """Open the form of the milestone whose card was pressed."""
    group_id = context.uow.milestones.get(context.press.number(0)).group_id
    member = forms.acting(context, group_id)
    milestone = milestones.of_member(context.uow, context.press.number(0), by=member)
    check_may_edit(milestone, member)
    wanted = {"kind": EDITING, "milestone_id": milestone.id}
    if not forms.put_off(context, member, wanted):
        start(context, member, wanted)


def start(context: Context, member: Member, wanted: Mapping[str, Any]) -> None:
    """Open the form and show it."""
    milestone = milestones.of_member(context.uow, wanted["milestone_id"], by=member)
    draft = editing.begin(context.uow, milestone, by=member, chat=context.chat)
    forms.show(context, draft, _form(context, draft))


def _form(context: Context, draft: Draft) -> Screen:
    form = editing.form_of(draft)
    milestone = context.uow.milestones.get(form.milestone_id)
    choose = startable if form.step == "start_on" else choosable
    return screens.edit_form(
        form,
        milestone,
        milestones.choices(context.uow, milestone.group_id, form.seen.plan, form.plan),
        context.reader,
        draft_id=draft.id,
        days=choose(
            context.uow,
            milestone.group_id,
            editing.day_at_hand(form),
            today=context.today,
            calendar=context.reader.calendar,
            is_open=form.month is not None,
        ),
    )


_FILLING = forms.Filling(editing.form_of, _form)


def _at_field(context: Context, form: EditForm, owner: Member) -> EditForm:
    if context.press.word(1) == "title":
        return form.at(f"title_{context.reader.language}")
    return forms.to_step(context, form, STEPS)


def _chosen(context: Context, form: EditForm, owner: Member) -> EditForm:
    return editing.choose(context.uow, form, context.press.word(1), context.press.number(2), by=owner)


def _with_day(context: Context, form: EditForm, owner: Member) -> EditForm:
    return editing.choose_day(context.uow, form, forms.pressed_day(context), today=context.today)


def _at_month(context: Context, form: EditForm, owner: Member) -> EditForm:
    return form.at(form.step, month=forms.pressed_month(context))


def _with_typed(context: Context, form: EditForm, text: str) -> EditForm:
    if form.step in {"due_on", "start_on"}:
        return forms.with_day(
            context, form, text, lambda day: editing.choose_day(context.uow, form, day, today=context.today)
        )
    return editing.typed(context.uow, form, text)


def _anew(context: Context, form: EditForm, owner: Member) -> EditForm:
    return editing.anew(context.uow, form)


async def save(update: Update, context: Context) -> None:
    """Make the changes those of the milestone, or tell what others have changed meanwhile."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, owner = found
    over = context.press.number(1) if len(context.press.args) > 1 else None
    result = editing.save(context.uow, draft, by=owner, today=context.today, over=over)
    if isinstance(result, Conflict):
        context.show(conflict(result, context.reader, draft_id=draft.id, form=EDITING))
    else:
        context.show(draw_card(context, result, owner, news=context.say.gettext("Saved.")))


async def undo(update: Update, context: Context) -> None:
    """Bring the plan back to what it was before a change."""
    member = forms.acting(context, editing.group_of(context.uow, context.press.number(0)))
    milestone = editing.undo(context.uow, context.press.number(0), by=member)
    news = context.say.gettext("Undone. The earlier plan is back.")
    context.show(draw_card(context, milestone, member, news=news))


FEATURE = Feature(
    presses={
        "me.on": begin,
        "me.edit": _FILLING.pressed(_at_field),
        "me.back": _FILLING.pressed(forms.to_card),
        "me.set": _FILLING.pressed(_chosen),
        "me.day": _FILLING.pressed(_with_day),
        "me.month": _FILLING.pressed(_at_month),
        "me.save": save,
        "me.over": save,
        "me.form": _FILLING.pressed(_anew),
        "me.undo": undo,
    },
    forms={EDITING: _FILLING.typed(_with_typed)},
    views={screens.VIEW: _FILLING.view},
)
