"""The catalogues keep to the glossary: a term of the English text is in each translation the word agreed for it."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.domain.readers import Language
from bot.i18n.catalogue import source

GLOSSARY = Path(__file__).parent / "data" / "glossary.tsv"
TRANSLATED: tuple[Language, ...] = ("fa", "tg")
# A command, a placeholder or a tag may be spelled like a term without being one.
_NOT_WORDS = re.compile(r"/\w+|\{\w+\}|<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Term:
    """*is_whole*: English uses the word in other senses too, so that only a text of nothing else has the term."""

    id: str
    en: str
    words: dict[Language, str]
    stems: dict[Language, str]
    is_whole: bool

    @property
    def pattern(self) -> re.Pattern[str]:
        word = re.escape(self.en)
        plural = rf"(?:{word[:-1]}ies|{word})" if re.search("[^aeiou]y$", self.en) else rf"{word}(?:s|es)?"
        return re.compile(rf"^{word}$" if self.is_whole else rf"(?<![\w-]){plural}(?![\w-])", re.IGNORECASE)


def glossary() -> list[Term]:
    """Give the terms with the longest first, as `report` is also in `nothing to report`."""
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    terms = [
        Term(
            row["id"],
            row["en"],
            words={"fa": row["fa"], "tg": row["tg"]},
            stems={"fa": row["stem_fa"], "tg": row["stem_tg"]},
            is_whole=row["found"] == "whole",
        )
        for row in rows
    ]
    return sorted(terms, key=lambda term: -len(term.en))


TERMS = glossary()


def terms_of(text: str) -> Iterator[Term]:
    """Find the terms of an English text; what is part of a longer term is not counted again."""
    left = _NOT_WORDS.sub("…", text)
    for term in TERMS:
        if term.pattern.search(left):
            left = term.pattern.sub("…", left)
            yield term


def forms(text: object) -> list[str]:
    return [str(form) for form in text] if isinstance(text, list | tuple) else [str(text)]


def messages(language: Language) -> Iterator[tuple[str, list[str]]]:
    """Give each English text with all the forms of its translation."""
    with source(language).open("rb") as file:
        catalogue = read_po(file, ignore_obsolete=True)
    for message in catalogue:
        if message.id and any(forms(message.string)):
            yield forms(message.id)[-1], [form for form in forms(message.string) if form]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_term_is_said_with_the_word_agreed_for_it(language: Language) -> None:
    found: set[str] = set()
    wrong = []
    for english, translations in messages(language):
        for term in terms_of(english):
            found.add(term.id)
            wrong += [
                f"{term.en} is {term.words[language]}: {english!r} has {text!r}"
                for text in translations
                if not re.search(term.stems[language], text)
            ]

    assert not wrong, "\n".join(wrong)
    assert len(found) > len(TERMS) // 2, "so few terms are met that the catalogue or the glossary is not what it was"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_stem_finds_the_word_it_stands_for(language: Language) -> None:
    lost = [term.id for term in TERMS if not re.search(term.stems[language], term.words[language])]

    assert not lost


def test_a_longer_term_hides_the_shorter_ones_in_it() -> None:
    said = {term.id for term in terms_of("Nothing to report on {milestone}: /obstacles")}

    assert said == {"nothing_to_report"}
