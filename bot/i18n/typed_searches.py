"""What people type to find something: codes, states, days and months in any of the scripts, and words."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bot.domain.milestones import MilestoneState
from bot.domain.obstacles import ObstacleState
from bot.domain.readers import CalendarName
from bot.domain.searches import MOST_TERMS, Term
from bot.domain.typed_values import AmbiguousDate, ImpossibleDate, NotADate
from bot.i18n import days, month_names
from bot.i18n.folding import fold
from bot.i18n.sounds import as_heard
from bot.i18n.typed import read_number_code, read_state
from bot.i18n.typed_days import read_day
from bot.i18n.typed_filters import OPEN, OVERDUE

_MOST_TYPED = 200
_MOST_WORDS = 5
_YEAR = re.compile(r"\d{4}")
_DIGIT = re.compile(r"\d")
_AROUND = ".,،؛;:!?؟«»\"'()“”"

_OBSTACLE_STATES: dict[ObstacleState, tuple[str, ...]] = {
    ObstacleState.RAISED: ("raised", "مطرح‌شده", "اعلام‌شده", "матраҳшуда"),
    ObstacleState.TAKEN: ("taken", "در دست اقدام", "ба уҳда гирифташуда"),
    ObstacleState.WAITING: ("waiting", "در انتظار", "дар интизор", "дар интизорӣ"),
    ObstacleState.SOLVED: (
        "solved",
        "solution proposed",
        "حل‌شده",
        "راه‌حل پیشنهادشده",
        "ҳалшуда",
        "ҳалли пешниҳодшуда",
    ),
    ObstacleState.CLOSED: ("closed", "بسته", "بسته‌شده", "пӯшида", "пӯшидашуда", "закрыто"),
    ObstacleState.WITHDRAWN: ("withdrawn", "پس‌گرفته‌شده", "бозпасгирифта", "бозпасгирифташуда"),
}
_STATE_OF = {fold(word): state for state, words in _OBSTACLE_STATES.items() for word in words}
_OPEN_WORDS = frozenset(map(fold, OPEN))
_OVERDUE_WORDS = frozenset(map(fold, OVERDUE))


def read_terms(text: str, *, today: date) -> tuple[Term, ...]:
    """
    Read what is looked for, the longest meaning first; of very much only the first terms count.

    A month without a year is the nearest one. A day that fits several is looked for as each of them.
    """
    words = [word for typed in text[:_MOST_TYPED].split() if (word := typed.strip(_AROUND))]
    return tuple(_terms(words, today=today))[:MOST_TERMS]


def _terms(words: Sequence[str], *, today: date) -> Iterator[Term]:
    place = 0
    while place < len(words):
        for length in range(min(_MOST_WORDS, len(words) - place), 0, -1):
            term = _read(" ".join(words[place : place + length]), length, today=today)
            if term is not None:
                yield term
                place += length
                break
        else:
            place += 1


def _read(typed: str, length: int, *, today: date) -> Term | None:
    code = read_number_code(typed)
    if code is not None:
        return Term(typed, kind=code[0], number=code[1])
    folded = fold(typed)
    state = read_state(typed)
    obstacle_state = _STATE_OF.get(folded)
    if state or obstacle_state or folded in _OPEN_WORDS or folded in _OVERDUE_WORDS:
        return Term(
            typed,
            milestone_states=frozenset({MilestoneState(state)} if state else ()),
            obstacle_states=frozenset({obstacle_state} if obstacle_state else ()),
            is_open=folded in _OPEN_WORDS,
            is_overdue=folded in _OVERDUE_WORDS,
        )
    spans = _days(typed, today=today) or _months(folded, today=today)
    if length > 1:
        return Term(typed, spans=spans) if spans else None
    if not folded or not any(letter.isalnum() for letter in folded):
        return None
    # A month's name may be a word of a title, and digits with dots the number of a standard.
    return Term(typed, text=folded, heard=as_heard(typed), spans=spans)


def _days(typed: str, *, today: date) -> tuple[tuple[date, date], ...]:
    if not _DIGIT.search(fold(typed)):
        return ()
    try:
        found: tuple[date, ...] = (read_day(typed, today=today),)
    except AmbiguousDate as unclear:
        found = tuple(unclear.readings)
    except (NotADate, ImpossibleDate):
        return ()
    return tuple((day, day) for day in found)


def _months(folded: str, *, today: date) -> tuple[tuple[date, date], ...]:
    numbers = _YEAR.findall(folded)
    named = [word for word in folded.split() if not _DIGIT.search(word) and word not in month_names.FILLERS]
    known = month_names.MONTHS.get(" ".join(named))
    if known is None or len(numbers) > 1 or len(_DIGIT.findall(folded)) != 4 * len(numbers):
        return ()
    calendar, month = known
    if numbers:
        year = int(numbers[0])
        is_of_calendar = (year < 1700) == (calendar == "persian")
        return (days.month_span(year, month, calendar),) if is_of_calendar and 1000 <= year < 3000 else ()
    return (_nearest(calendar, month, today=today),)


def _nearest(calendar: CalendarName, month: int, *, today: date) -> tuple[date, date]:
    year = days.fields(today, calendar)[0]
    spans = [days.month_span(candidate, month, calendar) for candidate in (year - 1, year, year + 1)]
    return min(spans, key=lambda span: abs(span[0] + timedelta(days=15) - today))
