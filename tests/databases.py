"""The kind of database that the tests run on, and databases of that kind, named by a path of the test's own folder."""

import hashlib
import shutil
from pathlib import Path

from tests.postgres import Server

SQLITE, POSTGRESQL = "sqlite", "postgresql"


class Kind:
    """SQLite files, or (while *server* runs) databases of a PostgreSQL server with the same names."""

    def __init__(self) -> None:
        self.server: Server | None = None
        self.made: list[str] = []

    def sweep(self, kept: int) -> None:
        """Drop what was made after the first *kept* databases."""
        while self.server is not None and len(self.made) > kept:
            self.server.drop(self.made.pop())


KIND = Kind()


def address(path: Path) -> str:
    """Give the address of the database at *path*."""
    if KIND.server is None:
        return f"sqlite:///{path}"
    return KIND.server.address(_name(path))


def fresh(path: Path) -> str:
    """Give the address of an empty database at *path*."""
    if KIND.server is not None:
        KIND.made.append(_name(path))
        KIND.server.database(_name(path))
    return address(path)


def copied(template: Path, path: Path) -> str:
    """Give the address of a database at *path* that begins as a copy of the one at *template*."""
    if KIND.server is not None:
        KIND.made.append(_name(path))
        KIND.server.database(_name(path), template=_name(template))
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(template, path)
    return address(path)


def _name(path: Path) -> str:
    return f"t{hashlib.sha256(str(path).encode()).hexdigest()[:20]}"
