"""Writes the migration that takes the database from the last revision to the models of today."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from db.database import Database
from db.migrating import HEAD, migrate

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str]) -> int:
    """Compare the models with a database that has walked all revisions, and write down what differs."""
    if not arguments:
        print('Usage: ./run migration "what changes, as one sentence without its full stop"')
        return 2
    message, number = " ".join(arguments), f"{int(HEAD) + 1:04}"

    def write(connection: Connection) -> None:
        settings = Config(attributes={"connection": connection})
        settings.set_main_option("script_location", str(ROOT / "db" / "migrations"))
        settings.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        command.revision(settings, message=message, autogenerate=True, rev_id=number)

    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/schema.db")
        migrate(database)
        database.once(write)
        database.close()
    print(f"Read it, then write HEAD = {number!r} into db/migrating.py.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
