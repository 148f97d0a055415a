"""Of one person no more than the limit is taken, in whatever way it comes in; nobody else notices."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.domain.floods import MOST, SUSPICIOUS
from bot.intake.arrivals import arrivals
from bot.intake.guard import MOST_SENDERS, Guard
from bot.intake.keeping import Keeping
from bot.sandbox.clock import SandboxClock
from db.database import Connection, Database
from db.models import Base, FloodRow, InboxRow, InboxState
from db.repositories.inbox import Arrival, Inbox
from db.unit_of_work import UnitOfWork
from tests.databases import fresh
from tests.houses import STARTS_AT
from tests.in_process import WorldClock

ZARINA, DILSHOD = 501, 502
MINUTE = timedelta(minutes=1)


def written(numbers: Iterable[int], sender: int = ZARINA, chat: int | None = None) -> list[Arrival]:
    return [Arrival(number, chat or sender, '{"text": "word"}', sender) for number in numbers]


class Door:
    """Where updates come in: one process, or several on the same database."""

    def __init__(self, database: Database, clock: SandboxClock) -> None:
        self.database, self.clock = database, clock
        self.account = database.once(
            lambda connection: UnitOfWork(connection, 0, clock()).installation.account(7001)
        ).id
        self.process = self.another()

    def another(self) -> Keeping:
        return Keeping(self.database, WorldClock(self.clock), self.account)

    async def brings(self, found: list[Arrival], process: Keeping | None = None) -> set[int]:
        return await (process or self.process).keep(found, epoch=None)

    def counted(self, *, state: InboxState, sender: int = ZARINA) -> int:
        question = select(func.count()).select_from(InboxRow)
        asked = question.where(InboxRow.state == int(state), InboxRow.sender_id == sender)
        return self.database.once(lambda connection: connection.execute(asked).scalar_one())

    def taken(self, sender: int = ZARINA) -> int:
        return self.counted(state=InboxState.PENDING, sender=sender)

    def refused(self, sender: int = ZARINA) -> int:
        return self.counted(state=InboxState.REFUSED, sender=sender)

    def untold(self, sender: int = ZARINA) -> int:
        asked = select(FloodRow.untold).where(FloodRow.sender_id == sender)
        return self.database.once(lambda connection: connection.execute(asked).scalar()) or 0


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    database = Database(fresh(tmp_path / "door.db"))
    Base.metadata.create_all(database.engine)
    database.start()
    yield Door(database, SandboxClock(STARTS_AT, running=False))
    database.close()


async def test_what_exceeds_the_limit_is_refused_and_counted(door: Door) -> None:
    for first in range(0, 500, 100):
        await door.brings(written(range(first, first + 100)))

    assert (door.taken(), door.refused(), door.untold()) == (MOST, 200, 200)


async def test_a_chat_in_which_nothing_was_taken_is_not_woken(door: Door) -> None:
    assert await door.brings(written(range(MOST))) == {ZARINA}
    assert await door.brings(written(range(MOST, MOST + 50))) == set()
    assert await door.brings([*written([900]), *written([901], DILSHOD)]) == {DILSHOD}


async def test_webhook_requests_side_by_side_let_no_more_through(door: Door) -> None:
    await asyncio.gather(*(door.brings(written([number])) for number in range(MOST + 150)))

    assert (door.taken(), door.refused(), door.untold()) == (MOST, 150, 150)


async def test_what_is_delivered_again_is_neither_refused_nor_counted_twice(door: Door) -> None:
    await door.brings(written(range(MOST - 10)))
    for _ in range(3):
        await door.brings(written(range(MOST - 10)))
    assert (door.taken(), door.refused()) == (MOST - 10, 0)

    # Ten places are left, wherever the repeats stand among what is new.
    mixed = [arrival for pair in zip(written(range(20)), written(range(1000, 1020)), strict=True) for arrival in pair]
    await door.brings(mixed)
    await door.brings(mixed)

    assert (door.taken(), door.refused(), door.untold()) == (MOST, 10, 10)


async def test_a_refused_update_stays_refused_when_it_comes_again_later(door: Door) -> None:
    await door.brings(written(range(MOST + 1)))
    door.clock.advance(2 * MINUTE)

    await door.brings(written([MOST]))

    assert (door.taken(), door.refused(), door.untold()) == (MOST, 1, 1)


async def test_a_minute_later_everything_is_taken_again(door: Door) -> None:
    await door.brings(written(range(MOST + 5)))
    door.clock.advance(MINUTE)

    await door.brings(written(range(1000, 1100)))

    assert (door.taken(), door.refused()) == (MOST + 100, 5)


async def test_the_limit_holds_for_any_minute_and_not_only_for_full_ones(door: Door) -> None:
    door.clock.advance(timedelta(seconds=50))
    await door.brings(written(range(200)))
    door.clock.advance(timedelta(seconds=20))

    await door.brings(written(range(200, 400)))

    assert (door.taken(), door.refused()) == (MOST, 100)


async def test_others_in_the_same_delivery_are_taken_in_their_order(door: Door) -> None:
    await door.brings(written(range(MOST)))
    group = -100500

    await door.brings(
        [*written([1001], DILSHOD, group), *written([1002], ZARINA, group), *written([1003], DILSHOD, group)]
    )

    _, oldest = door.database.once(lambda connection: Inbox(connection).take(door.account, group))
    assert oldest is not None
    assert oldest.update_id == 1001
    assert (door.taken(DILSHOD), door.refused(), door.refused(DILSHOD)) == (2, 1, 0)


async def test_processes_on_one_database_count_together(door: Door) -> None:
    processes = [door.another() for _ in range(4)]
    for number in range(MOST + 100):
        await door.brings(written([number]), processes[number % 4])

    assert (door.taken(), door.refused(), door.untold()) == (MOST, 100, 100)


async def test_of_whom_nobody_suspects_the_database_is_not_asked(door: Door) -> None:
    guard = Guard()
    ordinary = written(range(SUSPICIOUS))

    assert guard.suspects(ordinary, STARTS_AT) == frozenset()
    assert guard.suspects(written([99]), STARTS_AT) == {ZARINA}
    assert guard.suspects(written([100], DILSHOD), STARTS_AT) == frozenset()


async def test_a_clock_set_back_by_hours_refuses_nobody(door: Door) -> None:
    for hour in range(3):
        await door.brings(written(range(1000 * hour, 1000 * hour + 200)))
        door.clock.advance(timedelta(hours=1))
    door.clock = SandboxClock(STARTS_AT + timedelta(minutes=30), running=False)

    await door.brings(written(range(9000, 9200)), door.another())

    assert (door.taken(), door.refused()) == (800, 0)


def test_what_a_guard_remembers_is_bounded() -> None:
    guard = Guard()
    for number in range(3 * MOST_SENDERS):
        guard.suspects(written([number], 10_000 + number), STARTS_AT)

    assert len(guard._now) == MOST_SENDERS
    # Whoever it has no place for is looked up instead.
    assert guard.suspects(written([1], 7), STARTS_AT) == {7}
    guard.suspects([], STARTS_AT + MINUTE)
    guard.suspects([], STARTS_AT + 2 * MINUTE)
    assert not guard._now
    assert not guard._before

    for second in range(100):
        guard.note_full([second], STARTS_AT + timedelta(seconds=second))
    assert len(guard._full) == 1


@pytest.mark.parametrize(
    ("update", "sender"),
    [
        ({"message": {"chat": {"id": -5}, "from": {"id": 9}}}, 9),
        ({"callback_query": {"from": {"id": 9}, "message": {"chat": {"id": -5}}}}, 9),
        ({"inline_query": {"from": {"id": 9}}}, 9),
        ({"message": {"chat": {"id": -5}, "sender_chat": {"id": -5}, "from": {"id": 1087968824}}}, -5),
        ({"message": {"chat": {"id": -5}, "from": {"id": 9}, "migrate_to_chat_id": -1005}}, 0),
        ({"my_chat_member": {"chat": {"id": -5}, "from": {"id": 9}}}, 0),
        ({"poll": {}}, 0),
    ],
    ids=["message", "press", "inline query", "in a chat's name", "migration", "the bot's place", "nobody"],
)
def test_who_sent_an_update(update: dict[str, object], sender: int) -> None:
    [arrival] = arrivals([{"update_id": 1, **update}])

    assert arrival.sender_id == sender


async def test_what_the_messenger_says_of_a_chat_is_never_refused(door: Door) -> None:
    await door.brings(written(range(MOST)))
    left = {"chat": {"id": -5}, "from": {"id": ZARINA}}
    news = arrivals([{"update_id": number, "my_chat_member": left} for number in range(1000, 1000 + MOST + 50)])

    await door.brings(news)

    assert door.taken(0) == MOST + 50
    assert json.loads(news[0].raw)["my_chat_member"] == left


async def test_who_writes_in_a_chats_name_is_bounded_too_and_owed_no_line(door: Door) -> None:
    await door.brings(written(range(MOST + 3), sender=-100500))

    assert (door.taken(-100500), door.refused(-100500), door.untold(-100500)) == (MOST, 3, 0)


def test_a_refused_update_keeps_its_id_and_not_its_text(tmp_path: Path) -> None:
    database = Database(fresh(tmp_path / "texts.db"))
    Base.metadata.create_all(database.engine)

    def keep(connection: Connection, at: datetime = STARTS_AT) -> list[tuple[int, str | None]]:
        account = UnitOfWork(connection, 0, at).installation.account(7001).id
        Inbox(connection).keep(account, written([7]), at, InboxState.REFUSED)
        return [(row[0], row[1]) for row in connection.execute(select(InboxRow.update_id, InboxRow.raw))]

    assert database.once(keep) == [(7, None)]
    database.close()
