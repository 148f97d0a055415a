"""What people type, kept as typed, corrected in titles, folded for search, and boiled down to its consonants."""

import re
import unicodedata

from bot.domain.readers import Language
from bot.i18n import bidi, digits

# Arabic keyboards write these for the Persian letters.
_ARABIC_KEYBOARD = {"ي": "ی", "ك": "ک", "ى": "ی"}
# Fonts of Soviet time put Tajik letters where Ukrainian, Macedonian and Serbian ones have their codes.
_SOVIET_FONT = {"ї": "ӣ", "ќ": "қ", "ў": "ӯ", "њ": "ҳ", "љ": "ҷ", "ѓ": "ғ"}
# Kazakh keyboards have қ and ғ in common with Tajik; these they have not.
_KAZAKH_KEYBOARD = {"ұ": "ӯ", "ү": "ӯ", "һ": "ҳ"}
_PLAIN_TAJIK = {"ғ": "г", "ӣ": "и", "қ": "к", "ӯ": "у", "ҳ": "х", "ҷ": "ч"}
_PLAIN_PERSIAN = {"آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ی", "ۀ": "ه", "ة": "ه"}

_KAZAKH_ONLY = re.compile("[әөңі]", re.IGNORECASE)
_TAJIK_CYRILLIC = re.compile("[а-яёғӣқӯҳҷ]", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_HARAKAT = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_JOINERS = re.compile("[\u200c\u200d\u00ad\ufeff\u200b]")

# Vowels, glides and the signs for hamza, ayn, hard and soft are left out: и may be ی or nothing, в and у may be و.
_CLASSES = {
    "b": "bبб", "p": "pپп", "t": "tتطт", "s": "sسصثс", "j": "jجҷ", "č": "چч", "h": "hهحҳ", "x": "xخх", "d": "dدд",
    "z": "zزذضظз", "r": "rرр", "ž": "ژж", "š": "شшщ", "q": "qقغқғ", "f": "fفф", "k": "kcکк", "g": "gگг",
    "l": "lلл", "m": "mمм", "n": "nنн", "ts": "ц",
}  # fmt: skip
_SOUNDS = {letter: sound for sound, letters in _CLASSES.items() for letter in letters}
_SOUNDS |= {"sh": "š", "zh": "ž", "kh": "x", "gh": "q", "ch": "č", "ph": "f", "ck": "k"}
_SOUNDS |= {digit: digit for digit in digits.LATIN}

_SOUND = re.compile("sh|zh|kh|gh|ch|ph|ck|.", re.DOTALL)
_WORD_BREAKS = re.compile("[^\\w\u200c'\N{RIGHT SINGLE QUOTATION MARK}]+|_")
_SILENT_HE = re.compile("(?<=[^اویآ])ه(?=\u200c|$)|(?<=e)h$")
_REPEATED = re.compile(r"([^\d])\1+")


def _with_capitals(letters: dict[str, str]) -> dict[int, str]:
    return {ord(k): v for k, v in letters.items()} | {ord(k.upper()): v.upper() for k, v in letters.items()}


_MEND = _with_capitals(_ARABIC_KEYBOARD | _SOVIET_FONT)
_MEND_KAZAKH = _with_capitals(_KAZAKH_KEYBOARD)
_FOLD = str.maketrans(_ARABIC_KEYBOARD | _PLAIN_TAJIK | _PLAIN_PERSIAN)
_FOLD_LOOKALIKES = str.maketrans(_SOVIET_FONT | _KAZAKH_KEYBOARD)
# NUL and its kin break databases and documents; a lone surrogate cannot be stored.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


# What nobody can see, and what makes no word by itself.
_UNSEEN = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0]*"
)


def keep(text: str) -> str:
    """
    Give a note as it is stored: as typed, in NFC, without overrides of direction and what cannot be stored.

    Of what nobody can see nothing is kept.
    """
    text = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = unicodedata.normalize("NFC", bidi.without_overrides(text)).strip()
    return "" if _UNSEEN.fullmatch(kept) else kept


def correct_title(text: str, language: Language | None = None) -> str:
    """
    Give a title or a name as it is stored: one line, look-alike letters mended, controls of direction dropped.

    Kazakh letters are mended where the text is Tajik: by *language*, or by its having no letter that only Kazakh has.
    """
    # A mark of direction may have held a letter and its accent apart.
    text = unicodedata.normalize("NFC", bidi.without_controls(keep(text))).translate(_MEND)
    is_cyrillic = _TAJIK_CYRILLIC.search(text) is not None
    if is_cyrillic and (language == "tg" or (language is None and not _KAZAKH_ONLY.search(text))):
        text = text.translate(_MEND_KAZAKH)
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text)).strip()


def without_harakat(text: str) -> str:
    """Drop tatweel and the vowel signs of the Arabic script."""
    return _HARAKAT.sub("", text)


def fold(text: str) -> str:
    """
    Give *text* as commands are read and as search columns hold it.

    Letters that keyboards confuse are one, marks are dropped, ZWNJ equals space, digits are ASCII, case does not count.
    """
    text = unicodedata.normalize("NFKC", bidi.without_controls(_UNPRINTABLE.sub("", text))).casefold()
    text = without_harakat(text.translate(_FOLD_LOOKALIKES))
    text = digits.normalise(_JOINERS.sub(" ", text).translate(_FOLD))
    return _SPACES.sub(" ", text).strip()


def skeleton(text: str) -> str:
    """Give the consonants of each word of *text* in one alphabet, separated by spaces; words with none are left out."""
    text = without_harakat(correct_title(text, "tg"))
    words = (_of_word(word) for word in _WORD_BREAKS.split(digits.normalise(text).casefold()))
    return " ".join(word for word in words if word)


def _of_word(word: str) -> str:
    # A final ه after a consonant is a vowel (نقشه, нақша), also before a suffix that a ZWNJ sets off.
    sounds = "".join(_SOUNDS.get(sound, "") for sound in _SOUND.findall(_SILENT_HE.sub("", word)))
    return _REPEATED.sub(r"\1", sounds)
