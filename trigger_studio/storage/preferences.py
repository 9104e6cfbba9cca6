"""The store of how people like to look at things: a JSON value under a name, each person's own."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from trigger_studio.storage import bulk
from trigger_studio.storage.damage import json_of
from trigger_studio.storage.tables import preferences


def get(connection: sa.Connection, owner: str, name: str) -> Any:
    """The value, or None if there is none. Raises Damaged."""
    query = sa.select(preferences.c.value_json).where(preferences.c.owner == owner, preferences.c.name == name)
    return json_of(connection.execute(query).scalar_one_or_none(), preferences.name, f"{owner}, {name}")


def put(connection: sa.Connection, owner: str, name: str, value: Any) -> None:
    """Set a value, in place of an earlier one."""
    bulk.upsert(connection, preferences, [(owner, name, bulk.dump(value))], ("value_json",))
