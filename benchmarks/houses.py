"""Databases to measure on: the example working group, with people who have joined it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from benchmarks.load import FIRST_USER
from bot.domain.groups import WorkingGroup
from bot.domain.members import Names, Role
from bot.services import example_group
from db.database import Database
from db.migrating import migrate
from db.unit_of_work import UnitOfWork

T = TypeVar("T")

TOKEN = "7001:bench-token-of-a-local-messenger"  # noqa: S105 - of the local messenger only
BOT_NAME = "hamroh_bench_bot"


def prepare(url: str, people: int) -> None:
    """Make the database of a bot: its account, the example group, and *people* more members who have joined."""
    database = Database(url)
    migrate(database)
    act(database, lambda uow: join(uow, example_group.load(uow).group, people))
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


def join(uow: UnitOfWork, group: WorkingGroup, people: int, *, first: int = FIRST_USER) -> None:
    """Add members to a group, of all its parties, who have chosen their language."""
    for user_id in range(first, first + people):
        person = uow.members.add_person(user_id=user_id, names=Names(en=f"Person {user_id}"), language="en")
        uow.members.change_person(person, language_chosen=True, group_id=group.id)
        uow.members.add(
            group_id=group.id,
            person_id=person,
            party_id=group.parties[user_id % len(group.parties)].id,
            handle=f"person{user_id}",
            role=Role.MEMBER,
            joined_at=uow.now,
        )
