"""Progress as people type it: a milestone's code, a percent, a state, and what is left is the note."""

import re
from typing import NamedTuple

from bot.i18n import bidi, digits
from bot.i18n.folding import fold, keep
from bot.i18n.typed_days import read_day

__all__ = ["QuickProgress", "read_day", "read_number_code", "read_percent", "read_quick_progress", "read_state"]

# The glossary's terms and the answers people give to "how far is it?"; spaces, ZWNJ and case do not count.
_STATES: dict[str, tuple[str, ...]] = {
    "not started": (
        "not started", "not yet started", "آغازنشده", "آغاز نشد", "آغاز نشده است", "شروع نشده", "شروع نشده است",
        "оғознашуда", "оғоз нашуд", "оғоз нашудааст", "сар нашудааст",
    ),
    "on track": ("on track", "طبق برنامه", "طبق برنامه است", "мувофиқи нақша", "мувофиқи нақша аст"),
    "at risk": ("at risk", "در معرض خطر", "در معرض خطر است", "зери хатар", "дар зери хатар", "зери хатар аст"),
    "off track": (
        "off track", "خارج از برنامه", "خارج از برنامه است", "عقب‌تر از برنامه", "عقب از برنامه",
        "берун аз нақша", "берун аз нақша аст", "ақиб аз нақша",
    ),
    "done": (
        "done", "finished", "completed", "complete", "انجام‌شده", "انجام شد", "انجام شده است", "انجام گرفت", "تمام شد",
        "تمام شده است", "پایان یافت", "иҷрошуда", "иҷро шуд", "иҷро шудааст", "иҷро гардид", "тамом шуд", "анҷом ёфт",
        "анҷом дода шуд", "готово", "выполнено",
    ),
    "dropped": (
        "dropped", "کنارگذاشته‌شده", "کنار گذاشته شد", "کنار گذاشته شده است", "аз нақша хориҷшуда", "аз нақша хориҷ шуд",
        "аз нақша хориҷ карда шуд",
    ),
}  # fmt: skip

_LETTERS = {"m": "M", "м": "M", "م": "M", "o": "O", "о": "O"}
_DASH = "[-\u2010-\u2015\u2212_\u0640\ufe58\ufe63\uff0d]"
_CODE = re.compile(rf"\s*([mMмМمoOоО])\s?(?:{_DASH}\s?)?(\d{{1,6}})(?![\w/])[:.,،]?\s*")
_PERCENT_SIGN = "[%\N{ARABIC PERCENT SIGN}\N{FULLWIDTH PERCENT SIGN}]"
_MINUS = "[-\u2212]?"
_PERCENT_WORD = r"(?:per ?cent|pct|фоиз|дарсад|процент|درصد)(?!\w)"
_SIGNED_PERCENT = re.compile(
    rf"(?:{_PERCENT_SIGN}\s?(?P<after>{_MINUS}\d{{1,4}})|(?P<before>{_MINUS}\d{{1,4}})\s?(?:{_PERCENT_SIGN}|{_PERCENT_WORD}))"
    r"(?![\d%])",
    re.IGNORECASE,
)
_BARE_PERCENT = re.compile(rf"(?P<before>{_MINUS}\d{{1,3}})(?![\w%٪./:,٫-])")
_BETWEEN = re.compile(r"(?:[\s:;,.،؛]|[-–—](?=\s|$))+")
_AROUND = ' \t\n\u00a0«»"“”.,:;!،؛'
_MOST_STATE_WORDS = 5
# These open sentences too ("Complete list sent"), and are a state only where nothing or a stop follows.
_SENTENCE_OPENERS = {"complete", "completed", "finished"}


def _key(text: str) -> str:
    return fold(text).replace(" ", "")


_STATE_OF = {_key(word): state for state, words in _STATES.items() for word in words}


class QuickProgress(NamedTuple):
    """What a line such as ``M-12 60% second furnace commissioned`` says; None for what it does not."""

    number: int | None
    percent: int | None
    state: str | None
    note: str


def read_number_code(text: str) -> tuple[str, int] | None:
    """Read ``M-12`` or ``O-7`` and nothing else, in letters and digits of any of the three scripts."""
    match = _CODE.fullmatch(_plain(text))
    return (_LETTERS[match[1].casefold()], int(digits.normalise(match[2]))) if match else None


def read_percent(text: str) -> int | None:
    """Read a whole percent, with or without its sign; whether it lies between 0 and 100 is not asked here."""
    plain = _plain(text).strip().rstrip(".!")
    match = _SIGNED_PERCENT.fullmatch(plain) or _BARE_PERCENT.fullmatch(plain)
    return _percent_of(match) if match else None


def read_state(text: str) -> str | None:
    """Read one of the six states, or what people say for it; None where the text is anything else."""
    return _STATE_OF.get(_key(text.strip(_AROUND)))


def read_quick_progress(text: str) -> QuickProgress:
    """
    Read a milestone's number, a percent and a state from the front of *text*; what follows is the note, as typed.

    A number without a percent sign is a percent where the milestone's code stands before it or nothing after it.
    """
    kept = keep(text)
    rest = _plain(kept)
    number = percent = state = None
    code = _CODE.match(rest)
    if code and _LETTERS[code[1].casefold()] == "M":
        number, rest = int(digits.normalise(code[2])), _after(rest, code.end())
    while True:
        match = _SIGNED_PERCENT.match(rest)
        if not match and percent is None and state is None:
            bare = _BARE_PERCENT.match(rest)
            match = bare if bare and (number is not None or bare.end() == len(rest.rstrip())) else None
        if match and percent is None:
            percent, rest = _percent_of(match), _after(rest, match.end())
            continue
        found = _leading_state(rest)
        if found and state is None:
            state, rest = found[0], _after(rest, found[1])
            continue
        return QuickProgress(number, percent, state, keep(_end_of(kept, len(rest))))


def _leading_state(text: str) -> tuple[str, int] | None:
    """Find the longest state that *text* begins with, and where it ends."""
    ends = [match.end() for match in re.finditer(r"[^\W_]+(?:[\u200c'][^\W_]+)*", text)][:_MOST_STATE_WORDS]
    for end in reversed(ends):
        state = _STATE_OF.get(_key(text[:end]))
        is_sentence = text[:end].casefold() in _SENTENCE_OPENERS and text[end : end + 1].isspace()
        if state and not is_sentence:
            return state, end
    return None


def _after(text: str, position: int) -> str:
    """Give what follows *position*, without the punctuation that stands between."""
    between = _BETWEEN.match(text, position)
    return text[between.end() if between else position :]


def _end_of(kept: str, length: int) -> str:
    """Give the end of *kept* that has *length* characters without its marks of direction, which belong to the note."""
    start = len(kept)
    while length:
        start -= 1
        length -= len(_plain(kept[start]))
    return kept[start:]


def _plain(text: str) -> str:
    return bidi.without_controls(text)


def _percent_of(match: re.Match[str]) -> int:
    groups = match.groupdict()
    written = groups.get("after") or groups["before"]
    return int(digits.normalise(written).replace("\u2212", "-"))
