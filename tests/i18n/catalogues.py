"""The texts of a catalogue with their translations, as tests read them."""

from collections.abc import Iterator
from dataclasses import dataclass

from babel.messages.pofile import read_po

from bot.domain.readers import Language
from bot.i18n.catalogue import LOCALE_IDS, source

TRANSLATED: tuple[Language, ...] = ("fa", "tg")


@dataclass(frozen=True, slots=True)
class Text:
    """An English text in all its forms, the plural last, and all forms of its translation."""

    english: tuple[str, ...]
    forms: tuple[str, ...]


def texts(language: Language) -> Iterator[Text]:
    """Give each text that is translated; English itself is its own translation."""
    with source(language).open("rb") as file:
        catalogue = read_po(file, locale=LOCALE_IDS[language], ignore_obsolete=True)
    for message in catalogue:
        english = _forms(message.id)
        forms = english if language == "en" else tuple(form for form in _forms(message.string) if form)
        if message.id and forms:
            yield Text(english, forms)


def _forms(text: object) -> tuple[str, ...]:
    return tuple(str(form) for form in text) if isinstance(text, list | tuple) else (str(text or ""),)
