"""Where the log goes and how it looks; a secret never reaches it."""

import json
import logging
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TextIO

from bot.settings import LogFormat, LogLevel, Secret

MASK = "[secret]"

# The messenger's token stands in the path of every call, and a library may log a path that nobody foresaw.
_TOKEN = re.compile(r"\d{6,}(?::|%3A)[\w-]{30,}", re.ASCII)
_NOISY = ("aiohttp.access", "aiohttp.client", "apscheduler", "asyncio", "httpcore", "httpx")
_PLAIN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


def configure(
    level: LogLevel, style: LogFormat, secrets: Iterable[Secret | None], *, stream: TextIO | None = None
) -> None:
    """Send the log to *stream* (standard error), one line a record, with *secrets* masked wherever they stand."""
    formatter = _Json(secrets) if style == "json" else _Console(secrets)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)


class _Masking(logging.Formatter):
    """Masks the finished line, traceback and all: an argument or an exception may carry a secret too."""

    def __init__(self, secrets: Iterable[Secret | None]) -> None:
        super().__init__()
        self._secrets = tuple(secret.reveal() for secret in secrets if secret and secret.reveal())

    def masked(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return _TOKEN.sub(MASK, text)

    def instant(self, record: logging.LogRecord) -> str:
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def trace(self, record: logging.LogRecord) -> str:
        parts = [self.formatException(record.exc_info)] if record.exc_info else []
        if record.stack_info:
            parts.append(self.formatStack(record.stack_info))
        return "\n".join(parts)


class _Console(_Masking):
    """A line for people: instant, level, logger, words, and what was given beside them."""

    def format(self, record: logging.LogRecord) -> str:
        beside = "".join(f" {name}={value}" for name, value in _beside(record).items())
        line = f"{self.instant(record)} {record.levelname:<7} {record.name}: {record.getMessage()}{beside}"
        trace = self.trace(record)
        return self.masked(f"{line}\n{trace}" if trace else line)


class _Json(_Masking):
    """A line for machines: one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, object] = {
            "at": self.instant(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_beside(record),
        }
        if trace := self.trace(record):
            fields["trace"] = trace
        return self.masked(json.dumps(fields, ensure_ascii=False, default=str))


def _beside(record: logging.LogRecord) -> dict[str, object]:
    return {name: value for name, value in record.__dict__.items() if name not in _PLAIN}
