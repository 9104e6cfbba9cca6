"""A delivery, from the decision that causes it to the answer of whoever it goes to."""

from __future__ import annotations

from typing import Any, Literal

from trigger_studio.frozen import frozen

Outcome = Literal["pending", "done", "failed"]


@frozen
class Delivery:
    """One webhook or message, committed as a row with the decision that causes it.

    Attributes:
        id: the idempotency key, the same over every retry and restart.
        firing_id: the firing that causes it; goes out with every send.
        action: index of the action in its rule.
        lane: on which the bus takes what came of it.
        kind: ``webhook`` or ``notification``.
        request: what to send, templates filled: url, method, body, secret or channel, to, message; secrets by name.
        attempts_max: tries before it is given up.
        backoff_s: first pause in seconds; each further one doubles.
        chain: that firing's chain; empty in rows of before chains were kept here.
        carrier: executor id of the engine that carries it; empty before there is a row.
        attempts: tries whose result is recorded.
        due_at: when the next try is due, seconds since the epoch; None: at once.
    """

    id: str
    firing_id: str
    action: int
    lane: str
    kind: str
    request: dict[str, Any]
    attempts_max: int
    backoff_s: float
    chain: str = ""
    carrier: str = ""
    attempts: int = 0
    due_at: float | None = None


@frozen
class Attempt:
    """What one try came to; ``done`` and ``failed`` settle the delivery, ``pending`` tries again at `due_at`.

    Attributes:
        id: of the delivery.
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
