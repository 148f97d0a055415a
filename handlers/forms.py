"""What the callbacks of all forms share: who acts, which draft was pressed, and where its card stands."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from telegram import Update

from bot.context import Context
from bot.domain.drafts import EDITING, HOLIDAY, NAME, WORKSTREAM, SteppedForm
from bot.domain.errors import ButtonExpired, NotAllowed
from bot.domain.members import Member
from bot.domain.typed_values import AmbiguousDate
from bot.i18n.typed_days import read_day
from bot.screens import editing
from bot.screens import forms as screens
from bot.screens.screen import Screen
from bot.services import drafts
from db.repositories.drafts import Draft
from handlers.feature import Callback, FormCallback

Kept = TypeVar("Kept", bound=drafts.Form)
Stepped = TypeVar("Stepped", bound=SteppedForm)


def words_after_command(context: Context) -> str:
    """Give what was typed after the command, line breaks and all."""
    parts = (context.message.text or "").split(maxsplit=1)
    return parts[1] if len(parts) > 1 else ""


def replied_words(context: Context) -> str:
    """Give the words of a person's message that the command replies to; none where it replies to the bot."""
    replied = context.message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.is_bot:
        return ""
    return replied.text or replied.caption or ""


def acting(context: Context, group_id: int) -> Member:
    """
    Give who acts as a member of the group that an item belongs to.

    Raises:
        NotAllowed: they are not, or this chat is bound to another group.
    """
    member = context.member
    if member.group_id == group_id:
        return member
    if context.chat.is_private:
        for other in context.known[1]:
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
    if draft.kind == EDITING:
        return editing.draft_name(say, context.uow.milestones.get(draft.fields["milestone_id"]))
    if draft.fields.get("title"):
        return str(draft.fields["title"])
    milestone_id = draft.fields.get("milestone_id")
    if milestone_id:
        code = context.uow.milestones.get(milestone_id).code
        return say.label(say.gettext("progress on {code}"), code=code)
    if draft.kind == WORKSTREAM:
        return say.gettext("a workstream")
    if draft.kind == HOLIDAY:
        return say.gettext("correction of the calendar")
    return say.gettext("monthly report")


@dataclass(frozen=True, slots=True)
class Filling(Generic[Kept]):
    """How a form of one kind is filled: *read* gives it from its draft, *draw* shows it as the draft keeps it."""

    read: Callable[[Draft], Kept]
    draw: Callable[[Context, Draft], Screen]

    def keep(self, context: Context, draft: Draft, form: Kept) -> None:
        """Keep the form and show it in place of what the pressed button stood under."""
        show(context, draft, self.draw(context, drafts.change(context.uow, draft, form)))

    def pressed(self, change: Callable[[Context, Kept, Member], Kept]) -> Callback:
        """Give the callback of a button that changes the form; *change* gets the form and its owner."""

        async def callback(update: Update, context: Context) -> None:
            found = pressed(context)
            if found is not None:
                draft, owner = found
                self.keep(context, draft, change(context, self.read(draft), owner))

        return callback

    def typed(self, change: Callable[[Context, Kept, str], Kept]) -> FormCallback:
        """Give what takes a typed text into the form."""

        def take(context: Context, draft: Draft, text: str) -> None:
            form = change(context, self.read(draft), text)
            redraw(context, draft, self.draw(context, drafts.change(context.uow, draft, form)))

        return take

    def view(self, context: Context, draft_id: int) -> Screen:
        """Draw the form anew; raises ButtonExpired once it is closed."""
        draft = context.uow.drafts.find(draft_id)
        if draft is None or not draft.is_open:
            raise ButtonExpired
        return self.draw(context, draft)


def to_card(context: Context, form: Stepped, owner: Member) -> Stepped:
    """Return from a field to the card."""
    return form.at()


def to_step(context: Context, form: Stepped, steps: Container[str]) -> Stepped:
    """Open the list or the question of the field that a button names, or turn its page."""
    field = context.press.word(1)
    if field not in steps:
        raise ButtonExpired
    return form.at(field, page=context.press.number(2) if len(context.press.args) > 2 else 0)


def with_day(context: Context, form: Stepped, text: str, take: Callable[[date], Stepped]) -> Stepped:
    """Take a typed day or, where it can be read in several ways, ask which it is."""
    try:
        return take(read_day(text, today=context.today, is_spoken=True))
    except AmbiguousDate as unclear:
        return form.unclear(unclear.readings)
