"""What a failed call means for the message that is owed: a pure decision."""

from dataclasses import dataclass
from enum import Enum, auto

from bot.delivery.client import MessengerError, NetworkFault

_NOT_MODIFIED = ("message is not modified",)
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid", "message to react not found")
_TOO_LATE = ("query is too old", "query id is invalid", "query_id_invalid")
_OUT_OF_REACH = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "have no rights to send",
    "not enough rights to send",
)
_OURS = ("can't parse entities", "message is too long", "text must be non-empty", "message text is empty")
FIRST_SECONDS = 0.3
MOST_SECONDS = 30.0


class Verdict(Enum):
    """What is to be done with the message."""

    SENT = auto()
    AGAIN = auto()
    PARK_CHAT = auto()
    NOT_YET = auto()
    ANEW = auto()
    UNREACHABLE = auto()
    MIGRATED = auto()
    PLAIN = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class Decision:
    """
    A verdict; *seconds* to wait before the next try, *chat* where the chat has moved to.

    NOT_YET is our own: the call was not made, since the chat or the *whole_account* has to wait.
    """

    verdict: Verdict
    seconds: float = 0.0
    chat: int | None = None
    whole_account: bool = False

    @property
    def is_later(self) -> bool:
        """Tell whether the message is to be tried again later."""
        return self.verdict in {Verdict.AGAIN, Verdict.PARK_CHAT, Verdict.NOT_YET}


def decide(error: MessengerError | NetworkFault, *, tries: int) -> Decision:
    """
    Read an error of the messenger.

    *tries* is how often the message was tried before. A message is never given up for faults of the network or the
    messenger's own (5xx, 401): the wait grows to half a minute.
    """
    wait = min(MOST_SECONDS, FIRST_SECONDS * 2 ** min(tries, 10))
    if isinstance(error, NetworkFault) or error.code >= 500 or error.code in {401, 409}:
        return Decision(Verdict.AGAIN, wait)
    if error.migrate_to is not None:
        return Decision(Verdict.MIGRATED, chat=error.migrate_to)
    if error.code == 429:
        return Decision(Verdict.PARK_CHAT, float(error.retry_after or wait))
    said = error.description.casefold()
    if _says(said, _NOT_MODIFIED) or _says(said, _TOO_LATE):
        return Decision(Verdict.SENT)
    if _says(said, _GONE):
        return Decision(Verdict.ANEW)
    if error.code == 403 or _says(said, _OUT_OF_REACH):
        return Decision(Verdict.UNREACHABLE)
    if _says(said, _OURS):
        return Decision(Verdict.PLAIN)
    return Decision(Verdict.FAILED)


def _says(said: str, phrases: tuple[str, ...]) -> bool:
    return any(phrase in said for phrase in phrases)
