"""Keyboards under messages, checked as the server checks them."""

from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request
from bot.sandbox.params import Params

_ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)
MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
CALLBACK_DATA_LIMIT = 64


def read_markup(params: Params) -> dict[str, Any] | None:
    """
    The reply markup of a call, or None where it has none or an empty one.

    Raises:
        ApiError: it is malformed, by the server's first look, before the chat is known.
    """
    markup = params.parsed("reply_markup", "can't parse reply keyboard markup JSON object")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = markup["inline_keyboard"]
        if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
            raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
        kept = [[_button(button) for button in row] for row in rows]
        kept = [row for row in kept if row]
        return {"inline_keyboard": kept} if kept else None
    if markup.get("keyboard"):
        return markup
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    return None


def _button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not isinstance(button["text"], str):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not button["text"].strip():
        # The real server drops such a button without a word; here it must be seen.
        raise bad_request("can't parse inline keyboard button: Text must be non-empty")
    actions = [
        name
        for name in _ACTIONS
        if button.get(name) not in (None, "") or (name.startswith("switch") and name in button)
    ]
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        # The real server takes the first; its documentation allows exactly one.
        raise bad_request(
            f"can't parse inline keyboard button: Exactly one action is allowed, got {', '.join(actions)}"
        )
    return dict(button)


def check_markup(markup: dict[str, Any] | None) -> None:
    """
    The server's second look, when all else about the message is good.

    Raises:
        ApiError: too many buttons, too much callback data or an address that is none.
    """
    rows = (markup or {}).get("inline_keyboard", [])
    if sum(len(row) for row in rows) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise bad_request("reply markup is too long")
    for button in (button for row in rows for button in row):
        if len(str(button.get("callback_data", "")).encode()) > CALLBACK_DATA_LIMIT:
            raise bad_request("BUTTON_DATA_INVALID")
        if "url" in button and not is_address(str(button["url"])):
            raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def is_address(url: str) -> bool:
    """True for http, https and tg addresses; the server adds http:// where the scheme is missing."""
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme == "tg":
        return bool(parts.netloc)
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and " " not in url
