"""A delivery and the ports around it: where its row lives, who sends it, who carries it to its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, Protocol

from trigger_studio.frozen import frozen

Outcome = Literal["pending", "done", "failed"]


@frozen
class Delivery:
    """One webhook or message, as committed with the decision that caused it.

    Attributes:
        id: the idempotency key, the same over every retry and restart.
        firing: the firing that caused it; goes out with every send.
        chain: that firing's chain; empty in rows of before chains were kept here.
        kind: ``webhook`` or ``notification``.
        request: what to send, templates filled: url, method, body, secret or channel, to, message.
        attempts_max: tries before it is given up.
        backoff_s: first pause in seconds; each further one doubles.
        attempts: tries whose result is recorded.
        due_at: when the next try is due, seconds since the epoch; None: at once.
        carrier: executor id of the engine that carries it.
    """

    id: str
    firing: str
    kind: str
    request: dict[str, Any]
    attempts_max: int
    backoff_s: float
    carrier: str
    attempts: int = 0
    due_at: float | None = None
    chain: str = ""


@frozen
class Attempt:
    """What one try came to; ``done`` and ``failed`` settle the delivery, ``pending`` tries again at `due_at`.

    Attributes:
        attempts: tries so far, this one included.
        result: what the other side answered, for the log.
        repeats: how often a try began again, because an engine ended before the result of the last was known.
    """

    id: str
    outcome: Outcome
    attempts: int
    error: str | None = None
    due_at: float | None = None
    result: dict[str, Any] | None = None
    repeats: int = 0


Watcher = Callable[[Delivery, Attempt, float], None]
"""Told of each try: the delivery, what came of it, and the seconds it took."""


class SendFailed(Exception):
    """A try failed for a reason worth telling.

    Attributes:
        retry_after_s: the other side asked for this pause.
        final: another try cannot help, e.g. no mail server is set.
    """

    def __init__(self, reason: str, retry_after_s: float | None = None, final: bool = False) -> None:
        super().__init__(reason)
        self.retry_after_s = retry_after_s
        self.final = final


class Sender(Protocol):
    """Sends deliveries of one kind. Every method runs on the one event loop of the outbox."""

    def target(self, delivery: Delivery) -> str:
        """Whom it goes to, coarsely: one target's trouble must not hold up another's deliveries."""

    async def send(self, delivery: Delivery) -> dict[str, Any]:
        """Send it once and return what the other side answered.

        Raises:
            SendFailed: it was not accepted.
        """

    async def close(self) -> None:
        """Let go of connections; the next `send` opens new ones."""


class DeliveryStore(Protocol):
    """The rows. Called from worker threads; each call is one transaction.

    Raises:
        Unavailable: the database is out of reach; the call is repeated until it is back.
    """

    def load(self, ids: Sequence[str]) -> list[Delivery]:
        """Those of `ids` that are still pending, whoever carries them."""

    def take(self, ids: Sequence[str], carrier: str) -> None:
        """Make `carrier` the carrier of those of `ids` that are still pending."""

    def write(self, begins: Sequence[str], attempts: Sequence[Attempt], carrier: str) -> dict[str, int]:
        """Note which deliveries are about to be tried, and write attempts into their rows.

        Returns, for those of `begins` that are still pending and still this carrier's, how often a try of them began
        again; the others must not be tried. An attempt that settles also puts its signal on the bus.

        A settled row never changes again. A row that somebody else carries by now takes only
        ``done``: that the other side accepted stays true, anything else is its new carrier's to say.
        """

    def pending(self, carrier: str) -> list[str]:
        """Ids of all that `carrier` carries and has not settled."""

    def close(self) -> None:
        """Let go of connections; the next call opens new ones."""


class Outbox(Protocol):
    """Carries committed deliveries to their end. No method blocks on database or network unless it says so."""

    def start(self, ids: Sequence[str]) -> None:
        """Take up committed deliveries; ids that are carried already are ignored."""

    def recover(self) -> None:
        """Take up again everything this engine carried when it ended. For the launch."""

    def adopt(self, dead_executor_id: str) -> None:
        """Take over what a dead engine carried. Fences it out should it have slept only."""

    def in_flight(self) -> int:
        """Deliveries taken up here and not settled, those waiting for their next try included."""

    def close(self, timeout_s: float) -> None:
        """Wait up to `timeout_s` for sends under way, then let go; the rest is taken up at the next launch."""
