"""What a database may fail with, for those who talk to it and know no SQL."""

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import SQLAlchemyError as DatabaseFault

__all__ = [
    "UNUSABLE",
    "AlreadySettled",
    "Collision",
    "DatabaseFault",
    "LeadershipLost",
    "is_collision",
    "is_lost",
    "is_overtaken",
    "words",
]

# Caught by name where a person is to be told: a file that is locked, full, not writable or no database at all.
UNUSABLE = (DBAPIError,)

# PostgreSQL's codes: serialization failure, deadlock, lock not available.
_MET_ANOTHER = frozenset({"40001", "40P01", "55P03"})


class Collision(Exception):
    """
    What a transaction read has been changed by another one since, so that it has to begin anew.

    It only happens where several transactions run side by side; whoever runs them does it again.
    """


class AlreadySettled(Exception):
    """Another transaction has settled the update that this one worked on, which is to leave nothing behind."""


class LeadershipLost(DatabaseFault):
    """Another process polls by now; what this one has fetched is not kept, and so not confirmed."""


def words(error: BaseException) -> str:
    """Give the driver's own words for a fault in one line, without the statement that met it."""
    said = str(getattr(error, "orig", error)).split("\n")
    return said[0].strip()


def is_overtaken(error: BaseException | None) -> bool:
    """Tell whether another transaction has gone first: running this one again succeeds once its own turn comes."""
    if isinstance(error, Collision):
        return True
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _MET_ANOTHER


def is_collision(error: BaseException | None) -> bool:
    """Tell whether two transactions met, or may have: both may have made the same new row."""
    is_same_row = isinstance(error, IntegrityError) and getattr(error.orig, "sqlstate", None) is not None
    return is_overtaken(error) or is_same_row


def is_lost(error: BaseException | None) -> bool:
    """Tell whether the connection to the database was lost."""
    return isinstance(error, DBAPIError) and error.connection_invalidated
