"""The language of a text by its script, and the names of files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.readers import LANGUAGES, Language
from bot.i18n.bidi import without_controls
from bot.i18n.file_names import LONGEST, file_name
from bot.i18n.written import written_in


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("کوره دوم راه‌اندازی شد", "fa"),
        ("پمپ KSB-200 نصب شد", "fa"),
        ("кӯраи дуюм ба кор даромад", "tg"),
        ("Вторая печь пущена", "tg"),
        ("second furnace commissioned", "en"),
        ("Tursunzoda: печь №2 commissioned on Monday", "en"),
    ],
)
@pytest.mark.parametrize("writer", LANGUAGES)
def test_a_clear_script_tells_the_language_whatever_the_writer_reads(
    text: str, language: Language, writer: Language
) -> None:
    assert written_in(text, writer) == language


@pytest.mark.parametrize("text", ["", "62%", "OK", "🏗 🇹🇯", "中文字符", "печь печь furnace furnace", "۱۲۳٪"])
@pytest.mark.parametrize("writer", LANGUAGES)
def test_where_no_script_is_clear_it_is_the_writers_own(text: str, writer: Language) -> None:
    assert written_in(text, writer) == writer


@given(st.text(max_size=400))
def test_a_file_name_is_one_bounded_line_that_turns_nothing_around(name: str) -> None:
    kept = file_name(name)

    assert len(kept) <= LONGEST
    assert kept == without_controls(kept)
    assert len(kept.splitlines()) <= 1
    assert file_name(kept) == kept


def test_a_long_name_keeps_its_ending() -> None:
    assert file_name("x" * 300 + ".xlsx").endswith("x….xlsx")
    assert file_name("invoice\u202egpj.exe") == "invoicegpj.exe"
    assert file_name("گزارش نهایی.docx") == "گزارش نهایی.docx"
