"""Every field that words are typed into: how its form is opened, what saves it, and what must be kept of a text."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from bot.domain.editing import TITLES
from bot.domain.readers import LANGUAGES
from db.models import MilestoneRow, ObstacleRow, ProgressRow, ReportPartRow
from tests.hostile_texts import hostile_names, hostile_texts, kept, repaired
from tests.journeys.test_reminders import clock_shows
from tests.people import Visitor, buttons_of

ME, SECRETARY = "farahmandi", "qalandarzoda"
NINTH = date(2026, 12, 9)
OPENS_ON = date(2026, 12, 1)


@dataclass(frozen=True)
class Field:
    """
    A field that words are typed into.

    *opened* brings its form to await it; *saved* presses what keeps it, and gives what the database has then. *mended*
    is what must be kept of a text, None where a text is read as a value (a day, a city, hours, a name) or refused.
    """

    opened: Callable[[Visitor], Awaitable[None]]
    saved: Callable[[Visitor], Awaitable[Any]]
    mended: Callable[[str], str] | None = None
    limit: int = 0
    who: str = ME
    texts: Callable[[int, str], Iterator[str]] = hostile_texts


async def presses(visitor: Visitor, act: str, *args: object) -> None:
    """Press the newest button of *act* whose last arguments are *args*."""
    wanted = [str(argument) for argument in args]
    for message in reversed(visitor.messages()):
        for button in buttons_of(message):
            _, _, found, *given, _ = button["callback_data"].split(":")
            if found == act and given[len(given) - len(wanted) :] == wanted:
                visitor.stage.world.press(visitor.user_id, visitor.chat, message.id, button["callback_data"])
                await visitor.stage.settled()
                return
    raise AssertionError(f"no button of {act} {args}")


def typing(*acts: str | tuple[object, ...]) -> Callable[[Visitor], Awaitable[None]]:
    """Say the texts and press the buttons in turn."""

    async def run(visitor: Visitor) -> None:
        for act in acts:
            if isinstance(act, str):
                await visitor.says(act)
            else:
                await presses(visitor, str(act[0]), *act[1:])

    return run


def saving(act: str, query: Any) -> Callable[[Visitor], Awaitable[Any]]:
    """Press *act*, and give the newest value of *query*."""

    async def run(visitor: Visitor) -> Any:
        await presses(visitor, act)
        return visitor.stage.house.database.once(lambda connection: connection.execute(query.limit(1)).scalar_one())

    return run


async def answered(visitor: Visitor) -> str:
    """Give the line of the report, and let it be asked for again."""

    def take(connection: Any) -> str:
        text: str = connection.execute(select(ReportPartRow.text).order_by(ReportPartRow.id.desc())).scalars().first()
        connection.execute(delete(ReportPartRow).where(ReportPartRow.member_id == visitor.member_id))
        return text

    text = visitor.stage.house.database.once(take)
    await presses(visitor, "rp.cancel")
    return text


async def asked_for_a_line(visitor: Visitor) -> None:
    if visitor.stage.clock().date() < OPENS_ON:
        await clock_shows(visitor.stage, "2026-12-01 06:00")
    await presses(visitor, "rp.write")


async def named(visitor: Visitor) -> str:
    """Give the name of the day, and take the correction back."""
    await presses(visitor, "hd.save")

    def find(connection: Any) -> str:
        uow = visitor.stage.house.unit_of_work(connection)
        party_id = uow.members.get(visitor.member_id).party_id
        return uow.holidays.corrections(party_id, NINTH, NINTH)[NINTH].name

    name = visitor.stage.house.database.once(find)
    await presses(visitor, "hd.undo")
    return name


async def nothing_more(visitor: Visitor) -> None:
    """The value is taken at once, or the form is left as it is."""


def newest(column: Any, of: Any) -> Any:
    return select(column).order_by(of.id.desc())


FIELDS: dict[tuple[str, str], Field] = {
    ("milestone", "title"): Field(
        typing("/newmilestone"), saving("ms.save", newest(MilestoneRow.title, MilestoneRow)), repaired, 200
    ),
    ("milestone", "due_on"): Field(typing("/newmilestone Day", ("ms.edit", "due_on")), nothing_more),
    ("obstacle", "title"): Field(
        typing("/newobstacle"), saving("ob.save", newest(ObstacleRow.title, ObstacleRow)), repaired, 200
    ),
    ("obstacle", "need"): Field(
        typing("/newobstacle Two wait", ("ob.edit", "need")),
        saving("ob.save", newest(ObstacleRow.need, ObstacleRow)),
        kept,
        1000,
    ),
    ("obstacle", "needed_by"): Field(typing("/newobstacle Day", ("ob.edit", "needed_by")), nothing_more),
    ("progress", "note"): Field(
        typing("/progress M-14", ("pr.percent", 75)),
        saving("pr.save", newest(ProgressRow.note, ProgressRow)),
        kept,
        1000,
    ),
    ("part", "text"): Field(asked_for_a_line, answered, kept, 1000),
    ("holiday", "day"): Field(typing("/holidays", ("hd.new",)), nothing_more, who=SECRETARY),
    ("holiday", "name"): Field(typing("/holidays 2026-12-09"), named, repaired, 200, who=SECRETARY),
    ("name", "fa"): Field(typing("/name", ("name.edit", "fa")), nothing_more, texts=hostile_names),
    ("name", "tg"): Field(typing("/name", ("name.edit", "tg")), nothing_more, texts=hostile_names),
    ("name", "en"): Field(typing("/name", ("name.edit", "en")), nothing_more, texts=hostile_names),
    **{
        ("editing", step): Field(typing("M-14", ("me.on",), ("me.edit", step)), nothing_more)
        for step in ("start_on", "due_on", "result")
    },
    # The title as it was typed comes first; from there the others are reached.
    ("editing", "title_en"): Field(typing("M-14", ("me.on",), ("me.edit", "title")), nothing_more),
    **{
        ("editing", step): Field(typing("M-14", ("me.on",), ("me.edit", "title"), ("me.edit", step)), nothing_more)
        for step in TITLES
        if step != "title_en"
    },
    ("editing", "reason"): Field(typing("M-14", ("me.on",), ("me.edit", "due_on"), "15 Jan 2027"), nothing_more),
    **{
        ("workstream", step): Field(
            typing("/workstreams", ("ws.edit",), ("ws.field", step)), nothing_more, who=SECRETARY
        )
        for step in LANGUAGES
    },
    ("workstream", "code"): Field(
        typing("/workstreams", ("ws.new",), ("ws.back",), ("ws.field", "code")), nothing_more, who=SECRETARY
    ),
    ("settings", "zone"): Field(typing("/settings", ("st.zones",)), nothing_more),
    ("settings", "quiet"): Field(typing("/settings", ("st.quiet",)), nothing_more),
}
