"""What stands, as the command line and the REST API both write it as JSON."""

from __future__ import annotations

from typing import Any

from trigger_studio.engine.clock import timestamp
from trigger_studio.engine.ports import Gate
from trigger_studio.services import limits
from trigger_studio.storage.firings import Capped
from trigger_studio.storage.halts import Halt


def gate(item: Gate) -> dict[str, Any]:
    """A question to a person."""
    return {
        "id": item.id,
        "firing": item.firing_id,
        "action": item.action,
        "project": item.lane or None,
        "approvers": item.approvers,
        "message": item.message,
        "status": item.status,
        "opened_at": timestamp(item.opened_at),
        "due_at": time(item.due_at),
    }


def halt(item: Halt) -> dict[str, Any]:
    """A standing halt."""
    return {
        "id": item.id,
        "scope": item.scope,
        "target": item.target or None,
        "reason": item.reason,
        "at": timestamp(item.at),
        "by": item.set_by,
    }


def limit(item: limits.Standing) -> dict[str, Any]:
    """A limit, and what of it is used up."""
    return {
        "scope": item.limit.scope,
        "target": item.limit.target or None,
        "kind": item.limit.kind,
        "amount": item.limit.amount,
        "window_s": item.limit.window_s,
        "used": item.used,
        "held": item.held,
        "since": time(item.since),
    }


def capped(item: Capped) -> dict[str, Any]:
    """A chain that reached its ceiling."""
    return {"chain": item.chain, "held": item.held, "since": time(item.since)}


def time(seconds: float | None) -> str | None:
    """A moment in UTC, given in seconds since the epoch."""
    return None if seconds is None else timestamp(seconds)
