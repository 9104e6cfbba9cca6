"""A firing keeps the GPU-hours a job by which it was counted."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("firings", sa.Column("counted_rates_json", sa.Text(), nullable=True))
