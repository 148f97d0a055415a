"""Bytes become rows of cells, whatever program saved them; what cannot be read is refused before it does harm."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from bot.files import tables
from bot.files.refusals import FileRefused
from bot.files.tables import Cell


def _workbook(*rows: tuple[object, ...]) -> Workbook:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    return workbook


def _saved(workbook: Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _refusal(content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        tables.read(content)
    return refused.value.problem.reason


def _texts(content: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in tables.read(content)]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_csv_is_read_with_and_without_a_mark_and_with_either_ending(mark: str, ending: str) -> None:
    content = f'{mark}id, title ,due{ending}M-1,"кон,{ending}як",{ending}'.encode()

    assert _texts(content) == [["id", "title", "due"], ["M-1", f"кон,{ending}як", ""]]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_of_the_offices_own_settings_is_found(separator: str) -> None:
    assert _texts(f"id{separator}title\nM-1{separator}one\n".encode()) == [["id", "title"], ["M-1", "one"]]


def test_a_line_break_inside_a_cell_does_not_shift_the_row_numbers() -> None:
    rows = tables.read(b'a,b\n"x\ny",1\n\nlast,2\n')

    assert [row.number for row in rows] == [1, 2, 3, 4]
    assert rows[2].is_blank
    assert rows[3].cells[0].text == "last"


def test_a_formula_is_seen_as_a_formula_and_a_minus_is_not() -> None:
    [row] = tables.read(b"=1+1,-5% energy,=\n")

    assert [cell.kind for cell in row.cells] == ["formula", "text", "text"]


@pytest.mark.parametrize(
    ("codec", "text", "guess"),
    [
        ("cp1256", "نقشه راه کارگروه مشترک معدني", "Windows-1256"),
        ("cp1251", "Нақшаи роҳ".replace("қ", "к").replace("ҳ", "х") + ", Харита", "Windows-1251"),
        ("utf-16", "id,title", "UTF-16"),
        ("utf-16-le", "id,title", "UTF-16"),
        ("cp1252", "“quoted” – dashed", ""),
    ],
)
def test_another_encoding_is_refused_with_a_guess(codec: str, text: str, guess: str) -> None:
    with pytest.raises(FileRefused) as refused:
        tables.read(text.encode(codec))

    assert refused.value.problem.reason == "not_utf8"
    assert refused.value.problem.values == {"encoding": guess}


def test_a_workbook_gives_real_dates_percents_numbers_and_formulas() -> None:
    workbook = _workbook((date(2026, 12, 7), 0.6, 46413, "=1+1", " слово ", True, 2.5))
    sheet = workbook.active
    assert sheet is not None
    sheet["B1"].number_format = "0%"

    [row] = tables.read(_saved(workbook))

    assert row.cells == (
        Cell("2026-12-07", "day", day=date(2026, 12, 7)),
        Cell("60%", "percent", number=60),
        Cell("46413", "number", number=46413),
        Cell("=1+1", "formula"),
        Cell("слово"),
        Cell("TRUE"),
        Cell("2.5", "number", number=2.5),
    )


def test_the_first_visible_sheet_with_anything_in_it_is_read() -> None:
    workbook = _workbook()
    hidden = workbook.create_sheet("hidden")
    hidden.append(["no"])
    hidden.sheet_state = "hidden"
    workbook.create_sheet("full").append(["yes"])

    assert _texts(_saved(workbook)) == [["yes"]]


def test_blank_rows_at_the_end_are_dropped_however_far_they_reach() -> None:
    workbook = _workbook(("a", "b"))
    sheet = workbook.active
    assert sheet is not None
    sheet.cell(row=60_000, column=1).number_format = "0%"

    assert len(tables.read(_saved(workbook))) == 1


def test_a_table_beyond_the_limit_is_refused() -> None:
    workbook = _workbook(("a", "b"))
    sheet = workbook.active
    assert sheet is not None
    sheet.cell(row=tables.MOST_ROWS + 1, column=1).value = "far"

    assert _refusal(_saved(workbook)) == "too_many_rows"
    assert _refusal(b"x\n" * (tables.MOST_ROWS + 1)) == "too_many_rows"


def test_what_is_no_table_is_refused_with_its_reason() -> None:
    assert _refusal(b"") == "empty_file"
    assert _refusal(b"\n,,\n") == "empty_file"
    assert _refusal(b"x" * (tables.MOST_BYTES + 1)) == "file_too_big"
    assert _refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") == "old_excel"
    assert _refusal(b'a,"b\n') == "broken_csv"
    assert _refusal(b"a," + b"x" * (tables.MOST_CELL_LENGTH + 1)) == "cell_too_long"
    assert _refusal(b"PK\x03\x04 and nothing more") == "broken_workbook"
    assert _refusal(_archive({"word/document.xml": b"<a/>"})) == "not_a_table"


def _archive(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    bomb = _archive({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * 50_000_000})

    assert len(bomb) < 100_000
    assert _refusal(bomb) == "unpacks_too_big"


def test_entities_in_a_workbook_are_not_expanded() -> None:
    saved = _saved(_workbook(("a", "b")))
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    with zipfile.ZipFile(io.BytesIO(saved)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}

    assert _refusal(_archive({**entries, "xl/worksheets/sheet1.xml": evil})) == "broken_workbook"


def test_a_damaged_workbook_is_refused_wherever_the_damage_is() -> None:
    saved = _saved(_workbook(("id", "title"), ("M-1", "one")))
    for place in range(0, len(saved), 211):
        damaged = saved[:place] + b"\xff\x00\xfe" + saved[place + 3 :]
        assert _reason(damaged) in {"", "broken_workbook", "not_a_table", "not_utf8", "unpacks_too_big", "empty_file"}


def _reason(content: bytes) -> str:
    try:
        tables.read(content)
    except FileRefused as refused:
        return refused.problem.reason
    return ""
