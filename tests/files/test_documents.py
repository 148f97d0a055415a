"""Files that are given out: no cell is a formula, every calendar line is short, and all comes back as it was."""

import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.files.documents import Sheet, guarded, unguarded
from bot.files.due_calendar import DueEvent, write_due_calendar
from bot.files.roadmap_columns import COLUMNS, find_columns
from bot.files.tables import Cell, Row, read
from bot.i18n.catalogue import translations
from bot.screens.imports import column_name

AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["=1+1", "+98 21", "-1", "@SUM(A1)", "＝1", "'=1", "''-2"])
def test_what_would_be_a_formula_stands_behind_an_apostrophe(text: str) -> None:
    sheet = Sheet("x", ["a"], [[text]])

    assert sheet.encoded("csv").decode("utf-8-sig") == f"a\r\n'{text}\r\n"
    [_, row] = read(sheet.encoded("csv"))
    assert (row.cells[0].text, row.cells[0].kind) == (text, "text")


@given(st.text())
def test_the_apostrophe_comes_off_what_it_was_put_before(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30), min_size=1, max_size=4))
def test_a_workbook_takes_any_text_and_none_becomes_a_formula(texts: list[str]) -> None:
    content = Sheet("نقشه [راه]", ["heading"] * len(texts), [texts], is_right_to_left=True).encoded("xlsx")

    [sheet] = load_workbook(io.BytesIO(content)).worksheets
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("language", ["fa", "tg", "en"])
def test_the_names_of_all_columns_are_headings_that_the_import_knows(language: str) -> None:
    names = [column_name(column, translations(language).gettext) for column in COLUMNS]

    found = find_columns([Row(1, tuple(Cell(name) for name in names))])

    assert found.places == {column: place for place, column in enumerate(COLUMNS)}
    assert found.ignored == ()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_lines_of_a_calendar_are_folded_between_characters(title: str) -> None:
    event = DueEvent("a@b", 3, date(2026, 10, 31), title, "")

    content = write_due_calendar("c", [event], at=AT)

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    content.decode()
    escaped = title.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert f"\r\nSUMMARY:{escaped}\r\n".encode() in content.replace(b"\r\n ", b"")
