"""The log is one line a record, and no secret reaches it."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot import log
from bot.settings import LogFormat, LogLevel, Secret

TOKEN = "123456:AbcdefghijKLMNOPqrstuvwxyz012345678"


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def _fail(place: str) -> None:
    raise OSError(place)


def _configured(style: LogFormat, level: LogLevel = "INFO") -> io.StringIO:
    stream = io.StringIO()
    log.configure(level, style, (Secret(TOKEN), Secret("webhook-secret"), None), stream=stream)
    return stream


def test_a_line_for_people_tells_when_how_grave_where_and_what() -> None:
    stream = _configured("console")

    logging.getLogger("bot.delivery").warning("sent %s", "M-12", extra={"update": 7})

    line = stream.getvalue()
    assert line.endswith("Z WARNING bot.delivery: sent M-12 update=7\n")


def test_a_line_for_machines_is_json() -> None:
    stream = _configured("json")

    logging.getLogger("bot").info("سلام %s", "دوشنبه", extra={"reference": "ab12"})

    record = json.loads(stream.getvalue())
    assert record["message"] == "سلام دوشنبه"
    assert (record["level"], record["logger"], record["reference"]) == ("INFO", "bot", "ab12")


@pytest.mark.parametrize("style", ["console", "json"])
def test_a_secret_is_masked_in_words_arguments_and_tracebacks(style: LogFormat) -> None:
    stream = _configured(style)

    try:
        _fail(f"https://api.example.org/bot{TOKEN}/getMe")
    except OSError:
        logging.getLogger("bot").exception(
            "calling %s with %s", f"/bot{TOKEN}/sendMessage", {"secret": "webhook-secret"}
        )

    written = stream.getvalue()
    assert "OSError" in written
    assert TOKEN not in written
    assert "webhook-secret" not in written
    assert log.MASK in written


def test_a_token_that_nobody_named_is_masked_too() -> None:
    stream = _configured("console")

    logging.getLogger("bot").info("file/bot987654321:ZYXwvutsrqponmlkjihgfedcba987654321/photo")

    assert "ZYXwvu" not in stream.getvalue()


def test_the_libraries_chatter_is_off_and_what_is_below_the_level_too() -> None:
    stream = _configured("console")

    logging.getLogger("aiohttp.access").info("GET /")
    logging.getLogger("apscheduler.scheduler").info("tick")
    logging.getLogger("bot").debug("detail")

    assert not stream.getvalue()
