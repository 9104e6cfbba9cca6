"""What every table is made of: the names of keys and indexes, and the kinds of columns."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)

Text, Int, Big, Real, Bool = sa.Text, sa.Integer, sa.BigInteger, sa.Double, sa.Boolean


def column(name: str, kind: Any, *, null: bool = False, key: bool = False) -> sa.Column[Any]:
    """A column; `key`: of the primary key."""
    if kind is Big and key:
        kind = Big().with_variant(sa.Integer, "sqlite")  # SQLite's row id
    return sa.Column(name, kind, nullable=null, primary_key=key, autoincrement=False)


def partial(*columns: str, where: sa.TextClause) -> sa.Index:
    """An index over some of the rows; the migrations say so to PostgreSQL, whose dialect it takes long to load."""
    return sa.Index(None, *columns, sqlite_where=where)


def serial(name: str) -> sa.Column[int]:
    """A primary key that the database counts up."""
    return sa.Column(name, Big().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True)
