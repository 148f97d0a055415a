"""Days off: the list of the next months, and the corrections that a secretary makes for the own party."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from telegram import Update

from bot.context import Context
from bot.domain.drafts import HOLIDAY
from bot.domain.errors import ButtonExpired
from bot.domain.holidays import HolidayForm
from bot.domain.members import Member
from bot.domain.typed_values import AmbiguousDate
from bot.i18n.folding import correct_title
from bot.i18n.marking import marked as _
from bot.i18n.typed_days import read_day
from bot.screens import holidays as screens
from bot.screens.screen import Screen
from bot.services import drafts, holidays
from bot.services.due_days import correctable
from db.repositories.drafts import Draft
from handlers import forms
from handlers.feature import Command, Feature, Where


async def ask(update: Update, context: Context) -> None:
    """List the days off; a secretary who names a day begins its correction."""
    typed = forms.words_after_command(context)
    if typed and context.member.may_correct_holidays:
        _begin(context, {"kind": HOLIDAY, "typed": typed})
    else:
        context.show(listed(context))


async def show(update: Update, context: Context) -> None:
    """Show a page of the list in place."""
    context.show(listed(context, context.press.number()))


def listed(context: Context, page: int = 1) -> Screen:
    """Draw a page of the list."""
    found = holidays.listed(context.uow, context.member, page, today=context.today)
    return screens.holidays(context.reader, found)


async def new(update: Update, context: Context) -> None:
    """Begin a correction by asking for the day."""
    _begin(context, {"kind": HOLIDAY})


async def at_day(update: Update, context: Context) -> None:
    """Begin at a day of the list."""
    _begin(context, {"kind": HOLIDAY, "day": forms.pressed_day(context, 0).isoformat()})


def _begin(context: Context, wanted: Mapping[str, Any]) -> None:
    holidays.check_may_correct(context.member)
    if not forms.put_off(context, context.member, wanted):
        start(context, context.member, wanted)


def start(context: Context, member: Member, wanted: Mapping[str, Any]) -> None:
    """Open the form and show it."""
    day = date.fromisoformat(wanted["day"]) if wanted.get("day") else None
    readings: tuple[date, ...] = ()
    if wanted.get("typed"):
        try:
            day = read_day(wanted["typed"], today=_today(context, member), is_spoken=True)
        except AmbiguousDate as unclear:
            readings = unclear.readings
    today = _today(context, member)
    draft = holidays.begin(context.uow, day, by=member, chat=context.chat, today=today)
    if readings:
        draft = drafts.change(context.uow, draft, HolidayForm(readings=readings), touched=False)
    forms.show(context, draft, form(context, draft))


def form(context: Context, draft: Draft) -> Screen:
    """Draw the form as its draft keeps it."""
    owner = context.uow.members.get(draft.member_id)
    kept = holidays.form_of(draft)
    return screens.correction_form(
        context.reader,
        kept,
        holidays.card(context.uow, kept, by=owner),
        draft_id=draft.id,
        party=context.uow.groups.get(owner.group_id).party(owner.party_id),
        days=correctable(context.uow, owner.group_id, today=_today(context, owner), is_open=kept.month is not None),
    )


async def pick(update: Update, context: Context) -> None:
    """Take one of the days that an unclear date may mean."""
    found = forms.pressed(context)
    if found is not None:
        draft, owner = found
        forms.show(context, draft, form(context, _at(context, draft, owner, forms.pressed_day(context))))


async def turn_month(update: Update, context: Context) -> None:
    """Open the calendar at a month, or close it."""
    found = forms.pressed(context)
    if found is not None:
        draft, _owner = found
        asking = HolidayForm(month=forms.pressed_month(context))
        draft = drafts.change(context.uow, draft, asking, touched=False)
        forms.show(context, draft, form(context, draft))


async def again(update: Update, context: Context) -> None:
    """Ask for another day."""
    found = forms.pressed(context)
    if found is not None:
        draft, _owner = found
        draft = drafts.change(context.uow, draft, HolidayForm(), touched=False)
        forms.show(context, draft, form(context, draft))


def typed(context: Context, draft: Draft, text: str) -> None:
    """Take a typed day or, once there is one, the name of it."""
    owner = forms.owner_of(context, draft)
    kept = holidays.form_of(draft)
    if kept.awaits == "name":
        draft = drafts.change(context.uow, draft, holidays.named(kept, correct_title(text)))
    else:
        try:
            draft = _at(context, draft, owner, read_day(text, today=_today(context, owner), is_spoken=True))
        except AmbiguousDate as unclear:
            draft = drafts.change(context.uow, draft, replace(kept, readings=unclear.readings), touched=False)
    forms.redraw(context, draft, form(context, draft))


async def save(update: Update, context: Context) -> None:
    """Keep the correction, or show what the day has become meanwhile."""
    found = forms.pressed(context)
    if found is None:
        return
    draft, owner = found
    result = holidays.save(context.uow, draft, by=owner)
    if result is None:
        context.toast(context.say.gettext("This day has been corrected meanwhile. Please decide again."), alert=True)
        context.show(form(context, context.uow.drafts.find(draft.id) or draft))
        return
    context.show(screens.corrected(context.reader, result, draft_id=draft.id))


async def undo(update: Update, context: Context) -> None:
    """Bring the day back to what it was."""
    draft = context.uow.drafts.find(context.press.number())
    if draft is None:
        raise ButtonExpired
    result = holidays.undo(context.uow, draft, by=forms.owner_of(context, draft))
    context.show(screens.undone(context.reader, result))


def _at(context: Context, draft: Draft, owner: Member, day: date) -> Draft:
    kept = holidays.at_day(context.uow, holidays.form_of(draft), day, by=owner, today=_today(context, owner))
    return drafts.change(context.uow, draft, kept, touched=False)


def _today(context: Context, by: Member) -> date:
    return holidays.party_today(context.uow, by)


def _form_anew(context: Context, draft_id: int) -> Screen:
    draft = context.uow.drafts.find(draft_id)
    if draft is None:
        raise ButtonExpired
    forms.owner_of(context, draft)
    return form(context, draft)


FEATURE = Feature(
    commands=(Command("holidays", ask, _("Days off of the parties"), where=Where.PRIVATE),),
    presses={
        "hd.list": show,
        "hd.new": new,
        "hd.day": at_day,
        "hd.pick": pick,
        "hd.month": turn_month,
        "hd.again": again,
        "hd.save": save,
        "hd.undo": undo,
    },
    forms={HOLIDAY: typed},
    views={screens.LIST_VIEW: listed, screens.FORM_VIEW: _form_anew},
)
