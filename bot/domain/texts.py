"""How long a title, a name and a note may be, counted as messengers count: in UTF-16 units."""

import unicodedata

from bot.domain.errors import TextMissing, TextTooLong

TITLE_LIMIT = 200
NAME_LIMIT = 100
NOTE_LIMIT = 1000

_JOINER = "\N{ZERO WIDTH JOINER}"
# The colours of skin, and the letters of which flags of regions are tagged.
_MODIFIERS = frozenset(map(chr, (*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080))))
_HALF_FLAGS = "".join(map(chr, range(0x1F1E6, 0x1F200)))


def checked_title(title: str) -> str:
    """
    Refuse an empty or overlong title.

    Raises:
        TextMissing: nothing but spaces.
        TextTooLong: more than TITLE_LIMIT UTF-16 units.
    """
    return _checked(title, TITLE_LIMIT)


def checked_name(name: str) -> str:
    """Refuse an empty name with TextMissing, and one of more than NAME_LIMIT UTF-16 units with TextTooLong."""
    return _checked(name, NAME_LIMIT)


def cut_title(text: str) -> str:
    """Cut a text to what a title may hold, at the end of a word where there is one."""
    if _length(text) <= TITLE_LIMIT:
        return text
    kept = within(text, TITLE_LIMIT - 1)
    return (kept.rpartition(" ")[0] or kept) + "…"


def cut(text: str, limit: int) -> str:
    """Give *text*, or where it has more than *limit* UTF-16 units its beginning and an ellipsis."""
    return text if _length(text) <= limit else within(text, limit - 1).rstrip() + "…"


def within(text: str, limit: int) -> str:
    """
    Give as much of the beginning of *text* as fits into *limit* UTF-16 units, in whole characters as people see them.

    A letter keeps its accents, an emoji its skin and its family, a flag both its halves. A character that alone does
    not fit is cut nevertheless.
    """
    end = min(len(text), limit)
    while _length(text[:end]) > limit:
        end -= 1
    whole = end
    while 0 < whole < len(text) and _continues(text, whole):
        whole -= 1
    return text[: whole or end]


def _continues(text: str, place: int) -> bool:
    """Tell whether the character at *place* belongs to what stands before it."""
    here, before = text[place], text[place - 1]
    if here in _HALF_FLAGS:
        halves = len(text[:place]) - len(text[:place].rstrip(_HALF_FLAGS))
        return halves % 2 == 1
    return _JOINER in (before, here) or here in _MODIFIERS or unicodedata.category(here).startswith("M")


def checked_note(note: str) -> str:
    """Refuse a note of more than NOTE_LIMIT UTF-16 units with TextTooLong."""
    _bounded(note, NOTE_LIMIT)
    return note


def _checked(words: str, limit: int) -> str:
    if not words.strip():
        raise TextMissing
    _bounded(words, limit)
    return words


def _bounded(text: str, limit: int) -> None:
    length = _length(text)
    if length > limit:
        raise TextTooLong(length=length, limit=limit)


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
