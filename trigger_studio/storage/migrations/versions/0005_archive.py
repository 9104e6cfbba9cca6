"""Chains that ended long ago move to an archive; the events that follow in a chain are found by it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "archive",
        sa.Column("kind", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("chain", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("content_hash", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("at", sa.Double(), autoincrement=False, nullable=False),
        sa.Column("row_json", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_archive")),
    )
    op.create_index(op.f("ix_archive_chain"), "archive", ["chain"], unique=False)
    following = sa.text("chain <> id")
    op.create_index(
        op.f("ix_events_chain_seq"), "events", ["chain", "seq"], sqlite_where=following, postgresql_where=following
    )
