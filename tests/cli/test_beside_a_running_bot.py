"""Commands work while the bot runs, and the bot sees at once what they change."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.people import Stage

Typed = Callable[..., Awaitable[int]]
CODE = "IRTJ-MINING"


@pytest.fixture
def typed(stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Typed:
    """Type a command against the database of the running bot, from another thread as from another process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HAMROH_DATABASE_URL", stage.house.database.url)
    return lambda *arguments: asyncio.to_thread(main, arguments)


async def test_somebody_invited_on_the_command_line_comes_in(
    stage: Stage, typed: Typed, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--group", CODE, "--party", "TJ", "--role", "member", "--language", "tg")
    assert await typed("invite", *options) == 0
    link = capsys.readouterr().out.splitlines()[-1]
    stage.world.add_person(5501, "Sitora", language_code="ru")

    await stage.visitor(5501).opens(link.partition("start=")[2])

    assert set(stage.visitor(5501).sees.buttons) == {"فارسی", "Тоҷикӣ", "English"}


async def test_a_milestone_that_a_file_brings_is_on_the_roadmap(stage: Stage, typed: Typed, tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    file.write_text("id,workstream,title,due\nM-77,PROC,Brought by a file,2027-01-27\n", encoding="utf-8")

    assert await typed("import", str(file), "--group", CODE) == 0
    await stage.people["farahmandi"].says("M-77 60%")

    keyvan = stage.people["farahmandi"]
    assert "Brought by a file" in keyvan.sees.text
    assert "60%" in keyvan.sees.text


async def test_a_command_and_the_bot_write_side_by_side(stage: Stage, typed: Typed) -> None:
    invite = ("invite", "--group", CODE, "--party", "IR", "--role", "observer")
    keyvan = stage.people["farahmandi"]

    ended = await asyncio.gather(*(typed(*invite) for _ in range(3)), keyvan.says("/help"))

    assert ended[:3] == [0, 0, 0]
    assert keyvan.sees.text
