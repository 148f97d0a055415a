"""How the bot presents itself: names, descriptions and command menus, owed only when they are not what was set last."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from bot.domain.readers import LANGUAGES, Language, Reader
from bot.i18n.speech import speech
from bot.services import posting
from db.models import Lane
from db.repositories.chats import Chat
from db.unit_of_work import UnitOfWork

Menu = list[dict[str, str]]
Calls = list[tuple[str, dict[str, Any]]]

# What a client gets whose language has no entry of its own.
DEFAULT: Language = "en"


def owe_profile(uow: UnitOfWork, *, strangers: Mapping[Language, Menu], groups: Mapping[Language, Menu]) -> bool:
    """
    Owe the bot's names, descriptions and menus in all languages; tell whether they had changed.

    *strangers* is the menu of who has chosen no language, *groups* that of group chats, each by the client's language.
    """
    calls: Calls = []
    for language in LANGUAGES:
        calls += _texts(language)
        calls.append(_commands(strangers[language], {"type": "default"}, language))
        calls.append(_commands(groups[language], {"type": "all_group_chats"}, language))
    if not _is_news(uow, f"profile:{uow.account_id}", calls):
        return False
    for method, params in calls:
        posting.owe(uow, "call", {"method": method, "params": params}, lane=Lane.NOTICE)
    return True


def owe_menu(uow: UnitOfWork, chat: Chat, menu: Menu) -> bool:
    """Owe the command menu of a private chat, by the language and role chosen there; tell whether it had changed."""
    method, params = "setMyCommands", {"commands": menu, "scope": {"type": "chat", "chat_id": chat.messenger_id}}
    if not _is_news(uow, f"menu:{chat.id}", [(method, params)]):
        return False
    payload = {"method": method, "params": params, "for_chat": False}
    posting.owe(uow, "call", payload, chat=chat, lane=Lane.NOTICE)
    return True


def _is_news(uow: UnitOfWork, name: str, calls: Calls) -> bool:
    wanted = sha256(json.dumps(calls, sort_keys=True).encode()).hexdigest()[:16]
    if uow.installation.value(name) == wanted:
        return False
    uow.installation.remember(name, wanted)
    return True


def _texts(language: Language) -> Calls:
    say = speech(Reader(language, "gregorian", "latin", "UTC"))
    _ = say.gettext
    code = _code(language)
    description = _(
        "The companion of a bilateral working group: milestones, obstacles and the monthly report, "
        "in Persian, Tajik and English.\n"
        "This service is for members of the working group. To join, please ask your secretary for an invitation."
    )
    return [
        ("setMyName", {"name": _("Hamroh"), **code}),
        ("setMyDescription", {"description": description, **code}),
        (
            "setMyShortDescription",
            {"short_description": _("Milestones, obstacles and the monthly report of a working group."), **code},
        ),
    ]


def _commands(menu: Menu, scope: dict[str, str], language: Language) -> tuple[str, dict[str, Any]]:
    return "setMyCommands", {"commands": menu, "scope": scope, **_code(language)}


def _code(language: Language) -> dict[str, str]:
    return {} if language == DEFAULT else {"language_code": language}
