"""A colleague's message becomes a milestone, an obstacle or an entry by a command in reply to it."""

from typing import Any

from bot.domain.progress import Attachment
from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Fault
from db.repositories.attachments import MILESTONE, OBSTACLE
from db.unit_of_work import UnitOfWork
from tests.faults.remembering import remembered
from tests.houses import STARTS_AT
from tests.journeys.test_evidence import latest
from tests.journeys.test_logging import milestone, obstacle
from tests.journeys.test_logging_in_groups import bound_room
from tests.people import Stage, Visitor

LONG = "Озмоишгоҳ ҳанӯз ҷавоб надодааст.\nМо аз 3 ноябр инҷониб интизорем, ва корро бе он идома додан мумкин нест."


def files(stage: Stage, subject: str, number: int) -> list[Attachment]:
    return stage.house.database.once(lambda c: UnitOfWork(c, 1, STARTS_AT).attachments.of(subject, number))


def reactions(message: Any) -> list[str]:
    return list(message.reactions.values())


async def test_it_becomes_the_obstacle_with_a_reaction_and_one_line(
    stage: Stage, zebo: Visitor, keyvan: Visitor
) -> None:
    room = await bound_room(stage, zebo, keyvan)
    said = await zebo.says(LONG, chat=room)
    await keyvan.says("/newobstacle", chat=room, reply_to=said.id)

    raised = obstacle(stage, 15)
    assert raised is not None
    assert (raised.title, raised.language) == ("Озмоишгоҳ ҳанӯз ҷавоб надодааст.", "tg")
    assert raised.need == LONG
    assert raised.raised_by_id == zebo.member_id
    assert reactions(said) == ["✍"]
    assert len(keyvan.sees_in(room).lines) == 1
    assert keyvan.sees_in(room).text.startswith("Raised as O-15, from the words of Zebo")


async def test_it_becomes_the_milestone_with_its_picture(stage: Stage, zebo: Visitor, ramin: Visitor) -> None:
    room = await bound_room(stage, zebo, ramin)
    said = await zebo.sends("photo", caption="Пойгоҳи нави озмоиш", chat=room)
    await ramin.says("/newmilestone", chat=room, reply_to=said.id)
    line = ramin.sees_in(room)
    await ramin.says("/evidence M-47", chat=room)

    planned = milestone(stage, 47)
    assert planned is not None
    assert (planned.title, planned.language) == ("Пойгоҳи нави озмоиш", "tg")
    assert (planned.planned_by_id, planned.lead_id) == (zebo.member_id, ramin.member_id)
    assert [file.kind for file in files(stage, MILESTONE, planned.id)] == ["photo"]
    assert "M-47" in line.text
    assert set(line.buttons) == {"واگرد", "کارت مرحله کلیدی"}
    assert "عکس" in ramin.sees_in(room).text


async def test_it_is_logged_on_the_milestone_that_the_command_names(
    stage: Stage, zebo: Visitor, keyvan: Visitor
) -> None:
    room = await bound_room(stage, zebo, keyvan)
    said = await zebo.sends("voice", caption="кӯраи дуюм ба кор даромад", chat=room)
    await keyvan.says("/progress M-21 88", chat=room, reply_to=said.id)

    entry, [file] = latest(stage, 21)
    assert (entry.percent_after, entry.note, entry.member_id) == (88, "кӯраи дуюм ба кор даромад", zebo.member_id)
    assert (entry.language, file.kind) == ("tg", "voice")
    assert "Logged on M-21, from the words of Zebo" in keyvan.sees_in(room).text
    assert reactions(said) == ["✍"]


async def test_a_percent_in_the_message_counts_and_without_one_it_is_a_comment(
    stage: Stage, zebo: Visitor, keyvan: Visitor
) -> None:
    room = await bound_room(stage, zebo, keyvan)
    said = await zebo.says("M-21 87% ҳарду тараф имзо карданд", chat=room)
    await keyvan.says("/progress", chat=room, reply_to=said.id)
    first, _ = latest(stage, 21)
    said = await zebo.says("фардо ҷаласа", chat=room)
    await keyvan.says("/progress M-21", chat=room, reply_to=said.id)

    second, _ = latest(stage, 21)
    assert (first.percent_after, first.note) == (87, "ҳарду тараф имзо карданд")
    assert (second.percent_after, second.note) == (87, "фардо ҷаласа")


async def test_who_replied_is_credited_where_the_author_is_no_member(
    stage: Stage, zebo: Visitor, keyvan: Visitor
) -> None:
    stage.world.add_person(9009, "Hidden Name", language_code="en")
    guest = stage.visitor(9009)
    chat = stage.world.create_group(zebo.user_id, "Room", members=[stage.bot_id, keyvan.user_id, 9009])
    await stage.settled()
    await zebo.taps("Пайваст кардани ин чат", chat=chat.id)
    said = await guest.says("The bridge is closed", chat=chat.id)
    await keyvan.says("/newobstacle", chat=chat.id, reply_to=said.id)

    raised = obstacle(stage, 15)
    assert raised is not None
    assert raised.raised_by_id == keyvan.member_id
    rows = stage.house.database.once(lambda c: remembered(c, exactly=True))
    assert "Hidden" not in str({name: found for name, found in rows.items() if name != "inbox"})
    assert "Hidden" not in keyvan.sees_in(chat.id).text


async def test_a_message_without_words_asks_for_a_title(stage: Stage, zebo: Visitor, ramin: Visitor) -> None:
    room = await bound_room(stage, zebo, ramin)
    said = await zebo.sends("document", name="plan.pdf", chat=room)
    await ramin.says("/newobstacle", chat=room, reply_to=said.id)
    asked = ramin.sees_in(room).text
    await ramin.says("/newobstacle نقشه ناقص است", chat=room, reply_to=said.id)

    raised = obstacle(stage, 15)
    assert "/newobstacle" in asked
    assert "عنوان" in asked
    assert raised is not None
    assert raised.title == "نقشه ناقص است"
    assert [file.name for file in files(stage, OBSTACLE, raised.id)] == ["plan.pdf"]


async def test_the_author_and_who_made_it_may_undo_and_nobody_else(
    stage: Stage, zebo: Visitor, keyvan: Visitor, dilshod: Visitor
) -> None:
    room = await bound_room(stage, zebo, keyvan, dilshod)
    said = await zebo.says("Пойгоҳи нави озмоиш", chat=room)
    await keyvan.says("/newmilestone", chat=room, reply_to=said.id)
    await dilshod.taps("Undo", chat=room)
    refused = milestone(stage, 47)
    await keyvan.taps("Undo", chat=room)
    undone = milestone(stage, 47)
    await keyvan.says("/newobstacle", chat=room, reply_to=said.id)
    await zebo.taps("Undo", chat=room)

    assert refused is not None
    assert undone is None
    assert obstacle(stage, 15) is None


async def test_a_messenger_that_knows_no_reactions_is_asked_once(stage: Stage, zebo: Visitor, keyvan: Visitor) -> None:
    room = await bound_room(stage, zebo, keyvan)
    unknown = ApiError(404, "Not Found: method not found")
    fault = stage.world.plan.add(Fault("setMessageReaction", times=None, refusal=unknown))
    said = await zebo.says("Озмоишгоҳ ҷавоб надод", chat=room)
    await keyvan.says("/newobstacle", chat=room, reply_to=said.id)
    await keyvan.says("/newmilestone", chat=room, reply_to=said.id)

    assert obstacle(stage, 15) is not None
    assert "M-47" in keyvan.sees_in(room).text
    assert fault.met == 1


async def test_an_observer_makes_no_item_of_a_message(stage: Stage, zebo: Visitor) -> None:
    observer = next(person for person in stage.people.values() if person.record().role == "observer")
    room = await bound_room(stage, zebo, observer)
    said = await zebo.says("Озмоишгоҳ ҷавоб надод", chat=room)
    await observer.says("/newobstacle", chat=room, reply_to=said.id)
    await observer.says("/progress M-21 99", chat=room, reply_to=said.id)

    assert obstacle(stage, 15) is None
    assert reactions(said) == []
