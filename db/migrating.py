"""Bringing the schema to this program's version; alembic is loaded only when there is something to do."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from db.database import Database
from db.upkeep import make_shrinkable

HEAD = "0007"
# Processes that start at the same time walk one after another.
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(4206, 0)")
_FOLDER = Path(__file__).parent / "migrations"


class NewerSchema(Exception):
    """The database belongs to a newer version of the program; *args* has its revision."""


def revision(connection: Connection) -> str | None:
    """Give the schema's revision, None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def migrate(database: Database, *, to: str = "head") -> tuple[str | None, str | None]:
    """
    Walk the schema to a revision in one transaction; give the revisions before and after.

    Raises:
        NewerSchema: the database has a revision that this program does not know.
    """
    walked = database.once(lambda connection: walk(connection, to))
    make_shrinkable(database)
    return walked


def walk(connection: Connection, to: str = "head") -> tuple[str | None, str | None]:
    """Do the same within a transaction of the caller's."""
    if connection.dialect.name == "postgresql":
        connection.execute(_ONE_AT_A_TIME)
    before = revision(connection)
    if before == HEAD and to == "head":
        return before, before
    # Loaded here only: most starts find the schema as it should be, and alembic costs a third of a second.
    from alembic import command, config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    settings = config.Config()
    settings.set_main_option("script_location", str(_FOLDER))
    settings.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(settings).walk_revisions()}
    if before is not None and before not in known:
        raise NewerSchema(before)
    if to in {"head", HEAD} or before is None:
        command.upgrade(settings, to)
    else:
        command.downgrade(settings, to)
    return before, revision(connection)
