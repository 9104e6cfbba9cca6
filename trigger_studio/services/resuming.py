"""What a resume lets go: what the halt that it lifts holds and no other does, and what the hourly guard holds there.

Of a chain also what its ceiling holds.
"""

from __future__ import annotations

from trigger_studio.decide.halts import Scope, halted
from trigger_studio.model.firing import BUDGET, DAMAGED, HELD
from trigger_studio.storage import firings, halts
from trigger_studio.storage.database import Connection
from trigger_studio.storage.fetching import fetcher
from trigger_studio.storage.firings import FiringRow


class Lifting:
    """One scope, about to be resumed.

    Attributes:
        stands: whether a halt of this very scope stands.
        others: (scope, target) of the other halts that stand; what they cover waits for them.
        waiting: firings within the scope that are held or stalled, in the order of decision.
    """

    def __init__(self, connection: Connection, scope: Scope, target: str) -> None:
        standing = halts.scopes(fetcher(connection))
        self.scope = scope
        self.stands = (scope, target) in standing
        self.others = standing - {(scope, target)}
        self.waiting = firings.held_or_stalled(connection, scope, target)

    @property
    def held(self) -> list[FiringRow]:
        """Held firings that are replayed or discarded."""
        return [firing for firing in self.waiting if firing.status == HELD and self._goes(firing)]

    @property
    def capped(self) -> bool:
        """Whether the chain's ceiling holds something, so that it is to be given once more."""
        return any(firing.status == HELD and self._is_capped(firing) for firing in self.waiting)

    @property
    def kept(self) -> list[FiringRow]:
        """Held firings that stay as they are: another halt stands, or a limit has no room."""
        ours = {firing.id for firing in self.held}
        return [firing for firing in self.waiting if firing.status == HELD and firing.id not in ours]

    @property
    def stalled(self) -> list[FiringRow]:
        """Started firings that go on."""
        return [firing for firing in self.waiting if firing.stalled and self._frees(firing, reason=None)]

    def _goes(self, firing: FiringRow) -> bool:
        """Whether a held firing is looked at again."""
        return firing.reason in ("hourly", DAMAGED) or self._frees(firing) or self._is_capped(firing)

    def _is_capped(self, firing: FiringRow) -> bool:
        """Whether the ceiling of the chain holds a firing; what a limit holds waits in its queue and goes by itself."""
        acts = firing.batch in (None, firing.id)
        return self.scope == "chain" and firing.reason == BUDGET and firing.queue is None and acts

    def _frees(self, firing: FiringRow, reason: str | None = "halt") -> bool:
        ours = self.stands and reason in (None, firing.reason)
        return ours and not halted(self.others, firing.project, firing.rule_id, firing.chain)
