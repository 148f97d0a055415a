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

    *mode* is what the buttons of a chat's message carry on, so that it keeps its languages while it is edited:
    TOGETHER, or one language that was picked; "" for one person, to whom everything speaks their own. *others* are the
    modes that can be picked instead.
    """

    readers: tuple[Reader, ...]
    mode: str = ""
    others: tuple[str, ...] = ()

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


def of_person(reader: Reader, mode: str = "") -> Audience:
    """Give one person as the audience; *mode* may be a language other than their own, for one screen."""
    language = _language(mode) or reader.language
    if language != reader.language:
        reader = Reader(language, reader.calendar, default_digits(language), reader.time_zone)
    return Audience((reader,), others=tuple(other for other in LANGUAGES if other != language))


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
        return Audience(tuple(readers[name] for name in order), TOGETHER, LANGUAGES)
    zone = group.rules.reporting.due_time_zone
    reader = readers.get(language) or Reader(language, "gregorian", default_digits(language), zone)
    others = (*(other for other in LANGUAGES if other != language), *((TOGETHER,) if len(order) > 1 else ()))
    return Audience((reader,), mode, others)


def languages_of_mode(group: WorkingGroup, mode: str) -> tuple[Language, ...]:
    """Give the languages that a mode stands for."""
    language = _language(mode)
    return (language,) if language else tuple(dict.fromkeys(party.default_language for party in group.parties))


def _language(mode: str) -> Language | None:
    return next((language for language in LANGUAGES if language == mode), None)
