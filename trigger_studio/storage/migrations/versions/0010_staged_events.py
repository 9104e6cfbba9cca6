"""Large inputs are staged before one commit makes them visible."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "intakes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("since", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("moved", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seen_at", sa.Double(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intakes")),
    )
    op.create_index(op.f("ix_intakes_first"), "intakes", ["first"])
    texts = ("id", "type", "entity", "entity_id", "attributes_json", "occurred_at", "chain", "content_hash", "lane")
    missing = ("project", "character", "job_id", "cause", "caused_by")
    place = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "staged",
        sa.Column("intake", place, autoincrement=False, nullable=False),
        sa.Column("place", place, autoincrement=False, nullable=False),
        *[sa.Column(name, sa.Text(), autoincrement=False, nullable=False) for name in texts],
        *[sa.Column(name, sa.Text(), autoincrement=False, nullable=True) for name in missing],
        sa.Column("depth", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("intake", "place", name=op.f("pk_staged")),
        sa.UniqueConstraint("id", "intake", name=op.f("uq_staged_id_intake")),
        sqlite_with_rowid=False,
    )
    following = sa.text("chain <> id")
    op.create_index(op.f("ix_staged_chain"), "staged", ["chain"], sqlite_where=following, postgresql_where=following)
    op.create_index(
        op.f("ix_staged_entity_id_entity_intake_place"), "staged", ["entity_id", "entity", "intake", "place"]
    )
