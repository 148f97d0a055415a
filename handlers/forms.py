"""What the callbacks of all forms share: who acts, which draft was pressed, and where its card stands."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.context import Context
from bot.domain.drafts import HOLIDAY, NAME
from bot.domain.errors import ButtonExpired, NotAllowed
from bot.domain.members import Member
from bot.screens import forms as screens
from bot.screens.screen import Screen
from bot.services import drafts
from db.repositories.drafts import Draft


def words_after_command(context: Context) -> str:
    """Give what was typed after the command, line breaks and all."""
    parts = (context.message.text or "").split(maxsplit=1)
    return parts[1] if len(parts) > 1 else ""


def acting(context: Context, group_id: int) -> Member:
    """
    Give who acts as a member of the group that an item belongs to.

    Raises:
        NotAllowed: they are not, or this chat is bound to another group.
    """
    member = context.member
    if member.group_id == group_id:
        return member
    if context.chat.is_private and context.person is not None:
        for other in context.uow.members.of_person(context.person.id):
            if other.group_id == group_id:
                return other
    raise NotAllowed


def owner_of(context: Context, draft: Draft) -> Member:
    """Give the draft's owner, who must be the one who acts; raises NotAllowed."""
    owner = context.uow.members.get(draft.member_id)
    if acting(context, owner.group_id).id != owner.id:
        raise NotAllowed
    return owner


def pressed(context: Context) -> tuple[Draft, Member] | None:
    """
    Give the form that a button names, and its owner; None when it has been saved, which is then said.

    Raises:
        ButtonExpired: it was dropped, or never was.
        NotAllowed: it is another person's.
    """
    found = context.uow.drafts.find(context.press.number(0))
    if found is None:
        raise ButtonExpired
    owner = owner_of(context, found)
    draft = drafts.own(context.uow, found.id, by=owner)
    if not draft.is_open:
        context.toast(context.say.gettext("Already saved."))
        return None
    return draft, owner


def pressed_day(context: Context, place: int = 1) -> date:
    """Give the day that a button names, after the number of its form unless *place* says otherwise."""
    try:
        return date.fromisoformat(context.press.word(place))
    except ValueError:
        raise ButtonExpired from None


def pressed_month(context: Context) -> date | None:
    """Give a day of the month that a button opens the calendar at; None for the button that closes it."""
    return pressed_day(context) if len(context.press.args) > 1 else None


def show(context: Context, draft: Draft, screen: Screen) -> None:
    """Show a form's card: as an answer to a command, or in place of what the pressed button stood under."""
    screen_id = context.show(screen)
    if screen_id != draft.screen_id:
        context.uow.drafts.change(draft, screen_id=screen_id)


def redraw(context: Context, draft: Draft, screen: Screen) -> None:
    """Show a form's card in place after something was typed."""
    if draft.screen_id is None:
        show(context, draft, screen)
    else:
        context.redraw(draft.screen_id, screen)


def put_off(context: Context, member: Member, wanted: Mapping[str, Any]) -> bool:
    """
    Offer to go on with an unfinished form before another is begun; tell whether there was one.

    *wanted* is what begins the other one: its kind and what it was asked with.
    """
    draft = drafts.unfinished(context.uow, by=member, chat=context.chat)
    if draft is None:
        return False
    drafts.put_off(context.uow, draft, dict(wanted))
    context.show(screens.unfinished(context.reader, draft_id=draft.id, title=_title(context, draft)))
    return True


def _title(context: Context, draft: Draft) -> str:
    say = context.say
    if draft.kind == NAME:
        return say.gettext("your name")
    if draft.fields.get("title"):
        return str(draft.fields["title"])
    milestone_id = draft.fields.get("milestone_id")
    if milestone_id:
        code = context.uow.milestones.get(milestone_id).code
        return say.label(say.gettext("progress on {code}"), code=code)
    if draft.kind == HOLIDAY:
        return say.gettext("correction of the calendar")
    return say.gettext("monthly report")
