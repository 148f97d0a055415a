"""The kind of database that the tests run on, and databases of that kind, named by a path of the test's own folder."""

import hashlib
import shutil
from pathlib import Path

from tests.postgres import Server

SQLITE, POSTGRESQL = "sqlite", "postgresql"


class Kind:
    """SQLite files, or (while *server* runs) databases of a PostgreSQL server with the same names."""

    def __init__(self, server: Server | None = None) -> None:
        self.server = server
        self.made: list[str] = []

    def address(self, path: Path) -> str:
        """Give the address of the database at *path*."""
        if self.server is None:
            return f"sqlite:///{path}"
        return self.server.address(_name(path))

    def fresh(self, path: Path) -> str:
        """Give the address of an empty database at *path*."""
        if self.server is not None:
            self.made.append(_name(path))
            self.server.database(_name(path))
        return self.address(path)

    def copied(self, template: Path, path: Path) -> str:
        """Give the address of a database at *path* that begins as a copy of the one at *template*."""
        if self.server is not None:
            self.made.append(_name(path))
            self.server.database(_name(path), template=_name(template))
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(template, path)
        return self.address(path)

    def sweep(self, kept: int) -> None:
        """Drop what was made after the first *kept* databases."""
        while self.server is not None and len(self.made) > kept:
            self.server.drop(self.made.pop())


KIND = Kind()


def address(path: Path) -> str:
    """Give the address of the database at *path*."""
    return KIND.address(path)


def fresh(path: Path) -> str:
    """Give the address of an empty database at *path*."""
    return KIND.fresh(path)


def found(path: Path) -> str:
    """Give the address of the database that an earlier house has left at *path*, or of an empty one."""
    is_there = _name(path) in KIND.made if KIND.server is not None else path.exists()
    return address(path) if is_there else fresh(path)


def copied(template: Path, path: Path) -> str:
    """Give the address of a database at *path* that begins as a copy of the one at *template*."""
    return KIND.copied(template, path)


def _name(path: Path) -> str:
    return f"t{hashlib.sha256(str(path).encode()).hexdigest()[:20]}"
