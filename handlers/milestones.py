"""Planning milestones in chat, and the card of a milestone."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from telegram import Update

from bot.context import Context
from bot.domain.drafts import MILESTONE, MilestoneForm
from bot.domain.errors import ButtonExpired
from bot.domain.members import Member
from bot.domain.milestones import Milestone
from bot.domain.texts import checked_title
from bot.i18n.folding import correct_title
from bot.i18n.marking import marked as _
from bot.screens import milestones as cards
from bot.screens import planning
from bot.screens.screen import Screen
from bot.services import milestone_cards, milestones
from bot.services.due_days import choosable
from db.repositories.drafts import Draft
from handlers import forms
from handlers.feature import WRITERS, Command, Feature

_STEPS = frozenset({"title", "due_on", "workstream", "lead", "counterpart"})


async def new_milestone(update: Update, context: Context) -> None:
    """Begin the form of a milestone; what follows the command, or is replied to, is its title."""
    typed = forms.words_after_command(context)
    title = correct_title(typed) if typed else milestones.title_from(forms.replied_words(context))
    _begin(context, {"kind": MILESTONE, "title": title})


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


_FILLING = forms.Filling(milestones.form_of, _form)


def _at_field(context: Context, form: MilestoneForm, owner: Member) -> MilestoneForm:
    return forms.to_step(context, form, _STEPS)


def _chosen(context: Context, form: MilestoneForm, owner: Member) -> MilestoneForm:
    take = _CHOICES.get(context.press.word(1))
    if take is None:
        raise ButtonExpired
    return take(context.uow, form, context.press.number(2), by=owner)


_CHOICES = {
    "workstream": milestones.choose_workstream,
    "lead": milestones.choose_lead,
    "counterpart": milestones.choose_counterpart,
}


def _with_due(context: Context, form: MilestoneForm, owner: Member) -> MilestoneForm:
    return milestones.choose_due(form, forms.pressed_day(context), today=context.today)


def _at_month(context: Context, form: MilestoneForm, owner: Member) -> MilestoneForm:
    return form.at("due_on", month=forms.pressed_month(context))


def _with_typed(context: Context, form: MilestoneForm, text: str) -> MilestoneForm:
    if form.step == "due_on":
        return forms.with_day(context, form, text, lambda day: milestones.choose_due(form, day, today=context.today))
    return replace(form.at(), title=checked_title(correct_title(text)))


async def save(update: Update, context: Context) -> None:
    """Make the form a milestone."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, owner = found
    milestone = milestones.plan(context.uow, draft, by=owner, today=context.today)
    context.show(draw_card(context, milestone, owner, news=context.say.gettext("Saved.")))


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
    milestone = context.uow.milestones.get(milestone_id)
    return draw_card(context, milestone, forms.acting(context, milestone.group_id))


def draw_card(context: Context, milestone: Milestone, member: Member, *, news: str | None = None) -> Screen:
    """Draw a milestone's card as a member sees it, with a line of ours above it."""
    milestones.check_shown(milestone, by=member)
    shown = milestone_cards.card(context.uow, milestone, by=member, today=context.today)
    return cards.milestone_card(shown, context.reader, today=context.today, news=news)


FEATURE = Feature(
    commands=(Command("newmilestone", new_milestone, _("New milestone"), roles=WRITERS),),
    presses={
        "ms.new": new,
        "ms.edit": _FILLING.pressed(_at_field),
        "ms.back": _FILLING.pressed(forms.to_card),
        "ms.set": _FILLING.pressed(_chosen),
        "ms.due": _FILLING.pressed(_with_due),
        "ms.month": _FILLING.pressed(_at_month),
        "ms.save": save,
        "ms.undo": undo,
        "ms.card": card,
    },
    forms={MILESTONE: _FILLING.typed(_with_typed)},
    views={"milestone": view_card, planning.VIEW: _FILLING.view},
)
