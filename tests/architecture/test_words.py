"""All that people read passes one door: outside bot/i18n nothing writes dates, numbers, lists or marks of direction."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, modules

# Rooms that write for operators, logs or other programs, in English and in ISO.
NOT_FOR_READERS = (
    "bot/i18n",
    "bot/sandbox",
    "bot/cli",
    "bot/files",
    "bot/demo",
    "bot/demo.py",
    "bot/log.py",
    "bot/settings.py",
)
FOREIGN = {"babel", "persiantools", "locale", "unicodedata", "holidays"}
# An own process, which prints ISO dates for a service.
MAY_IMPORT = {"bot/services/holiday_dates.py": {"holidays"}}

_DIRECTIVE = re.compile(r"%[-#]?[aAbBcdHIjmMpSuwxXyYZ]")
_NUMBER_SPEC = re.compile(r"[,_%]|\.\d|[efgn]$")
_JOINT = re.compile(r"^(?:[,،;؛]\s*|\s(?:و|ва|and|or)\s)$")
_OTHER_DIGITS = re.compile("[٠-٩۰-۹]")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NUMBER_BEFORE = re.compile(r"^\s?[%٪٫٬]")
_NAMES_OF_DAYS = re.compile(
    r"\b(?:January|February|September|October|Farvardin|Esfand|Monday|Saturday|январ|декабр|якшанбе)\b|فروردین|اسفند|شنبه"
)


def complaints(tree: ast.AST) -> Iterator[str]:
    """Say where a module does what the door is for."""
    for node in _for_readers(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"strftime", "strptime", "month_name", "day_name"}:
            if not (isinstance(node.value, ast.Name) and node.value.id == "say"):
                yield f"{node.lineno}: {node.attr}"
        elif isinstance(node, ast.JoinedStr):
            yield from _in_f_string(node)
        elif isinstance(node, ast.Call):
            yield from _in_call(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _in_text(node.value, node.lineno)


def _for_readers(tree: ast.AST) -> Iterator[ast.AST]:
    """Give the nodes less docstrings and the texts of faults, which programmers read."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [
            child
            for child in ast.iter_child_nodes(node)
            if not isinstance(child, ast.Raise)
            and not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant))
        ]


def _in_f_string(node: ast.JoinedStr) -> Iterator[str]:
    for before, part in zip([None, *node.values], node.values, strict=False):
        if isinstance(part, ast.FormattedValue) and part.format_spec is not None:
            spec = ast.unparse(part.format_spec)[2:-1]
            if _DIRECTIVE.search(spec) or _NUMBER_SPEC.search(spec):
                yield f"{node.lineno}: the format {spec!r}"
        elif isinstance(before, ast.FormattedValue) and _NUMBER_BEFORE.search(ast.unparse(part).strip("'\"")):
            yield f"{node.lineno}: a sign of numbers after a value"


def _in_call(node: ast.Call) -> Iterator[str]:
    function = node.func
    if not isinstance(function, ast.Attribute):
        return
    if function.attr == "join" and isinstance(function.value, ast.Constant) and _JOINT.match(str(function.value.value)):
        yield f"{node.lineno}: a list joined by {function.value.value!r}"
    if function.attr in {"maketrans", "translate"}:
        yield f"{node.lineno}: a table of letters or digits ({function.attr})"


def _in_text(text: str, line: int) -> Iterator[str]:
    if _DIRECTION.search(text):
        yield f"{line}: a mark of direction in {text!r}"
    if _OTHER_DIGITS.search(text):
        yield f"{line}: digits of a language in {text!r}"
    if _NAMES_OF_DAYS.search(text):
        yield f"{line}: the name of a month or a weekday in {text!r}"
    if _DIRECTIVE.search(text) and not text.startswith("http"):
        yield f"{line}: a pattern of dates in {text!r}"


def found(path: Path) -> list[str]:
    return list(complaints(ast.parse((ROOT / path).read_text(encoding="utf-8"))))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def rooms_for_readers() -> list[Path]:
    every = modules("bot", "db", "handlers")
    return [path for path in every if not any(path.is_relative_to(room) for room in NOT_FOR_READERS)]


def test_only_the_door_writes_dates_numbers_lists_and_direction() -> None:
    wrong = {str(path): found(path) for path in rooms_for_readers()}

    assert {path: what for path, what in wrong.items() if what} == {}


def test_only_the_door_imports_what_knows_languages() -> None:
    every = [path for path in modules("bot", "db", "handlers") if not path.is_relative_to("bot/i18n")]
    wrong = {str(path): (imported(path) & FOREIGN) - MAY_IMPORT.get(str(path), set()) for path in every}

    assert {path: names for path, names in wrong.items() if names} == {}


@pytest.mark.parametrize(
    "code",
    [
        'day.strftime("%d")',
        "datetime.strptime(text, form)",
        'f"{day:%Y-%m-%d}"',
        'f"{number:,}"',
        'f"{number:.1f}"',
        'f"{percent}%"',
        '"{:%H:%M}".format(at)',
        '", ".join(names)',
        '" و ".join(names)',
        '"، ".join(names)',
        'digits = "۰۱۲۳۴۵۶۷۸۹"',
        "text.translate(table)",
        'mark = "\\u200f"',
        'isolate = "\\N{FIRST STRONG ISOLATE}"',
        'months = ["January", "February"]',
        'weekday = "شنبه"',
        "calendar.month_name[1]",
    ],
)
def test_what_belongs_behind_the_door_is_found(code: str) -> None:
    assert list(complaints(ast.parse(code))) != []


@pytest.mark.parametrize(
    "code",
    ['f"{year}-{month:02}"', '"\\n".join(lines)', '" · ".join(labels)', "say.month_name(1, calendar)", 'f"/{command}"'],
)
def test_what_is_no_ones_language_is_left_alone(code: str) -> None:
    assert list(complaints(ast.parse(code))) == []
