"""Programs come in by tokens, and may send a request again."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        *[sa.Column(name, sa.Text(), autoincrement=False, nullable=False) for name in ("name", "hash", "role")],
        sa.Column("project", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("created_at", sa.Double(), autoincrement=False, nullable=False),
        sa.Column("created_by", sa.Text(), autoincrement=False, nullable=False),
        *[
            sa.Column(name, sa.Double(), autoincrement=False, nullable=True)
            for name in ("expires_at", "revoked_at", "used_at")
        ],
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("hash", name=op.f("uq_tokens_hash")),
    )
    op.create_table(
        "request_keys",
        *[sa.Column(name, sa.Text(), autoincrement=False, nullable=False) for name in ("owner", "key", "fingerprint")],
        sa.Column("at", sa.Double(), autoincrement=False, nullable=False),
        sa.Column("status", sa.Integer(), autoincrement=False, nullable=True),
        sa.Column("headers_json", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("body", sa.Text(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("owner", "key", name=op.f("pk_request_keys")),
    )
    op.create_index(op.f("ix_request_keys_at"), "request_keys", ["at"])
