"""What stands where, how long a file may be, and what must not stand anywhere."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, modules, texts, top_level

ROOMS = {"pyproject.toml", "bot", "handlers", "locales", "db", "tests"}
EXPECTED = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "benchmarks",
    "deploy",
    "docs",
    "hatch_build.py",
    "requirements-bench.lock",
    "requirements-dev.lock",
    "requirements.lock",
    "run",
}
CLOCKS = {"bot/clock.py", "bot/sandbox/clock.py"}
# Put together here, so that this file does not find itself.
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]) + r")\b")
MACHINE_PATH = re.compile(r"(?<![\w.])/(work|farm|root|home/\w+|Users/\w+)/[\w./-]+")


def only_names(path: Path) -> bool:
    """Tell whether a module holds nothing but its docstring, imports and ``__all__``."""
    harmless = (ast.Import, ast.ImportFrom, ast.Expr)
    statements = ast.parse((ROOT / path).read_text()).body
    return all(isinstance(one, harmless) or ast.unparse(one).startswith("__all__ =") for one in statements)


def test_the_top_level_is_as_given() -> None:
    assert top_level() - EXPECTED == ROOMS


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {str(path): len((ROOT / path).read_text().splitlines()) for path in modules()}

    assert {name: n for name, n in lengths.items() if n > 300 and not name.startswith("db/migrations/")} == {}


def test_every_module_opens_with_one_line_that_can_be_read_aloud() -> None:
    opening = {str(path): ast.get_docstring(ast.parse((ROOT / path).read_text())) or "" for path in modules()}

    first = {name: text.partition("\n")[0] for name, text in opening.items()}
    assert {name: line for name, line in first.items() if not re.fullmatch(r"\S.*[.?]", line)} == {}


def test_packages_hold_no_code_in_their_init() -> None:
    with_code = {str(path) for path in modules() if path.name == "__init__.py" and not only_names(path)}

    assert with_code == set()


def test_time_comes_in_by_the_clock_alone() -> None:
    wall_clock = re.compile(r"datetime\.now\(|date\.today\(|\.utcnow\(|\btime\.time\(")

    readers = {str(path) for path in modules("bot", "db", "handlers") if wall_clock.search((ROOT / path).read_text())}
    assert readers - CLOCKS == set()


def test_nothing_is_marked_as_unfinished() -> None:
    assert {str(path) for path, text in texts().items() if UNFINISHED.search(text)} == set()


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert {str(path) for path, text in texts().items() if MACHINE_PATH.search(text)} == set()


def test_no_test_is_switched_off() -> None:
    off = re.compile(r"mark\.(skip|xfail|skipif)\b|pytest\.(skip|xfail)\(")

    assert {str(path) for path in modules("tests") if off.search((ROOT / path).read_text())} == set()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-bench.lock"])
def test_a_lock_says_what_and_not_where_from(name: str) -> None:
    lock = (ROOT / name).read_text()

    assert "://" not in lock
    assert re.findall(r"^(?!#|[a-z0-9][\w.-]*==|    --hash=sha256:[0-9a-f]{64}).+$", lock, re.MULTILINE) == []
