"""Engines tell what went wrong in them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("engines", sa.Column("faults", sa.Integer(), nullable=True))
    op.add_column("engines", sa.Column("last_fault", sa.Text(), nullable=True))
    op.add_column("engines", sa.Column("fault_at", sa.Double(), nullable=True))
