"""Pins the dependencies of pyproject.toml, with their hashes, in the lock files."""

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# What each lock is resolved from.
LOCKS = {
    "requirements.lock": ["pyproject.toml"],
    "requirements-dev.lock": ["pyproject.toml", "--group", "dev", "--constraint", "requirements.lock"],
    "requirements-bench.lock": ["--group", "bench", "--constraint", "requirements-dev.lock"],
}
# No URL: whoever installs decides where from, and the hashes say what.
OPTIONS = ["--universal", "--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header", "--quiet"]


def first_line() -> str:
    """Give the first line of a lock, which says what was asked for when it was made."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    asked = [project["project"]["requires-python"], project["project"]["dependencies"], project["dependency-groups"]]
    digest = hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:16]
    return f"# Made by ./run lock for the dependencies in pyproject.toml, {digest}"


def write(arguments: list[str]) -> int:
    """Resolve anew; pins that still fit stay, unless *arguments* says ``--upgrade``."""
    for name, wanted in LOCKS.items():
        print(f"Pinning {name}", flush=True)
        command = ["uv", "pip", "compile", *OPTIONS, *wanted, "--output-file", name, *arguments]
        code = subprocess.run(
            [str(Path(sys.executable).parent / command[0]), *command[1:]], cwd=ROOT, check=False
        ).returncode
        if code:
            return code
        lock = ROOT / name
        lock.write_text(f"{first_line()}\n{lock.read_text()}")
    return 0


def check() -> int:
    """Tell, without a network, which locks do not fit pyproject.toml or say where packages come from."""
    code = 0
    for name in LOCKS:
        text = (ROOT / name).read_text()
        if text.partition("\n")[0] != first_line():
            print(f"{name} is older than the dependencies in pyproject.toml: ./run lock")
            code = 1
        if "://" in text:
            print(f"{name} holds an address")
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(check() if sys.argv[1:] == ["--check"] else write(sys.argv[1:]))
