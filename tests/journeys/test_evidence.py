"""Pictures, sound, film and documents as evidence: taken with an entry, listed, and sent again."""

import pytest

from bot.domain.milestones import Milestone
from bot.domain.progress import Attachment, ProgressEntry
from db.unit_of_work import UnitOfWork
from tests.houses import STARTS_AT
from tests.journeys.test_logging import entries
from tests.journeys.test_logging_in_groups import bound_room
from tests.people import Stage, Visitor

KINDS = ("document", "photo", "video", "voice", "audio", "animation", "video_note")
HOSTILE_NAMES = (
    "invoice\u202egpj.exe",
    "<b>bold</b>&amp;.pdf",
    "گزارش «نهایی» (۲).docx",
    "\u2067א.txt\u2069\u2069",
    "line\nbreak.txt",
    "x" * 300 + ".xlsx",
)


def milestone(stage: Stage, number: int) -> Milestone:
    found = stage.house.database.once(lambda c: UnitOfWork(c, 1, STARTS_AT).milestones.find(1, number))
    assert found is not None
    return found


def latest(stage: Stage, number: int) -> tuple[ProgressEntry, list[Attachment]]:
    found = milestone(stage, number)

    def read(uow: UnitOfWork) -> tuple[ProgressEntry, list[Attachment]]:
        entry = uow.progress.latest(found.id)
        assert entry is not None
        return entry, uow.progress.attachments(entry.id)

    return stage.house.database.once(lambda c: read(UnitOfWork(c, 1, STARTS_AT)))


@pytest.mark.parametrize("kind", KINDS)
async def test_a_file_with_a_line_under_it_is_logged_and_sent_again_as_what_it_is(
    stage: Stage, keyvan: Visitor, kind: str
) -> None:
    sent = await keyvan.sends(kind, name="furnace.bin", caption="M-14 62% second furnace")
    saved = keyvan.sees.text
    await keyvan.says("/evidence M-14")
    listed = keyvan.sees.lines
    await keyvan.taps(" 1")

    entry, files = latest(stage, 14)
    assert (entry.percent_after, entry.note) == (62, "second furnace")
    assert [file.kind for file in files] == [kind]
    assert "1 attachment" in saved
    assert "Evidence for M-14" in listed[0]
    assert "Keyvan Farahmandi, 23 November 2026" in listed[2]
    again = keyvan.sees.message
    body = again.content[kind]
    assert body == sent.content[kind]
    assert keyvan.sees.text.startswith("M-14 ") or kind == "video_note"


async def test_a_file_in_reply_to_a_card_is_evidence_with_or_without_words(stage: Stage, ramin: Visitor) -> None:
    await ramin.says("M-3")
    card = ramin.sees.message.id
    await ramin.sends("photo", reply_to=card)
    comment, _ = latest(stage, 3)
    await ramin.sends("photo", reply_to=card, caption="۷۵٪ کوره دوم")

    entry, files = latest(stage, 3)
    assert (comment.percent_after, comment.note) == (comment.percent_before, "")
    assert (entry.percent_after, entry.note, entry.language) == (75, "کوره دوم", "fa")
    assert [file.kind for file in files] == ["photo"]
    assert "۱ پیوست" in ramin.sees.text


async def test_an_album_is_one_entry_with_all_its_pictures(stage: Stage, dilshod: Visitor) -> None:
    number = milestone(stage, 14).id
    before = entries(stage.house.database, number)
    await dilshod.sends("photo", caption="M-14 66% кӯраи дуюм", album="9001")
    await dilshod.sends("photo", album="9001")
    await dilshod.sends("video", album="9001")

    entry, files = latest(stage, 14)
    assert entries(stage.house.database, number) == before + 1
    assert (entry.percent_after, entry.language) == (66, "tg")
    assert [file.kind for file in files] == ["photo", "photo", "video"]
    assert "3 замима" in dilshod.sees.text


async def test_an_album_whose_line_lacks_a_reason_waits_whole_in_the_form(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("M-14")
    card = keyvan.sees.message.id
    await keyvan.sends("photo", caption="40%", album="9002", reply_to=card)
    await keyvan.sends("photo", album="9002", reply_to=card)
    await keyvan.says("the laboratory burned down")
    await keyvan.taps("Save")

    entry, files = latest(stage, 14)
    assert (entry.percent_after, entry.note, len(files)) == (40, "the laboratory burned down", 2)


async def test_a_picture_that_names_no_milestone_is_not_saved_and_how_to_is_said(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.sends("photo")

    assert "it is not clear which milestone it belongs to" in keyvan.sees.text
    assert "M-12 60%" in keyvan.sees.text


@pytest.mark.parametrize("name", HOSTILE_NAMES)
async def test_a_name_of_a_file_harms_nobody(stage: Stage, zebo: Visitor, ramin: Visitor, name: str) -> None:
    await zebo.sends("document", name=name, caption="M-3 71%")
    await ramin.says("/evidence M-3")
    listed = ramin.sees
    await ramin.taps("۱")

    _, [file] = latest(stage, 3)
    assert "\u202e" not in listed.raw
    assert len(file.name) <= 120
    assert file.name.endswith(name.rpartition(".")[2].rstrip("\u2069"))
    assert file.name in listed.text
    assert listed.message.text.count("\u2068") + listed.message.text.count("\u2067") == listed.message.text.count(
        "\u2069"
    )
    assert ramin.sees.message.content["document"]["file_size"] == 7


async def test_evidence_is_listed_five_to_a_page_newest_first(keyvan: Visitor) -> None:
    for number in range(1, 8):
        await keyvan.sends("document", name=f"part {number}.pdf", caption=f"M-14 {60 + number}%")
    await keyvan.says("M-14")
    await keyvan.taps("Evidence")
    first = keyvan.sees
    await keyvan.taps("Next")

    assert "page 1 of 2" in first.lines[0] or "page 2 of 2" in keyvan.sees.lines[0]
    assert "part 2.pdf" in keyvan.sees.text
    assert "part 7.pdf" not in keyvan.sees.text
    assert keyvan.sees.message.id == first.message.id


async def test_what_was_undone_is_no_longer_evidence(keyvan: Visitor) -> None:
    await keyvan.sends("document", name="mistake.pdf", caption="M-14 61%")
    await keyvan.says("/evidence M-14")
    shown = keyvan.sees.message
    button = next(b for row in shown.buttons for b in row)
    await keyvan.taps("Undo")
    keyvan.stage.world.press_forged(keyvan.user_id, keyvan.chat, shown.id, button["callback_data"])
    await keyvan.stage.settled()
    refused = keyvan.toast
    await keyvan.says("/evidence M-14")

    assert "no longer valid" in refused
    assert "No file is on record here yet." in keyvan.sees.text


async def test_a_reference_that_the_messenger_forgot_is_said_to_be_lost(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.sends("document", name="plan.pdf", caption="M-14 61%")
    stage.world.files.forget(stage.bot_id)
    await keyvan.says("/evidence M-14")
    await keyvan.taps(" 1")

    assert "M-14: the messenger no longer gives out the file plan.pdf" in keyvan.sees.text


async def test_an_observer_and_a_stranger_see_no_evidence(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.sends("document", name="plan.pdf", caption="M-14 61%")
    observer = next(person for person in stage.people.values() if person.record().role == "observer")
    stage.world.add_person(9009, "Nobody", language_code="ru")
    stranger = stage.visitor(9009)
    await observer.says("/evidence M-14")
    await observer.sends("document", name="mine.pdf", caption="M-14 99%")
    await stranger.sends("document", name="mine.pdf", caption="M-14 99%")
    await stranger.says("/evidence M-14")

    assert "plan.pdf" not in observer.sees.text + stranger.sees.text
    _, [file] = latest(stage, 14)
    assert file.name == "plan.pdf"
    assert milestone(stage, 14).percent == 61


async def test_in_the_groups_chat_a_picture_under_a_percent_is_evidence_and_others_are_left_alone(
    stage: Stage, zebo: Visitor, keyvan: Visitor
) -> None:
    room = await bound_room(stage, zebo, keyvan)
    await keyvan.says("/progress M-21 85", chat=room)
    card = keyvan.sees_in(room).message.id
    seen = len(keyvan.messages(room))
    await zebo.sends("photo", caption="раҳмат", reply_to=card, chat=room)
    silent = len(keyvan.messages(room)) == seen + 1
    await zebo.sends("photo", caption="88%", reply_to=card, chat=room)

    entry, files = latest(stage, 21)
    assert silent
    assert (entry.percent_after, entry.member_id, len(files)) == (88, zebo.member_id, 1)


async def test_a_file_in_a_foreign_group_is_nobodys(stage: Stage, keyvan: Visitor) -> None:
    chat = stage.world.create_group(keyvan.user_id, "Elsewhere", members=[stage.bot_id])
    await stage.settled()
    before = milestone(stage, 14)
    await keyvan.sends("photo", caption="M-14 99%", chat=chat.id)
    await keyvan.says("/evidence M-14", chat=chat.id)

    assert milestone(stage, 14) == before
    assert "Evidence for" not in keyvan.sees_in(chat.id).text


async def test_files_are_added_to_an_obstacle_and_a_milestone_being_written(
    stage: Stage, keyvan: Visitor, dilshod: Visitor
) -> None:
    await keyvan.says("/newobstacle The laboratory is closed")
    await keyvan.sends("photo")
    form = keyvan.sees.text
    await keyvan.sends("document", name="notice.pdf")
    await keyvan.taps("Save")
    await keyvan.taps("Evidence")
    of_obstacle = keyvan.sees.text
    await dilshod.says("/newmilestone")
    await dilshod.sends("document", name="нақша.pdf", caption="Пойгоҳи нави озмоиш")
    await dilshod.taps("Нигоҳ доштан")
    await dilshod.says("/evidence M-47")

    assert "1 attachment" in form
    assert "Evidence for O-15" in of_obstacle
    assert "notice.pdf (7 bytes)" in of_obstacle
    assert "нақша.pdf (7 байт)" in dilshod.sees.text


async def test_the_eleventh_file_of_an_entry_is_refused_and_the_others_stay(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.sends("photo", caption="M-14 61%", album="9003")
    for _ in range(10):
        await keyvan.sends("photo", album="9003")

    assert "at most 10 files" in keyvan.sees.text
    assert len(latest(stage, 14)[1]) == 10
