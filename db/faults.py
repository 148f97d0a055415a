"""What a database may fail with, for those who talk to it and know no SQL."""

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import SQLAlchemyError as DatabaseFault

__all__ = ["UNUSABLE", "DatabaseFault", "words"]

# Caught by name where a person is to be told: a file that is locked, full, not writable or no database at all.
UNUSABLE = (DBAPIError,)


def words(error: BaseException) -> str:
    """Give the driver's own words for a fault, without the statement that met it."""
    return str(getattr(error, "orig", error))
