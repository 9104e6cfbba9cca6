"""How a person likes to look at things; kept in the database, so that it is the same at every machine."""

from __future__ import annotations

import logging
from typing import Any

from trigger_studio.errors import Damaged
from trigger_studio.services.session import Session
from trigger_studio.storage import preferences as store

log = logging.getLogger(__name__)


def read(session: Session, name: str) -> Any:
    """The actor's own value, or None."""
    try:
        with session.database.read() as connection:
            return store.get(connection, session.actor, name)
    except Damaged as error:  # how somebody likes to look at things keeps nobody from looking
        log.warning("%s", error)
        return None


def write(session: Session, name: str, value: Any) -> None:
    """Keep the actor's own value."""
    with session.database.write() as connection:
        store.put(connection, session.actor, name, value)
