"""Reading raw updates just far enough to keep them; nothing here can raise on what a messenger sends."""

import json
from typing import Any

from db.repositories.inbox import Arrival

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


def arrivals(updates: Any) -> list[Arrival]:
    """Give the updates of a poll's result as they are to be kept; what has no update id is left out."""
    if not isinstance(updates, list):
        return []
    return [
        Arrival(
            update_id=update["update_id"],
            chat_id=chat_of(update),
            raw=json.dumps(update, ensure_ascii=False),
            sender_id=sender_of(update),
        )
        for update in updates
        if isinstance(update, dict) and isinstance(update.get("update_id"), int)
    ]


def chat_of(update: dict[str, Any]) -> int:
    """Give the messenger's chat of an update, for inline queries and the like the person, 0 where there is none."""
    for place in _PLACES:
        body = update.get(place)
        if not isinstance(body, dict):
            continue
        message = body.get("message") if place == "callback_query" else body
        for holder, name in ((message, "chat"), (body, "from")):
            found = holder.get(name) if isinstance(holder, dict) else None
            if isinstance(found, dict) and isinstance(found.get("id"), int):
                return int(found["id"])
    return 0


def sender_of(update: dict[str, Any]) -> int:
    """Give the messenger's user who caused an update, 0 where none is named."""
    for place in _PLACES:
        body = update.get(place)
        sender = body.get("from") if isinstance(body, dict) else None
        if isinstance(sender, dict) and isinstance(sender.get("id"), int):
            return int(sender["id"])
    return 0
