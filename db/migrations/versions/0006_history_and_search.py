"""What became of an item is read without its entries' records; search columns hold consonants beside letters."""

import sqlalchemy as sa
from alembic import op

from bot.i18n.sounds import sounds

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None

_TOLD = sa.text("act <> 'log'")
_COLUMNS = {"milestones": ("title", "title_fa", "title_tg", "title_en"), "obstacles": ("title", "need")}
_COMMENTS = {
    "milestones": "consonants of the titles, for search across scripts",
    "obstacles": "consonants of the texts, for search across scripts",
}


def upgrade() -> None:
    """Walk up."""
    told = ["subject", "subject_id", "id"]
    op.create_index("ix_changes_told", "changes", told, sqlite_where=_TOLD, postgresql_where=_TOLD)
    connection = op.get_bind()
    for table, columns in _COLUMNS.items():
        op.add_column(
            table, sa.Column("sounds", sa.Text(), server_default="", nullable=False, comment=_COMMENTS[table])
        )
        rows = sa.table(table, sa.column("id"), sa.column("sounds"), *(sa.column(column) for column in columns))
        heard = [
            {"row": row[0], "heard": sounds(*dict.fromkeys(filter(None, row[1:])))}
            for row in connection.execute(sa.select(rows.c.id, *(rows.c[column] for column in columns)))
        ]
        if heard:
            change = sa.update(rows).where(rows.c.id == sa.bindparam("row")).values(sounds=sa.bindparam("heard"))
            connection.execute(change, heard)


def downgrade() -> None:
    """Walk down."""
    for table in _COLUMNS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("sounds")
    op.drop_index("ix_changes_told", table_name="changes")
