"""A year of traffic leaves a month of it; what is pending is never forgotten, whatever the clock says."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from bot.services import upkeep
from bot.services.upkeep import BATCH
from db.database import Connection, Database
from db.migrating import migrate
from db.models import FloodRow, InboxRow, InboxState, OutboxRow, OutboxState
from db.repositories.inbox import NEWEST, Arrival, Inbox
from db.unit_of_work import UnitOfWork
from db.upkeep import SLACK_PAGES, make_shrinkable, take_turn
from tests.databases import address, fresh
from tests.houses import STARTS_AT

A_DAY = timedelta(days=1)
PER_DAY = 60


class Archive:
    """A database whose past is written row by row, and a clock for whoever tidies up."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = STARTS_AT
        self._number = 0
        self.account = database.once(lambda c: UnitOfWork(c, 0, self.now).installation.account(7001)).id

    def fill(self, at: datetime, count: int, *, inbox: InboxState = InboxState.DONE, text: str = "x" * 400) -> None:
        """Let updates arrive and be answered at an instant."""
        numbers = range(self._number, self._number + count)
        self._number += count
        is_done = inbox is not InboxState.PENDING
        state = OutboxState.SENT if is_done else OutboxState.PENDING
        updates = [
            {
                "account_id": self.account,
                "update_id": n,
                "chat_id": n % 7,
                "raw": text,
                "state": inbox,
                "arrived_at": at,
            }
            for n in numbers
        ]
        messages = [
            {
                "account_id": self.account,
                "method": "show",
                "payload": text,
                "lane": 1,
                "state": state,
                "created_at": at,
                "due_at": at,
                "settled_at": at if is_done else None,
            }
            for _ in numbers
        ]

        def write(connection: Connection) -> None:
            connection.execute(insert(InboxRow), updates)
            connection.execute(insert(OutboxRow), messages)

        self.database.once(write)

    def tidy(self) -> int:
        """Tidy up to the end; give how many steps it took."""
        steps = 1
        while self.database.once(lambda connection: upkeep.step(UnitOfWork(connection, self.account, self.now))):
            steps += 1
        return steps

    def count(self, table: type[InboxRow] | type[OutboxRow], *conditions: object) -> int:
        asked = select(func.count()).select_from(table).where(*conditions)  # type: ignore[arg-type]
        return self.database.once(lambda connection: connection.execute(asked).scalar_one())


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    database = Database(fresh(tmp_path / "archive.db"))
    migrate(database)
    yield Archive(database)
    database.close()


def test_a_year_of_traffic_leaves_a_week_of_texts_and_a_month_of_the_rest(archive: Archive) -> None:
    most = 0
    for _ in range(365):
        archive.fill(archive.now, PER_DAY)
        archive.now += A_DAY
        archive.tidy()
        most = max(most, archive.count(InboxRow))

    assert archive.count(InboxRow, InboxRow.raw.is_not(None)) == 7 * PER_DAY
    assert archive.count(InboxRow) == 30 * PER_DAY
    assert archive.count(OutboxRow) == 30 * PER_DAY
    assert most <= 31 * PER_DAY


def test_years_that_were_never_tidied_are_worked_off_in_small_steps(archive: Archive) -> None:
    for day in range(100):
        archive.fill(archive.now - (100 - day) * A_DAY, PER_DAY)

    steps = archive.tidy()

    # A slice ends where an instant begins: the rows of one day at most are looked at beyond a batch.
    assert steps >= 93 * PER_DAY // (BATCH + PER_DAY)
    assert archive.count(InboxRow, InboxRow.arrived_at < archive.now - timedelta(days=30)) == 0
    assert archive.count(InboxRow, InboxRow.raw.is_not(None)) == 7 * PER_DAY


def test_more_updates_at_one_instant_than_a_batch_hold_nothing_up(archive: Archive) -> None:
    archive.fill(archive.now - 8 * A_DAY, 3 * BATCH)
    archive.fill(archive.now - 7.5 * A_DAY, 5)

    archive.tidy()

    assert archive.count(InboxRow, InboxRow.raw.is_not(None)) == 0
    assert archive.count(InboxRow) == 3 * BATCH + 5


def test_what_is_pending_is_never_forgotten(archive: Archive) -> None:
    archive.fill(archive.now, NEWEST + 10)
    archive.fill(archive.now, 40, inbox=InboxState.PENDING)
    archive.fill(archive.now, 40, inbox=InboxState.DEAD)
    archive.now += 40 * A_DAY

    archive.tidy()

    waiting = (InboxRow.state == int(InboxState.PENDING), InboxRow.raw.is_not(None))
    assert archive.count(InboxRow, *waiting) == 40
    owed = (OutboxRow.state == int(OutboxState.PENDING), OutboxRow.payload.is_not(None))
    assert archive.count(OutboxRow, *owed) == 40


def test_a_clock_that_jumps_ahead_lets_no_recent_update_be_taken_twice(archive: Archive) -> None:
    archive.fill(archive.now, 50)
    archive.now += 40 * A_DAY
    archive.tidy()
    archive.now -= 40 * A_DAY

    again = Arrival(update_id=0, chat_id=5, raw="{}", sender_id=5)
    assert archive.database.once(lambda c: Inbox(c).keep(archive.account, [again], archive.now)) == 0
    # And when the clock is right again, texts are forgotten after a week as before.
    archive.fill(archive.now, 50)
    archive.now += 8 * A_DAY
    archive.tidy()
    assert archive.count(InboxRow, InboxRow.raw.is_not(None)) == 0


def test_what_was_passed_over_is_not_looked_at_again(archive: Archive) -> None:
    archive.fill(archive.now - 10 * A_DAY, 3 * BATCH)

    assert archive.tidy() > 1
    assert archive.tidy() == 1


def test_who_was_told_of_a_flood_is_forgotten_after_a_day(archive: Archive) -> None:
    def flood(connection: Connection) -> int:
        uow = UnitOfWork(connection, archive.account, archive.now)
        uow.floods.add({501: 3, 502: 4})
        told = uow.floods.tell(now=archive.now, every=timedelta(minutes=1), limit=10)
        uow.floods.add({502: 1})
        return len(told)

    assert archive.database.once(flood) == 2
    archive.now += 2 * A_DAY
    archive.tidy()

    left = archive.database.once(lambda c: c.execute(select(FloodRow.sender_id, FloodRow.untold)).all())
    assert [tuple(row) for row in left] == [(502, 1)]


@pytest.mark.sqlite
def test_the_file_shrinks_when_much_was_forgotten(archive: Archive, tmp_path: Path) -> None:
    archive.fill(archive.now, NEWEST)
    archive.fill(archive.now, 3000, text="y" * 1500)
    full = pages(archive)
    archive.now += 60 * A_DAY

    archive.tidy()

    assert pages(archive) < full / 3
    assert pages(archive, "freelist_count") <= SLACK_PAGES


@pytest.mark.sqlite
def test_an_older_file_learns_to_shrink_when_it_is_migrated_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "older.db"
    with sqlite3.connect(path) as older:
        older.execute("PRAGMA journal_mode = WAL")
        older.execute("CREATE TABLE kept (word TEXT)")
        older.execute("INSERT INTO kept VALUES ('wort')")
    older.close()
    database = Database(address(path))

    migrate(database)
    migrate(database)

    assert database.once(lambda c: c.exec_driver_sql("PRAGMA auto_vacuum").scalar()) == 2
    assert database.once(lambda c: c.exec_driver_sql("SELECT word FROM kept").scalar()) == "wort"
    assert database.once(lambda c: c.exec_driver_sql("PRAGMA journal_mode").scalar()) == "wal"
    database.close()


@pytest.mark.sqlite
def test_an_older_file_that_somebody_uses_is_left_for_another_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "older.db"
    with sqlite3.connect(path) as older:
        older.execute("CREATE TABLE kept (word TEXT)")
    database = Database(address(path))
    migrate(database)
    older.execute("PRAGMA auto_vacuum = NONE")
    older.execute("VACUUM")
    older.execute("BEGIN IMMEDIATE")
    database.close()

    make_shrinkable(database)

    assert "at another start" in caplog.text
    older.rollback()
    make_shrinkable(database)
    assert older.execute("PRAGMA auto_vacuum").fetchone() == (2,)
    older.close()
    database.close()


def pages(archive: Archive, what: str = "page_count") -> int:
    return int(archive.database.once(lambda connection: connection.exec_driver_sql(f"PRAGMA {what}").scalar_one()))


def test_only_one_process_tidies_at_a_time(archive: Archive) -> None:
    archive.fill(archive.now - 10 * A_DAY, 5)
    if archive.database.is_shared:
        with archive.database.engine.connect() as other, other.begin():
            assert take_turn(other)
            archive.tidy()
            assert archive.count(InboxRow, InboxRow.raw.is_not(None)) == 5

    archive.tidy()

    assert archive.count(InboxRow, InboxRow.raw.is_not(None)) == 0
