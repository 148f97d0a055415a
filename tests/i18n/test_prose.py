"""The catalogues as prose: what an official of each side would strike out, no text has."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

import pytest

from bot.domain.readers import LANGUAGES, Language
from bot.i18n.folding import correct_title
from tests.i18n.catalogues import TRANSLATED, Text, texts
from tests.i18n.test_glossary import GLOSSARY

COMMAND = re.compile(r"(?<![\w/<])/[a-z]+\b")
PLACEHOLDER = re.compile(r"\{\w+\}")
TAG = re.compile(r"<[^<>]*>")
# Codes, kinds of files, and the one button that is in English everywhere.
LATIN_BY_RIGHT = re.compile(r"\bM-12\b|\bXLSX\b|\bCSV\b|\bUTF-8\b|\bTOML\b|\bEnglish\b")
LATIN = re.compile("[A-Za-z]+")
LAST = re.compile(r"[.:؟?…؛;!]$")
WORD = re.compile(r"[^\W\d_]+(?:\u200c[^\W\d_]+)*")

# Singular imperatives and verbs of the second person, and the pronoun: one speaks so to a child.
FAMILIAR: dict[Language, str] = {
    "fa": "تو تورا ترا برایت بنویس بفرست کن نکن انتخاب‌کن بزن بده ندهی ببین بگذار بخوان بخواه بیفزا بپرس برو بیا "
    "می‌توانی نمی‌توانی می‌خواهی می‌کنی داری نداری هستی نیستی شدی کردی نوشتی فرستادی خودت نامت گزارشت",
    "tg": "ту туро турову бату худат номат навис фирист кун накун деҳ надеҳ бин хон хоҳ илова‌кун пурс рав биё "
    "метавонӣ наметавонӣ мехоҳӣ мекунӣ дорӣ надорӣ ҳастӣ нестӣ шудӣ кардӣ навиштӣ фиристодӣ",
}
# Tajik words as they are typed on a Russian keyboard; each is here with the letters that it needs.
NEEDS_THE_SIX = """
аҳамият барқарор гурӯҳ гурӯҳи дақиқа дараҷа дараҷаи Душанбе имрӯз қабул қадам қайд қисм қисми лоиҳа марҳила марҳилаи
мехоҳед монеаҳо муҳлат муҳлати муроҷиат навбатӣ нақша натиҷа натиҷаи нигоҳ пешниҳод пешниҳоди роҳ рӯз рӯзи рӯзҳо рӯзнома
рӯйхат рӯйхати тағйир таҳрир тасдиқ тоҷикӣ Тоҷикистон уҳда хоҳед хоҳиш ҳаҷм ҳадди ҳам ҳама ҳамаи ҳамкорӣ ҳамкорон ҳамроҳ
ҳамроҳи ҳанӯз ҳар ҳарду ҳарф ҳарфҳо ҳаст ҳастед ҳафта ҳисоб ҳисобот ҳисоботи ҳозир ҳолат ҳолати ҳоло ҳуҷҷат ҳуҷҷатҳо
ҷавоб ҷадвал ҷаласа ҷамъ ҷониб ҷониби ҷонибҳо ҷо ҷой ҷумҳурӣ
"""


def shown(language: Language) -> Iterator[tuple[Text, str]]:
    """Give every form that a reader of *language* may see, with the text it belongs to."""
    for text in texts(language):
        for form in text.forms:
            yield text, form


def own_words(form: str) -> str:
    """Leave out what is not prose: placeholders, tags, commands and what is Latin by right."""
    for other in (PLACEHOLDER, TAG, COMMAND, LATIN_BY_RIGHT):
        form = other.sub("…", form)
    return form


def having(language: Language, pattern: str, flags: int = 0) -> list[str]:
    """Give the forms whose own words have what *pattern* describes."""
    found = re.compile(pattern, flags)
    return [form for _, form in shown(language) if found.search(own_words(form))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_all_texts(language: Language) -> None:
    assert len(list(texts(language))) > 300


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_in_latin_letters_but_commands_codes_and_kinds_of_files(language: Language) -> None:
    assert having(language, LATIN.pattern) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_shouted_at(language: Language) -> None:
    assert having(language, "[!\u203c\u2757]|[?؟]{2}") == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_quotation_marks_are_pointed_and_closed(language: Language) -> None:
    assert having(language, "[\"“”„‟‘’'‹›]") == []
    assert [form for _, form in shown(language) if re.sub("[^«»]", "", form) != "«»" * form.count("«")] == []


def test_english_quotation_marks_are_curved() -> None:
    assert having("en", "[\"«»']") == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_reader_is_addressed_politely(language: Language) -> None:
    familiar = set(FAMILIAR[language].split())

    assert [form for _, form in shown(language) if familiar & set(WORD.findall(own_words(form).casefold()))] == []


def test_tajik_writes_you_with_a_capital() -> None:
    assert having("tg", r"\bшумо(ро|ву|ён)?\b") == []


def test_persian_has_no_letters_of_an_arabic_keyboard() -> None:
    # ك ي ى ة إ ٱ, tatweel, vowel signs but the one of لطفاً, and the digits of the Arabic East.
    assert having("fa", "[\u0643\u064a\u0649\u0629\u0625\u0671\u0640\u064c-\u0652\u0660-\u0669]") == []


def test_persian_has_persian_digits_and_says_percent_in_words() -> None:
    assert having("fa", "[0-9%٪]") == []


def test_tajik_says_percent_in_words() -> None:
    assert having("tg", "[%٪۰-۹]") == []


def test_persian_has_persian_commas_and_question_marks() -> None:
    assert having("fa", "[,;?]") == []
    assert having("tg", "[،؛؟]") == []


def test_persian_parts_of_a_word_are_not_written_apart() -> None:
    assert having("fa", r"(?<!\w)ن?می [آا-ی]|[آا-ی] (?:ها|های|هایی|هایش|تر|ترین|ام|ای|اند)(?!\w)") == []


def test_persian_and_tajik_titles_are_written_as_ours_are_corrected() -> None:
    for language in TRANSLATED:
        mended = [form for _, form in shown(language) if correct_title(form) != " ".join(form.split())]
        assert mended == []


def test_tajik_has_the_letters_of_its_alphabet_only() -> None:
    assert having("tg", "[\u0400-\u04ff](?<![абвгғдеёжзийӣкқлмнопрстуӯфхҳчҷшъэюя])", re.IGNORECASE) == []


def plain(word: str) -> str:
    """Give a word as a Russian keyboard has it; и and ӣ at its end are two words."""
    return word.casefold().translate(str.maketrans("ғқӯҳҷ", "гкухч"))


def misspelled(word: str, known: set[str]) -> bool:
    """Tell whether *word* is a known one without the letters that Russian keyboards lack."""
    word = word.casefold()
    return word not in known and any(plain(one) == word for one in known if one != word)


def test_tajik_words_have_the_six_letters_where_they_need_them() -> None:
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    agreed = {word.casefold() for row in rows for word in WORD.findall(row["tg"])}
    known = agreed | {word.casefold() for word in NEEDS_THE_SIX.split()}

    said = {word for _, form in shown("tg") for word in WORD.findall(own_words(form))}
    assert {word for word in said if misspelled(word, known)} == set()
    assert {word for word in said if re.search("хо(?:и|ро|ву)?$", word) and plain(word) != word} == set()


def test_a_word_without_its_letters_would_be_seen() -> None:
    assert [misspelled(word, {"ҳисобот", "рӯз"}) for word in ("Хисобот", "ҳисобот", "руз", "кон")] == [
        True, False, True, False,
    ]  # fmt: skip


def test_a_tajik_word_is_spelled_in_one_way() -> None:
    spellings: defaultdict[str, set[str]] = defaultdict(set)
    for _, form in shown("tg"):
        for word in WORD.findall(own_words(form)):
            spellings[plain(word)].add(word.casefold())

    assert {word: words for word, words in spellings.items() if len(words) > 1} == {}


def differing(language: Language, part: Callable[[str], object]) -> list[str]:
    """Give the forms in which a part of the text is another one than in English."""
    return [form for text, form in shown(language) if part(form) not in [part(english) for english in text.english]]


@pytest.mark.parametrize("language", TRANSLATED)
def test_tags_and_commands_are_those_of_the_english_text(language: Language) -> None:
    assert differing(language, lambda text: Counter(TAG.findall(text))) == []
    assert differing(language, lambda text: Counter(COMMAND.findall(text))) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_said_as_often_as_in_the_english_text(language: Language) -> None:
    assert differing(language, lambda text: Counter(PLACEHOLDER.findall(text))) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_lines_break_as_in_the_english_text(language: Language) -> None:
    assert differing(language, lambda text: text.count("\n")) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_sentence_ends_as_the_english_one_does(language: Language) -> None:
    def end(text: str) -> str:
        found = LAST.search(TAG.sub("", text))
        return found[0].replace("؟", "?").replace("؛", ";") if found else ""

    assert differing(language, end) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_has_spaces_to_spare(language: Language) -> None:
    assert [form for _, form in shown(language) if re.search(r"^\s|\s$|[^\S\n]{2}| [.,;:،؛؟?»”]|[«“] ", form)] == []
