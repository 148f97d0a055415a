"""Where words and files go that are no command: a form that awaits them, a card they reply to, or a short answer."""

import re

from telegram import Message, Update

from bot.context import Context
from bot.domain.errors import TextMissing
from bot.i18n.folding import keep
from bot.screens import answers
from db.repositories.drafts import Draft
from handlers.commands import offer_of
from handlers.messages import is_file, is_service, kind_of

_CODE = re.compile(r"\b[MO]-\d{1,6}\b")


async def said(update: Update, context: Context) -> None:
    """
    Hand a message to whom it belongs.

    A reply to another card than the form's own goes first: it names its subject. A form comes next, then a line that
    names its milestone itself. In groups only replies count; the gate has stopped the rest.
    """
    if is_service(update):
        context.quiet("the messenger's own")
        return
    message = context.message
    draft = _open_draft(context)
    text = message.text or ""
    if text:
        is_taken = _taken(context, message, text, draft)
    else:
        is_taken = _is_evidence(update, context, draft) or _attached(update, context, draft)
    if not is_taken:
        _not_taken(update, context, draft)


def _taken(context: Context, message: Message, text: str, draft: Draft | None) -> bool:
    """Offer words to a card, a form and the features, in this order; tell whether one took them."""
    offer = offer_of(context)
    is_own = message.forward_origin is None
    if is_own and _replied(context, message, text, draft):
        return True
    if draft is not None and draft.awaits and draft.kind in offer.forms:
        if not keep(text):
            raise TextMissing
        offer.forms[draft.kind](context, draft, text)
        context.quiet("typed into a form")
        return True
    return is_own and any(take(context, text) for take in offer.texts)


def _is_evidence(update: Update, context: Context, draft: Draft | None) -> bool:
    """Offer a file to the features by its caption, its album or the card it replies to; tell whether one took it."""
    if not is_file(update) or context.message.forward_origin is not None:
        return False
    about = _about(context, context.message, draft)
    return any(take(context, about) for take in offer_of(context).evidence)


def _attached(update: Update, context: Context, draft: Draft | None) -> bool:
    """Offer a picture, a voice message or a file to the open form, then to the features."""
    offer = offer_of(context)
    attach = offer.files.get(draft.kind) if draft else None
    if draft is None or attach is None or not is_file(update):
        return any(take(context) for take in offer.documents)
    attach(context, draft, context.message.caption or "")
    context.quiet("attached to a form")
    return True


def _not_taken(update: Update, context: Context, draft: Draft | None) -> None:
    if not context.chat.is_private:
        context.quiet("not for the bot")
        return
    draft_waits = draft is not None and bool(draft.awaits)
    context.show(answers.not_taken(context.reader, kind_of(update), draft_waits=draft_waits))


def _open_draft(context: Context) -> Draft | None:
    member = context.member_or_none
    return context.uow.drafts.open_one(member.id, context.chat.id) if member else None


def _replied(context: Context, message: Message, text: str, draft: Draft | None) -> bool:
    """Offer a reply to the features; tell whether one took it."""
    about = _about(context, message, draft)
    return bool(about) and any(take(context, about, text) for take in offer_of(context).replies)


def _about(context: Context, message: Message, draft: Draft | None) -> str:
    """Find the code that the replied card shows; by its own first line where the messenger's number was lost."""
    replied = message.reply_to_message
    if replied is None:
        return ""
    screen = context.replied_screen
    if screen is not None:
        return "" if draft is not None and screen.id == draft.screen_id else screen.about
    if replied.from_user is None or replied.from_user.id != message.get_bot().id:
        return ""
    codes = set(_CODE.findall((replied.text or replied.caption or "").partition("\n")[0]))
    return codes.pop() if len(codes) == 1 else ""
