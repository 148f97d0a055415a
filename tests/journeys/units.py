"""A unit of work beside the bot: what a test looks up or prepares in the stage's database."""

from collections.abc import Callable
from typing import TypeVar

from db.unit_of_work import UnitOfWork
from tests.people import Stage

Result = TypeVar("Result")


def act(stage: Stage, do: Callable[[UnitOfWork], Result]) -> Result:
    """Do something in a transaction of its own."""
    return stage.house.database.once(
        lambda connection: do(UnitOfWork(connection, stage.house.account.id, stage.clock()))
    )
