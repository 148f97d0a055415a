"""Which room may lean on which: the contracts of pyproject.toml, and what they cannot say."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.tree import ROOT, modules

LINTER = Path(sys.executable).with_name("lint-imports")
OURS = {"bot", "db", "handlers", "locales"}


def foreign(path: Path, *, own: str) -> set[str]:
    """Give the packages that a module imports, less its *own* and those of the standard library."""
    names: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    others = {name.partition(".")[0] for name in names if not f"{name}.".startswith(f"{own}.")}
    return others - sys.stdlib_module_names


def test_every_import_contract_holds(tmp_path: Path) -> None:
    checked = subprocess.run(
        [LINTER, "--no-logo", "--cache-dir", tmp_path], capture_output=True, text=True, check=False, cwd=ROOT
    )

    assert checked.returncode == 0, checked.stdout


def test_there_is_a_contract_for_each_promise_of_the_architecture() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]

    assert {contract["id"] for contract in contracts} == {"rooms", "house", "messenger", "sql", "sandbox"}


def test_the_domain_imports_nothing_but_itself_and_the_standard_library() -> None:
    leaning = {str(path): foreign(path, own="bot.domain") for path in modules("bot/domain")}

    assert {path: names for path, names in leaning.items() if names} == {}


def test_the_sandbox_imports_nothing_of_ours() -> None:
    leaning = {str(path): foreign(path, own="bot.sandbox") & OURS for path in modules("bot/sandbox")}

    assert {path: names for path, names in leaning.items() if names} == {}


def test_no_product_code_imports_tests() -> None:
    leaning = {
        str(path): foreign(path, own="bot") & {"tests", "benchmarks"} for path in modules("bot", "db", "handlers")
    }

    assert {path: names for path, names in leaning.items() if names} == {}
