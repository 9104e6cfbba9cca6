"""The store of the places that people dragged cards to. They are no part of any revision of a rule."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from trigger_studio.storage import bulk, tables

PLACES = "positions"
"""The version that windows watch: it counts up with every change of places, from 0 where there never was one."""

Position = tuple[float, float]


def version(connection: sa.Connection) -> int:
    """Counts up with every change."""
    table = tables.versions
    return connection.execute(sa.select(table.c.version).where(table.c.name == PLACES)).scalar_one_or_none() or 0


def everyone(connection: sa.Connection) -> dict[str, Position]:
    """Every card that was dragged, and where to."""
    table = tables.positions
    return {row.node_id: (row.x, row.y) for row in connection.execute(sa.select(table))}


def save(connection: sa.Connection, places: Mapping[str, Position | None]) -> int:
    """Store places; None leaves a card to the layout again. Returns the new version."""
    _bump(connection)
    gone = [node for node, place in places.items() if place is None]
    if gone:
        table = tables.positions
        connection.execute(sa.delete(table).where(table.c.node_id == sa.bindparam("gone")), [{"gone": n} for n in gone])
    kept = [(node, *place) for node, place in places.items() if place is not None]
    bulk.upsert(connection, tables.positions, kept, ("x", "y"))
    return version(connection)


def forget_rule(connection: sa.Connection, rule_id: str) -> None:
    """Forget where the cards of a rule were."""
    table = tables.positions
    if connection.execute(sa.delete(table).where(table.c.node_id.startswith(f"rule:{rule_id}:"))).rowcount:
        _bump(connection)


def _bump(connection: sa.Connection) -> None:
    """Count up; on PostgreSQL the row is also the lock that lets one change places at a time."""
    bulk.upsert(connection, tables.versions, [(PLACES, 1)], ("version = versions.version + 1",))
