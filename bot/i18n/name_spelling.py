"""How a personal name may be spelled in the other script: known names first, then letter by letter; only a proposal."""

import re
import unicodedata
from itertools import pairwise
from typing import Literal

from bot.i18n.folding import correct_title, fold
from bot.i18n.name_words import ENDINGS, JOINED, PAIRS

Script = Literal["fa", "tg", "en"]

_LETTERS: dict[Script, re.Pattern[str]] = {
    "fa": re.compile("[\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06fa-\u06fc]"),
    "tg": re.compile("[\u0400-\u0481\u048a-\u052f]"),
    "en": re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]"),
}
_WORDS: dict[Script, re.Pattern[str]] = {
    "fa": re.compile("[\u0620-\u063f\u0641-\u065f\u066e-\u06d3\u200c]+"),
    "tg": re.compile("[\u0400-\u0481\u048a-\u052f]+"),
}
# Many type a space where an ending stands apart: کاوه پور.
_ENDING_AFTER_SPACE = re.compile(r" (?=(?:زاده|پور|نیا|فر|نژاد|اف|اوا)(?: |$))")
_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
_BESIDE_LETTERS = frozenset(" .-'\N{RIGHT SINGLE QUOTATION MARK}" + _ZWNJ)
_NEVER_JOINED_ON = frozenset("اآدذرزژو")
_SHORTEST_STEM = 2
_SHORTEST_STEM_OF_RUSSIAN_FORM = 3

_TO_PERSIAN = {
    "б": "ب", "п": "پ", "т": "ت", "с": "س", "ҷ": "ج", "ч": "چ", "х": "خ", "ҳ": "ه", "д": "د", "з": "ز", "р": "ر",
    "ж": "ژ", "ш": "ش", "щ": "ش", "ғ": "غ", "ф": "ف", "қ": "ق", "к": "ک", "г": "گ", "л": "ل", "м": "م", "н": "ن",
    "в": "و", "й": "ی", "ъ": "ع", "ц": "ز", "о": "ا", "у": "و", "ӯ": "و", "и": "ی", "ӣ": "ی", "ы": "ی", "е": "ی",
    "э": "ی", "ё": "یا", "ю": "یو", "я": "ی",
}  # fmt: skip
_FIRST_IN_PERSIAN = {"а": "ا", "о": "آ", "у": "ا", "ӯ": "او", "и": "ا", "э": "ا"}
_LAST_IN_PERSIAN = {"а": "ه", "я": "یه"}
_TO_TAJIK = {
    "ب": "б", "پ": "п", "ت": "т", "ث": "с", "ج": "ҷ", "چ": "ч", "ح": "ҳ", "خ": "х", "د": "д", "ذ": "з", "ر": "р",
    "ز": "з", "ژ": "ж", "س": "с", "ش": "ш", "ص": "с", "ض": "з", "ط": "т", "ظ": "з", "ع": "ъ", "غ": "ғ", "ف": "ф",
    "ق": "қ", "ک": "к", "گ": "г", "ل": "л", "م": "м", "ن": "н", "ه": "ҳ", "ئ": "ъ", "ء": "ъ",
}  # fmt: skip
_VOWELS = frozenset("аоуӯиӣэ")
_WITH_GLIDE = (("йа", "я"), ("йо", "ё"), ("йу", "ю"))


def _persian_key(word: str) -> str:
    return fold(word).replace(" ", "")


_TAJIK_OF = {_persian_key(persian): tajik for persian, tajik in reversed(PAIRS)}
_PERSIAN_OF = {fold(tajik): persian for persian, tajik in reversed(PAIRS)}
_TAJIK_ENDINGS = tuple((fold(tajik), persian) for tajik, persian in ENDINGS)
_PERSIAN_ENDINGS = tuple((_persian_key(persian), tajik) for tajik, persian in ENDINGS)


def scripts_of(text: str) -> set[Script]:
    """Tell in which scripts the letters of *text* are."""
    return {script for script, letters in _LETTERS.items() if letters.search(text)}


def is_in_letters(name: str) -> bool:
    """Tell whether *name* has nothing but letters and what stands between them in names."""
    return all(sign in _BESIDE_LETTERS or unicodedata.category(sign)[0] in "LM" for sign in name)


def spelled(name: str, into: Literal["fa", "tg"]) -> str:
    """Propose how a name is spelled in the other script; "" where it has no letters to go by."""
    source: Script = "tg" if into == "fa" else "fa"
    words = _WORDS[source].findall(_ENDING_AFTER_SPACE.sub(_ZWNJ, correct_title(name)))
    write = _in_persian if into == "fa" else _in_tajik
    return " ".join(found for found in (write(word.strip(_ZWNJ)) for word in words) if found)


# Tajik into Persian


def _in_persian(word: str) -> str:
    key = fold(word)
    if key in _PERSIAN_OF:
        return _PERSIAN_OF[key]
    for ending, persian in _TAJIK_ENDINGS:
        stem = word[: -len(ending)]
        if key.endswith(ending) and _can_stand(fold(stem), _PERSIAN_OF):
            return _set_apart(_in_persian(stem), persian, joined=persian in JOINED)
    if key.endswith("и") and key[:-1] in _PERSIAN_OF:
        return _PERSIAN_OF[key[:-1]] + "ی"
    return _of_russian_form(word, key) or _of_two(key) or _letters_in_persian(word.casefold())


def _can_stand(stem: str, known: dict[str, str], shortest: int = _SHORTEST_STEM) -> bool:
    return stem in known or len(stem) >= shortest


def _of_russian_form(word: str, key: str) -> str:
    """Spell a surname in -ов, -ев, -ова or -ева; after a word in ی Persian sets the ending apart."""
    is_feminine = key.endswith("ва")
    end = key.removesuffix("а") if is_feminine else key
    stem = word[: len(end) - 2]
    if not end.endswith(("ов", "ев")) or not _can_stand(fold(stem), _PERSIAN_OF, _SHORTEST_STEM_OF_RUSSIAN_FORM):
        return ""
    persian = _in_persian(stem)
    if end.endswith("ов"):
        return persian + ("وا" if is_feminine else "وف")
    if fold(stem).endswith("и") or persian.endswith("الله"):
        return _set_apart(persian, "اوا" if is_feminine else "اف")
    return _set_apart(persian, "یوا" if is_feminine else "یف")


def _of_two(key: str) -> str:
    """Spell a name that is made of two known ones."""
    for end in range(2, len(key) - 1):
        if key[:end] in _PERSIAN_OF and key[end:] in _PERSIAN_OF:
            return _set_apart(_PERSIAN_OF[key[:end]], _PERSIAN_OF[key[end:]])
    return ""


def _set_apart(word: str, ending: str, *, joined: bool = False) -> str:
    return word + ("" if joined or word[-1:] in _NEVER_JOINED_ON else _ZWNJ) + ending


def _letters_in_persian(word: str) -> str:
    last = len(word) - 1
    written = ""
    for place, letter in enumerate(word):
        if place == 0 and letter in _FIRST_IN_PERSIAN:
            written += _FIRST_IN_PERSIAN[letter]
        elif place == last and letter in _LAST_IN_PERSIAN:
            written += _LAST_IN_PERSIAN[letter]
        elif letter not in "иӣ" or word[place + 1 : place + 2] not in tuple("ёюя"):
            found = _TO_PERSIAN.get(letter, "")
            # Persian writes a doubled consonant once.
            written += "" if place and word[place - 1] == letter else found
    return written


# Persian into Tajik


def _in_tajik(word: str) -> str:
    written = _tajik(word)
    return written[:1].upper() + written[1:].lower()


def _tajik(word: str) -> str:
    key = _persian_key(word)
    if key in _TAJIK_OF:
        return _TAJIK_OF[key]
    for ending, tajik in _PERSIAN_ENDINGS:
        stem = _before(word, ending)
        if stem and _can_stand(_persian_key(stem), _TAJIK_OF):
            before = _tajik(stem)
            return _joined(before, _linking(tajik, before))
    if key.endswith("ی") and (before := _known_in_tajik(key[:-1])):
        return before + "ӣ"
    return _with_russian_ending(word) or _of_parts(word, key) or _letters_in_tajik(key)


def _before(word: str, ending: str) -> str:
    """Give what stands before an ending, "" where the word does not end so."""
    bare = word.replace("آ", "ا")
    return word[: -len(ending)].rstrip(_ZWNJ) if bare.endswith(ending) else ""


def _linking(ending: str, stem: str) -> str:
    # Сайфиддин, but Нуриддин of Нурӣ too: one и is enough.
    return ending[1:] if stem[-1:] in "иӣ" and ending.startswith("и") else ending


def _joined(first: str, second: str) -> str:
    """Write two parts as one word; ӣ stands only at the end of a word."""
    return (first[:-1] + "и" if first.endswith("ӣ") else first) + second


def _with_russian_ending(word: str) -> str:
    for ending, vowel, tail in _RUSSIAN:
        stem = _before(word, ending)
        # A single ف is an ending only after a name that is known: رحمانف, but not شریف.
        shortest = len(word) if ending == "ف" else _SHORTEST_STEM_OF_RUSSIAN_FORM
        if stem and _can_stand(_persian_key(stem), _TAJIK_OF, shortest):
            before = _tajik(stem)
            soft = vowel == "е" or before[-1:] in _VOWELS
            return _joined(before, ("е" if soft else "о") + tail)
    return ""


# What Persian writes for -ов, -ев, -ова and -ева: the ending, its vowel, and what follows it.
_RUSSIAN = (
    ("یووا", "е", "ва"), ("یوا", "е", "ва"), ("اوا", "о", "ва"), ("ووا", "о", "ва"), ("یف", "е", "в"), ("وف", "о", "в"),
    ("اف", "о", "в"), ("وا", "о", "ва"), ("ف", "о", "в"),
)  # fmt: skip


def _of_parts(word: str, key: str) -> str:
    if _ZWNJ in word:
        first, _, rest = word.partition(_ZWNJ)
        return _joined(_tajik(first), _tajik(rest)) if first and rest else ""
    return _known_in_tajik(key)


def _known_in_tajik(key: str) -> str:
    """Spell a known name, or one that is made of two."""
    if key in _TAJIK_OF:
        return _TAJIK_OF[key]
    for end in range(2, len(key) - 1):
        if key[:end] in _TAJIK_OF and key[end:] in _TAJIK_OF:
            return _joined(_TAJIK_OF[key[:end]], _TAJIK_OF[key[end:]])
    return ""


def _letters_in_tajik(word: str) -> str:
    sounds = _sounds(word)
    written = ""
    run: list[str] = []
    for sound in [*sounds, ""]:
        if sound and sound not in _VOWELS:
            run.append(sound)
            continue
        written += _with_short_vowels(run, after_vowel=bool(written), before_vowel=bool(sound)) + sound
        run = []
    written = re.sub("ъ(?=[аоуиэ])", "", written)
    for pair, letter in _WITH_GLIDE:
        written = written.replace(pair, letter)
    return written


def _sounds(word: str) -> list[str]:
    """Read Persian letters as Tajik sounds; و and ی are vowels between consonants and glides beside a vowel."""
    if word.startswith("ای") and len(word) > 2:
        return ["э", *_sounds_after(word[2:], "э")]
    if word.startswith("او") and len(word) > 2:
        return ["у", *_sounds_after(word[2:], "у")]
    if word[:1] in {"ا", "ع"}:
        is_spelled = word[:1] == "ع" and word[1:2] in {"ا", "و", "ی"}
        return _sounds_after(word[1:], "ъ") if is_spelled else ["а", *_sounds_after(word[1:], "а")]
    return _sounds_after(word, "")


def _sounds_after(word: str, before: str) -> list[str]:
    sounds: list[str] = []
    for letter, following in pairwise(f"{word}\0"):
        is_last = following == "\0"
        after_consonant = bool(before) and before not in _VOWELS
        before_vowel = following == "ا"
        if letter == "ا":
            found = ["о"]
        elif letter == "و":
            found = ["у"] if after_consonant and not before_vowel else ["в"]
        elif letter == "ی":
            found = _yeh(after_consonant=after_consonant, before_vowel=before_vowel, is_last=is_last)
        elif letter == "ه" and is_last and after_consonant:
            found = ["а"]
        else:
            found = [_TO_TAJIK[letter]] if letter in _TO_TAJIK else []
        sounds += found
        before = found[-1] if found else before
    return sounds


def _yeh(*, after_consonant: bool, before_vowel: bool, is_last: bool) -> list[str]:
    if not after_consonant:
        return ["й"]
    if before_vowel:
        return ["и", "й"]
    return ["ӣ"] if is_last else ["и"]


def _with_short_vowels(run: list[str], *, after_vowel: bool, before_vowel: bool) -> str:
    """Put the vowels that Persian does not write between consonants: а, the most frequent one."""
    written = ""
    is_open = after_vowel
    for place, consonant in enumerate(run):
        left = len(run) - place
        if before_vowel and left == 1:
            return written + consonant
        if is_open and not before_vowel and left <= 2:
            return written + "".join(run[place:])
        if is_open:
            written += consonant
        else:
            written += consonant + "а"
        is_open = not is_open
    return written
