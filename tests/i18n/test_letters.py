"""The letters of the translations: Persian and Tajik as they are spelled, tags as in English, nothing slipped in."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.pofile import read_po

from bot.domain.readers import Language
from bot.i18n.catalogue import source

TRANSLATED: tuple[Language, ...] = ("fa", "tg")
PLAIN = str.maketrans("ғӣқӯҳҷ", "гикухч")

_TAG = re.compile(r"</?[a-z]+>")
# Commands, placeholders, tags, codes, kinds of files and one name are Latin in every language.
_LATIN_BY_RIGHT = re.compile(
    r"/\w+|\{\w+\}|<[^<>]*>|\b[MO]-\d+|\b(?:XLSX|CSV|UTF-8|TOML|Excel|English|reason|joint|ID)\b"
)
_WRONG = {
    "fa": re.compile(r"[يكىـ٠-٩]|[,;?!]|[0-9]|[\"“”]|\u200c(?:[\s.،؛:؟»]|$)"),
    "tg": re.compile('[їќўњљѓұүһәөңі]|[!]|["“”]|[a-zA-Z](?=[а-яғӣқӯҳҷ])|(?<=[а-яғӣқӯҳҷ])[a-zA-Z]', re.IGNORECASE),
}


@cache
def texts(language: Language) -> tuple[tuple[str, str], ...]:
    """Give each English text with its translation, form by form."""

    def pairs() -> Iterator[tuple[str, str]]:
        with source(language).open("rb") as file:
            for message in read_po(file, ignore_obsolete=True):
                if message.id:
                    ids = list(message.id) if isinstance(message.id, list | tuple) else [message.id]
                    forms = list(message.string) if isinstance(message.string, list | tuple) else [message.string]
                    yield from ((str(ids[-1]), str(form)) for form in forms)

    return tuple(pairs())


@pytest.mark.parametrize("language", TRANSLATED)
def test_tags_are_those_of_the_english_text(language: Language) -> None:
    wrong = [text for english, text in texts(language) if sorted(_TAG.findall(english)) != sorted(_TAG.findall(text))]

    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_lines_are_as_many_as_in_english(language: Language) -> None:
    assert [text for english, text in texts(language) if english.count("\n") != text.count("\n")] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_letter_or_sign_of_another_keyboard_slipped_in(language: Language) -> None:
    own = ((text, _LATIN_BY_RIGHT.sub("", text)) for _, text in texts(language))
    wrong = {text: found for text, bare in own if (found := _WRONG[language].findall(bare))}

    assert wrong == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_word_was_left_in_latin_letters(language: Language) -> None:
    own = ((text, _LATIN_BY_RIGHT.sub("", text)) for _, text in texts(language))
    wrong = {text: found for text, bare in own if (found := re.findall("[A-Za-z]{2,}", bare))}

    assert wrong == {}


def test_a_tajik_word_has_its_six_letters_wherever_it_stands() -> None:
    spellings: defaultdict[str, set[str]] = defaultdict(set)
    for _, text in texts("tg"):
        for word in re.findall(r"[а-яёғӣқӯҳҷъ]+", _LATIN_BY_RIGHT.sub("", text).casefold()):
            # At a word's end ӣ and и are two endings: корӣ is of work, кори the work of somebody.
            spellings[word.translate(PLAIN)].add(re.sub("ӣ$", "и", word))

    assert {plain: words for plain, words in spellings.items() if len(words) > 1} == {}


def test_the_six_letters_are_all_there() -> None:
    every = "".join(text for _, text in texts("tg")).casefold()

    assert {letter: every.count(letter) > 5 for letter in "ғӣқӯҳҷ"} == dict.fromkeys("ғӣқӯҳҷ", True)
