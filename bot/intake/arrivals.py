"""Reading raw updates just far enough to keep them; nothing here can raise on what a messenger sends."""

import json
import logging
from typing import Any

from db.repositories.inbox import Arrival

log = logging.getLogger(__name__)

# What is asked of the messenger, so that nothing comes that has no decided answer.
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]

_PLACES = (
    "message",
    "edited_message",
    "channel_post",
    "my_chat_member",
    "chat_member",
    "callback_query",
    "inline_query",
)
# What a column for whole numbers takes.
_LARGEST = 2**63 - 1

# What people send, and what tells a message about the chat from theirs.
_SENT = ("message", "edited_message", "channel_post", "callback_query", "inline_query")
_OF_THE_CHAT = frozenset({"migrate_to_chat_id", "migrate_from_chat_id"})


def arrivals(updates: Any) -> list[Arrival]:
    """Give the updates of a poll's result as they are to be kept; what cannot be kept is noted and left out."""
    if not isinstance(updates, list):
        return []
    found = [_arrival(update) for update in updates]
    if None in found:
        log.error("%s of %s updates have no number of an update and are left out", found.count(None), len(found))
    return [arrival for arrival in found if arrival is not None]


def _arrival(update: Any) -> Arrival | None:
    update_id = _number(update.get("update_id")) if isinstance(update, dict) else None
    if update_id is None:
        return None
    return Arrival(update_id=update_id, chat_id=chat_of(update), raw=_text(update), sender_id=sender_of(update))


def _text(update: dict[str, Any]) -> str:
    text = json.dumps(update, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        # Half of a pair of surrogates, such as a cut emoji: no database takes that for text.
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def chat_of(update: dict[str, Any]) -> int:
    """Give the messenger's chat of an update, for inline queries and the like the person, 0 where there is none."""
    for place in _PLACES:
        body = update.get(place)
        if not isinstance(body, dict):
            continue
        message = body.get("message") if place == "callback_query" else body
        for holder, name in ((message, "chat"), (body, "from")):
            found = holder.get(name) if isinstance(holder, dict) else None
            number = _number(found.get("id")) if isinstance(found, dict) else None
            if number is not None:
                return number
    return 0


def sender_of(update: dict[str, Any]) -> int:
    """
    Give who sent an update: the messenger's user, or (below 0) the chat in whose name somebody wrote.

    0 where nobody is named, and for what the messenger itself says of a chat: that must never be one message too many.
    """
    for place in _SENT:
        body = update.get(place)
        if not isinstance(body, dict) or not _OF_THE_CHAT.isdisjoint(body):
            continue
        for name in ("sender_chat", "from"):
            sender = body.get(name)
            number = _number(sender.get("id")) if isinstance(sender, dict) else None
            if number is not None:
                return number
    return 0


def _number(value: Any) -> int | None:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return value if is_whole and abs(value) <= _LARGEST else None
