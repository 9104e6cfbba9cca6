"""The store of the trigger log: append-only records, folded into one entry a firing (promises.md)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from trigger_studio.engine.clock import timestamp
from trigger_studio.frozen import frozen
from trigger_studio.storage import bulk, tables
from trigger_studio.storage.damage import json_of

Entry = dict[str, Any]
Key = tuple[int, int]

_FIRINGS, _LOG, _EVENTS = tables.firings.c, tables.log.c, tables.events.c
_ORDER = (_FIRINGS.event_seq, _FIRINGS.place)
_FOLDED = (
    "SELECT t.id, t.event_seq, t.place, t.data_json FROM {keys} JOIN log t ON t.event_seq = CAST(k.a0 AS BIGINT)"
    " AND t.place = CAST(k.a1 AS INTEGER) ORDER BY t.id"
)
_CAUSED = (
    "SELECT t.cause, t.event_seq, t.place FROM {keys} JOIN firings t ON t.chain = k.a0"
    " WHERE t.cause IS NOT NULL ORDER BY t.event_seq, t.place"
)
_FOLDED_AT_ONCE = 10_000


@frozen
class Link:
    """A firing's place in its chain: the firing that caused it, and the job that its event is about."""

    firing_id: str
    cause: str | None
    job_id: str | None


def newest(connection: sa.Connection) -> int:
    """Number of the newest record; 0 before there is one."""
    return int(connection.execute(sa.select(sa.func.max(_LOG.id))).scalar() or 0)


def records(connection: sa.Connection, chain: str) -> list[Entry]:
    """A chain's records as they were made, none folded: each with its time, and what it is about. Raises Damaged."""
    query = (
        sa.select(
            _LOG.id.label("log_id"), _LOG.at, _LOG.data_json, _FIRINGS.event_seq, _FIRINGS.place, _FIRINGS.rule_id,
            _FIRINGS.cause, _FIRINGS.entity, _FIRINGS.entity_id, _FIRINGS.event_id, _EVENTS.type,
        )
        .join(tables.firings, sa.and_(_FIRINGS.event_seq == _LOG.event_seq, _FIRINGS.place == _LOG.place))
        .join(tables.events, _EVENTS.seq == _FIRINGS.event_seq)
        .where(_FIRINGS.chain == chain)
        .order_by(_LOG.id)
    )  # fmt: skip
    return [
        {
            "id": f"f{row.event_seq}-{row.place}", "at": timestamp(row.at), "rule": row.rule_id, "cause": row.cause,
            "entity": row.entity, "entity_id": row.entity_id, "event_id": row.event_id, "event": row.type,
            **json_of(row.data_json, "log", row.log_id),
        }
        for row in connection.execute(query)
    ]  # fmt: skip


def entries(
    connection: sa.Connection,
    *,
    chain: str | None = None,
    rule: str | None = None,
    after: int = 0,
    limit: int | None = None,
) -> list[Entry]:
    """Firings and refusals in the order of their decisions, each with its records as one.

    Args:
        chain: only those of this chain.
        rule: only those of this rule.
        after: only those with a record after this one (see `newest`).
        limit: the newest so many.

    Raises:
        Damaged: a record cannot be read.
    """
    query = sa.select(tables.firings)
    if chain is not None:
        query = query.where(_FIRINGS.chain == chain)
    if rule is not None:
        query = query.where(_FIRINGS.rule_id == rule)
    if after:
        changed = sa.select(_LOG.event_seq, _LOG.place).where(_LOG.id > after)
        query = query.where(sa.tuple_(*_ORDER).in_(changed))
    if limit is None:
        found = list(connection.execute(query.order_by(*_ORDER)))
    else:
        found = list(connection.execute(query.order_by(*(c.desc() for c in _ORDER)).limit(limit)))[::-1]
    return folded(connection, found)


def folded(connection: sa.Connection, found: Sequence[sa.Row[Any]]) -> list[Entry]:
    """The entries of rows of firings, in their order. Raises Damaged."""
    records = _fold(connection, [(row.event_seq, row.place) for row in found])
    caused = _caused(connection, {row.chain for row in found})
    return [_entry(row, records.get((row.event_seq, row.place), {}), caused) for row in found]


def _entry(row: sa.Row[Any], folded: Entry, caused: dict[str, list[str]]) -> Entry:
    id = f"f{row.event_seq}-{row.place}"
    return {
        "id": id,
        "at": timestamp(row.at),
        "rule": row.rule_id,
        "revision": row.revision,
        "event_id": row.event_id,
        "cause": row.cause,
        "chain": row.chain,
        "depth": row.depth,
        "status": folded.get("status", row.status),
        "reason": folded.get("reason", row.reason),
        "emitted": folded.get("emitted", []),
        "caused": caused.get(id, []),
        "actions": folded.get("actions", []),
        "jobs": folded.get("jobs", []),
        "entity": row.entity,
        "entity_id": row.entity_id,
        **({"batch": row.batch} if row.batch else {}),
    }


def _fold(connection: sa.Connection, wanted: Sequence[Key]) -> dict[Key, Entry]:
    """Each firing's records as one: the last status and actions, every event and job."""
    folded: dict[Key, Entry] = {}
    for start in range(0, len(wanted), _FOLDED_AT_ONCE):
        found = bulk.fetch_keys(connection, _FOLDED, wanted[start : start + _FOLDED_AT_ONCE], 2)
        for id, seq, place, text in found:
            entry = folded.setdefault((seq, place), {"emitted": [], "jobs": []})
            record = json_of(text, "log", id)
            entry["emitted"] += record.pop("emitted", [])
            entry["jobs"] += record.pop("jobs", [])
            entry |= record
    return folded


def _caused(connection: sa.Connection, chains: Iterable[str]) -> dict[str, list[str]]:
    """What each firing caused; a chain holds all of it."""
    caused: dict[str, list[str]] = {}
    for cause, seq, place in bulk.fetch_keys(connection, _CAUSED, [[chain] for chain in chains]):
        caused.setdefault(cause, []).append(f"f{seq}-{place}")
    return caused


def links(connection: sa.Connection, chain: str) -> list[Link]:
    """The firings of a chain in the order of decision, so that causes come first."""
    query = (
        sa.select(*_ORDER, _FIRINGS.cause, _EVENTS.job_id)
        .join(tables.events, _EVENTS.seq == _FIRINGS.event_seq)
        .where(_FIRINGS.chain == chain)
        .order_by(*_ORDER)
    )
    return [Link(f"f{row.event_seq}-{row.place}", row.cause, row.job_id) for row in connection.execute(query)]
