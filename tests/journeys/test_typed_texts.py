"""What people type is kept as they typed it, mended only in titles, and folded beside it for search."""

from collections.abc import Awaitable, Callable

import pytest

from bot.i18n.folding import fold
from tests.journeys.test_reminders import clock_shows
from tests.people import Stage, Visitor

# An Arabic keyboard, an override and its end, a letter and its accent apart, two spaces, and a mark of direction.
TYPED = "بازديد از\u202e كوره\u202c  cafe\u0301 \u200fЎ"
KEPT = "بازديد از كوره  caf\u00e9 \u200fЎ"
MENDED = "بازدید از کوره caf\u00e9 Ӯ"

Act = Callable[[Visitor], Awaitable[None]]


def stored(stage: Stage, query: str) -> list[str]:
    """Give the first row that a query finds."""
    return stage.house.database.once(lambda connection: list(connection.exec_driver_sql(query).first() or ()))


NEWEST_MILESTONE = "SELECT title, folded FROM milestones ORDER BY id DESC LIMIT 1"
NEWEST_OBSTACLE = "SELECT title, need, folded FROM obstacles ORDER BY id DESC LIMIT 1"
NEWEST_NOTE = "SELECT note FROM progress_entries ORDER BY id DESC LIMIT 1"


async def after_the_command(keyvan: Visitor) -> None:
    await keyvan.says(f"/newmilestone {TYPED}")
    await keyvan.taps("Save")


async def into_the_form(keyvan: Visitor) -> None:
    await keyvan.says("/newmilestone")
    await keyvan.says(TYPED)
    await keyvan.taps("Save")


async def instead_of_another_title(keyvan: Visitor) -> None:
    await keyvan.says("/newmilestone Something else")
    await keyvan.taps("Title")
    await keyvan.says(TYPED)
    await keyvan.taps("Save")


@pytest.mark.parametrize("act", [after_the_command, into_the_form, instead_of_another_title])
async def test_the_title_of_a_milestone_is_mended_and_folded(stage: Stage, keyvan: Visitor, act: Act) -> None:
    await act(keyvan)

    assert stored(stage, NEWEST_MILESTONE) == [MENDED, fold(TYPED)]


async def test_an_obstacle_has_a_mended_title_and_a_need_as_typed(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says(f"/newobstacle {TYPED}")
    await keyvan.taps("What is needed")
    await keyvan.says(TYPED)
    await keyvan.taps("Save")

    assert stored(stage, NEWEST_OBSTACLE) == [MENDED, KEPT, fold(f"{TYPED} {TYPED}")]


async def in_one_line(keyvan: Visitor) -> None:
    await keyvan.says(f"M-14 61% {TYPED}")


async def after_progress(keyvan: Visitor) -> None:
    await keyvan.says(f"/progress M-14 61% {TYPED}")


async def as_the_note_of_the_form(keyvan: Visitor) -> None:
    await keyvan.says("/progress M-14")
    await keyvan.taps("75")
    await keyvan.says(TYPED)
    await keyvan.taps("Save")


async def in_reply_to_a_card(keyvan: Visitor) -> None:
    await keyvan.says("M-14 61%")
    await keyvan.says(f"62% {TYPED}", reply_to=keyvan.messages()[-1].id)


async def under_a_file(keyvan: Visitor) -> None:
    await keyvan.says("/progress M-14")
    await keyvan.taps("75")
    keyvan.stage.world.send_file(
        keyvan.user_id, keyvan.chat, kind="document", name="a.pdf", content=b"x", caption=TYPED
    )
    await keyvan.stage.settled()
    await keyvan.taps("Save")


@pytest.mark.parametrize(
    "act", [in_one_line, after_progress, as_the_note_of_the_form, in_reply_to_a_card, under_a_file]
)
async def test_a_note_is_kept_as_typed(stage: Stage, keyvan: Visitor, act: Act) -> None:
    await act(keyvan)

    assert stored(stage, NEWEST_NOTE) == [KEPT]


async def test_a_line_of_the_report_is_kept_as_typed(stage: Stage, keyvan: Visitor) -> None:
    await clock_shows(stage, "2026-12-01 06:00")
    await keyvan.taps("Write now")
    await keyvan.says(TYPED)

    assert stored(stage, "SELECT text FROM report_parts ORDER BY id DESC LIMIT 1") == [KEPT]


async def test_a_name_is_mended(keyvan: Visitor) -> None:
    await keyvan.says("/name")
    await keyvan.taps("Edit in Persian script")
    await keyvan.says("كيوان\u202e  فرهمند")
    await keyvan.taps("Confirm")

    assert keyvan.record().names.fa == "کیوان فرهمند"


@pytest.mark.parametrize("begin", ["/newmilestone", "/newobstacle", "/progress M-14"])
async def test_a_text_that_nobody_can_see_is_no_text(stage: Stage, keyvan: Visitor, begin: str) -> None:
    await keyvan.says(begin)
    chat = stage.world.chat_of(keyvan.user_id, keyvan.chat)
    stage.world.post(chat, stage.world.person(keyvan.user_id), {"text": "\u202e\u200b\ufeff"})
    await stage.settled()

    assert keyvan.sees.text == "There are no words in this text.\nPlease type at least one."


async def test_a_page_after_the_command_of_the_summary_is_answered_with_its_beginning(keyvan: Visitor) -> None:
    await keyvan.says(f"/summary {'water & wells ' * 280}")

    assert "No workstream or party is called “water & wells" in keyvan.sees.text
    assert "…”" in keyvan.sees.text


async def test_a_name_of_a_file_is_kept_without_what_no_database_takes(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("/progress M-14")
    await keyvan.taps("75")
    name = "min\x00utes\u202efdp.pdf"
    stage.world.send_file(keyvan.user_id, keyvan.chat, kind="document", name=name, content=b"x")
    await stage.settled()
    await keyvan.taps("Save")

    assert stored(stage, "SELECT name FROM attachments ORDER BY id DESC LIMIT 1") == ["minutesfdp.pdf"]
