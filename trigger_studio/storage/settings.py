"""What an admin sets for everyone who shares the database: a JSON value under a name."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from trigger_studio.storage import bulk
from trigger_studio.storage.damage import json_of
from trigger_studio.storage.tables import settings


def get(connection: sa.Connection, name: str) -> Any:
    """The value, or None if it was never set. Raises Damaged."""
    query = sa.select(settings.c.value_json).where(settings.c.name == name)
    return json_of(connection.execute(query).scalar_one_or_none(), settings.name, name)


def put(connection: sa.Connection, name: str, value: Any, *, at: float, by: str) -> None:
    """Set a value, in place of an earlier one."""
    bulk.upsert(connection, settings, [(name, bulk.dump(value), at, by)], ("value_json", "at", "set_by"))
