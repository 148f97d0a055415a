"""Who reads a message: one person, or a chat of several languages, which are stacked one under the other."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.groups import WorkingGroup
from bot.domain.readers import LANGUAGES, Language, Reader, default_digits
from bot.i18n.speech import Speech, speech

TOGETHER = "all"
_BETWEEN_LABELS = " · "
_BETWEEN_TEXTS = "\n\n"


@dataclass(frozen=True, slots=True)
class Audience:
    """
    The readers of a message, in the order in which it speaks to them.

    *mode* is what its buttons carry on, so that a message keeps its languages while it is edited: "" is a person's own
    choices, TOGETHER the languages of a group's chat, otherwise one language that was picked. *others* are the modes
    that can be picked instead. A chat stays in its mode when the message is drawn anew; a person's own choice returns.
    """

    readers: tuple[Reader, ...]
    mode: str = ""
    others: tuple[str, ...] = ()
    is_chat: bool = False

    @property
    def first(self) -> Reader:
        """The reader whose direction the keyboard has."""
        return self.readers[0]

    def stacked(self, write: Callable[[Speech], str]) -> str:
        """Write a text once for each reader."""
        return _BETWEEN_TEXTS.join(write(speech(reader)) for reader in self.readers)

    def label(self, write: Callable[[Speech], str]) -> str:
        """Write a label of a button in all languages."""
        return _BETWEEN_LABELS.join(dict.fromkeys(write(speech(reader)) for reader in self.readers))

    def args(self, *arguments: int | str) -> tuple[int | str, ...]:
        """Give the arguments of a button, with the mode where there is one."""
        return (*arguments, self.mode) if self.mode else arguments

    def view(self, name: str, *arguments: int | str) -> tuple[int | str, ...]:
        """Give the view of a screen: its name and arguments, with the mode where it stays."""
        return (name, *(self.args(*arguments) if self.is_chat else arguments))


def of_person(reader: Reader, mode: str = "") -> Audience:
    """Give one person as the audience; *mode* may be a language other than their own."""
    language = _language(mode)
    shown = language or reader.language
    if language is not None and language != reader.language:
        reader = Reader(language, reader.calendar, default_digits(language), reader.time_zone)
    others = tuple(other for other in LANGUAGES if other != shown)
    return Audience((reader,), mode if language is not None else "", others)


def of_chat(group: WorkingGroup, mode: str = TOGETHER) -> Audience:
    """Give the people of a group's chat: the languages of its parties in their order, or the one language of *mode*."""
    readers = {
        party.default_language: Reader(
            party.default_language, party.calendar, default_digits(party.default_language), party.time_zone
        )
        for party in reversed(group.parties)
    }
    order = tuple(dict.fromkeys(party.default_language for party in group.parties))
    language = _language(mode)
    if language is None:
        return Audience(tuple(readers[name] for name in order), TOGETHER, LANGUAGES, is_chat=True)
    zone = group.rules.reporting.due_time_zone
    reader = readers.get(language) or Reader(language, "gregorian", default_digits(language), zone)
    others = (*(other for other in LANGUAGES if other != language), *((TOGETHER,) if len(order) > 1 else ()))
    return Audience((reader,), mode, others, is_chat=True)


def languages_of_mode(group: WorkingGroup, mode: str) -> tuple[Language, ...]:
    """Give the languages that a mode stands for."""
    language = _language(mode)
    return (language,) if language else tuple(dict.fromkeys(party.default_language for party in group.parties))


def _language(mode: str) -> Language | None:
    return next((language for language in LANGUAGES if language == mode), None)
