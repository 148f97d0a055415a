"""An adoption says which content of the roadmap it is of."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Walk up."""
    op.add_column("adoptions", sa.Column("content_hash", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """Walk down."""
    with op.batch_alter_table("adoptions", schema=None) as batch_op:
        batch_op.drop_column("content_hash")
