"""What a file is refused for: facts with data; the screens and the command line find the words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.domain.members import Names

Value = str | int | date | Names | tuple[str, ...]

# Exceptions that carry data are hashable but not frozen: contextlib sets their traceback, which frozen ones refuse.


@dataclass(frozen=True, slots=True)
class Problem:
    """
    Why a cell, a row or a file cannot be taken.

    *column* is the heading as the file writes it, empty where the whole row or file is meant; *reason* is a code that
    the screens turn into a sentence with *values*.
    """

    reason: str
    column: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(unsafe_hash=True)
class FileRefused(Exception):
    """A file that cannot be read at all."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Misfit:
    """A place in a configuration file (a key, or a row and column) that does not hold what is *expected*."""

    place: str
    expected: str


@dataclass(unsafe_hash=True)
class Misfits(Exception):
    """A configuration file with places to mend, all of them at once."""

    misfits: tuple[Misfit, ...]
