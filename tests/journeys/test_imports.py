"""A secretary sends a roadmap file to the bot: looked through first, confirmed, and all or nothing."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.clock import SandboxClock
from bot.sandbox.faults import Fault
from bot.services import upkeep
from bot.services.example_group import FOLDER, Example
from db.database import Connection
from tests.houses import STARTS_AT, fresh_world, move_in, open_stage
from tests.people import Stage, Visitor, bare
from tests.sheets import as_csv, of_csv, of_xlsx, received, sends, texts_of

HEADINGS = ["id", "workstream", "title", "due", "percent", "state", "evidence", "reason"]
ROADMAP = (FOLDER / "roadmap.csv").read_bytes()


def _rows(*rows: Sequence[object]) -> bytes:
    return as_csv([HEADINGS, *rows])


GOOD = _rows(
    ["", "MINES", "Кофтукови нав", "2027-03-01", "", "", "", ""],
    ["M-3", "", "", "", "", "", "", ""],
)


def _titles(stage: Stage) -> dict[int, str]:
    def read(connection: Connection) -> dict[int, str]:
        uow = stage.house.unit_of_work(connection)
        return {milestone.number: milestone.title for milestone in uow.milestones.of_group(1)}

    return stage.house.database.once(read)


def _text(visitor: Visitor) -> str:
    return bare(texts_of(visitor)[-1].text)


async def test_nothing_is_written_before_confirm_and_the_same_file_again_changes_nothing(
    stage: Stage, zebo: Visitor
) -> None:
    before = _titles(stage)
    file = _rows(["", "MINES", "Кофтукови нав", "2027-03-01", "", "", "", ""])

    await sends(zebo, file, "нақша.csv")
    assert "нақша.csv" in _text(zebo)
    assert "Илова мешавад: 1." in _text(zebo)
    assert "Сатри 2, Кофтукови нав. Илова карда мешавад." in _text(zebo)
    assert _titles(stage) == before

    await zebo.taps("Тасдиқ кардан")
    assert "Илова шуд: 1. Тағйир ёфт: 0." in _text(zebo)
    assert sorted(set(_titles(stage).values()) - set(before.values())) == ["Кофтукови нав"]

    await sends(zebo, file, "нақша.csv")
    assert "Чизе барои ворид кардан нест" in _text(zebo)
    assert "Тасдиқ кардан" not in zebo.sees.buttons


async def test_a_cancelled_file_changes_nothing(stage: Stage, mina: Visitor) -> None:
    before = _titles(stage)

    await sends(mina, _rows(["", "MINES", "عنوان تازه", "۱۴۰۵/۱۲/۱۰", "", "", "", ""]), "plan.csv")
    await mina.taps("انصراف")

    assert "لغو شد؛ چیزی تغییر نکرد" in _text(mina)
    assert _titles(stage) == before


async def test_a_refused_row_keeps_all_out_and_comes_back_as_a_file_with_its_reason(
    stage: Stage, mina: Visitor
) -> None:
    before = _titles(stage)
    good = [["", "MINES", f"سطر {number}", "1405/12/10", "", "", "", ""] for number in range(7)]

    await sends(mina, _rows(*good, ["", "MINES", "بد", "1406/07/31", "", "", "", ""]), "plan.csv")
    first = _text(mina).split("\n")
    assert "صفحه ۱ از ۲" in first[0]
    assert next(line for line in first if "❌" in line).startswith("❌ ردیف ۹، due:")
    assert "تأیید" not in mina.sees.buttons
    await mina.taps("بعدی")
    assert "صفحه ۲ از ۲" in _text(mina)

    await mina.taps("فایل ردیف‌های ردشده")
    [(name, content)] = received(mina)
    assert name == "refused-plan.csv"
    heading, row = of_csv(content)
    assert heading[-1] == "دلیل رد شدن ردیف"
    assert row[2] == "بد"
    assert "۳۱ مهر ۱۴۰۶" in row[-1]
    assert _titles(stage) == before


async def test_the_bad_example_in_a_workbook_is_refused_row_by_row(stage: Stage, mina: Visitor) -> None:
    bad = (FOLDER.parents[1] / "tests/files/data/bad_roadmap.xlsx").read_bytes()

    await sends(mina, bad, "bad_roadmap.xlsx")
    await mina.taps("فایل ردیف‌های ردشده")

    [(name, content)] = received(mina)
    assert name == "refused-bad_roadmap.xlsx"
    rows = of_xlsx(content)
    assert len(rows) > 10
    assert all(row[-1] for row in rows)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        ((FOLDER.parents[1] / "tests/files/data/bad_encoding.csv").read_bytes(), "plan.csv", "Windows-1256"),
        (GOOD.decode("utf-8-sig").encode("utf-16"), "plan.csv", "UTF-16"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "plan.xls", "XLSX"),
        (b"PK\x03\x04 not really", "plan.xlsx", "XLSX"),
        (b"\x00\x01\x02" * 99, "plan.csv", "CSV"),
        (b"just words\nand more", "plan.csv", "workstream"),
    ],
)
async def test_rubbish_is_refused_with_what_to_do(
    stage: Stage, zebo: Visitor, content: bytes, name: str, said: str
) -> None:
    before = _titles(stage)

    await sends(zebo, content, name)

    assert said in _text(zebo)
    assert "Тасдиқ кардан" not in zebo.sees.buttons
    assert _titles(stage) == before


async def test_a_file_that_is_too_big_is_refused_before_it_is_fetched(stage: Stage, zebo: Visitor) -> None:
    await sends(zebo, b"x" * 5_000_001, "plan.csv")

    assert "5 000 001" in _text(zebo).replace("\N{NO-BREAK SPACE}", " ")
    assert [call for call in stage.world.calls if call[1] == "getFile"] == []


async def test_two_secretaries_at_once_the_second_sees_a_new_preview(
    stage: Stage, zebo: Visitor, mina: Visitor
) -> None:
    file = _rows(["", "MINES", "Кофтукови нав", "2027-03-01", "", "", "", ""])
    await sends(zebo, file, "plan.csv")
    await sends(mina, file, "plan.csv")

    await zebo.taps("Тасдиқ кардан")
    await mina.taps("تأیید")

    assert "نقشه راه پس از پیش‌نمایش قبلی تغییر کرده است" in _text(mina)
    assert "چیزی برای وارد کردن نیست" in _text(mina)
    assert list(_titles(stage).values()).count("Кофтукови нав") == 1


async def test_a_milestone_that_moved_on_is_not_overwritten_by_an_old_preview(
    stage: Stage, zebo: Visitor, keyvan: Visitor
) -> None:
    percent = _percent(stage, 28)
    await sends(zebo, _rows(["M-28", "PROC", _titles(stage)[28], _due(stage, 28), percent + 5, "", "", ""]), "plan.csv")
    assert "Тағйир меёбад: 1." in _text(zebo)

    await keyvan.says(f"M-28 {percent + 2}% tested")
    await zebo.taps("Тасдиқ кардан")

    assert "Харитаи роҳ пас аз пешнамоиши охирин тағйир ёфтааст" in _text(zebo)
    assert _percent(stage, 28) == percent + 2
    await zebo.taps("Тасдиқ кардан")
    assert _percent(stage, 28) == percent + 5


def _milestone(stage: Stage, number: int) -> object:
    return stage.house.database.once(lambda c: stage.house.unit_of_work(c).milestones.find(1, number))


def _percent(stage: Stage, number: int) -> int:
    return int(getattr(_milestone(stage, number), "percent"))  # noqa: B009


def _due(stage: Stage, number: int) -> str:
    return str(getattr(_milestone(stage, number), "due_on"))  # noqa: B009


async def test_only_a_secretary_may_import_and_another_kind_of_file_is_no_roadmap(
    stage: Stage, ramin: Visitor, mina: Visitor
) -> None:
    await sends(ramin, GOOD, "plan.csv")
    assert "فقط دبیر" in _text(ramin)
    await sends(mina, b"%PDF-1.7", "letter.pdf")
    assert [call for call in stage.world.calls if call[1] == "getFile"] == []


async def test_a_file_is_fetched_again_while_the_messenger_is_out_of_reach(stage: Stage, zebo: Visitor) -> None:
    stage.world.plan.add(Fault("getFile", times=2))
    stage.world.plan.add(Fault("download", reset=True))

    await sends(zebo, _rows(["", "MINES", "Кофтукови нав", "2027-03-01", "", "", "", ""]), "plan.csv")

    assert "Илова мешавад: 1." in _text(zebo)


async def test_a_file_that_the_messenger_no_longer_has_is_asked_for_again(stage: Stage, zebo: Visitor) -> None:
    stage.world.plan.add(Fault("getFile", status=400, body={"ok": False, "error_code": 400, "description": "gone"}))

    await sends(zebo, GOOD, "plan.csv")

    assert "Лутфан, онро аз нав фиристед" in _text(zebo)


async def test_the_preview_follows_the_readers_language(zebo: Visitor) -> None:
    await sends(zebo, _rows(["", "MINES", "Кофтукови нав", "2027-03-01", "", "", "", ""]), "plan.csv")

    await zebo.says("/language")
    await zebo.taps("English")

    assert any("Will be added." in message.text for message in texts_of(zebo))


async def test_the_whole_example_roadmap_changes_nothing_of_itself(mina: Visitor) -> None:
    await sends(mina, ROADMAP, "roadmap.csv")

    assert "بدون تغییر" in _text(mina)


async def test_a_file_that_was_not_fetched_when_the_bot_ended_is_fetched_by_the_next_start(
    example: tuple[Path, Example], tmp_path: Path
) -> None:
    path, loaded = example
    world = fresh_world(SandboxClock(STARTS_AT, running=False))
    async with open_stage(tmp_path / "data", template=path, world=world) as stage:
        await move_in(stage, loaded)
        zebo = stage.people["qalandarzoda"]
        fault = world.plan.add(Fault("getFile", times=None))
        file = _rows(["", "MINES", "Кофтукови нав", "2027-03-01", "", "", "", ""])
        world.send_file(zebo.user_id, zebo.chat, content=file, name="plan.csv")
        async with asyncio.timeout(20):
            while not fault.met:
                await stage.house.database.read(lambda connection: None)
    world.plan.remove(fault)

    async with open_stage(tmp_path / "data", world=world) as stage:
        await stage.settled()
        assert "Илова мешавад: 1." in _text(Visitor(stage, zebo.user_id))
    await world.close()


async def test_a_preview_that_nobody_touched_for_a_week_is_forgotten(stage: Stage, zebo: Visitor) -> None:
    await sends(zebo, _rows(["", "MINES", "Кофтукови нав", "2027-03-01", "", "", "", ""]), "plan.csv")

    stage.clock.advance(timedelta(days=8))

    def forget(connection: Connection) -> None:
        while upkeep.step(stage.house.unit_of_work(connection)):
            pass

    stage.house.database.once(forget)
    await zebo.taps("Тасдиқ кардан")

    assert "Кофтукови нав" not in _titles(stage).values()
    assert zebo.toast
