"""Requests that carry a key: which were carried out, and what was answered. One transaction holds both."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from trigger_studio.frozen import frozen
from trigger_studio.storage import bulk
from trigger_studio.storage.api_tables import request_keys

_C = request_keys.c
KEPT_S = 86_400.0
"""So long an answer is kept."""
_FORGOTTEN = 200
"""Old keys that one request removes at most."""


@frozen
class Kept:
    """What was answered, to a request of this fingerprint."""

    fingerprint: str
    status: int
    headers: Mapping[str, str]
    body: str


def claim(connection: sa.Connection, owner: str, key: str, fingerprint: str, now_s: float) -> Kept | None:
    """Claim a key until this transaction ends; whoever has it is waited for. Returns what was answered before."""
    _forget(connection, now_s)
    values = {"owner": owner, "key": key, "fingerprint": fingerprint, "at": now_s}
    sql = (
        "INSERT INTO request_keys (owner, key, fingerprint, at) VALUES (:owner, :key, :fingerprint, :at)"
        " ON CONFLICT (owner, key) DO UPDATE SET at = request_keys.at"
        " RETURNING fingerprint, status, headers_json, body"
    )
    ((known, status, headers, body),) = bulk.fetch(connection, sql, values)
    return None if status is None else Kept(known, status, bulk.load(headers), body)


def keep(connection: sa.Connection, owner: str, key: str, answer: Kept) -> None:
    """Keep the answer to a claimed key."""
    connection.execute(
        sa.update(request_keys)
        .where(_C.owner == owner, _C.key == key)
        .values(status=answer.status, headers_json=bulk.dump(dict(answer.headers)), body=answer.body)
    )


def _forget(connection: sa.Connection, now_s: float) -> None:
    old = sa.select(_C.owner, _C.key).where(_C.at < now_s - KEPT_S).order_by(_C.at).limit(_FORGOTTEN)
    connection.execute(sa.delete(request_keys).where(sa.tuple_(_C.owner, _C.key).in_(old)))
