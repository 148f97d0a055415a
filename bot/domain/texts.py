"""How long a title, a name and a note may be, counted as messengers count: in UTF-16 units."""

from bot.domain.errors import TextMissing, TextTooLong

TITLE_LIMIT = 200
NAME_LIMIT = 100
NOTE_LIMIT = 1000


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
    length = length_of(text)
    if length > limit:
        raise TextTooLong(length=length, limit=limit)


def length_of(text: str) -> int:
    """Count UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
