"""Entities in bulk. Imports and settings apply when they commit, and raise no event (promises.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from trigger_studio.errors import BadInput, Message, allowed
from trigger_studio.model.documents import in_source, read_document
from trigger_studio.model.entities import EntityIn, read_pipeline
from trigger_studio.model.event import Entity
from trigger_studio.services.session import Session
from trigger_studio.storage import entities as store
from trigger_studio.storage.database import Connection
from trigger_studio.storage.earlier import first_events


def import_file(session: Session, path: Path) -> dict[str, int]:
    """Import a pipeline file, all of it or nothing. Returns counts by kind.

    Raises:
        BadInput: with every fault of the file.
    """
    data = read_document(path, str(path))
    try:
        given = read_pipeline(data, session.profile)
    except BadInput as error:
        raise BadInput(in_source(str(path), error.faults)) from None
    return import_entities(session, given)


def import_entities(session: Session, given: Sequence[EntityIn]) -> dict[str, int]:
    """Create or update entities; what an entry leaves out stays as it was. Returns counts by kind.

    An entity that is not known, but in an event that still waits to be decided, is what that event will make it.
    """
    with session.audited("pipeline import", "pipeline", entities=len(given)) as connection:
        profile, rules = lambda: session.profile_in(connection), lambda: session.rules(connection)
        store.merge(connection, given, profile, rules)
    return dict(Counter(item.kind for item in given))


def set_status(session: Session, kind: str, entity_id: str, status: str) -> dict[str, int]:
    """Set the status of one known entity.

    Raises:
        BadInput: an unknown kind or entity, or an empty status.
    """
    if kind not in session.profile.kinds:
        raise BadInput(Message("unknown entity kind '{0}'; {1}", kind, allowed(session.profile.kinds, kind)))
    if not status.strip():
        raise BadInput(Message("a status is needed; found an empty one"))
    with session.database.read() as connection:
        ids = store.ids(connection, kind)
        known = entity_id in ids or first_events(connection, [(kind, entity_id)])
    if not known:
        raise BadInput(Message("there is no {0} '{1}'; {2}", kind, entity_id, allowed(sorted(ids), entity_id)))
    return import_entities(session, [EntityIn(kind, entity_id, None, status, None, None, {})])


def entities(session: Session, kind: str | None = None) -> list[Entity]:
    """Every known entity, of one kind or of all, by kind and id."""
    with session.database.read() as connection:
        return entities_in(session, connection, kind)


def entities_in(session: Session, connection: Connection, kind: str | None = None) -> list[Entity]:
    """The same, in a transaction that reads."""
    return store.every(connection, session.profile_in(connection), kind)
