"""Lists a page at a time, and single things by id, as JSON: what the REST API shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from trigger_studio.engine.clock import timestamp
from trigger_studio.errors import NotFound, allowed
from trigger_studio.frozen import frozen
from trigger_studio.model.event import Entity, Event
from trigger_studio.services import documents, rule_registry, trigger_log
from trigger_studio.services.session import Session
from trigger_studio.storage import audit as audit_store
from trigger_studio.storage import log as log_store
from trigger_studio.storage import pages as store
from trigger_studio.storage import rows
from trigger_studio.storage import rules as rule_store
from trigger_studio.storage.damage import json_of
from trigger_studio.storage.pages import Window

Document = dict[str, Any]


@frozen
class Page:
    """A part of a list.

    Attributes:
        items: as JSON.
        last: the sort key of the last one, if others follow.
    """

    items: list[Document]
    last: tuple[Any, ...] | None


def _made(
    found: store.Rows,
    window: Window,
    key: Callable[[Any], tuple[Any, ...]],
    make: Callable[[store.Rows], list[Document]],
) -> Page:
    shown = found[: window.limit]
    return Page(make(shown), key(shown[-1]) if len(found) > len(shown) else None)


def _each(make: Callable[[Any], Document]) -> Callable[[store.Rows], list[Document]]:
    return lambda found: list(map(make, found))


def rules(session: Session, window: Window, sort: str = "id", **wanted: Any) -> Page:
    """Rules as they stand; see `storage.pages.rules` for what can be wanted."""
    with session.database.read() as connection:
        found = store.rules(connection, window, sort, **wanted)

        def key(row: Any) -> tuple[Any, ...]:
            return (row.id,) if sort == "id" else (getattr(row, sort), row.id)

        return _made(found, window, key, lambda shown: rule_registry.summaries(session, connection, shown))


def revisions(session: Session, window: Window, rule_id: str) -> Page:
    """What a rule was, revision by revision; those of a deleted one stay. Raises NotFound."""
    with session.database.read() as connection:
        found = store.revisions(connection, window, rule_id)
        if not found and window.after is None:
            rule_store.get(connection, rule_id)
    return _made(found, window, lambda row: (row.revision,), _each(_revision))


def _revision(row: Any) -> Document:
    return {
        "revision": row.revision,
        "at": timestamp(row.at),
        "by": row.author,
        "digest": row.digest,
        "rule": json_of(row.document_json, "trigger_revisions", f"{row.trigger_id}, {row.revision}"),
    }


def revision(session: Session, rule_id: str, number: int) -> Document:
    """One revision of a rule. Raises NotFound."""
    page = revisions(session, Window((number - 1,), 1), rule_id)
    if not page.items or page.items[0]["revision"] != number:
        with session.database.read() as connection:
            rule_store.document_text(connection, rule_id, number)
        raise NotFound(f"rule '{rule_id}' has no revision {number}")
    return page.items[0]


def events(session: Session, window: Window, **wanted: Any) -> Page:
    """Events as they are stored, decided or not."""
    with session.database.read() as connection:
        found = store.events(connection, window, **wanted)
    return _made(found, window, lambda row: (row.seq,), _each(lambda row: event_document(rows.event_of(row))))


def event(session: Session, event_id: str) -> Document:
    """One event. Raises NotFound."""
    with session.database.read() as connection:
        row = store.event(connection, event_id)
    if row is None:
        raise NotFound(f"there is no event '{event_id}'")
    return event_document(rows.event_of(row))


def event_document(event: Event) -> Document:
    """An event's own keys, and where it stands in its chain."""
    return {**event.own(), "depth": event.depth, "chain": event.chain, "caused_by": event.caused_by}


def entities(session: Session, window: Window, **wanted: Any) -> Page:
    """Known entities, by kind and id."""
    with session.database.read() as connection:
        found, profile = store.entities(connection, window, **wanted), session.profile_in(connection)
    make = _each(lambda row: entity_document(rows.entity_of(row, profile)))
    return _made(found, window, lambda row: (row.kind, row.id), make)


def entity(session: Session, kind: str, entity_id: str) -> Document:
    """One entity. Raises NotFound."""
    with session.database.read() as connection:
        profile = session.profile_in(connection)
        row = store.entity(connection, kind, entity_id)
        if row is None and kind not in profile.kinds:
            raise NotFound(f"unknown entity kind '{kind}'; {allowed(profile.kinds, kind)}")
        if row is None:
            near = [one.id for one in store.entities(connection, Window(None, trigger_log.MEANT), kind=kind)]
            raise NotFound(f"there is no {kind} '{entity_id}'; {allowed(near, entity_id)}")
        return entity_document(rows.entity_of(row, profile))


def entity_document(entity: Entity) -> Document:
    """An entity's own keys, its parents as they are known."""
    return {**entity.own(), "project": entity.project, "character": entity.character}


def firings(session: Session, window: Window, **wanted: Any) -> Page:
    """Entries of the trigger log, in the order of the decisions."""
    with session.database.read() as connection:
        found = store.firings(connection, window, **wanted)
        return _made(
            found, window, lambda row: (row.event_seq, row.place), lambda shown: log_store.folded(connection, shown)
        )


def firing(session: Session, firing_id: str) -> tuple[Document, str | None]:
    """One entry of the trigger log, and its project. Raises NotFound."""
    with session.database.read() as connection:
        row = store.firing(connection, *rows.firing_key(firing_id))
        if row is None:
            raise NotFound(f"there is no firing '{firing_id}'")
        return log_store.folded(connection, [row])[0], row.project


def jobs(session: Session, window: Window, **wanted: Any) -> Page:
    """Jobs, in the order of their submission."""
    with session.database.read() as connection:
        found = store.jobs(connection, window, **wanted)
    return _made(
        found, window, lambda row: (row.seq, row.id), _each(lambda row: trigger_log.job_entry(rows.job_of(row)))
    )


def gates(session: Session, window: Window, **wanted: Any) -> Page:
    """Questions to people, in the order in which they came up."""
    with session.database.read() as connection:
        found = store.gates(connection, window, **wanted)
    return _made(found, window, lambda row: (row.seq, row.id), _each(_gate))


def _gate(row: Any) -> Document:
    return documents.gate(rows.gate_of(row))


def gate(session: Session, gate_id: str) -> Document:
    """One question. Raises NotFound."""
    with session.database.read() as connection:
        row = store.gate(connection, gate_id)
    if row is None:
        raise NotFound(f"there is no gate '{gate_id}'")
    return _gate(row)


def audit(session: Session, window: Window, **wanted: Any) -> Page:
    """What people did."""
    with session.database.read() as connection:
        found = store.audit(connection, window, **wanted)
    return _made(
        found, window, lambda row: (row.id,), _each(lambda row: trigger_log.audit_entry(audit_store.deed_of(row)))
    )


def wanted(**filters: Any) -> Mapping[str, Any]:
    """The filters that were given."""
    return {name: value for name, value in filters.items() if value is not None}
