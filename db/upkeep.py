"""Tidying up: whose turn it is, and the room of what was deleted, which PostgreSQL sees to by itself."""

import logging
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, text

from db.database import Database

log = logging.getLogger(__name__)

# What stays free in the file, so that it does not shrink and grow all day: 2 MiB of pages of 4 KiB.
SLACK_PAGES = 512
# Moving so many pages takes a few milliseconds.
STEP_PAGES = 128
# A sample of so many rows of an index is enough to choose well, and takes no longer in a large file.
_SAMPLE = 400
_INCREMENTAL = 2
_ONE_AT_A_TIME = text("SELECT pg_try_advisory_xact_lock(4208, 0)")


def take_turn(connection: Connection) -> bool:
    """Take the turn until the transaction ends; False while another process of the same database has it."""
    return connection.dialect.name != "postgresql" or bool(connection.execute(_ONE_AT_A_TIME).scalar_one())


def give_back(connection: Connection) -> bool:
    """Give a few free pages of a SQLite file back; tell whether there are more to give."""
    if connection.dialect.name != "sqlite":
        return False
    if connection.exec_driver_sql("PRAGMA auto_vacuum").scalar() != _INCREMENTAL:
        return False
    free = int(connection.exec_driver_sql("PRAGMA freelist_count").scalar_one())
    pages = min(STEP_PAGES, free - SLACK_PAGES)
    if pages <= 0:
        return False
    for _ in range(pages):
        # One by one: the driver does not read on in an answer whose rows have no columns.
        connection.exec_driver_sql("PRAGMA incremental_vacuum(1)")
    return free - pages > SLACK_PAGES


def optimize(connection: Connection) -> None:
    """Let SQLite look at its indexes again where their tables have changed much."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA analysis_limit = {_SAMPLE}")
        connection.exec_driver_sql("PRAGMA optimize")


def make_shrinkable(database: Database) -> None:
    """
    Write a SQLite file anew, once, that was made before files could shrink.

    It is left as it is, and works, where the disk has no room for a second one or where somebody else is using it.
    """
    if database.path is None or not database.path.exists():
        return
    with closing(sqlite3.connect(database.path, timeout=1.0, isolation_level=None)) as connection:
        [way] = connection.execute("PRAGMA auto_vacuum").fetchone()
        if way == _INCREMENTAL:
            return
        size = database.path.stat().st_size
        if _free_beside(database.path) < 2 * size:
            log.warning("%s cannot be made to shrink: that takes twice its %s bytes of free disk", database.name, size)
            return
        log.info("writing %s anew, so that it can shrink", database.name)
        try:
            connection.execute(f"PRAGMA auto_vacuum = {_INCREMENTAL}")
            connection.execute("VACUUM")
        except sqlite3.OperationalError as error:
            log.warning("%s cannot be made to shrink now, and will be at another start: %s", database.name, error)


def _free_beside(path: Path) -> int:
    return shutil.disk_usage(path.parent).free
