"""Rules that coalesce: firings that gather, and act together."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("triggers", sa.Column("coalesce", sa.Text(), nullable=True))
    op.add_column("firings", sa.Column("batch", sa.Text(), nullable=True))
    together = sa.text("batch is not null")
    op.create_index(op.f("ix_firings_batch"), "firings", ["batch"], sqlite_where=together, postgresql_where=together)
    op.create_table(
        "batches",
        sa.Column("rule_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("lane", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("due_at", sa.Double(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("called", sa.Boolean(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("rule_id", "lane", name=op.f("pk_batches")),
    )
