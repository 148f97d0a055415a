"""What a bot says of itself: name, descriptions, command menus by scope and language, menu button."""

import re
from collections.abc import Callable
from typing import Any

from bot.sandbox.api.access import Call
from bot.sandbox.errors import bad_request
from bot.sandbox.records import BotAccount, Chat

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}
_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"} | _CHAT_SCOPES
MOST_COMMANDS = 100
DESCRIPTION_LIMIT = 256
NAME_LIMITS = {"name": 64, "description": 512, "short_description": 120}


def get_me(call: Call) -> dict[str, Any]:
    return {
        **call.bot.as_user(),
        "can_join_groups": True,
        "can_read_all_group_messages": call.bot.reads_all_group_messages,
        "supports_inline_queries": call.bot.supports_inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(call: Call) -> bool:
    listed = call.params.parsed("commands", "can't parse commands JSON object")
    if not isinstance(listed, list):
        raise bad_request("expected an Array of BotCommand")
    scope, language = _scope(call), _language(call)
    if len(listed) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = [_command(entry) for entry in listed]
    if commands:
        call.bot.commands[scope, language] = commands
    else:
        call.bot.commands.pop((scope, language), None)
    call.world.tell("commands")
    return True


def get_my_commands(call: Call) -> list[dict[str, str]]:
    return [dict(command) for command in call.bot.commands.get((_scope(call), _language(call)), [])]


def delete_my_commands(call: Call) -> bool:
    call.bot.commands.pop((_scope(call), _language(call)), None)
    call.world.tell("commands")
    return True


def shown_commands(bot: BotAccount, chat: Chat, *, user_id: int, language_code: str) -> list[dict[str, str]]:
    """The menu a client shows: the first scope that has one, each in the client's language before the one without."""
    if chat.is_private:
        scopes = [f"chat:{chat.id}", "all_private_chats", "default"]
    else:
        is_admin = chat.members[user_id].is_admin
        admin = [f"chat_administrators:{chat.id}"] if is_admin else []
        scopes = [f"chat_member:{chat.id}:{user_id}", *admin, f"chat:{chat.id}"]
        scopes += [*(["all_chat_administrators"] if is_admin else []), "all_group_chats", "default"]
    for scope in scopes:
        for language in (language_code.partition("-")[0].lower(), ""):
            if commands := bot.commands.get((scope, language)):
                return commands
    return []


def _command(entry: Any) -> dict[str, str]:
    if not isinstance(entry, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(entry.get(name), str):
            raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
    command, description = entry["command"].removeprefix("/"), entry["description"].strip()
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 0 < len(description) <= DESCRIPTION_LIMIT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def _scope(call: Call) -> str:
    described = call.params.parsed("scope", "can't parse BotCommandScope JSON object")
    if described is None:
        return "default"
    if not isinstance(described, dict):
        raise bad_request("BotCommandScope must be an Object")
    kind = str(described.get("type", ""))
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if kind not in _CHAT_SCOPES:
        return kind
    try:
        chat_id = int(described.get("chat_id", ""))
    except ValueError:
        raise bad_request("chat not found") from None
    key = (0, chat_id) if chat_id < 0 else (call.bot.id, chat_id)
    chat = call.world.chats.get(key)
    if chat is None or (chat.is_private and not chat.is_started) or (chat_id < 0 and call.bot.id not in chat.members):
        raise bad_request("chat not found")
    if chat.is_private and kind != "chat":
        raise bad_request("chat_administrators scope can't be used for private chats")
    if kind == "chat_member":
        return f"{kind}:{chat_id}:{int(described.get('user_id', 0))}"
    return f"{kind}:{chat_id}"


def _language(call: Call) -> str:
    language = call.params.text("language_code")
    if language and not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def _texts(bot: BotAccount, field: str) -> dict[str, str]:
    return {"name": bot.names, "description": bot.descriptions, "short_description": bot.short_descriptions}[field]


def _setter(field: str) -> Callable[[Call], bool]:
    def set_text(call: Call) -> bool:
        text, language = call.params.text(field).strip(), _language(call)
        if len(text) > NAME_LIMITS[field]:
            raise bad_request(f"bot {field.replace('_', ' ')} is too long")
        if text:
            _texts(call.bot, field)[language] = text
        else:
            _texts(call.bot, field).pop(language, None)
        call.world.tell("commands")
        return True

    return set_text


def _getter(field: str) -> Callable[[Call], dict[str, str]]:
    def get_text(call: Call) -> dict[str, str]:
        texts, language = _texts(call.bot, field), _language(call)
        fallback = texts.get("") or (call.bot.first_name if field == "name" else "")
        return {field: texts.get(language) or fallback}

    return get_text


def set_chat_menu_button(call: Call) -> bool:
    button = call.params.parsed("menu_button", "can't parse menu button JSON object") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in {"commands", "default", "web_app"}:
        raise bad_request("can't parse menu button: Unsupported menu button type specified")
    call.bot.menu_buttons[_menu_chat(call)] = button
    call.world.tell("commands")
    return True


def get_chat_menu_button(call: Call) -> dict[str, Any]:
    return menu_button(call.bot, _menu_chat(call))


def menu_button(bot: BotAccount, chat_id: int) -> dict[str, Any]:
    own = bot.menu_buttons.get(chat_id, {"type": "default"})
    return own if own["type"] != "default" else bot.menu_buttons.get(0, {"type": "commands"})


def _menu_chat(call: Call) -> int:
    chat_id = call.params.integer("chat_id")
    if chat_id and (call.bot.id, chat_id) not in call.world.chats:
        raise bad_request("chat not found")
    return chat_id


METHODS: dict[str, Callable[[Call], Any]] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
