"""What all features offer together: commands, buttons, forms, views, and the menus made of the commands."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from bot.context import Context
from bot.domain.members import Role
from bot.domain.readers import Language, Reader
from bot.i18n.speech import speech
from handlers.feature import Callback, Command, Feature, FormCallback, View, Where

FromReply = Callable[[Context, str, str], bool]
FromText = Callable[[Context, str], bool]
FromFile = Callable[[Context, str], bool]
FromDocument = Callable[[Context], bool]

_PLACE = "offer"
OPEN_TO_ALL = frozenset({"start", "language", "settings", "help"})


@dataclass(frozen=True, slots=True)
class Offer:
    """
    All features as one, in the order of the menu.

    *replies* take the context, a code such as ``M-12`` and what was typed in reply to it; *texts* take what was typed
    without more; each says whether it was theirs. *files*: kind of draft to what takes a picture, voice message or file
    while that form is open, with its caption. *evidence* take a file that names its subject itself, with the code
    of the card it replies to ("" for none); *documents* take what nothing else takes; each says whether it was theirs.
    """

    commands: tuple[Command, ...]
    presses: Mapping[str, Callback]
    forms: Mapping[str, FormCallback]
    views: Mapping[str, View]
    replies: tuple[FromReply, ...] = ()
    texts: tuple[FromText, ...] = ()
    files: Mapping[str, FormCallback] = field(default_factory=dict)
    evidence: tuple[FromFile, ...] = ()
    documents: tuple[FromDocument, ...] = ()

    def listed(self, *, role: Role | None, where: Where) -> list[Command]:
        """Give the commands that a role is shown in a kind of chat; None: who is no member, such as the owner."""
        if role is None:
            return [command for command in self.commands if command.name in OPEN_TO_ALL]
        return [
            command
            for command in self.commands
            if command.is_listed and where in command.where and role in command.roles
        ]

    def menu(self, *, role: Role | None, language: Language, where: Where) -> list[dict[str, str]]:
        """Give a command menu as the messenger takes it."""
        return menu(self.listed(role=role, where=where), language)

    def allows(self, name: str, role: Role) -> bool:
        """Tell whether there is a command *name* for a role."""
        return any(command.name == name and role in command.roles for command in self.commands)


def menu(commands: Iterable[Command], language: Language) -> list[dict[str, str]]:
    """Write commands as the messenger takes them."""
    say = speech(Reader(language, "gregorian", "latin", "UTC"))
    return [{"command": command.name, "description": say.gettext(command.description)} for command in commands]


def collected(
    features: Iterable[Feature],
    *,
    replies: Iterable[FromReply] = (),
    texts: Iterable[FromText] = (),
    files: Mapping[str, FormCallback] | None = None,
    evidence: Iterable[FromFile] = (),
    documents: Iterable[FromDocument] = (),
) -> Offer:
    """
    Make one offer of all *features*.

    Raises:
        ValueError: two features use the same word, act, kind of form or view.
    """
    commands: dict[str, Command] = {}
    presses: dict[str, Callback] = {}
    forms: dict[str, FormCallback] = {}
    views: dict[str, View] = {}
    for feature in features:
        _add(commands, {command.name: command for command in feature.commands})
        _add(presses, feature.presses)
        _add(forms, feature.forms)
        _add(views, feature.views)
    return Offer(
        commands=tuple(commands.values()),
        presses=presses,
        forms=forms,
        views=views,
        replies=tuple(replies),
        texts=tuple(texts),
        files=files or {},
        evidence=tuple(evidence),
        documents=tuple(documents),
    )


def _add(kept: dict[str, Any], more: Mapping[str, Any]) -> None:
    twice = kept.keys() & more.keys()
    if twice:
        raise ValueError(f"offered twice: {', '.join(sorted(twice))}")
    kept.update(more)


def keep_offer(shared: dict[Any, Any], offer: Offer) -> None:
    """Leave the offer where callbacks find it: what the library shares between all of an application's updates."""
    shared[_PLACE] = offer


def offer_of(context: Context) -> Offer:
    """Find the offer; a feature cannot import it, for it is made of the features."""
    return cast("Offer", context.bot_data[_PLACE])
