"""Deliveries on their way out: handed to the outbox after the commit that made them, and waited for until idle."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trigger_studio.engine.ports import Outbox, Signal, Store
from trigger_studio.model.delivery import Delivery


class Handover:
    """Hands deliveries over.

    Args:
        store: says who carries open deliveries.
        make_outbox: makes what carries them, when the first is there: most engines never send anything.
        in_order: remember the order in which they were made, for a run until idle.

    Attributes:
        unsettled: deliveries may be open; at first those of an earlier run.
    """

    def __init__(self, store: Store, make_outbox: Callable[[], Outbox], *, in_order: bool) -> None:
        self.unsettled = True
        self._store, self._make, self._in_order = store, make_outbox, in_order
        self._outbox: Outbox | None = None
        self._turns: dict[tuple[str, int], int] = {}

    @property
    def outbox(self) -> Outbox:
        """What carries deliveries out, made when it is first needed."""
        if self._outbox is None:
            self._outbox = self._make()
        return self._outbox

    @property
    def opened(self) -> Outbox | None:
        """The same, None while nothing was sent."""
        return self._outbox

    def start(self, deliveries: Sequence[Delivery]) -> None:
        """Hand over what a commit has just made."""
        self.unsettled = True
        if self._in_order:
            made = len(self._turns)
            self._turns |= {(d.firing_id, d.action): made + n for n, d in enumerate(deliveries)}
        self.outbox.start([delivery.id for delivery in deliveries])

    def turn(self, signal: Signal) -> tuple[int, int]:
        """Signals go in the order of their commits; until idle, settled deliveries in the order they were made."""
        return (self._turns.get((signal.firing_id, signal.index), -1), signal.seq)

    def recover(self) -> None:
        """Take up deliveries that an earlier run of this engine left open."""
        if self._store.executor_id in self._store.carriers():
            self.outbox.adopt(self._store.executor_id)

    def look(self) -> bool:
        """Look whether none is open."""
        self.unsettled = bool(self._store.carriers())
        return not self.unsettled

    def close(self) -> None:
        """Let go of the outbox; what it has under way is taken up by the next run."""
        if self._outbox is not None:
            self._outbox.close(timeout_s=5.0)
            self._outbox = None
