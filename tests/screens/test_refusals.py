"""No refusal is mute: each type has a sentence, in each language, that fits an alert."""

import importlib
import inspect
import pkgutil
from datetime import UTC, date, datetime
from typing import Any, get_type_hints

import pytest

import bot
from bot.domain.errors import DomainError, TextTooLong
from bot.domain.readers import LANGUAGES, Language
from bot.screens import refusals
from bot.screens.answers import plain_reader
from tests.people import bare

_VALUES: dict[Any, Any] = {
    int: 12,
    str: "Беҳрӯз Шаҳсуворзода",
    date: date(2026, 11, 23),
    datetime: datetime(2026, 11, 23, 6, 30, tzinfo=UTC),
    Language: "fa",
    tuple[int, ...]: (12, 14, 15, 31, 33),
    tuple[Language, ...]: LANGUAGES,
    tuple[date, ...]: (date(2026, 11, 10), date(2026, 10, 11)),
}


def all_refusals() -> list[type[DomainError]]:
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if ".sandbox" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: list[type[DomainError]] = []
    waiting = [DomainError]
    while waiting:
        children = waiting.pop().__subclasses__()
        found += children
        waiting += children
    return sorted({one for one in found if one.__module__.startswith("bot.")}, key=lambda one: one.__name__)


def example_of(refusal: type[DomainError]) -> DomainError:
    hints = get_type_hints(refusal)
    names = [name for name in inspect.signature(refusal).parameters if name in hints]
    return refusal(**{name: "gregorian" if name == "calendar" else _VALUES[hints[name]] for name in names})


@pytest.mark.parametrize("refusal", all_refusals(), ids=lambda one: one.__name__)
def test_every_refusal_has_a_sentence(refusal: type[DomainError]) -> None:
    assert refusal in refusals.SENTENCES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("refusal", list(refusals.SENTENCES), ids=lambda one: one.__name__)
def test_a_refusal_is_two_lines_at_most_and_fits_an_alert(refusal: type[DomainError], language: Language) -> None:
    shown = refusals.alert(plain_reader(language), example_of(refusal))

    assert "{" not in shown
    assert shown.count("\n") <= 1
    assert len(shown) <= refusals.ALERT_LIMIT


def test_a_text_that_is_too_long_is_told_its_length_and_the_limit() -> None:
    screen = refusals.refused(plain_reader("en"), TextTooLong(length=1300, limit=1000), draft_kept=True)

    assert bare(screen.text).split("\n") == [
        "The text is too long: 1300 characters, at most 1000 fit.",
        "Please send a shorter one; your draft is kept.",
    ]
