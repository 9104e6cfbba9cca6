"""The store of firings, as people look at them: what is held, what waits, and whose each is."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from trigger_studio.frozen import frozen
from trigger_studio.model.firing import BUDGET, HELD
from trigger_studio.storage import bulk, rows, tables

_FIRINGS = tables.firings.c
_LIVE_HELD = sa.and_(tables.LIVE_FIRING, _FIRINGS.status == HELD)
_NUMBER = sa.func.count().label("number")
_ITSELF = (
    sa.literal("f").concat(sa.cast(_FIRINGS.event_seq, sa.Text)).concat("-").concat(sa.cast(_FIRINGS.place, sa.Text))
)


@frozen
class FiringRow:
    """A firing without its actions.

    Attributes:
        stalled: whether it had started, and its next action waits for a resume.
        batch: id of the firing that acts for it and others.
        queue: where it waits for room in the limits.
    """

    id: str
    rule_id: str
    revision: int
    project: str | None
    chain: str
    status: str
    reason: str | None
    stalled: bool
    batch: str | None
    queue: str | None


@frozen
class Queued:
    """Firings of a rule in a project that wait for room in the limits, and the time since when the first does."""

    rule_id: str
    project: str | None
    number: int
    since: float


@frozen
class Capped:
    """A chain that reached its ceiling: how many firings that holds, and since when (seconds since the epoch)."""

    chain: str
    held: int
    since: float


def in_scope(scope: str, target: str) -> sa.ColumnElement[bool]:
    """Whether a row of `firings` is within a halt's scope."""
    if scope == "all":
        return sa.true()
    column = {"project": _FIRINGS.project, "rule": _FIRINGS.rule_id, "chain": _FIRINGS.chain}[scope]
    return column == target


def get(connection: sa.Connection, firing_id: str) -> FiringRow | None:
    """One firing."""
    seq, place = rows.firing_key(firing_id)
    query = sa.select(tables.firings).where(_FIRINGS.event_seq == seq, _FIRINGS.place == place)
    return next(map(_row, connection.execute(query)), None)


def held_or_stalled(connection: sa.Connection, scope: str, target: str) -> list[FiringRow]:
    """Firings within a scope that wait for a resume, in the order of decision."""
    waits = sa.or_(_FIRINGS.status == HELD, _FIRINGS.stalled)
    query = sa.select(tables.firings).where(tables.LIVE_FIRING, waits, in_scope(scope, target))
    return [_row(row) for row in connection.execute(query.order_by(_FIRINGS.event_seq, _FIRINGS.place))]


def _row(row: sa.Row[tuple[object, ...]]) -> FiringRow:
    return FiringRow(
        f"f{row.event_seq}-{row.place}", row.rule_id, row.revision, row.project, row.chain, row.status, row.reason,
        bool(row.stalled), row.batch, row.queue,
    )  # fmt: skip


def has_fired(connection: sa.Connection, rule_id: str) -> bool:
    """Whether a rule, which may be deleted since, ever fired or was kept from it."""
    return bool(bulk.fetch(connection, "SELECT 1 FROM firings WHERE rule_id = :rule LIMIT 1", {"rule": rule_id}))


def of_rule(connection: sa.Connection, firing_ids: Collection[str], rule_id: str) -> set[str]:
    """Those of the firings that are the rule's."""
    wanted = [list(rows.firing_key(id)) for id in firing_ids]
    sql = (
        "SELECT t.event_seq, t.place FROM {keys} JOIN firings t ON t.event_seq = CAST(k.a0 AS BIGINT)"
        " AND t.place = CAST(k.a1 AS INTEGER) WHERE t.rule_id = :rule"
    )
    found = bulk.fetch_keys(connection, sql, wanted, 2, rule=rule_id)
    return {f"f{seq}-{place}" for seq, place in found}


# counts -------------------------------------------------------------------------------------------------------------


def halted_by_rule(connection: sa.Connection, scope: str, target: str) -> dict[str, int]:
    """How many firings within a scope halts hold, by rule."""
    return _by_rule(connection, sa.and_(_LIVE_HELD, _FIRINGS.reason == "halt", in_scope(scope, target)))


def stalled_by_rule(connection: sa.Connection, scope: str, target: str) -> dict[str, int]:
    """How many firings within a scope had started, and wait with their next action, by rule."""
    return _by_rule(connection, sa.and_(tables.LIVE_FIRING, _FIRINGS.stalled, in_scope(scope, target)))


def gathering_by_rule(connection: sa.Connection, scope: str, target: str) -> dict[str, int]:
    """How many firings within a scope wait for their batch, by rule."""
    gathers = sa.and_(tables.LIVE_FIRING, _FIRINGS.batch.is_not(None), _FIRINGS.started_at.is_(None))
    return _by_rule(connection, sa.and_(gathers, in_scope(scope, target)))


def _by_rule(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> dict[str, int]:
    query = sa.select(_FIRINGS.rule_id, _NUMBER).where(condition).group_by(_FIRINGS.rule_id)
    return {row.rule_id: row.number for row in connection.execute(query)}


def held_by_reason(connection: sa.Connection) -> dict[str, int]:
    """How many firings are held, by what holds them."""
    query = sa.select(_FIRINGS.reason, _NUMBER).where(_LIVE_HELD).group_by(_FIRINGS.reason)
    return {row.reason: row.number for row in connection.execute(query)}


def held_by_cause(connection: sa.Connection) -> dict[str, int]:
    """The same, but what a chain's ceiling holds as ``ceiling``, apart from what waits for room in the limits."""
    capped = sa.and_(_FIRINGS.reason == BUDGET, _FIRINGS.queue.is_(None), _FIRINGS.batch.is_(None))
    cause = sa.case((capped, "ceiling"), else_=_FIRINGS.reason).label("cause")
    query = sa.select(cause, _NUMBER).where(_LIVE_HELD).group_by(cause)
    return {str(row.cause): row.number for row in connection.execute(query)}


# limits -------------------------------------------------------------------------------------------------------------


def any_queued(connection: sa.Connection) -> bool:
    """Whether a held firing waits for room in the limits."""
    return bool(connection.execute(sa.select(sa.exists().where(_FIRINGS.queue.is_not(None)))).scalar_one())


def queued(connection: sa.Connection) -> list[Queued]:
    """What waits for room in the limits, by rule and project."""
    query = sa.select(_FIRINGS.rule_id, _FIRINGS.project, _NUMBER, sa.func.min(_FIRINGS.at).label("since"))
    query = query.where(_FIRINGS.queue.is_not(None)).group_by(_FIRINGS.rule_id, _FIRINGS.project)
    return [Queued(row.rule_id, row.project, row.number, row.since) for row in connection.execute(query)]


def capped(connection: sa.Connection) -> list[Capped]:
    """Chains of which something is held by their ceiling, those that wait longest first."""
    held = sa.and_(_LIVE_HELD, _FIRINGS.reason == BUDGET, _FIRINGS.queue.is_(None))
    acts = sa.or_(_FIRINGS.batch.is_(None), _FIRINGS.batch == _ITSELF)  # others of a batch wait for the one that acts
    query = sa.select(_FIRINGS.chain, _NUMBER, sa.func.min(_FIRINGS.at).label("since")).where(held, acts)
    query = query.group_by(_FIRINGS.chain).order_by("since", _FIRINGS.chain)
    return [Capped(row.chain, row.number, row.since) for row in connection.execute(query)]
