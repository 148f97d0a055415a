"""Files that are sent to the bot: what is fetched and read outside any update, and what became of their rows."""

import sqlalchemy as sa
from alembic import op

from db.models.base import Big, Json, UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_OURS = sa.text("is_ours")


def upgrade() -> None:
    """Walk up."""
    op.create_table(
        "errands",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("screen_id", sa.Integer(), nullable=True),
        sa.Column(
            "step",
            sa.Text(),
            nullable=False,
            comment="fetching, arrived, reading, shown, writing, done, dropped or failed",
        ),
        sa.Column("is_ours", sa.Boolean(), nullable=False, comment="a process has to do something, nobody else"),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column(
            "seen",
            sa.Integer(),
            nullable=False,
            comment="how many previews there were: a button is about one of them",
        ),
        sa.Column("counts", Json, nullable=False, comment="rows by outcome"),
        sa.Column("ignored", Json, nullable=False, comment="headings that mean nothing"),
        sa.Column("digest", sa.Text(), nullable=False, comment="of what the preview says"),
        sa.Column("problem", Json, nullable=True, comment="why the file as a whole was refused"),
        sa.Column("owner", sa.BigInteger(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_errands_account_id_accounts")),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_errands_chat_id_chats")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_errands_member_id_members")),
        sa.ForeignKeyConstraint(["screen_id"], ["screens.id"], name=op.f("fk_errands_screen_id_screens")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errands")),
    )
    waiting = ["account_id", "id"]
    op.create_index("ix_errands_waiting", "errands", waiting, sqlite_where=_OURS, postgresql_where=_OURS)
    op.create_index("ix_errands_changed_at", "errands", ["changed_at"])
    op.create_table(
        "errand_lines",
        sa.Column("errand_id", Big, autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("verdict", Json, nullable=False),
        sa.ForeignKeyConstraint(["errand_id"], ["errands.id"], name=op.f("fk_errand_lines_errand_id_errands")),
        sa.PrimaryKeyConstraint("errand_id", "place", name=op.f("pk_errand_lines")),
    )


def downgrade() -> None:
    """Walk down."""
    op.drop_table("errand_lines")
    op.drop_table("errands")
