"""How long a title and a note may be, counted as messengers count: in UTF-16 units."""

from bot.domain.errors import TextMissing, TextTooLong

TITLE_LIMIT = 200
NOTE_LIMIT = 1000


def checked_title(title: str) -> str:
    """
    Refuse an empty or overlong title.

    Raises:
        TextMissing: nothing but spaces.
        TextTooLong: more than TITLE_LIMIT UTF-16 units.
    """
    if not title.strip():
        raise TextMissing
    _bounded(title, TITLE_LIMIT)
    return title


def cut_title(text: str) -> str:
    """Cut a text to what a title may hold, at the end of a word where there is one."""
    if _length(text) <= TITLE_LIMIT:
        return text
    kept = text
    while _length(kept) > TITLE_LIMIT - 1:
        kept = kept[:-1]
    return (kept.rpartition(" ")[0] or kept) + "…"


def checked_note(note: str) -> str:
    """Refuse a note of more than NOTE_LIMIT UTF-16 units with TextTooLong."""
    _bounded(note, NOTE_LIMIT)
    return note


def _bounded(text: str, limit: int) -> None:
    length = _length(text)
    if length > limit:
        raise TextTooLong(length=length, limit=limit)


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
