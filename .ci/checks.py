"""Looks at everything that can be judged without running the product, one line a check."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHECKS = {
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "imports": ["lint-imports", "--no-logo"],
    "catalogues": ["python", ".ci/catalogues.py", "--check"],
    "locks": ["python", ".ci/locks.py", "--check"],
}
MENDERS = [["ruff", "check", "--fix", "--quiet", "."], ["ruff", "format", "--quiet", "."]]


def call(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a tool of this environment in the checkout."""
    tool = str(Path(sys.executable).parent / command[0])
    return subprocess.run([tool, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)


def main(arguments: list[str]) -> int:
    """Run all checks, so that one look shows all there is to do; fail if one of them does."""
    if arguments not in ([], ["--fix"]):
        print("Usage: ./run check [--fix]")
        return 2
    for mender in MENDERS if arguments else ():
        call(mender)
    failed = 0
    for name, command in CHECKS.items():
        started = time.monotonic()
        result = call(command)
        verdict = "FAILED" if result.returncode else "ok"
        print(f"{name:12}{verdict:8}{time.monotonic() - started:5.1f} s", flush=True)
        if result.returncode:
            failed += 1
            print(f"{result.stdout}{result.stderr}".strip(), end="\n\n", flush=True)
    print(f"{failed} of {len(CHECKS)} checks failed" if failed else f"All {len(CHECKS)} checks are good")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
