"""Readers of three languages, as most of their countries choose calendar, digits and zone."""

import pytest

from bot.domain.readers import Reader
from bot.i18n.speech import Speech, speech


@pytest.fixture
def persian() -> Speech:
    return speech(Reader("fa", "persian", "persian", "Asia/Tehran"))


@pytest.fixture
def tajik() -> Speech:
    return speech(Reader("tg", "gregorian", "latin", "Asia/Dushanbe"))


@pytest.fixture
def english() -> Speech:
    return speech(Reader("en", "gregorian", "latin", "Asia/Dushanbe"))
