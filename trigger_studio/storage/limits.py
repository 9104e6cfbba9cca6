"""The limits as they stand, and the short memory of starts and failures that they are counted by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

import sqlalchemy as sa

from trigger_studio.model.firing import FAILED, Firing
from trigger_studio.model.limit import Limit
from trigger_studio.storage import settings, tables
from trigger_studio.storage.damage import reading
from trigger_studio.storage.locks import LIMIT_LOCK

if TYPE_CHECKING:
    from trigger_studio.engine.world import World

SETTING = "limits"

STARTED, FAILURE = "started", "failed"


def read(connection: sa.Connection) -> tuple[Limit, ...]:
    """The limits that stand."""
    found = settings.get(connection, SETTING) or ()
    with reading(tables.settings.name, SETTING):
        return tuple(Limit(**item) for item in found)


def write(connection: sa.Connection, limits: Iterable[Limit], *, at: float, by: str) -> None:
    """Put limits in place of those that stood, in a transaction that told the engines first (`rules.bump`)."""
    settings.put(connection, SETTING, [asdict(limit) for limit in limits], at=at, by=by)


def exclude(connection: sa.Connection, limits: Iterable[Limit]) -> None:
    """Let nobody else start what a limit over several lanes counts, until this transaction ends."""
    if connection.dialect.name == "postgresql" and any(limit.scope != "project" for limit in limits):
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LIMIT_LOCK, 0)))


def started(connection: sa.Connection, since: float) -> dict[tuple[str, str | None], int]:
    """Firings that started after `since`, by (rule id, project); remembered only while limits stand."""
    table = tables.tallies
    counted = sa.select(table.c.rule_id, table.c.project, sa.func.count().label("number"))
    found = connection.execute(
        counted.where(table.c.kind == STARTED, table.c.at > since).group_by(table.c.rule_id, table.c.project)
    )
    return {(row.rule_id, row.project): row.number for row in found}


def failures(connection: sa.Connection) -> list[tuple[str, str | None, float]]:
    """(rule id, project, when) of what failed, as far back as a limit looks."""
    table = tables.tallies
    noted = sa.select(table.c.rule_id, table.c.project, table.c.at).where(table.c.kind == FAILURE)
    return [(row.rule_id, row.project, row.at) for row in connection.execute(noted)]


def notes(world: World) -> list[tuple[str, str, str | None, float]]:
    """Rows of `tallies`: what started and what failed, if any limit counts it."""
    if not world.rules.limits:
        return []
    now = world.now()
    made = [(STARTED, rule_id, project, at) for rule_id, project, at in world.starts]
    return made + [
        (FAILURE, firing.rule_id, firing.project, now)
        for firing in world.changes.firings.values()
        if firing.status == FAILED and firing.batch in (None, firing.id) and not _had_failed(world, firing)
    ]


def _had_failed(world: World, firing: Firing) -> bool:
    before = None if firing.id in world.changes.new_firings else world.source.firing(firing.id)
    return before is not None and before.status == FAILED and before.retries == firing.retries


def forgive(connection: sa.Connection, rule_id: str) -> None:
    """Somebody resumed a paused rule: what failed before counts no more."""
    table = tables.tallies
    connection.execute(sa.delete(table).where(table.c.kind == FAILURE, table.c.rule_id == rule_id))


def forget(connection: sa.Connection, limits: Iterable[Limit], now_s: float) -> None:
    """Drop notes that no limit looks back to any more."""
    longest = max((limit.window_s for limit in limits), default=0.0)
    connection.execute(sa.delete(tables.tallies).where(tables.tallies.c.at <= now_s - longest))
