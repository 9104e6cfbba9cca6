"""When to try again: doubling pauses with a ceiling, and what the other side asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from trigger_studio.execution.sender import SendFailed
from trigger_studio.model.delivery import Attempt, Delivery

PAUSE_MAX_S = 300.0
"""Ceiling of the doubling; a rule may start higher by its own `backoff_s`."""
RETRY_AFTER_MAX_S = 3600.0
"""Longest pause that the other side may ask for."""
ERROR_MAX_CHARS = 500
RETRIED = frozenset({408, 425, 429})
"""Of HTTP's answers below 500 those that another try may change; 5xx always may."""


def pause_s(backoff_s: float, attempts: int, asked_s: float | None = None) -> float:
    """Seconds to wait after the `attempts`-th try failed.

    Args:
        backoff_s: the rule's first pause.
        attempts: tries so far, at least 1.
        asked_s: the pause that the other side asked for; never undercut.
    """
    doubled = backoff_s * 2.0 ** min(attempts - 1, 62)
    own = min(doubled, max(PAUSE_MAX_S, backoff_s))
    return max(own, min(asked_s or 0.0, RETRY_AFTER_MAX_S))


def is_final(status: int) -> bool:
    """Whether an HTTP answer that is no acceptance will stay the same, however often it is asked for."""
    return status < 500 and status not in RETRIED


def failed_attempt(delivery: Delivery, failure: SendFailed, now: float) -> Attempt:
    """The record of a failed try: to be repeated, or given up."""
    attempts = delivery.attempts + 1
    error = one_line(str(failure))
    if failure.final or attempts >= delivery.attempts_max:
        return Attempt(delivery.id, "failed", attempts, error)
    due_at = now + pause_s(delivery.backoff_s, attempts, failure.retry_after_s)
    return Attempt(delivery.id, "pending", attempts, error, due_at)


def is_due(delivery: Delivery, now: float) -> bool:
    """Whether its next try is due. A due time no pause can explain means that the clock was set back."""
    if delivery.due_at is None or delivery.due_at <= now:
        return True
    return delivery.due_at > now + max(RETRY_AFTER_MAX_S, delivery.backoff_s)


def retry_after_s(value: str | None, now: float) -> float | None:
    """Seconds that a ``Retry-After`` header asks for (RFC 9110, 10.2.3: seconds or a date); None if it says nothing."""
    if not value:
        return None
    if value.strip().isascii() and value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.fromtimestamp(now, UTC)).total_seconds())


def one_line(text: str) -> str:
    """`text` as a row may hold it: one line, printable, not endless."""
    clean = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(clean.split())[:ERROR_MAX_CHARS]
