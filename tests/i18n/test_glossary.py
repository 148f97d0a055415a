"""The catalogues keep to the glossary: a term of the English text is in each translation the word agreed for it."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from bot.domain.readers import Language
from tests.i18n.catalogues import TRANSLATED, texts

GLOSSARY = Path(__file__).parent / "data" / "glossary.tsv"
# A command, a placeholder or a tag may be spelled like a term without being one.
_NOT_WORDS = re.compile(r"/\w+|\{\w+\}|<[^<>]*>")
# Words that offices of one side use for another thing, or do not use, with the words to say instead.
AVOIDED: dict[Language, dict[str, str]] = {
    "fa": {
        "پرونده": "فایل",
        "مهلت‌گذشته": "معوق",
        "گفتگو": "گفت‌وگو",
        "جستجو": "جست‌وجو",
        "گروه کاری": "کارگروه",
        "پروژه": "برنامه",
        "تسک": "کار",
        "لینک": "پیوند",
        "دکمه‌ی": "دکمه",
    },
    "tg": {
        "гузориш": "ҳисобот",
        "нусха": "таҳрир",
        "парванда": "файл",
        "баргардондан": "баргардонидан",
        "вазифа": "кор",
        "мӯҳлат": "муҳлат",
        "проект": "лоиҳа",
        "отчёт": "ҳисобот",
        "кнопка": "тугма",
        "кабул": "қабул",
    },
}


@dataclass(frozen=True)
class Term:
    """*is_whole*: English uses the word in other senses too, so that only a text of nothing else has the term."""

    id: str
    en: str
    words: dict[Language, str]
    stems: dict[Language, re.Pattern[str]]
    is_whole: bool
    comment: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        words = r"\s+".join(_with_plural(re.escape(word)) for word in self.en.split())
        return re.compile(rf"^{words}\.?$" if self.is_whole else rf"(?<![\w-]){words}(?![\w-])", re.IGNORECASE)


def _with_plural(word: str) -> str:
    return rf"(?:{word[:-1]}ies|{word})" if re.search("[^aeiou]y$", word) else rf"{word}(?:s|es)?"


def rows() -> list[dict[str, str]]:
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def glossary() -> list[Term]:
    """
    Give the terms in the order in which a text is searched for them.

    A longer one comes first, as `report` is also in `progress report`; a button whose whole text is a term comes before
    the term.
    """
    terms = [
        Term(
            row["id"],
            row["en"],
            words={"fa": row["fa"], "tg": row["tg"]},
            stems={"fa": re.compile(row["stem_fa"]), "tg": re.compile(row["stem_tg"])},
            is_whole=row["found"] == "whole",
            comment=row["comment"],
        )
        for row in rows()
    ]
    return sorted(terms, key=lambda term: (-len(term.en), not term.is_whole))


TERMS = glossary()


def terms_of(text: str) -> Iterator[Term]:
    """Find the terms of an English text; what is part of a longer term is not counted again."""
    left = _NOT_WORDS.sub("…", text)
    for term in TERMS:
        if term.pattern.search(left):
            left = term.pattern.sub("…", left)
            yield term


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_term_is_said_with_the_word_agreed_for_it(language: Language) -> None:
    found: set[str] = set()
    wrong = []
    for text in texts(language):
        for english in text.english:
            for term in terms_of(english):
                found.add(term.id)
                wrong += [
                    f"{term.en} is {term.words[language]}: {english!r} has {form!r}"
                    for form in text.forms
                    if not term.stems[language].search(form)
                ]

    assert not wrong, "\n".join(wrong)
    assert len(found) >= 85, "so few terms are met that the catalogue or the glossary is not what it was"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_stem_finds_the_word_it_stands_for(language: Language) -> None:
    lost = [term.id for term in TERMS if not term.stems[language].search(term.words[language])]

    assert not lost


@pytest.mark.parametrize("language", TRANSLATED)
def test_words_that_the_glossary_has_replaced_are_not_said(language: Language) -> None:
    said = [
        f"{avoided}, not {word}: {form!r}"
        for text in texts(language)
        for form in text.forms
        for avoided, word in AVOIDED[language].items()
        if re.search(rf"(?<!\w){avoided}", form, re.IGNORECASE)
    ]

    assert said == []


def test_a_term_that_is_not_looked_for_everywhere_says_why() -> None:
    assert {row["found"] for row in rows()} == {"anywhere", "whole"}
    assert [term.id for term in TERMS if term.is_whole and not term.comment] == []


def test_no_term_stands_there_twice() -> None:
    ids = [row["id"] for row in rows()]

    assert len(ids) == len(set(ids))


def test_a_longer_term_hides_the_shorter_ones_in_it() -> None:
    said = {term.id for term in terms_of("The progress report on {milestone}: /obstacles")}

    assert said == {"progress_report"}


def test_a_term_is_found_in_its_plural_and_over_the_end_of_a_line() -> None:
    assert {term.id for term in terms_of("Days off and due\ndates")} == {"holiday", "due_date"}
