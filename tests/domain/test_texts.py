"""Texts are cut to a length in UTF-16 units, and never inside what a person sees as one character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.texts import TITLE_LIMIT, cut, cut_title, within

CHARACTERS = st.sampled_from(
    [
        "a",
        "ی",
        "😀",
        "e\u0301",
        "بِ",
        "👍🏽",
        "👨‍👩‍👧",
        "🇮🇷",
        "🇹🇯",
        "🏳️‍🌈",
        "🏴\U000e0067\U000e0062\U000e007f",
        "и\u0306\u0301",
    ]
)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def parts_of(characters: list[str]) -> set[str]:
    """Give every beginning of a text that ends where a character ends."""
    return {"".join(characters[:end]) for end in range(len(characters) + 1)}


@given(characters=st.lists(CHARACTERS, max_size=30), limit=st.integers(20, 60))
def test_what_fits_ends_where_a_character_ends(characters: list[str], limit: int) -> None:
    text = "".join(characters)
    fitting = within(text, limit)

    assert fitting in parts_of(characters)
    assert units(fitting) <= limit
    assert all(units(part) > limit for part in parts_of(characters) if len(part) > len(fitting))


@given(characters=st.lists(CHARACTERS, max_size=30))
def test_a_shortened_text_says_so_and_fits(characters: list[str]) -> None:
    text = "".join(characters)
    short = cut(text, 24)

    assert units(short) <= 24
    assert short == text or (short.endswith("…") and short[:-1] in parts_of(characters))


@given(characters=st.lists(CHARACTERS, min_size=80, max_size=120))
def test_a_title_is_cut_at_a_whole_character_where_it_has_no_words(characters: list[str]) -> None:
    text = "".join(characters)
    title = cut_title(text)

    assert units(title) <= TITLE_LIMIT
    assert title.removesuffix("…") in parts_of(characters)


@pytest.mark.parametrize("text", ["x" + "\u0301" * 300, "👨" + "‍👩" * 100])
def test_a_character_that_alone_does_not_fit_is_cut_nevertheless(text: str) -> None:
    assert 0 < units(within(text, 50)) <= 50
