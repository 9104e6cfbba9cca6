"""The store of gates: what waits for a person's answer, and the answers."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from trigger_studio.engine.ports import Gate
from trigger_studio.frozen import frozen
from trigger_studio.storage import rows, tables

_GATES = tables.gates.c


@frozen
class Standing:
    """How a gate stands: its status, until when it can be answered, and who did."""

    status: str
    due_at: float | None
    answered_by: str | None


def every(connection: sa.Connection) -> list[Gate]:
    """All gates, oldest first. Raises Damaged."""
    return [rows.gate_of(row) for row in connection.execute(sa.select(tables.gates).order_by(_GATES.seq))]


def answerable(connection: sa.Connection, now_s: float) -> list[Gate]:
    """Gates that a person can still answer, oldest first. Raises Damaged."""
    query = sa.select(tables.gates).where(_in_time(now_s)).order_by(_GATES.seq)
    return [rows.gate_of(row) for row in connection.execute(query)]


def waiting_count(connection: sa.Connection) -> int:
    """How many wait for a person."""
    return int(
        connection.execute(sa.select(sa.func.count()).select_from(tables.gates).where(tables.WAITING)).scalar_one()
    )


def waiting_ids(connection: sa.Connection) -> Sequence[str]:
    """Ids of those that wait."""
    return connection.execute(sa.select(_GATES.id).where(_GATES.status == "waiting")).scalars().all()


def standing(connection: sa.Connection, gate_id: str) -> Standing | None:
    """How a gate stands."""
    row = connection.execute(sa.select(tables.gates).where(_GATES.id == gate_id)).one_or_none()
    return None if row is None else Standing(row.status, row.due_at, row.answered_by)


def answer(connection: sa.Connection, gate_id: str, *, approve: bool, reason: str, at: float, by: str) -> Gate | None:
    """Answer a gate; None if it does not wait, or its time is up. Raises Damaged."""
    update = (
        sa.update(tables.gates)
        .where(_GATES.id == gate_id, _in_time(at))
        .values(
            status="approved" if approve else "refused", answered_at=at, answered_by=by, answer_reason=reason or None
        )
        .returning(tables.gates)
    )
    row = connection.execute(update).one_or_none()
    return None if row is None else rows.gate_of(row)


def _in_time(now_s: float) -> sa.ColumnElement[bool]:
    """Whether a gate waits, and its time is not up; an engine may not have noticed yet."""
    return sa.and_(_GATES.status == "waiting", sa.or_(_GATES.due_at.is_(None), _GATES.due_at > now_s))
