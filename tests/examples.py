"""The example working group in a database of its own."""

from collections.abc import Iterable

from bot.domain.groups import WorkingGroup
from bot.domain.members import Names, Role
from bot.services import example_group
from bot.services.example_group import Example
from db.database import Connection, Database
from db.migrating import migrate
from db.unit_of_work import UnitOfWork
from tests.houses import STARTS_AT
from tests.in_process import TOKEN

BOT_NAME = "hamroh_test_bot"
FIRST_MORE = 100_001
_OWNER = Names(en="Owner")


def fill(url: str, *, more: int = 0) -> Example:
    """Make the example group in the empty database at *url*, and *more* members who have joined, from FIRST_MORE on."""
    database = Database(url)
    migrate(database)

    def work(connection: Connection) -> Example:
        uow = UnitOfWork(connection, 0, STARTS_AT)
        account = uow.installation.account(int(TOKEN.partition(":")[0]))
        uow.installation.name_account(account.id, username=BOT_NAME, name="Hamroh")
        uow.members.change_person(uow.members.add_person(user_id=1, names=_OWNER, language="en"), is_owner=True)
        uow = UnitOfWork(connection, account.id, STARTS_AT)
        loaded = example_group.load(uow)
        join(uow, loaded.group, range(FIRST_MORE, FIRST_MORE + more))
        return loaded

    loaded = database.once(work)
    database.close()
    return loaded


def join(uow: UnitOfWork, group: WorkingGroup, users: Iterable[int]) -> None:
    """Add members to a group, of all its parties, who have chosen their language."""
    for user_id in users:
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
