"""`copy`: everything from one database to another, such as from SQLite to PostgreSQL."""

import time
from argparse import Namespace
from contextlib import ExitStack

from bot.cli.endings import CommandError, Ending, note
from db.copying import Copied, CopyRefused, InUse, copy, is_same
from db.database import Database
from db.faults import UNUSABLE, words
from db.locking import AlreadyRunning, RunLock

_NOTE_EVERY_SECONDS = 2.0


def move(chosen: Namespace) -> None:
    """Copy everything and print, table by table, how much it was."""
    with ExitStack() as stack:
        source = _opened(stack, chosen.source)
        if source.path is not None and not source.path.exists():
            raise CommandError(f"There is no database {source.name}.")
        target = _opened(stack, chosen.target)
        if not is_same(source, target):
            for database in (source, target):
                _lock(stack, database)
        note(f"Copying {source.name} to {target.name}")
        try:
            moved = copy(source, target, _Noting())
        except InUse as refusal:
            raise CommandError(f"{refusal} Nothing was copied.", Ending.RUNNING) from None
        except CopyRefused as refusal:
            raise CommandError(f"{refusal} Nothing was copied.") from None
        except UNUSABLE as error:
            raise CommandError(f"A database cannot be used: {words(error)}. Nothing was copied.") from error
    for line in _table(moved):
        print(line)
    stripped = [f"{copied.table} ({copied.stripped})" for copied in moved if copied.stripped]
    if stripped:
        note(f"Texts in which NUL characters were left out, since PostgreSQL takes none: {', '.join(stripped)}.")
    note("Everything was copied and compared. Set HAMROH_DATABASE_URL to the new address before the next start.")


def _opened(stack: ExitStack, url: str) -> Database:
    try:
        database = Database(url)
    except (OSError, ValueError) as error:
        raise CommandError(f"The database cannot be opened: {error}.", Ending.USAGE) from None
    stack.callback(database.close)
    return database


def _lock(stack: ExitStack, database: Database) -> None:
    """Keep the bot from starting on a SQLite file while it is copied; PostgreSQL is asked by the copy itself."""
    if database.path is None:
        return
    lock = RunLock(database.path)
    try:
        lock.take()
    except AlreadyRunning:
        raise CommandError(
            f"Hamroh is running on {database.name}. Stop it first. Nothing was copied.", Ending.RUNNING
        ) from None
    stack.callback(lock.free)


class _Noting:
    """Says now and then how far it has come."""

    def __init__(self) -> None:
        self._noted_at = time.monotonic()

    def __call__(self, table: str, done: int, total: int) -> None:
        if time.monotonic() - self._noted_at >= _NOTE_EVERY_SECONDS:
            self._noted_at = time.monotonic()
            note(f"{table}: {done:,} of {total:,} rows")


def _table(moved: list[Copied]) -> list[str]:
    width = max(len(copied.table) for copied in moved)
    lines = [f"{'table':<{width}}  {'rows':>10}  checksum on both sides"]
    lines += [f"{copied.table:<{width}}  {copied.rows:>10,}  {copied.checksum[:16]}" for copied in moved]
    return [*lines, f"{'in all':<{width}}  {sum(copied.rows for copied in moved):>10,}"]
