"""Telling the operators' chat that something needs a hand."""

from bot.domain.readers import Reader
from bot.i18n.speech import speech
from bot.screens.screen import Screen
from bot.services import posting
from db.unit_of_work import UnitOfWork

OPERATORS = Reader("en", "gregorian", "latin", "UTC")


def raise_alarm(uow: UnitOfWork, operators_chat: int | None, what: str) -> None:
    """Owe a message to the operators' chat, if one was named; *what* is ``token`` or a reference number."""
    if operators_chat is None:
        return
    say = speech(OPERATORS)
    _ = say.gettext
    if what == "token":
        text = say.line(_("The messenger does not accept the bot’s token. Please set a valid token and restart."))
    else:
        text = say.line(_("An update could not be handled. Reference number: {reference}"), reference=what)
    chat = uow.chats.at(operators_chat, kind="private" if operators_chat > 0 else "group")
    posting.show(uow, chat, Screen(say.page([text])))
