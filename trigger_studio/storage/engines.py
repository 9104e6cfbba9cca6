"""The store of engines: who is running, by their heartbeats. Times are seconds since the epoch, the database's."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from trigger_studio.frozen import frozen
from trigger_studio.storage import tables

SILENT_S = 8.0
"""An engine without a heartbeat for so long is taken for dead; should it only sleep, its rows fence it out."""

_ENGINES = tables.engines.c


@frozen
class EngineSeen:
    """One engine.

    Attributes:
        started_at, seen_at: seconds since the epoch on the database's clock: its start and its last heartbeat.
        lag_s: how long the oldest event had waited at that heartbeat.
        alive: whether it was heard lately; what a silent one carried is taken over by the others.
    """

    id: str
    host: str
    version: str
    started_at: float
    seen_at: float
    lag_s: float
    alive: bool


@frozen
class EngineFaults:
    """What went wrong in an engine itself: how often since its start, and the last of it."""

    id: str
    number: int
    last: str


def heard(connection: sa.Connection, now_s: float, within_s: float) -> tuple[EngineSeen, ...]:
    """The engines heard within a time, those alive first, then by name."""
    query = sa.select(tables.engines).where(_ENGINES.seen_at > now_s - within_s).order_by(_ENGINES.id)
    seen = [
        EngineSeen(
            row.id, row.host, row.version, row.started_at, row.seen_at, row.lag_s, row.seen_at > now_s - SILENT_S
        )
        for row in connection.execute(query)
    ]
    return tuple(sorted(seen, key=lambda engine: not engine.alive))


def alive(connection: sa.Connection, now_s: float) -> Sequence[str]:
    """Ids of the engines with a heartbeat, by name."""
    query = sa.select(_ENGINES.id).where(_ENGINES.seen_at > now_s - SILENT_S).order_by(_ENGINES.id)
    return connection.execute(query).scalars().all()


def last_seen(connection: sa.Connection, ids: Collection[str] | None = None) -> float | None:
    """The last heartbeat of any engine, or of any of these; None if there was none."""
    query = sa.select(sa.func.max(_ENGINES.seen_at))
    return connection.execute(query if ids is None else query.where(_ENGINES.id.in_(ids))).scalar()


def faults(connection: sa.Connection, since: float, limit: int) -> list[EngineFaults]:
    """Engines that met faults of the program, the last first, those that ended by it included."""
    query = sa.select(tables.engines).where(_ENGINES.fault_at > since).order_by(_ENGINES.fault_at.desc()).limit(limit)
    return [EngineFaults(row.id, row.faults, row.last_fault) for row in connection.execute(query)]
