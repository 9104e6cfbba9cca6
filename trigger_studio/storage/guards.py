"""What the engines see to every few seconds while limits stand: held firings within budget again, rules that fail."""

from __future__ import annotations

import sqlalchemy as sa

from trigger_studio.decide.budget import tripped
from trigger_studio.decide.decision import obstacle
from trigger_studio.decide.rules import RuleSet
from trigger_studio.engine.ports import Signal
from trigger_studio.engine.state import ACTOR
from trigger_studio.engine.world import World
from trigger_studio.model.duration import spoken
from trigger_studio.model.limit import Limit
from trigger_studio.storage import bulk, limits, rows, tables
from trigger_studio.storage.bus import put_signals
from trigger_studio.storage.database import Database
from trigger_studio.storage.locks import HALT_LOCK
from trigger_studio.storage.rules import RuleCache
from trigger_studio.storage.source import SqlSource

_RELEASED_AT_ONCE = 200


def guard(database: Database, cache: RuleCache, now_s: float) -> None:
    """Let go on what the limits leave room for by now, and pause the rules that failed too often."""
    with database.read() as connection:
        rules = cache.get(connection)
        broken = _broken(connection, rules, now_s)
        world = World(SqlSource(connection, rules.profile, cache.revision), rules, lambda: now_s)
        signals = _within_budget_again(connection, world)
    if rules.limits or signals:
        with database.write() as connection:
            limits.forget(connection, rules.limits, now_s)
            put_signals(connection, signals)
    if broken:
        with database.write(first=True) as connection:
            _pause(connection, broken, now_s)


def _broken(connection: sa.Connection, rules: RuleSet, now_s: float) -> dict[str, Limit]:
    """Rules to be paused for their failures, each with the limit it reached."""
    if not any(limit.kind == "failures" for limit in rules.limits):
        return {}
    return tripped(rules, limits.failures(connection), now_s)


def _within_budget_again(connection: sa.Connection, world: World) -> list[tuple[str, Signal]]:
    """(lane, replay) of held firings that the limits leave room for by now, oldest first; none overtakes another."""
    table = tables.firings
    query = sa.select(table).where(tables.LIVE_FIRING, table.c.status == "held", table.c.reason == "budget")
    waiting = connection.execute(query.order_by(table.c.event_seq, table.c.place).limit(_RELEASED_AT_ONCE)).all()
    signals, full = [], set()
    for firing in (rows.firing_of(row, {}) for row in waiting):
        compiled, event = world.rules.rules.get(firing.rule_id), world.event(firing.event_id)
        if compiled is None or event is None or firing.rule_id in full:
            continue
        if obstacle(compiled, world, event, firing.depth) == "budget":
            full.add(firing.rule_id)
            continue
        world.count_start(firing)
        signals.append((firing.project or "", Signal(firing.id, "replay")))
    return signals


def _pause(connection: sa.Connection, broken: dict[str, Limit], now_s: float) -> None:
    """Halt rules; starts are excluded as for a halt by a person, and a second engine finds it done."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(HALT_LOCK, 0)))
    halts = tables.halts
    standing = sa.select(halts.c.target).where(halts.c.scope == "rule", halts.c.lifted_at.is_(None))
    paused = set(connection.execute(standing).scalars())
    for rule_id, limit in broken.items():
        if rule_id in paused:
            continue
        reason = f"paused by itself: {limit.measure} within {spoken(limit.window_s)}"
        subject = f"rule {rule_id}"
        values = {"scope": "rule", "target": rule_id, "reason": reason, "at": now_s, "set_by": ACTOR}
        connection.execute(sa.insert(halts).values(values))
        bulk.insert(connection, tables.audit, [(now_s, ACTOR, "halt", subject, bulk.dump({"reason": reason}))])
