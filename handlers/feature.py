"""How a feature offers itself to the registry: its commands, buttons, forms and views."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from enum import Flag, auto
from typing import Any

from telegram import Update

from bot.context import Context
from bot.domain.members import Role
from bot.screens.screen import Screen
from db.repositories.drafts import Draft

Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]
FormCallback = Callable[[Context, Draft, str], None]
View = Callable[..., Screen]

EVERYBODY = frozenset(Role)
WRITERS = frozenset(Role) - {Role.OBSERVER}


class Where(Flag):
    """Kinds of chats that a command belongs to."""

    PRIVATE = auto()
    GROUP = auto()
    BOTH = PRIVATE | GROUP


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its word, what the menu says of it (a msgid), where it works and for whom."""

    name: str
    callback: Callback
    description: str
    where: Where = Where.BOTH
    roles: frozenset[Role] = EVERYBODY
    is_listed: bool = True


@dataclass(frozen=True, slots=True)
class Feature:
    """
    What one module of callbacks brings.

    *presses*: act of a button to callback. *forms*: kind of draft to what takes the typed text. *views*: name of a
    screen's view to what draws it anew; called with the context and the view's arguments.
    """

    commands: tuple[Command, ...] = ()
    presses: Mapping[str, Callback] = field(default_factory=dict)
    forms: Mapping[str, FormCallback] = field(default_factory=dict)
    views: Mapping[str, View] = field(default_factory=dict)
