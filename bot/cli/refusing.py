"""How a command says no: one clear sentence and an exit code that means something."""

import sqlite3

REFUSED, USAGE, RUNNING = 1, 2, 3


class Refused(Exception):
    """A sentence for the person who typed the command, and the exit code."""

    def __init__(self, sentence: str, code: int = REFUSED) -> None:
        super().__init__(sentence)
        self.code = code


def sentence_for(error: Exception) -> Refused | None:
    """Give the sentence for an error that a person can do something about; None for a fault of the program."""
    # Loaded here only, since most commands succeed.
    from sqlalchemy.exc import OperationalError  # noqa: PLC0415

    from bot.settings import SettingsError  # noqa: PLC0415
    from db.locking import AlreadyRunning  # noqa: PLC0415
    from db.migrating import NewerSchema  # noqa: PLC0415

    if isinstance(error, SettingsError):
        return Refused(str(error), USAGE)
    if isinstance(error, AlreadyRunning):
        return Refused("the bot already runs on this database; stop it first, or name another HAMROH_DATA_DIR.", RUNNING)
    if isinstance(error, NewerSchema):
        return Refused("the database was written by a newer version of Hamroh; please install that version or a newer one.")
    if isinstance(error, OperationalError) and isinstance(error.orig, sqlite3.OperationalError):
        return Refused(f"the database cannot be used: {error.orig}.")
    if isinstance(error, OSError):
        place = f" ({error.filename})" if error.filename else ""
        return Refused(f"{error.strerror or error}{place}.")
    return None
