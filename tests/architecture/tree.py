"""The files of the repository, as a reader of it sees them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What a person's work leaves beside the repository's own files; .gitignore names the same.
LEFT_BEHIND = {".git", ".venv", "__pycache__", "build", "data", "dist", ".env"} | {
    ".hypothesis",
    ".import_linter_cache",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
}


def top_level() -> set[str]:
    """Give the names at the root."""
    return {entry.name for entry in ROOT.iterdir()} - LEFT_BEHIND


def files() -> list[Path]:
    """Give every file of the repository, relative to its root."""
    below = (path.relative_to(ROOT) for name in top_level() for path in [ROOT / name, *(ROOT / name).rglob("*")])
    return sorted(path for path in below if (ROOT / path).is_file() and not LEFT_BEHIND.intersection(path.parts))


def modules(*rooms: str) -> list[Path]:
    """Give the Python modules below *rooms*, or all of them."""
    found = [path for path in files() if path.suffix == ".py"]
    return [path for path in found if any(path.is_relative_to(room) for room in rooms)] if rooms else found


def texts() -> dict[Path, str]:
    """Give the files that are text, with their text."""
    found = {}
    for path in files():
        content = (ROOT / path).read_bytes()
        if b"\0" not in content:
            found[path] = content.decode("utf-8", errors="replace")
    return found
