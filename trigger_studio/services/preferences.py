"""How a person likes to look at things; kept in the database, so that it is the same at every machine."""

from __future__ import annotations

import logging
from typing import Any

import sqlalchemy as sa

from trigger_studio.errors import Damaged
from trigger_studio.services.session import Session
from trigger_studio.storage import bulk
from trigger_studio.storage.damage import json_of
from trigger_studio.storage.tables import preferences as table

log = logging.getLogger(__name__)


def read(session: Session, name: str) -> Any:
    """The actor's own value, or None."""
    query = sa.select(table.c.value_json).where(table.c.owner == session.actor, table.c.name == name)
    with session.database.read() as connection:
        text = connection.execute(query).scalar_one_or_none()
    try:
        return json_of(text, table.name, f"{session.actor}, {name}")
    except Damaged as error:  # how somebody likes to look at things keeps nobody from looking
        log.warning("%s", error)
        return None


def write(session: Session, name: str, value: Any) -> None:
    """Keep the actor's own value."""
    with session.database.write() as connection:
        bulk.upsert(connection, table, [(session.actor, name, bulk.dump(value))], ("value_json",))
