"""Texts that are hard on a bot, made from a seed, and what must be kept of them by the rules for typed text."""

import random
import re
import unicodedata
from collections.abc import Iterator

_WORDS = (
    "water", "protocol", "Sign", "معدن", "قرارداد", "کوره", "می\u200cشود", "протокол", "маъдан", "ҷамъбаст", "Ӯзбек",
    "2026", "۱۴۰۵", "٤٢", "60%", "۶۰ درصد", "M-12", "O-7", "=SUM(A1)", "@hamroh_bot", "https://example.com/?a=1&b=2",
)  # fmt: skip
# Letters that keyboards and fonts of other languages put in the place of Persian and Tajik ones.
_LOOKALIKES = ("بازديد", "كوره", "على", "маїдан", "ќонун", "ў", "њамкор", "љамъ", "боѓ", "Ї", "Ќ", "Ў")
_TAGS = (
    "<b>",
    "</b>",
    "<i",
    '<a href="x">',
    "</code>",
    "<script>alert(1)</script>",
    "&amp;",
    "&lt;",
    "&#0;",
    "&",
    "<",
    ">",
)
_DIRECTION = tuple("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = (
    "\x00",
    "\x01",
    "\x08",
    "\x0b",
    "\x1b",
    "\x1f",
    "\x7f",
    "\ud800",
    "\udfff",
    "\ufffe",
    "\uffff",
    "\ufeff",
    "\u200b",
)
_SPACES = (" ", "  ", "\t", "\n", "\r\n", "\r", "\n\n\n", "\u00a0", "\u2003", "\u2028", "\u2029", "\u0085")
_CHARACTERS = (
    "😀", "👨‍👩‍👧‍👦", "🇮🇷", "🇹🇯", "👍🏽", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "e\u0301", "и\u0306", "і\u0308", "і\u200f\u0308", "ﷺ", "بِسْمِ",
    "x" + "\u0301" * 30,     "𝒳", "{title}", "{0}", "%s", "%(x)s", "\\", "'", '"', "«»", "•", "🏳️‍🌈", "ـ",
)  # fmt: skip
_ALL = (_WORDS, _WORDS, _LOOKALIKES, _TAGS, _DIRECTION, _UNSEEN, _SPACES, _CHARACTERS)
# What a field takes, what is a little too much, what a client takes in one message, and more than that.
_LENGTHS = (1, 2, 3, 10, 40, 40, 90, 99, 101, 150, 199, 201, 400, 990, 1010, 4000, 4096, 10_000)
_LETTERS = (
    "Кайвон",
    "Фараҳмандӣ",
    "کیوان",
    "فرهمندی",
    "Keyvan",
    "O’Neil",
    "كيوان",
    "љамшед",
    "Анна-Мария",
    "\u202e",
    "  ",
    "e\u0301",
)

_REPAIRED = dict(zip("يىكїќўњљѓЇЌЎЊЉЃ", "ییکӣқӯҳҷғӢҚӮҲҶҒ", strict=True))
_OVERRIDES = re.compile("[\u202a-\u202e]")
_CANNOT_BE_STORED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def hostile_texts(count: int, seed: str) -> Iterator[str]:
    """Give *count* texts, the same ones for the same seed; none is a command or begins like a line of progress."""
    chance = random.Random(seed)  # noqa: S311 (repeatable on purpose)
    for number in range(count):
        length = _LENGTHS[number % len(_LENGTHS)] if number % 3 else chance.choice(_LENGTHS)
        yield _one(chance, length)


def hostile_names(count: int, seed: str) -> Iterator[str]:
    """Give texts that are nearly names of people, among such as are none."""
    chance = random.Random(seed)  # noqa: S311 (repeatable on purpose)
    for number, text in enumerate(hostile_texts(count, seed)):
        words = [chance.choice(_LETTERS) for _ in range(chance.randrange(1, 30))]
        yield text if number % 2 else " ".join(words)


def _one(chance: random.Random, length: int) -> str:
    kinds = chance.sample(_ALL, chance.randrange(1, len(_ALL)))
    text = chance.choice(("", "", "ok ", "عنوان ", "Нома ", "\u202e", "<b>"))
    while len(text) < length:
        text += chance.choice(chance.choice(kinds))
        text += chance.choice(("", "", " "))
    # A cut at any place, as a client makes one at its limit.
    text = text[:length]
    return f"a{text}" if re.match(r"[\W\d_]*(?:[MO]-|/|\d|[٤۱۶])", _CANNOT_BE_STORED.sub("", text)) else text


def arrived(text: str) -> str:
    """What arrives of a text: halves of a character that stand alone, as a careless cut leaves them, are marked."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def kept(text: str) -> str:
    """What is kept of a note: as typed, composed, without overrides of direction and what cannot be stored or seen."""
    text = _CANNOT_BE_STORED.sub("", arrived(text).replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", _OVERRIDES.sub("", text)).strip()
    return text if any(unicodedata.category(letter)[0] in "LNPSM" for letter in text) else ""


def repaired(text: str) -> str:
    """What is kept of a title: one line, without any control of direction, look-alike letters corrected."""
    text = re.sub("[\u200e\u200f\u061c\u2066-\u2069]", "", kept(text))
    text = "".join(_REPAIRED.get(letter, letter) for letter in unicodedata.normalize("NFC", text))
    return unicodedata.normalize("NFC", " ".join(text.split()))


def units(text: str) -> int:
    """The length as messengers count it."""
    return len(text.encode("utf-16-le")) // 2
