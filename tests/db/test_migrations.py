"""The schema's history: up, down and up again, and what the models say."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from db.database import Database
from db.migrating import HEAD, NewerSchema, migrate
from db.models import Base
from tests.databases import fresh


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(fresh(tmp_path / "schema.db"))


def test_the_schema_walks_up_down_and_up_again(database: Database) -> None:
    assert migrate(database) == (None, HEAD)
    assert migrate(database, to="base") == (HEAD, None)
    assert database.once(lambda connection: inspect(connection).get_table_names()) == ["alembic_version"]
    assert migrate(database) == (None, HEAD)
    database.close()


def test_the_migrated_schema_is_what_the_models_say(database: Database) -> None:
    migrate(database)

    def differences(connection: object) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})  # type: ignore[arg-type]
        return list(compare_metadata(context, Base.metadata))

    assert database.once(differences) == []
    database.close()


def test_migrating_what_is_up_to_date_changes_nothing(database: Database) -> None:
    migrate(database)

    assert migrate(database) == (HEAD, HEAD)
    database.close()


def test_a_newer_schema_is_refused(database: Database) -> None:
    migrate(database)
    database.once(lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))

    with pytest.raises(NewerSchema):
        migrate(database)
    database.close()
