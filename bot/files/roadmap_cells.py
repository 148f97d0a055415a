"""One cell of a roadmap file into one value, or the reason why not."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from bot.domain.groups import Party, Workstream
from bot.domain.members import Member, Names, Role
from bot.domain.milestones import MilestoneState
from bot.domain.readers import LANGUAGES, Language
from bot.domain.texts import NOTE_LIMIT, TITLE_LIMIT
from bot.domain.typed_values import AmbiguousDate, ImpossibleDate, NotADate
from bot.files.refusals import Value
from bot.files.tables import Cell
from bot.i18n.digits import normalise
from bot.i18n.folding import correct_title, fold, keep
from bot.i18n.typed import read_day, read_number_code, read_percent, read_state

JOINT = frozenset(fold(word) for word in ("joint", "both", "مشترک", "هر دو طرف", "муштарак", "ҳар ду ҷониб"))

_SPREADSHEET_EPOCH = date(1899, 12, 30)
_SPREADSHEET_DAYS = range(10_000, 100_000)  # 1927 to 2173; eight digits are a date without dashes
_DIGITS = re.compile(r"[0-9]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ARABIC = re.compile("[\u0600-\u06ff]")


class CellRefused(Exception):
    """A cell that cannot be taken; *values* go into the sentence for *reason*."""

    def __init__(self, reason: str, **values: Value) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


def number(cell: Cell) -> int | None:
    """Read a milestone's number, ``M-12`` or ``12``; None where the cell is empty."""
    if cell.is_blank:
        return None
    digits = normalise(cell.text)
    code = read_number_code(cell.text)
    found = code[1] if code and code[0] == "M" else _whole(digits)
    if not 0 < found < 1_000_000:
        raise CellRefused("bad_id", text=cell.text)
    return found


def _whole(digits: str) -> int:
    return int(digits) if _DIGITS.fullmatch(digits) and len(digits) < 8 else 0


def title(cell: Cell, language: Language | None = None) -> str:
    """Read a title: one line, look-alike letters mended."""
    text = correct_title(cell.text, language)
    if not text:
        raise CellRefused("title_missing")
    return _bounded(text, TITLE_LIMIT)


def note(cell: Cell) -> str:
    """Read a text that is stored as typed."""
    return _bounded(keep(cell.text), NOTE_LIMIT)


def _bounded(text: str, limit: int) -> str:
    length = len(text.encode("utf-16-le")) // 2
    if length > limit:
        raise CellRefused("text_too_long", length=length, limit=limit)
    return text


def language(cell: Cell, text: str) -> Language:
    """Read the language of *text*; an empty cell leaves it to the script."""
    if cell.is_blank:
        return "fa" if _ARABIC.search(text) else "tg" if _CYRILLIC.search(text) else "en"
    for known in LANGUAGES:
        if fold(cell.text) == known:
            return known
    raise CellRefused("unknown_language", text=cell.text, known=LANGUAGES)


def day(cell: Cell, *, today: date) -> date:
    """Read a day, typed in either calendar or held by the spreadsheet."""
    if cell.day is not None:
        return cell.day
    digits = normalise(cell.text)
    if cell.kind in {"number", "percent"} or (_DIGITS.fullmatch(digits) and len(digits) < 8):
        raise _number_not_a_date(cell, digits, today)
    try:
        return read_day(cell.text, today=today)
    except ImpossibleDate as impossible:
        kind = "solar" if impossible.calendar == "persian" else "gregorian"
        raise CellRefused(
            f"impossible_{kind}_date",
            calendar=impossible.calendar,
            year=impossible.year,
            month=impossible.month,
            day=impossible.day,
            days=impossible.days,
        ) from None
    except AmbiguousDate as ambiguous:
        raise CellRefused("ambiguous_date", text=cell.text, example=_written_out(digits, ambiguous, today)) from None
    except NotADate:
        raise CellRefused("not_a_date", text=cell.text, example=today) from None


def _number_not_a_date(cell: Cell, digits: str, today: date) -> CellRefused:
    known = _whole(digits)
    if known in _SPREADSHEET_DAYS:
        return CellRefused("number_not_a_date", text=cell.text, example=_SPREADSHEET_EPOCH + timedelta(days=known))
    return CellRefused("not_a_date", text=cell.text, example=today)


def _written_out(digits: str, ambiguous: AmbiguousDate, today: date) -> date:
    """Give an example of how to write an ambiguous day: day first, in the coming year; else its nearest reading."""
    parts = [int(part) for part in _DIGITS.findall(digits)[:2]]
    for year in (today.year, today.year + 1):
        try:
            example = date(year, parts[1], parts[0])
        except (IndexError, ValueError):
            break
        if example >= today:
            return example
    return ambiguous.readings[0]


def percent(cell: Cell) -> int:
    """Read a whole percent from 0 to 100; a percent format is rounded as the spreadsheet shows it."""
    found: float | None
    if cell.kind == "percent" and cell.number is not None:
        found = round(cell.number)
    elif cell.kind == "number":
        found = cell.number
    else:
        found = read_percent(cell.text)
    if found is None or found != int(found):
        raise CellRefused("not_a_percent", text=cell.text)
    if not 0 <= found <= 100:
        raise CellRefused("percent_out_of_range", percent=int(found))
    return int(found)


def state(cell: Cell) -> MilestoneState:
    """Read one of the six states in any of the three languages."""
    found = read_state(cell.text)
    if found is None:
        raise CellRefused("unknown_state", text=cell.text, known=tuple(MilestoneState))
    return MilestoneState(found)


def count(cell: Cell) -> int:
    """Read how often a due date has moved."""
    digits = normalise(cell.text)
    if not _DIGITS.fullmatch(digits) or len(digits) > 3:
        raise CellRefused("not_a_count", text=cell.text)
    return _whole(digits)


def workstream(cell: Cell, known: Sequence[Workstream]) -> Workstream:
    """Find a workstream by its code or a name."""
    if cell.is_blank:
        raise CellRefused("workstream_missing")
    wanted = fold(cell.text)
    for found in known:
        if wanted == _folded_code(found.code) or wanted in _folded(found.names):
            return found
    raise CellRefused("unknown_workstream", text=cell.text, known=tuple(found.code for found in known))


def party(cell: Cell, known: Sequence[Party]) -> Party | None:
    """Find a party by its code or a name; None is joint."""
    wanted = fold(cell.text)
    if wanted in JOINT:
        return None
    for found in known:
        if wanted == _folded_code(found.code) or wanted in _folded(found.names):
            return found
    raise CellRefused("unknown_party", text=cell.text, known=tuple(found.code for found in known))


def person(cell: Cell, members: Sequence[Member]) -> Member:
    """Find a member who may lead, by handle or by full name in any of the three scripts."""
    wanted = fold(cell.text)
    found = [member for member in members if wanted == _folded_code(member.handle)]
    found = found or [member for member in members if wanted in _folded(member.names)]
    if not found:
        raise CellRefused("unknown_member", text=cell.text)
    if len(found) > 1:
        raise CellRefused("ambiguous_member", text=cell.text, known=tuple(member.handle for member in found))
    if found[0].role is Role.OBSERVER:
        raise CellRefused("observer_may_not_lead", name=found[0].names)
    return found[0]


@lru_cache(maxsize=1024)
def _folded(names: Names) -> frozenset[str]:
    """Fold names once, not once a row."""
    return frozenset(fold(name) for name in (names.fa, names.tg, names.en) if name)


@lru_cache(maxsize=1024)
def _folded_code(code: str) -> str:
    return fold(code)
