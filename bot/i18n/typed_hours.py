"""Stretches of a day as people type them: 22:00–07:30, ۱۰ شب تا ۷ صبح, аз 22 то 7, 10 pm to 7 am."""

import re
from datetime import time

from bot.domain.members import QuietHours
from bot.domain.typed_values import NotHours
from bot.i18n.folding import fold

# Which half of the day an hour of twelve is meant in; at night that changes at midnight.
_HALVES = {
    "am": "am صبح بامداد субҳ пагоҳӣ утра",
    "pm": "pm عصر بعدازظهر ظهر бегоҳ нисфирӯзӣ вечера дня",
    "night": "شب шаб ночи",
}
_HALF_OF = {fold(word): half for half, words in _HALVES.items() for word in words.split()}
_HOUR = re.compile(rf"(?<!\d)(\d{{1,2}})(?:[:.]?(\d{{2}}))?(?: ?(?:-и )?({'|'.join(_HALF_OF)}))?(?![\d\w])")
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212,،.:]+")
_FILLERS = {
    fold(word)
    for word in [
        "from",
        "to",
        "till",
        "until",
        "and",
        "between",
        "az",
        "ta",
        "از",
        "تا",
        "ساعت",
        "و",
        "аз",
        "то",
        "соат",
        "соати",
        "ва",
        "и",
        "с",
        "до",
    ]
}


def read_hours(text: str) -> QuietHours:
    """
    Read when quiet hours begin and end, in digits of any of three sets; 24:00 is midnight.

    Raises:
        NotHours: not two different hours and nothing else.
    """
    folded = fold(text)
    found = _HOUR.findall(folded)
    others = {word for word in _BETWEEN.split(_HOUR.sub(" ", folded)) if word}
    if len(found) != 2 or others - _FILLERS:
        raise NotHours(text)
    try:
        start, end = (_hour(int(hours), int(minutes or 0), _HALF_OF.get(half, "")) for hours, minutes, half in found)
    except ValueError:
        raise NotHours(text) from None
    if start == end:
        raise NotHours(text)
    return QuietHours(start, end)


def _hour(hour: int, minute: int, half: str) -> time:
    """Give a time of day; raises ValueError where there is none."""
    if half and not 1 <= hour <= 12:
        raise ValueError(hour)
    if half == "night":
        half = "pm" if 6 <= hour < 12 else "am"
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if (hour, minute) == (24, 0):
        hour = 0
    return time(hour, minute)
