"""Databases to measure on: the example working group, with people who have joined it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from benchmarks.load import FIRST_USER
from bot.services import example_group
from db.database import Database
from db.migrating import migrate
from db.unit_of_work import UnitOfWork
from tests.examples import join

T = TypeVar("T")

TOKEN = "7001:bench-token-of-a-local-messenger"  # noqa: S105 - of the local messenger only
BOT_NAME = "hamroh_bench_bot"


def prepare(url: str, people: int) -> None:
    """Make the database of a bot: its account, the example group, and *people* more members who have joined."""
    database = Database(url)
    migrate(database)
    act(database, lambda uow: join(uow, example_group.load(uow).group, range(FIRST_USER, FIRST_USER + people)))
    database.close()


def act(database: Database, work: Callable[[UnitOfWork], T]) -> T:
    """Do *work* in a transaction of its own, for the bot's account, as a command beside the running bot would."""
    now = datetime.now(UTC)

    def transaction(connection: object) -> T:
        uow = UnitOfWork(connection, 0, now)  # type: ignore[arg-type]
        account = uow.installation.account(int(TOKEN.partition(":")[0]))
        uow.installation.name_account(account.id, username=BOT_NAME, name="Hamroh")
        uow.account_id = account.id
        return work(uow)

    return database.once(transaction)


def look(database: Database, work: Callable[[UnitOfWork], T]) -> T:
    """Do *work*, which changes nothing, in a transaction of its own."""
    return database.once(lambda connection: work(UnitOfWork(connection, 0, datetime.now(UTC))))
