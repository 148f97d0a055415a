"""Keys of a configuration file, read one by one; each that does not hold what is expected is noted with its path."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.files.refusals import Misfit, Misfits

T = TypeVar("T")


class Pattern(NamedTuple):
    """What a text must look like, and how to say so."""

    regex: re.Pattern[str]
    expected: str


CODE = Pattern(
    re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,31}"), "a code of Latin letters, digits, - and _, such as IRTJ-MINING"
)
HANDLE = Pattern(re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}"), "a handle of Latin letters, digits, -, . and _")
_COUNTRY = Pattern(re.compile(r"[A-Z]{2}"), "a country of two capitals, such as IR")


@contextmanager
def reading(values: Mapping[str, Any], allowed: Sequence[str]) -> "Iterator[KeyReader]":
    """
    Read a file's keys; what did not fit is raised at the end, all of it together.

    Raises:
        Misfits: at least one key was missing, unknown or did not fit.
    """
    misfits: list[Misfit] = []
    yield KeyReader(values, allowed, path="", misfits=misfits)
    if misfits:
        raise Misfits(tuple(dict.fromkeys(misfits)))


class KeyReader:
    """
    A table of a configuration file.

    A key that does not fit is noted, and reading goes on with a stand-in, which nobody will see: `reading` raises.
    """

    def __init__(self, values: Mapping[str, Any], allowed: Sequence[str], *, path: str, misfits: list[Misfit]) -> None:
        self._values = values
        self._path = path
        self._misfits = misfits
        for key in values:
            if key not in allowed:
                self.misfit(key, f"left out or spelt otherwise: keys here are {', '.join(allowed)}")

    def misfit(self, key: str, expected: str) -> None:
        """Note that *key* (the table itself, where empty) should hold what is *expected*."""
        self._misfits.append(Misfit(".".join(part for part in (self._path, key) if part), expected))

    def has(self, key: str) -> bool:
        """Tell whether the key is there."""
        return key in self._values

    def section(self, key: str, allowed: Sequence[str], *, optional: bool = False) -> "KeyReader":
        """Read a table inside this one."""
        value = self._values.get(key, {} if optional else None)
        if not isinstance(value, Mapping):
            self.misfit(key, "a table")
            value = {}
        return KeyReader(value, allowed, path=self._join(key), misfits=self._misfits)

    def sections(self, key: str, allowed: Sequence[str], *, least: int = 0) -> "list[KeyReader]":
        """Read a list of tables; they are called ``key.1``, ``key.2``, …."""
        value = self._values.get(key, [])
        if not isinstance(value, list) or len(value) < least or not all(isinstance(item, Mapping) for item in value):
            self.misfit(key, f"a list of tables, at least {least}" if least else "a list of tables")
            return []
        return [
            KeyReader(item, allowed, path=self._join(f"{key}.{number}"), misfits=self._misfits)
            for number, item in enumerate(value, start=1)
        ]

    def check_unique(self, key: str, codes: Sequence[str], *, key_of_code: str = "code") -> None:
        """Note each code that stands in a list of tables twice."""
        for number, code in enumerate(codes, start=1):
            if code and code in codes[: number - 1]:
                self.misfit(f"{key}.{number}.{key_of_code}", f"different from the others; “{code}” is there twice")

    def text(self, key: str) -> str:
        """Read a text that is not empty."""
        value = self._values.get(key)
        if not isinstance(value, str) or not value.strip():
            self.misfit(key, "a text")
            return ""
        return value.strip()

    def matching(self, key: str, pattern: Pattern) -> str:
        """Read a text of a certain look."""
        value = self._values.get(key)
        if not isinstance(value, str) or not pattern.regex.fullmatch(value):
            self.misfit(key, pattern.expected)
            return ""
        return value

    def country(self, key: str) -> str:
        """Read a country's code."""
        return self.matching(key, _COUNTRY)

    def choice(self, key: str, choices: Sequence[str]) -> str:
        """Read one of *choices*."""
        value = self._values.get(key)
        if value not in choices:
            self.misfit(key, f"one of {', '.join(choices)}")
            return ""
        return str(value)

    def choices(self, key: str, choices: Sequence[str]) -> tuple[str, ...]:
        """Read a list of *choices*, at least one of them."""
        value = self._values.get(key)
        if not isinstance(value, list) or not value or not all(item in choices for item in value):
            self.misfit(key, f"a list of {', '.join(choices)}")
            return ()
        return tuple(dict.fromkeys(value))

    def whole(self, key: str, *, default: int | None = None, least: int | None = None, most: int | None = None) -> int:
        """Read a whole number within bounds."""
        value = self._values.get(key, default)
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        if not is_whole or (least is not None and value < least) or (most is not None and value > most):
            bounds = f" from {least}" if least is not None else ""
            self.misfit(key, f"a whole number{bounds}{f' to {most}' if most is not None else ''}")
            return 0
        return int(value)

    def truth(self, key: str, *, default: bool) -> bool:
        """Read true or false."""
        value = self._values.get(key, default)
        if not isinstance(value, bool):
            self.misfit(key, "true or false")
            return default
        return value

    def hour(self, key: str, *, default: time | None = None) -> time:
        """Read a time of day."""
        value = self._values.get(key, default)
        if not isinstance(value, time):
            self.misfit(key, "a time of day without quotation marks, such as 09:30:00")
            return time(0)
        return value

    def day(self, key: str) -> date | None:
        """Read a day that may be left out."""
        value = self._values.get(key)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            self.misfit(key, "a day without quotation marks, such as 2026-02-16")
            return None
        return value

    def time_zone(self, key: str) -> str:
        """Read the name of a time zone."""
        value = self._values.get(key)
        if not isinstance(value, str) or not is_time_zone(value):
            self.misfit(key, "the name of a time zone, such as Asia/Dushanbe")
            return "UTC"
        return value

    def _join(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key


def is_time_zone(name: str) -> bool:
    """Tell whether *name* is an IANA time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
