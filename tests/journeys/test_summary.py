"""The summary and the lists behind it, as people of both sides ask for them on their phones."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, event, insert, select, update

from bot.screens.summary import LIMIT_UNITS, visible_units
from bot.services import summaries
from db.models import MilestoneRow, ObstacleRow
from db.unit_of_work import UnitOfWork
from tests.houses import STARTS_AT
from tests.people import Stage, Visitor

LONG = "😀" * 100


async def bound_room(stage: Stage, zebo: Visitor, *others: Visitor) -> int:
    chat = stage.world.create_group(zebo.user_id, "Room", members=[stage.bot_id, *(other.user_id for other in others)])
    await stage.settled()
    await zebo.taps("Пайваст кардани ин чат", chat=chat.id)
    return chat.id


async def test_the_first_twelve_lines_say_it_all(keyvan: Visitor) -> None:
    await keyvan.says("/summary")
    sight = keyvan.sees

    assert len(sight.lines) <= 12
    assert sight.lines[0] == "Iran–Tajikistan Joint Mining Working Group"
    assert "🔴 off track" in sight.text
    assert "🟡 at risk" in sight.text
    assert sum("turn to act: " in line for line in sight.lines) == 3
    assert sum(line.endswith(" days") for line in sight.lines) == 3
    assert sum(line.startswith("📅 M-") and line.endswith(" left") for line in sight.lines) == 3
    assert "parts in: " in sight.lines[-2]
    assert "Tehran" in sight.lines[-2]
    assert sight.lines[-1] == "As of 23 November 2026, 09:30 Tehran / 11:00 Dushanbe"


@pytest.mark.parametrize(
    ("handle", "health", "as_of"),
    [
        ("shahsavarzadeh", "🔴 خارج از برنامه", "۲ آذر ۱۴۰۵، ۰۹:۳۰ تهران / ۱۱:۰۰ دوشنبه"),
        ("ghayurov", "🔴 берун аз нақша", "23 ноябри соли 2026, 11:00 Душанбе / 09:30 Теҳрон"),
    ],
)
async def test_each_side_reads_its_own_language_calendar_and_digits(
    stage: Stage, handle: str, health: str, as_of: str
) -> None:
    reader = stage.people[handle]
    await reader.says("/summary")

    assert len(reader.sees.lines) <= 12
    assert health in reader.sees.text
    assert as_of in reader.sees.lines[-1]


async def test_another_language_is_shown_in_place_and_nobodys_choice_changes(keyvan: Visitor) -> None:
    await keyvan.says("/summary")
    shown = keyvan.sees.message.id
    await keyvan.taps("Тоҷикӣ")

    assert keyvan.sees.message.id == shown
    assert "берун аз нақша" in keyvan.sees.text
    assert keyvan.record().reader.language == "en"
    await keyvan.taps("English")
    assert "off track" in keyvan.sees.text


async def test_changing_the_language_draws_the_open_summary_anew(keyvan: Visitor) -> None:
    await keyvan.says("/summary")
    shown = keyvan.sees.message.id
    await keyvan.says("/language")
    await keyvan.taps("Тоҷикӣ")

    [redrawn] = [message for message in keyvan.messages() if message.id == shown]
    assert "берун аз нақша" in redrawn.text


async def test_workstreams_and_their_milestones_open_in_place_and_lead_back(keyvan: Visitor) -> None:
    await keyvan.says("/summary")
    shown = keyvan.sees.message.id
    await keyvan.taps("Workstreams")
    assert "milestones open" in keyvan.sees.text
    await keyvan.taps("PROC")
    assert "M-" in keyvan.sees.text
    assert any(label.startswith("M-") for label in keyvan.sees.buttons)
    await keyvan.taps("Summary")

    assert keyvan.sees.message.id == shown
    assert "As of" in keyvan.sees.lines[-1]


async def test_the_roadmap_turns_its_pages_of_five_in_place(keyvan: Visitor) -> None:
    await keyvan.says("/roadmap")
    shown, first = keyvan.sees.message.id, keyvan.sees.buttons
    codes = {label for label in first if label.startswith("M-")}

    assert "page 1 of " in keyvan.sees.lines[0]
    assert len(codes) == 5
    assert "Previous" not in first
    await keyvan.taps("Next")
    assert keyvan.sees.message.id == shown
    assert "page 2 of " in keyvan.sees.lines[0]
    assert not codes & set(keyvan.sees.buttons)
    await keyvan.taps("Previous")
    assert "page 1 of " in keyvan.sees.lines[0]


async def test_a_card_opens_from_each_list(keyvan: Visitor) -> None:
    await keyvan.says("/roadmap")
    code = next(label for label in keyvan.sees.buttons if label.startswith("M-"))
    await keyvan.taps(code)
    assert keyvan.sees.lines[0].startswith(code)

    await keyvan.says("/obstacles")
    code = next(label for label in keyvan.sees.buttons if label.startswith("O-"))
    await keyvan.taps(code)
    assert code in keyvan.sees.lines[0]


async def test_open_obstacles_come_gravest_first(keyvan: Visitor) -> None:
    await keyvan.says("/obstacles")
    order = {"critical": 0, "high": 1, "low": 2}
    graves = [order[word] for line in keyvan.sees.lines for word in order if f": severity {word}," in line]

    assert len(graves) == 5
    assert graves == sorted(graves)


async def test_my_items_are_the_readers_own(stage: Stage, dilshod: Visitor) -> None:
    await dilshod.says("/my")
    found = stage.house.database.once(
        lambda c: UnitOfWork(c, 1, STARTS_AT).milestones.open_of_member(1, dilshod.member_id)
    )
    mine = {milestone.code for milestone in found}
    shown = {label for label in dilshod.sees.buttons if label.startswith("M-")}

    assert "саҳифаи 1 аз " in dilshod.sees.lines[0]
    assert shown
    assert shown <= mine


async def test_a_bound_chat_reads_it_in_both_languages(stage: Stage, zebo: Visitor, keyvan: Visitor) -> None:
    room = await bound_room(stage, zebo, keyvan)
    await keyvan.says("/summary", chat=room)
    persian, tajik = keyvan.sees_in(room).text.split("\n\n")

    assert "خارج از برنامه" in persian
    assert "берун аз нақша" in tajik
    assert len(persian.split("\n")) <= 12
    assert len(tajik.split("\n")) <= 12
    assert not any("Корҳои ман" in label for label in keyvan.sees_in(room).buttons)


async def test_the_same_summary_within_a_minute_is_only_pointed_to(
    stage: Stage, zebo: Visitor, keyvan: Visitor
) -> None:
    room = await bound_room(stage, zebo, keyvan)
    await keyvan.says("/summary", chat=room)
    summary = keyvan.sees_in(room).message.id
    stage.clock.advance(timedelta(seconds=59))
    await zebo.says("/summary", chat=room)
    pointer = keyvan.sees_in(room)

    assert pointer.message.reply_to is not None
    assert pointer.message.reply_to.id == summary
    assert len(pointer.lines) <= 3
    stage.clock.advance(timedelta(seconds=2))
    await zebo.says("/summary", chat=room)
    assert "берун аз нақша" in keyvan.sees_in(room).text


async def test_the_longest_titles_are_left_out_by_rule_and_never_cut(
    stage: Stage, zebo: Visitor, keyvan: Visitor
) -> None:
    room = await bound_room(stage, zebo, keyvan)

    def lengthen(connection: Connection) -> None:
        connection.execute(update(MilestoneRow).values(title=LONG, title_fa="", title_tg="", title_en=""))
        connection.execute(update(ObstacleRow).values(title=LONG))

    stage.house.database.once(lengthen)
    await keyvan.says("/summary", chat=room)
    sight = keyvan.sees_in(room)

    assert visible_units(sight.raw) <= LIMIT_UNITS
    assert sight.text.count("📝") == 2
    for line in sight.lines:
        assert line.count("😀") in {0, len(LONG)}


async def test_a_group_without_work_is_told_what_to_do(stage: Stage, keyvan: Visitor) -> None:
    def empty(connection: Connection) -> None:
        connection.execute(update(MilestoneRow).values(removed_at=STARTS_AT))
        connection.execute(update(ObstacleRow).values(removed_at=STARTS_AT))

    stage.house.database.once(empty)
    await keyvan.says("/summary")
    assert "/newmilestone" in keyvan.sees.text
    await keyvan.says("/roadmap")
    assert "/newmilestone" in keyvan.sees.text
    await keyvan.says("/obstacles")
    assert "/newobstacle" in keyvan.sees.text


async def test_the_number_of_statements_does_not_grow_with_the_roadmap(stage: Stage) -> None:
    def statements(connection: Connection) -> int:
        seen: list[str] = []

        def note(_: object, __: object, statement: str, *___: object) -> None:
            seen.append(statement)

        uow = UnitOfWork(connection, 1, STARTS_AT)
        group = uow.groups.get(1)
        event.listen(connection, "before_cursor_execute", note)
        summaries.summary(uow, group)
        event.remove(connection, "before_cursor_execute", note)
        return len(seen)

    def grow(connection: Connection) -> None:
        columns = [column.key for column in MilestoneRow.__table__.c if column.key != "id"]
        rows = connection.execute(select(*MilestoneRow.__table__.c)).mappings().all()
        copies = [
            {name: row[name] for name in columns} | {"number": 1000 * n + row["number"]}
            for n in range(1, 20)
            for row in rows
        ]
        connection.execute(insert(MilestoneRow), copies)

    before = stage.house.database.once(statements)
    stage.house.database.once(grow)
    assert stage.house.database.once(statements) == before
    assert before <= 12, before
