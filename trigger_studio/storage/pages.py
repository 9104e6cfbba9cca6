"""Lists a page at a time: what is stored, filtered and in order, from a place on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from trigger_studio.frozen import frozen
from trigger_studio.storage import tables

Rows = Sequence[sa.Row[Any]]
Projects = tuple[str | None, ...] | None
"""Whose things are shown, None among them for what belongs to no project; None: everybody's."""

RULE_SORTS = ("id", "name", "priority", "updated_at")


@frozen
class Window:
    """Which part of a list.

    Attributes:
        after: the sort key of the last item before it; None from the beginning.
        limit: so many at most.
        descending: the other way round.
    """

    after: tuple[Any, ...] | None
    limit: int
    descending: bool = False


def _page(
    connection: sa.Connection, table: sa.Table, where: Sequence[Any], keys: Sequence[sa.Column[Any]], window: Window
) -> Rows:
    """One row more than the window has, where there are more."""
    query = sa.select(table).where(*where)
    if window.after is not None:
        place = sa.tuple_(*keys)
        after = sa.tuple_(*(sa.literal(value, key.type) for value, key in zip(window.after, keys, strict=True)))
        query = query.where(place < after if window.descending else place > after)
    order = [key.desc() if window.descending else key.asc() for key in keys]
    return connection.execute(query.order_by(*order).limit(window.limit + 1)).all()


def _equal(table: sa.Table, **wanted: Any) -> list[Any]:
    return [table.c[name] == value for name, value in wanted.items() if value is not None]


def _of(column: sa.Column[Any], projects: Projects) -> list[Any]:
    if projects is None:
        return []
    named = column.in_([name for name in projects if name is not None])
    return [sa.or_(named, column.is_(None)) if None in projects else named]


def rules(
    connection: sa.Connection,
    window: Window,
    sort: str,
    *,
    projects: Projects = None,
    project: str | None = None,
    enabled: bool | None = None,
    event: str | None = None,
    entity: str | None = None,
    text: str | None = None,
) -> Rows:
    """Rules by one of `RULE_SORTS`, then by id. `text`: in the id or the name, in any case."""
    table = tables.triggers
    where = [*_of(table.c.project, projects), *_equal(table, event_type=event, entity_kind=entity, project=project)]
    if enabled is not None:
        where.append(
            table.c.enabled.is_(enabled) if connection.dialect.name != "sqlite" else table.c.enabled == enabled
        )
    if text is not None:
        found = (column.icontains(text, autoescape=True) for column in (table.c.id, table.c.name))
        where.append(sa.or_(*found))
    keys = [table.c.id] if sort == "id" else [table.c[sort], table.c.id]
    return _page(connection, table, where, keys, window)


def events(connection: sa.Connection, window: Window, *, projects: Projects = None, **wanted: Any) -> Rows:
    """Events in the order of their commits. `wanted`: ``entity``, ``entity_id``, ``type``, ``chain``, ``project``."""
    table = tables.events
    where = [*_of(table.c.project, projects), *_equal(table, **wanted)]
    return _page(connection, table, where, [table.c.seq], window)


def event(connection: sa.Connection, event_id: str) -> sa.Row[Any] | None:
    """One event's row."""
    return connection.execute(sa.select(tables.events).where(tables.events.c.id == event_id)).one_or_none()


def entities(connection: sa.Connection, window: Window, *, projects: Projects = None, **wanted: Any) -> Rows:
    """Entities by kind and id. `wanted`: ``kind``, ``status``, ``character``, ``project``."""
    table = tables.entities
    where = [*_equal(table, **wanted)]
    if projects is not None:  # a project is its own project
        itself = sa.and_(table.c.kind == "project", table.c.id.in_([name for name in projects if name is not None]))
        where.append(sa.or_(*_of(table.c.project, projects), itself))
        where.append(sa.or_(table.c.kind != "project", itself))
    return _page(connection, table, where, [table.c.kind, table.c.id], window)


def entity(connection: sa.Connection, kind: str, entity_id: str) -> sa.Row[Any] | None:
    """One entity's row."""
    table = tables.entities
    query = sa.select(table).where(table.c.kind == kind, table.c.id == entity_id)
    return connection.execute(query).one_or_none()


def firings(connection: sa.Connection, window: Window, *, projects: Projects = None, **wanted: Any) -> Rows:
    """Firings in the order of their decisions. `wanted`: ``chain``, ``rule_id``, ``status``, ``project``."""
    table = tables.firings
    where = [*_of(table.c.project, projects), *_equal(table, **wanted)]
    return _page(connection, table, where, [table.c.event_seq, table.c.place], window)


def firing(connection: sa.Connection, seq: int, place: int) -> sa.Row[Any] | None:
    """One firing's row."""
    table = tables.firings
    query = sa.select(table).where(table.c.event_seq == seq, table.c.place == place)
    return connection.execute(query).one_or_none()


def jobs(connection: sa.Connection, window: Window, *, projects: Projects = None, **wanted: Any) -> Rows:
    """Jobs as they were submitted. `wanted`: ``chain``, ``state``, ``job_type``, ``project``."""
    table = tables.jobs
    where = [*_of(table.c.project, projects), *_equal(table, **wanted)]
    return _page(connection, table, where, [table.c.seq, table.c.id], window)


def gates(connection: sa.Connection, window: Window, *, projects: Projects = None, **wanted: Any) -> Rows:
    """Gates as they were opened. `wanted`: ``status``."""
    table = tables.gates
    lanes = None if projects is None else tuple(name or "" for name in projects)
    where = [*_of(table.c.lane, lanes), *_equal(table, **wanted)]
    return _page(connection, table, where, [table.c.seq, table.c.id], window)


def gate(connection: sa.Connection, gate_id: str) -> sa.Row[Any] | None:
    """One gate's row."""
    return connection.execute(sa.select(tables.gates).where(tables.gates.c.id == gate_id)).one_or_none()


def audit(connection: sa.Connection, window: Window, **wanted: Any) -> Rows:
    """What people did, as they did it. `wanted`: ``actor``, ``verb``."""
    return _page(connection, tables.audit, _equal(tables.audit, **wanted), [tables.audit.c.id], window)


def revisions(connection: sa.Connection, window: Window, rule_id: str) -> Rows:
    """A rule's revisions; one without a text deleted it."""
    table = tables.trigger_revisions
    return _page(connection, table, [table.c.trigger_id == rule_id], [table.c.revision], window)
