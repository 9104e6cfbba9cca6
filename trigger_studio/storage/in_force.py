"""What is in force, as far as it can be told without reading any rule: profile, approvals, and their version.

Apart from the store of rules, which takes long to load: most commands never look at a rule.
"""

from __future__ import annotations

import sqlalchemy as sa

from trigger_studio.model.profile import Profile
from trigger_studio.storage import bulk, tables
from trigger_studio.storage.damage import missing, reading

RULES = "rules"
"""The version that engines watch: it counts up when rules, approvals or the profile change."""


VERSION = f"SELECT version FROM versions WHERE name = '{RULES}'"


def version(connection: sa.Connection) -> int:
    """Counts up with every change of rules, approvals or profile."""
    for (now,) in bulk.fetch(connection, VERSION, {}):
        return int(now)
    raise missing(tables.versions, RULES)


def bump(connection: sa.Connection) -> None:
    """Tell the engines that rules, approvals or the profile changed.

    Whoever changes them does this before reading what it changes: the row is the lock that lets one do so at a time.
    """
    table = tables.versions
    connection.execute(sa.update(table).where(table.c.name == RULES).values(version=table.c.version + 1))


def stands(connection: sa.Connection, rule_id: str) -> bool:
    """Whether there is such a rule."""
    return bool(bulk.fetch(connection, "SELECT 1 FROM triggers WHERE id = :id", {"id": rule_id}))


def approved(connection: sa.Connection) -> set[tuple[str, str]]:
    """Every (rule id, digest) that an admin has approved."""
    table = tables.approvals
    return {(row.trigger_id, row.digest) for row in connection.execute(sa.select(table.c.trigger_id, table.c.digest))}


def profile(connection: sa.Connection) -> Profile | None:
    """The profile stored with the database, or None before one is. Raises Damaged."""
    text = connection.execute(sa.select(tables.profiles.c.document_json)).scalar_one_or_none()
    with reading(tables.profiles.name, 1):
        return None if text is None else Profile.model_validate_json(text)


def put_profile(connection: sa.Connection, value: Profile) -> None:
    """Put a profile in force."""
    bump(connection)
    text = value.model_dump_json(exclude_none=True)
    bulk.upsert(connection, tables.profiles, [(1, text)], ("document_json",))
