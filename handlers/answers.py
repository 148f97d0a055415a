"""What is said in a fresh unit of work when an act was refused or failed; what was typed is kept."""

from typing import Any

from telegram import Update
from telegram.ext import Application

from bot.context import Context
from bot.domain.errors import AnonymousSender, DomainError, InvitationInvalid, NotAMember
from bot.domain.readers import LANGUAGES, Language
from bot.screens import answers as screens
from bot.screens import groups, refusals
from bot.services import alarms
from db.unit_of_work import UnitOfWork

LibraryApplication = Application[Any, Context, Any, Any, Any, Any]
TYPED_LIMIT = 4096


class HandlerAnswers:
    """The worker's voice: refusals, failures, and the operators' alarm."""

    def __init__(self, operators_chat: int | None) -> None:
        self._operators_chat = operators_chat

    def refused(self, uow: UnitOfWork, application: LibraryApplication, update: Update, refusal: DomainError) -> None:
        """Answer a refusal: an alert for a press, a sentence for a message; a waiting form keeps what was typed."""
        context = Context.from_update(update, application)
        if update.callback_query is not None:
            context.toast(_alert(context, refusal), alert=True)
        elif update.message is not None:
            draft_kept = _keep_typed(context)
            if isinstance(refusal, AnonymousSender):
                context.show(screens.anonymous(_languages_of_chat(context)))
            elif isinstance(refusal, InvitationInvalid) and context.member_or_none is None:
                context.show(screens.invitation_invalid())
            else:
                context.show(refusals.refused(context.reader, refusal, draft_kept=draft_kept))
        else:
            context.quiet("refused")

    def failed(self, uow: UnitOfWork, application: LibraryApplication, update: Update, reference: str) -> None:
        """Say that the fault is ours."""
        context = Context.from_update(update, application)
        if update.callback_query is not None:
            context.toast(refusals.failed_alert(context.reader, reference), alert=True)
        elif update.message is not None:
            _keep_typed(context)
            context.show(refusals.failed(context.reader, reference))
        else:
            context.quiet("failed")

    def stumbled(self, uow: UnitOfWork, application: LibraryApplication, update: Update) -> None:
        """End the waiting sign of a button that is tried again."""
        if update.callback_query is not None:
            context = Context.from_update(update, application)
            context.toast(refusals.stumbled_alert(context.reader))

    def alarm(self, uow: UnitOfWork, reference: str, update_id: int) -> None:
        """Tell the operators that an update is dead."""
        alarms.raise_alarm(uow, self._operators_chat, reference)


def _alert(context: Context, refusal: DomainError) -> str:
    if isinstance(refusal, NotAMember) and context.person is None:
        return screens.stranger_alert(context.reader)
    return refusals.alert(context.reader, refusal)


def _keep_typed(context: Context) -> bool:
    """Keep what was typed for a form that awaits it; tell whether there is one."""
    message = context.update.message
    if message is None or not context.chat.is_private or context.member_or_none is None:
        return False
    draft = context.uow.drafts.open_one(context.member.id, context.chat.id)
    if draft is None or not draft.awaits:
        return False
    text = message.text or message.caption
    if text and not text.startswith("/"):
        context.uow.drafts.change(draft, fields={"typed": text[:TYPED_LIMIT]})
    return True


def _languages_of_chat(context: Context) -> tuple[Language, ...]:
    if context.chat.group_id is None:
        return LANGUAGES
    return groups.languages_of(context.uow.groups.get(context.chat.group_id))
