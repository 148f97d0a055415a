"""Several processes on one database: who lives, who polls, what was sent of late; and floods of one person."""

import sqlalchemy as sa
from alembic import op

from db.models.base import Big, Json, UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_PENDING = sa.text("state = 0")
_TAKEN = sa.text("state <> 3")
# Tables whose rows change all the time: PostgreSQL would clean them up far too late by its own measure.
_BUSY = ("inbox", "outbox", "accounts", "chats", "screens", "processes", "polls")


def upgrade() -> None:
    """Walk up."""
    op.create_table(
        "processes",
        sa.Column("owner", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("beat_at", UtcDateTime(), nullable=False, comment="by the database's clock"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_processes_account_id_accounts")),
        sa.PrimaryKeyConstraint("owner", name=op.f("pk_processes")),
    )
    op.create_table(
        "polls",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("beat_at", UtcDateTime(), nullable=False, comment="by the database's clock"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_polls_account_id_accounts")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_polls")),
    )
    op.create_table(
        "floods",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("sender_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("untold", sa.Integer(), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_floods_account_id_accounts")),
        sa.PrimaryKeyConstraint("account_id", "sender_id", name=op.f("pk_floods")),
    )
    for table in ("accounts", "chats"):
        pace = sa.Column("pace", Json, nullable=True, comment="what was sent of late, where several processes send")
        op.add_column(table, pace)
    sender = sa.Column(
        "sender_id", sa.BigInteger(), server_default="0", nullable=False, comment="the messenger's user, or 0"
    )
    op.add_column("inbox", sender)
    sent = ["account_id", "sender_id", "arrived_at"]
    op.create_index("ix_inbox_sender", "inbox", sent, sqlite_where=_TAKEN, postgresql_where=_TAKEN)
    # The scan for what is owed takes what answers somebody before notices, however many of those wait.
    op.drop_index("ix_outbox_pending", table_name="outbox")
    pending = ["account_id", "lane", "id"]
    op.create_index("ix_outbox_pending", "outbox", pending, sqlite_where=_PENDING, postgresql_where=_PENDING)
    op.create_index("ix_outbox_chat", "outbox", ["chat_id", "id"], sqlite_where=_PENDING, postgresql_where=_PENDING)
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("tries")
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.alter_column("update_id", existing_type=sa.Integer(), type_=Big, existing_nullable=True)
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.drop_column("outbox_id")
    if op.get_bind().dialect.name == "postgresql":
        # SQLite cannot add it to a table that is there; tables that point to each other need it added.
        op.alter_column("drafts", "kind", comment="which form, such as milestone")
        op.create_foreign_key(op.f("fk_persons_group_id_groups"), "persons", "groups", ["group_id"], ["id"])
        for table in _BUSY:
            op.execute(f"ALTER TABLE {table} SET (autovacuum_vacuum_scale_factor = 0.02, fillfactor = 80)")


def downgrade() -> None:
    """Walk down."""
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("drafts", "kind", comment="milestone, obstacle, progress or part")
        op.drop_constraint(op.f("fk_persons_group_id_groups"), "persons", type_="foreignkey")
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.add_column(sa.Column("outbox_id", sa.Integer(), nullable=True))
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tries", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.alter_column("update_id", existing_type=Big, type_=sa.Integer(), existing_nullable=True)
    op.drop_index("ix_outbox_chat", table_name="outbox")
    op.drop_index("ix_outbox_pending", table_name="outbox")
    pending = ["account_id", "id"]
    op.create_index("ix_outbox_pending", "outbox", pending, sqlite_where=_PENDING, postgresql_where=_PENDING)
    op.drop_index("ix_inbox_sender", table_name="inbox")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_column("sender_id")
    for table in ("chats", "accounts"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("pace")
    for table in ("floods", "polls", "processes"):
        op.drop_table(table)
