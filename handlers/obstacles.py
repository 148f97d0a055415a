"""Raising obstacles in chat, and the card of an obstacle."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from telegram import Update

from bot.context import Context
from bot.domain.drafts import OBSTACLE, ObstacleForm
from bot.domain.errors import ButtonExpired
from bot.domain.members import Member
from bot.domain.texts import checked_note, checked_title
from bot.i18n.folding import correct_title, keep
from bot.i18n.marking import marked as _
from bot.i18n.typed import read_number_code
from bot.screens import obstacles as cards
from bot.screens import raising
from bot.screens.screen import Screen
from bot.services import milestones, obstacles
from bot.services.due_days import choosable
from db.repositories.drafts import Draft
from handlers import forms
from handlers.feature import WRITERS, Command, Feature

_STEPS = frozenset({"title", "need", "severity", "about", "party", "needed_by"})


async def new_obstacle(update: Update, context: Context) -> None:
    """
    Begin the form of an obstacle; what follows the command, or is replied to, is its title.

    In reply to a milestone's card it is about that milestone; a long message that becomes the title is kept whole as
    what is needed.
    """
    typed = forms.words_after_command(context)
    replied = forms.replied_words(context)
    title = correct_title(typed) if typed else milestones.title_from(replied)
    was_cut = not typed and title != correct_title(replied)
    wanted = {"kind": OBSTACLE, "title": title, "need": keep(replied) if was_cut else ""}
    _begin(context, context.member, {**wanted, "milestone_id": _replied_milestone(context)})


def _replied_milestone(context: Context) -> int | None:
    code = read_number_code(context.replied_screen.about) if context.replied_screen else None
    if code is None or code[0] != "M":
        return None
    return milestones.find(context.uow, context.member.group_id, code[1]).id


async def new(update: Update, context: Context) -> None:
    """Begin the form by a button, about a milestone where the button names one."""
    if not context.press.args:
        _begin(context, context.member, {"kind": OBSTACLE, "title": "", "milestone_id": None})
        return
    milestone = context.uow.milestones.get(context.press.number(0))
    member = forms.acting(context, milestone.group_id)
    _begin(context, member, {"kind": OBSTACLE, "title": "", "milestone_id": milestone.id})


def _begin(context: Context, member: Member, wanted: Mapping[str, Any]) -> None:
    milestones.check_may_write(member)
    checked = {**wanted, "title": checked_title(wanted["title"]) if wanted["title"] else ""}
    if not forms.put_off(context, member, checked):
        start(context, member, checked)


def start(context: Context, member: Member, wanted: Mapping[str, Any]) -> None:
    """Open the form and show it."""
    draft = obstacles.begin(
        context.uow,
        wanted["title"],
        by=member,
        chat=context.chat,
        milestone_id=wanted.get("milestone_id"),
        need=wanted.get("need", ""),
    )
    forms.show(context, draft, _form(context, draft))


def _form(context: Context, draft: Draft) -> Screen:
    form = obstacles.form_of(draft)
    owner = context.uow.members.get(draft.member_id)
    return raising.obstacle_form(
        form,
        obstacles.choices(context.uow, form, by=owner),
        context.reader,
        draft_id=draft.id,
        days=choosable(
            context.uow,
            owner.group_id,
            obstacles.day_to_start_from(form, context.today),
            today=context.today,
            calendar=context.reader.calendar,
            is_open=form.month is not None,
        ),
    )


_FILLING = forms.Filling(obstacles.form_of, _form)


def _at_field(context: Context, form: ObstacleForm, owner: Member) -> ObstacleForm:
    parties = context.uow.groups.get(owner.group_id).parties
    return forms.to_step(context, form, _STEPS | {f"owner{party.id}" for party in parties})


def _chosen(context: Context, form: ObstacleForm, owner: Member) -> ObstacleForm:
    take = _CHOICES.get(context.press.word(1))
    if take is None:
        raise ButtonExpired
    return take(context.uow, form, context.press.number(2), by=owner)


_CHOICES = {
    "milestone": obstacles.choose_milestone,
    "workstream": obstacles.choose_workstream,
    "party": obstacles.choose_party,
    "severity": obstacles.choose_severity,
    "owner": obstacles.choose_owner,
}


def _with_day(context: Context, form: ObstacleForm, owner: Member) -> ObstacleForm:
    return obstacles.choose_day(form, forms.pressed_day(context), today=context.today)


def _at_month(context: Context, form: ObstacleForm, owner: Member) -> ObstacleForm:
    return form.at("needed_by", month=forms.pressed_month(context))


def _with_typed(context: Context, form: ObstacleForm, text: str) -> ObstacleForm:
    if form.step == "needed_by":
        return forms.with_day(context, form, text, lambda day: obstacles.choose_day(form, day, today=context.today))
    if form.step == "need":
        return replace(form.at(), need=checked_note(keep(text)))
    return replace(form.at(), title=checked_title(correct_title(text)))


async def save(update: Update, context: Context) -> None:
    """Make the form an obstacle."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, owner = found
    obstacle = obstacles.raise_(context.uow, draft, by=owner, today=context.today)
    shown = obstacles.card(context.uow, obstacle, by=owner)
    context.show(cards.obstacle_card(shown, context.reader, news=context.say.gettext("Saved.")))


async def undo(update: Update, context: Context) -> None:
    """Take the obstacle back."""
    obstacle = context.uow.obstacles.get(context.press.number(0))
    obstacle = obstacles.undo(context.uow, obstacle.id, by=forms.acting(context, obstacle.group_id))
    context.show(cards.undone(context.reader, obstacle))


async def card(update: Update, context: Context) -> None:
    """Show an obstacle's card in a message of its own."""
    context.show(view_card(context, context.press.number(0)), anew=True)


def from_text(context: Context, text: str) -> bool:
    """Take the bare code of an obstacle, such as ``O-7``, and show its card; tell whether it was one."""
    code = read_number_code(text)
    if code is None or code[0] != "O":
        return False
    context.show(view_card(context, obstacles.find(context.uow, context.member.group_id, code[1]).id))
    return True


def view_card(context: Context, obstacle_id: int) -> Screen:
    """Draw an obstacle's card."""
    group_id = context.uow.obstacles.get(obstacle_id).group_id
    member = forms.acting(context, group_id)
    obstacle = obstacles.of_member(context.uow, obstacle_id, by=member)
    return cards.obstacle_card(obstacles.card(context.uow, obstacle, by=member), context.reader)


FEATURE = Feature(
    commands=(Command("newobstacle", new_obstacle, _("New obstacle"), roles=WRITERS),),
    presses={
        "ob.new": new,
        "ob.edit": _FILLING.pressed(_at_field),
        "ob.back": _FILLING.pressed(forms.to_card),
        "ob.set": _FILLING.pressed(_chosen),
        "ob.day": _FILLING.pressed(_with_day),
        "ob.month": _FILLING.pressed(_at_month),
        "ob.save": save,
        "ob.undo": undo,
        "ob.card": card,
    },
    forms={OBSTACLE: _FILLING.typed(_with_typed)},
    views={cards.CARD_VIEW: view_card, raising.VIEW: _FILLING.view},
)
