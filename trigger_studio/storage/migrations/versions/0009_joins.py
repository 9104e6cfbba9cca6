"""Joins: how many members have which status, kept as they change, and which completions are known to be covered."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("bus_clock", sa.Column("joins", sa.Boolean(), nullable=True))
    _create("join_groups", ("kind", "of", "parent"), _text("id"), _text("plan"))
    counts = [_text("status"), _big("members"), _big("print_a"), _big("print_b")]
    _create("join_counts", ("group_id", "filter", "state"), *counts)
    _create("join_members", ("group_id", "filter", "id"))
    op.create_table(
        "coverings",
        *map(_text, ("rule_id", "parent_kind", "parent_id")),
        _big("print_a"),
        _big("print_b"),
        _text("firing_id"),
        sa.PrimaryKeyConstraint("rule_id", "parent_kind", "parent_id", "print_a", "print_b", name=op.f("pk_coverings")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_coverings_firing_id"), "coverings", ["firing_id"])


def _create(name: str, key: tuple[str, ...], *more: sa.Column[object]) -> None:
    named = sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}"))
    op.create_table(name, *map(_text, key), *more, named, sqlite_with_rowid=False)


def _text(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), autoincrement=False, nullable=False)


def _big(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)
