"""Who may do what in a PostgreSQL database; an SQLite file knows no roles."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from trigger_studio.storage import tables

_JOINS = ("join_groups", "join_counts", "join_members", "coverings")
NEEDED = {
    "SELECT": tuple(table.name for table in tables.metadata.sorted_tables),
    "INSERT": ("events", "bus", "firings", "actions", "jobs", "deliveries", "log", "engines", "batches", *_JOINS),
    "UPDATE": ("bus_clock", "firings", "actions", "jobs", "deliveries", "engines", "batches", *_JOINS),
    "DELETE": ("bus", "batches", *_JOINS),
}
"""What an engine's role must be allowed."""
_DURABLE = "trigger_studio_dbos"


def role(connection: sa.Connection) -> str:
    """Who is connected."""
    return str(connection.execute(sa.text("SELECT current_user")).scalar_one())


def missing(connection: sa.Connection) -> list[str]:
    """What an engine needs, and who is connected is not allowed, in words: ``INSERT on jobs``."""
    may = sa.text("SELECT has_table_privilege(current_user, to_regclass(:name), :right)")
    found = [
        f"{right} on {name}"
        for right, names in NEEDED.items()
        for name in names
        if not connection.execute(may, {"name": name, "right": right}).scalar()
    ]
    uses = sa.text("SELECT has_schema_privilege(current_user, oid, 'USAGE') FROM pg_namespace WHERE nspname = :name")
    if connection.execute(uses, {"name": _DURABLE}).scalar() is not True:
        found.append(f"USAGE on the schema {_DURABLE}")
    return found


def emitters(connection: sa.Connection) -> Sequence[str]:
    """Roles, other than our own, that may put events on the bus."""
    sql = (
        "SELECT DISTINCT grantee FROM information_schema.role_table_grants"
        " WHERE table_name = 'bus' AND privilege_type = 'INSERT' AND grantee <> current_user ORDER BY 1"
    )
    return connection.execute(sa.text(sql)).scalars().all()
