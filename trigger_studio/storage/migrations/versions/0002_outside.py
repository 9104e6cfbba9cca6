"""What an admin sets for everyone, and of a delivery its chain and the last try that began."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "settings",
        sa.Column("name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("value_json", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Double(), autoincrement=False, nullable=False),
        sa.Column("set_by", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
    )
    op.add_column("deliveries", sa.Column("chain", sa.Text(), autoincrement=False, nullable=True))
    for name in ("begun", "repeats"):
        op.add_column("deliveries", sa.Column(name, sa.Integer(), autoincrement=False, nullable=True))
