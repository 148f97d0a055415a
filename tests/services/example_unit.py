"""A unit of work on a copy of the example group, for services without a bot."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.domain.instants import local_day
from bot.domain.members import Member
from db.database import Database
from db.repositories.chats import Chat
from db.unit_of_work import UnitOfWork
from tests.databases import copied
from tests.houses import STARTS_AT

GROUP_ID = 1


@dataclass
class ExampleUnit:
    """A unit of work under way, with the people of the example group by handle."""

    uow: UnitOfWork

    def person(self, handle: str) -> Member:
        found = self.uow.members.find_handle(GROUP_ID, handle)
        assert found is not None
        return found

    def chat(self, member: Member) -> Chat:
        user_id = self.uow.members.user_id(member.id)
        return self.uow.chats.at(user_id or 1)

    def today(self, member: Member) -> date:
        return local_day(self.uow.now, member.reader.time_zone)

    def at(self, now: datetime) -> None:
        """Move the unit's instant."""
        self.uow.now = now


@contextmanager
def example_unit(template: Path, folder: Path) -> Iterator[ExampleUnit]:
    """Open a unit of work on a copy of *template*; all of it is rolled back with the copy's end."""
    database = Database(copied(template, folder / "copy.db"))
    try:
        with database.engine.begin() as connection:
            yield ExampleUnit(UnitOfWork(connection, 1, STARTS_AT))
    finally:
        database.close()
