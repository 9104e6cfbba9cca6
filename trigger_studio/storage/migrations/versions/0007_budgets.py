"""What limits count at the cost recorded when it started; what a chain took; where held firings wait for room."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tallies", sa.Column("firings", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("tallies", sa.Column("hours", sa.BigInteger(), nullable=False, server_default="0"))
    if op.get_bind().dialect.name == "postgresql":  # SQLite cannot drop a default, and ours are never left out
        op.alter_column("tallies", "firings", server_default=None)
        op.alter_column("tallies", "hours", server_default=None)
    failed = sa.text("kind = 'failed'")
    op.create_index(
        op.f("ix_tallies_rule_id_at"), "tallies", ["rule_id", "at"], sqlite_where=failed, postgresql_where=failed
    )
    op.create_table(
        "limit_sums",
        sa.Column("scope", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("target", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("low", sa.Double(), autoincrement=False, nullable=False),
        sa.Column("used", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("scope", "target", "kind", name=op.f("pk_limit_sums")),
    )
    op.create_table(
        "clicks",
        sa.Column("chain", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("firings", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("jobs", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hours", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("grants", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_clicks")),
        sqlite_with_rowid=False,
    )
    op.add_column("firings", sa.Column("counted_at", sa.Double(), nullable=True))
    op.add_column("firings", sa.Column("counted_jobs", sa.Integer(), nullable=True))
    op.add_column("firings", sa.Column("counted_hours", sa.BigInteger(), nullable=True))
    op.add_column("firings", sa.Column("queue", sa.Text(), nullable=True))
    queued = sa.text("queue is not null")
    op.create_index(
        op.f("ix_firings_queue_event_seq_place"),
        "firings",
        ["queue", "event_seq", "place"],
        sqlite_where=queued,
        postgresql_where=queued,
    )
    op.execute(
        "UPDATE firings SET queue = rule_id || '//' || coalesce(project, '')"
        " WHERE status = 'held' AND reason = 'budget'"
    )
