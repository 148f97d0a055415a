"""The demo shows the example group, reads no setting of the machine, and stops when it is told to."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.demo import GUEST_ID, Demo, PortTaken, opened
from tests.people import bare
from tests.ports import free_port

_ROOT = Path(__file__).parents[2]
_SECRETARY_OF_IRAN, _MEMBER_OF_TAJIKISTAN = 1002, 1012


@contextmanager
def _started(folder: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    """Start the command in *folder*, where a .env lies that would break it, and wait for the address."""
    (folder / ".env").write_text("HAMROH_TOKEN=not a token\nHAMROH_NO_SUCH=1\n", encoding="utf-8")
    environ = {**os.environ, "HAMROH_DATABASE_URL": "nonsense", "PYTHONPATH": str(_ROOT), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "bot", "demo", "--port", str(port)]
    with subprocess.Popen(command, cwd=folder, env=environ, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if "Ctrl-C" in line:
                    break
            yield process
        finally:
            process.kill()


async def _shows(demo: Demo, person_id: int, chat_id: int | None = None) -> str:
    """Give what stands last in a chat once the bot has nothing left to say."""
    await demo.world.settled()
    await demo.house.rested()
    chat = demo.world.chat_of(person_id, chat_id or next(iter(demo.world.bots)))
    return bare(demo.world.visible(chat)[-1].text)


async def test_everybody_of_the_example_group_has_opened_the_bot_in_their_language(tmp_path: Path) -> None:
    async with opened(port=0, folder=tmp_path) as demo:
        iranian = await _shows(demo, _SECRETARY_OF_IRAN)
        tajik = await _shows(demo, _MEMBER_OF_TAJIKISTAN)

        assert len(demo.world.people) == len(demo.example.people) + 1
        assert "کارگروه مشترک معدنی" in iranian
        assert "Гурӯҳи кории муштарак" in tajik
        assert demo.world.faults == []


async def test_the_groups_own_chat_is_bound(tmp_path: Path) -> None:
    async with opened(port=0, folder=tmp_path) as demo:
        bound = await _shows(demo, _SECRETARY_OF_IRAN, demo.chat_id)

        assert "کارگروه مشترک معدنی ایران و تاجیکستان" in bound
        assert "Гурӯҳи кории муштараки Тоҷикистону Эрон" in bound


async def test_the_clock_that_is_moved_on_brings_the_reminder(tmp_path: Path) -> None:
    async with opened(port=0, folder=tmp_path) as demo:
        before = await _shows(demo, _MEMBER_OF_TAJIKISTAN)

        demo.clock.move_to(datetime(2026, 12, 1, 4, 31, tzinfo=UTC))
        await demo.house.schedule.tick()
        reminder = await _shows(demo, _MEMBER_OF_TAJIKISTAN)

        assert reminder != before
        assert "16:30 Душанбе / 15:00 Теҳрон" in reminder


async def test_the_guest_can_become_the_owner(tmp_path: Path) -> None:
    async with opened(port=0, folder=tmp_path) as demo:
        demo.world.start(GUEST_ID, demo.owner_link.partition("start=")[2])

        await _shows(demo, GUEST_ID)
        offered = demo.world.visible(demo.world.chat_of(GUEST_ID, next(iter(demo.world.bots))))[-1]

        assert {button["text"] for row in offered.buttons for button in row} == {"فارسی", "Тоҷикӣ", "English"}


async def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        with pytest.raises(PortTaken):
            async with opened(port=taken.getsockname()[1], folder=tmp_path):
                pass


def test_it_starts_with_no_setting_and_stops_by_ctrl_c_though_a_page_waits_for_news(tmp_path: Path) -> None:
    port = free_port()
    with _started(tmp_path, port) as process:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
            assert b"Local messenger" in page.read()
        # A page that waits for news must not hold it up.
        waiting = socket.create_connection(("127.0.0.1", port))
        asked = f"GET /sandbox/api/events?person=1001&after=999 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
        waiting.sendall(asked.encode())

        process.send_signal(signal.SIGINT)
        ending = process.wait(timeout=20)
        waiting.close()

    assert ending == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [".env"]
