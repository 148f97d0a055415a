"""The one builder of calls and markup: what is owed, in the words of the bot API."""

import re
from typing import Any

from db.repositories.outbox import Outgoing

_TAG = re.compile(r"<[^>]*>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&"))

Call = tuple[str, dict[str, Any]]

# The method that sends a kind of file again, and the parameter that names the file.
_FILES = {
    "animation": ("sendAnimation", "animation"),
    "audio": ("sendAudio", "audio"),
    "document": ("sendDocument", "document"),
    "photo": ("sendPhoto", "photo"),
    "video": ("sendVideo", "video"),
    "video_note": ("sendVideoNote", "video_note"),
    "voice": ("sendVoice", "voice"),
}


def call_for(outgoing: Outgoing, *, payload: dict[str, Any], message_id: int | None, messenger_id: int | None) -> Call:
    """
    Give the method and parameters for a message that is owed.

    *message_id* is the message to edit, None to send a new one; *messenger_id* is the chat's id as known now.
    """
    if outgoing.method == "show":
        return _show(payload, message_id=message_id, messenger_id=messenger_id)
    if outgoing.method == "answer":
        params: dict[str, Any] = {"callback_query_id": payload["query"]}
        if payload["text"]:
            params |= {"text": payload["text"], "show_alert": payload["alert"]}
        return "answerCallbackQuery", params
    if outgoing.method == "file":
        return _file(payload, messenger_id=messenger_id)
    if outgoing.method == "document":
        return "sendDocument", {"chat_id": messenger_id, "caption": payload["caption"], "parse_mode": "HTML"}
    params = dict(payload["params"])
    if messenger_id is not None and "chat_id" not in params and payload.get("for_chat", True):
        params["chat_id"] = messenger_id
    return payload["method"], params


def _show(payload: dict[str, Any], *, message_id: int | None, messenger_id: int | None) -> Call:
    params: dict[str, Any] = {
        "chat_id": messenger_id,
        "text": payload["text"],
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if payload.get("plain"):
        params["text"] = plain(payload["text"])
        del params["parse_mode"]
    if payload["rows"]:
        params["reply_markup"] = {"inline_keyboard": [[_button(button) for button in row] for row in payload["rows"]]}
    if message_id is not None:
        return "editMessageText", params | {"message_id": message_id}
    if "reply_to" in payload:
        params["reply_parameters"] = {"message_id": payload["reply_to"], "allow_sending_without_reply": True}
    if payload.get("silent"):
        params["disable_notification"] = True
    return "sendMessage", params


def _file(payload: dict[str, Any], *, messenger_id: int | None) -> Call:
    """Give the call that sends a file by its reference or, where that was refused, the words in its place."""
    if payload.get("refused"):
        words = {"text": payload["otherwise"], "rows": [], "plain": payload.get("plain", False)}
        return _show(words, message_id=None, messenger_id=messenger_id)
    method, name = _FILES[payload["kind"]]
    params: dict[str, Any] = {"chat_id": messenger_id, name: payload["file"]}
    # A round video has no caption.
    if payload["kind"] != "video_note":
        params |= {"caption": payload["caption"], "parse_mode": "HTML"}
        if payload.get("plain"):
            params["caption"] = plain(payload["caption"])[:1024]
            del params["parse_mode"]
    return method, params


def _button(button: dict[str, str]) -> dict[str, str]:
    if "url" in button:
        return {"text": button["text"], "url": button["url"]}
    return {"text": button["text"], "callback_data": button["data"]}


def plain(html: str) -> str:
    """Give the text without its tags, for a message that the messenger could not parse, cut to what it takes."""
    text = _TAG.sub("", html)
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text[:4000]
