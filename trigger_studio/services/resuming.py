"""What a resume lets go: what the halt that it lifts holds and no other does, and what the hourly guard holds there.

Of a chain also what its ceiling holds.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from trigger_studio.decide.halts import Scope, halted
from trigger_studio.model.firing import BUDGET, DAMAGED, HELD
from trigger_studio.services import halting
from trigger_studio.services.known import reader
from trigger_studio.storage import tables

_FIRINGS = tables.firings.c


def in_scope(scope: str, target: str) -> sa.ColumnElement[bool]:
    """Whether a row of `firings` is within a halt's scope."""
    if scope == "all":
        return sa.true()
    column = {"project": _FIRINGS.project, "rule": _FIRINGS.rule_id, "chain": _FIRINGS.chain}[scope]
    return column == target


class Lifting:
    """One scope, about to be resumed.

    Attributes:
        stands: whether a halt of this very scope stands.
        others: (scope, target) of the other halts that stand; what they cover waits for them.
        rows: of `firings` within the scope that are held or stalled, in the order of decision.
    """

    def __init__(self, connection: sa.Connection, scope: Scope, target: str) -> None:
        standing = {(halt.scope, halt.target) for halt in halting.standing(reader(connection))}
        self.scope = scope
        self.stands = (scope, target) in standing
        self.others = frozenset(standing - {(scope, target)})
        waits = sa.or_(_FIRINGS.status == HELD, _FIRINGS.stalled)
        query = sa.select(tables.firings).where(tables.LIVE_FIRING, waits, in_scope(scope, target))
        self.rows = connection.execute(query.order_by(_FIRINGS.event_seq, _FIRINGS.place)).all()

    @property
    def held(self) -> list[sa.Row[Any]]:
        """Held firings that are replayed or discarded."""
        held = (row for row in self.rows if row.status == HELD)
        return [row for row in held if row.reason in ("hourly", DAMAGED) or self._frees(row) or self._is_capped(row)]

    @property
    def capped(self) -> bool:
        """Whether the chain's ceiling holds something, so that it is to be given once more."""
        return any(row.status == HELD and self._is_capped(row) for row in self.rows)

    @property
    def kept(self) -> list[sa.Row[Any]]:
        """Held firings that stay as they are: another halt stands, or a limit has no room."""
        ours = {id(row) for row in self.held}
        return [row for row in self.rows if row.status == HELD and id(row) not in ours]

    @property
    def stalled(self) -> list[sa.Row[Any]]:
        """Started firings that go on."""
        return [row for row in self.rows if row.stalled and self._frees(row, reason=None)]

    def _is_capped(self, row: sa.Row[Any]) -> bool:
        """Whether the ceiling of the chain holds a firing; what a limit holds waits in its queue and goes by itself."""
        acts = row.batch in (None, f"f{row.event_seq}-{row.place}")
        return self.scope == "chain" and row.reason == BUDGET and row.queue is None and acts

    def _frees(self, row: sa.Row[Any], reason: str | None = "halt") -> bool:
        ours = self.stands and reason in (None, row.reason)
        return ours and not halted(self.others, row.project, row.rule_id, row.chain)
