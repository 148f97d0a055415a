"""Taking the roadmap away as a file, and sending the very file back."""

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from bot.sandbox.faults import Fault
from tests.people import Stage, Visitor, bare
from tests.sheets import of_csv, of_xlsx, received, sends, texts_of

_SECRETARIES = {"fa": "kavehpour", "tg": "qalandarzoda"}
_LANGUAGES = {"fa": "فارسی", "tg": "Тоҷикӣ", "en": "English"}
_WORDS = {
    "fa": ("شماره", "مهلت", "چیزی برای وارد کردن نیست", "مهلت‌ها برای تقویم"),
    "tg": ("Рақам", "Муҳлат", "Чизе барои ворид кардан нест", "Муҳлатҳо барои тақвим"),
    "en": ("Number", "Due", "There is nothing to import", "Due dates for a calendar"),
}


async def _reader(stage: Stage, language: str) -> Visitor:
    """Give a secretary who reads a language."""
    secretary = stage.people[_SECRETARIES.get(language, "qalandarzoda")]
    if language not in _SECRETARIES:
        await secretary.says("/language")
        await secretary.taps(_LANGUAGES[language])
    return secretary


@pytest.mark.parametrize("form", ["XLSX", "CSV"])
@pytest.mark.parametrize("language", ["fa", "tg", "en"])
async def test_a_file_of_the_export_sent_back_changes_nothing(stage: Stage, language: str, form: str) -> None:
    secretary = await _reader(stage, language)
    number, due, nothing, _ = _WORDS[language]

    await secretary.says("/export")
    await secretary.taps(form)

    [(name, content)] = received(secretary)
    rows = of_xlsx(content) if form == "XLSX" else of_csv(content)
    assert name == f"roadmap-IRTJ-MINING-2026-11-23.{form.lower()}"
    assert rows[0][0] == number
    assert due in rows[0]
    assert len(rows) == 47
    await sends(secretary, content, name)
    assert nothing in _last_text(secretary)


def _last_text(visitor: Visitor) -> str:
    return bare(texts_of(visitor)[-1].text)


async def test_a_persian_sheet_reads_from_the_right_with_both_calendars(mina: Visitor) -> None:
    await mina.says("/roadmap")
    await mina.taps("دریافت فایل نقشه راه")
    await mina.taps("XLSX")

    [(_, content)] = received(mina)
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet.sheet_view.rightToLeft
    assert sheet.freeze_panes == "A2"
    headings = [cell.value for cell in sheet[1]]
    place = headings.index("مهلت")
    assert headings[place + 1] == "مهلت (هجری شمسی)"
    row = next(row for row in sheet.iter_rows(min_row=2, values_only=True) if row[0] == "M-10")
    assert (row[place].date().isoformat(), row[place + 1]) == ("2026-11-18", "۱۴۰۵/۰۸/۲۷")


async def test_what_looks_like_a_formula_is_none_and_comes_back_as_typed(mina: Visitor) -> None:
    title = "=HYPERLINK(1)"
    await mina.says(f"/newmilestone {title}")
    await mina.taps("ذخیره")
    for form in ("CSV", "XLSX"):
        await mina.says("/export")
        await mina.taps(form)

    (csv_name, as_text), (_, workbook) = received(mina)
    assert [f"'{title}"] == [cell for row in of_csv(as_text) for cell in row if "HYPERLINK" in cell]
    cells = [cell for row in load_workbook(io.BytesIO(workbook)).worksheets[0].iter_rows() for cell in row]
    assert [(cell.value, cell.data_type) for cell in cells if "HYPERLINK" in str(cell.value)] == [(title, "s")]
    await sends(mina, as_text, csv_name)
    assert "چیزی برای وارد کردن نیست" in _last_text(mina)


async def test_all_due_dates_come_as_a_calendar_in_the_readers_language(zebo: Visitor) -> None:
    await zebo.says("/export")
    await zebo.taps("барои тақвим")

    [(name, content)] = received(zebo)
    assert name == "roadmap-IRTJ-MINING.ics"
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    lines = content.replace(b"\r\n ", b"").decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == 44  # of 46, two are dropped
    event = lines[lines.index("UID:IRTJ-MINING.M-10@hamroh") :]
    assert "DTSTART;VALUE=DATE:20261118" in event[:4]
    assert next(line for line in event if line.startswith("SUMMARY:")).startswith("SUMMARY:Муҳлати иҷро: M-10 ")


async def test_a_cards_due_date_is_one_event_with_the_same_number_each_time(mina: Visitor) -> None:
    await mina.says("M-12")
    await mina.says("/roadmap")
    await mina.taps("M-1")
    await mina.taps("افزودن به تقویم")
    await mina.taps("افزودن به تقویم")

    (_, first), (_, second) = received(mina)
    numbers = [[line for line in file.split(b"\r\n") if line.startswith(b"UID:")] for file in (first, second)]
    assert len(numbers[0]) == 1
    assert numbers[0] == numbers[1]


async def test_an_observer_gets_no_file(stage: Stage) -> None:
    observer = next(person for person in stage.people.values() if not person.record().may_write)

    await observer.says("/roadmap")
    assert not [label for label in observer.sees.buttons if "файл" in label or "فایل" in label]
    await observer.says("/export")

    assert received(observer) == []


async def test_a_file_that_met_a_fault_is_sent_when_the_fault_is_over(stage: Stage, zebo: Visitor) -> None:
    stage.world.plan.add(Fault("sendDocument", times=2))

    await zebo.says("/export")
    await zebo.taps("CSV")

    assert len(received(zebo)) == 1


async def test_a_file_that_is_owed_is_not_sent_to_who_has_become_an_observer(stage: Stage, zebo: Visitor) -> None:
    """What is owed is a recipe: whether one may have it is asked when it is sent."""
    fault = stage.world.plan.add(Fault("sendDocument", times=None))
    await zebo.says("/export")
    stage.world.press(zebo.user_id, zebo.chat, zebo.sees.message.id, _button(zebo, "CSV"))
    await stage.house.worker.rested()
    demoted = text("UPDATE members SET role = 'observer' WHERE id = :member")
    stage.house.database.once(lambda connection: connection.execute(demoted, {"member": zebo.member_id}))
    stage.world.plan.remove(fault)
    await stage.settled()

    assert received(zebo) == []


def _button(visitor: Visitor, label: str) -> str:
    return str(visitor._button(label, None)[1]["callback_data"])
