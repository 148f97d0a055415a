"""What the refusals say that entries meet, and items made of a message."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.errors import DomainError, MessageWithoutWords
from bot.domain.milestones import LessUnexplained
from bot.i18n.speech import Speech
from bot.screens.impossible_days import Sentence


def _less_unexplained(say: Speech, refusal: LessUnexplained) -> Sentence:
    text = say.gettext(
        "{code} was at {percent} already, and falls back only with a reason.\n"
        "Please send it with a line that says why it is less."
    )
    return text, {"code": f"M-{refusal.number}", "percent": say.percent(refusal.percent)}


def _message_without_words(say: Speech, refusal: MessageWithoutWords) -> Sentence:
    text = say.gettext(
        "There are no words in that message.\nPlease reply to it once more, with a title after the command: {example}"
    )
    return text, {"example": f"/{refusal.command}"}


SENTENCES: Mapping[type[DomainError], Callable[[Speech, Any], Sentence]] = {
    LessUnexplained: _less_unexplained,
    MessageWithoutWords: _message_without_words,
}
