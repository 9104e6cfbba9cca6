"""The store of the audit trail: what people did."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from trigger_studio.frozen import frozen
from trigger_studio.storage import bulk, tables
from trigger_studio.storage.damage import json_of

_AUDIT = tables.audit.c


@frozen
class Deed:
    """One thing that somebody did. `at`: seconds since the epoch."""

    id: int
    at: float
    actor: str
    verb: str
    subject: str
    data: dict[str, Any]


def note(connection: sa.Connection, verb: str, subject: str, data: dict[str, object], *, at: float, by: str) -> None:
    """Note what somebody does, in the transaction that does it."""
    bulk.insert(connection, tables.audit, [(at, by, verb, subject, bulk.dump(data))])


def last_id(connection: sa.Connection) -> int:
    """Number of the last entry; 0 before there is one."""
    return int(connection.execute(sa.select(sa.func.max(_AUDIT.id))).scalar() or 0)


def newest(connection: sa.Connection, limit: int) -> list[Deed]:
    """The newest so many, newest last. Raises Damaged."""
    found = list(connection.execute(sa.select(tables.audit).order_by(_AUDIT.id.desc()).limit(limit)))[::-1]
    return list(map(deed_of, found))


def deed_of(row: sa.Row[Any]) -> Deed:
    """The entry of a row. Raises Damaged."""
    return Deed(row.id, row.at, row.actor, row.verb, row.subject, json_of(row.data_json, "audit", row.id))
