"""The doctor's look at what stands still on purpose: halts, rules that paused themselves, what is held, approvals."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from trigger_studio.engine.state import ACTOR
from trigger_studio.model.counting import count
from trigger_studio.model.duration import spoken
from trigger_studio.model.profiles import load_profile
from trigger_studio.services import rule_registry
from trigger_studio.services.findings import Finding, ok, wrong
from trigger_studio.storage import in_force, tables

CHECKS = ("halts", "paused rules", "held firings", "ceilings", "approvals")
SHOWN = 5
REASONS = {
    "halt": "by a halt",
    "budget": "over a limit",
    "ceiling": "by their chain's ceiling",
    "hourly": "by the hourly guard",
}


def findings(connection: sa.Connection, now_s: float) -> Iterator[Finding]:
    """Why nothing may be starting although everything works."""
    table = tables.halts
    standing = list(connection.execute(sa.select(table).where(table.c.lifted_at.is_(None)).order_by(table.c.id)))
    yield _halts([row for row in standing if row.set_by != ACTOR])
    yield from _paused([row for row in standing if row.set_by == ACTOR], now_s)
    yield _held(connection)
    yield _ceilings(connection)
    yield _approvals(connection)


def _halts(standing: list[sa.Row[tuple[object, ...]]]) -> Finding:
    if not standing:
        return ok("halts", "nothing is halted")
    said = [f"{row.scope} {row.target}".strip() + f" ({row.reason}, by {row.set_by})" for row in standing]
    do = "'trigger-studio resume --preview' says what lifting it would start; 'resume' lifts it"
    return Finding("halts", "ok", f"standing: {', '.join(said[:SHOWN])}", do)


def _paused(standing: list[sa.Row[tuple[object, ...]]], now_s: float) -> Iterator[Finding]:
    if not standing:
        yield ok("paused rules", "no rule has paused itself")
    for row in standing[:SHOWN]:
        ago = spoken(max(0.0, now_s - row.at))
        says = f"the rule '{row.target}' does not start any more since {ago}: {row.reason}"
        do = f"see why by 'trigger-studio log --rule {row.target}', mend it, then 'resume --rule {row.target}'"
        yield wrong("paused rules", says, do)


def _held(connection: sa.Connection) -> Finding:
    firings = tables.firings.c
    capped = sa.and_(firings.reason == "budget", firings.queue.is_(None), firings.batch.is_(None))
    reason = sa.case((capped, "ceiling"), else_=firings.reason)
    query = sa.select(reason, sa.func.count()).where(tables.LIVE_FIRING, firings.status == "held").group_by(reason)
    held = {str(why): int(number) for why, number in connection.execute(query)}
    said = ", ".join(f"{number} {REASONS.get(reason, reason)}" for reason, number in sorted(held.items()))
    if held.get("hourly"):
        do = (
            "a rule fires again and again for one entity: look with 'trigger-studio lint', then 'trigger-studio resume'"
        )
        return wrong("held firings", said, do)
    if held.get("ceiling"):
        do = "'trigger-studio limits list' names the chains; look at one, then 'resume --chain ID' or '--discard'"
        return Finding("held firings", "ok", said, do)
    if held.get("budget"):
        return Finding("held firings", "ok", said, "'trigger-studio limits list' says which; it goes on by itself")
    return ok("held firings", said or "no firing is held")


def _ceilings(connection: sa.Connection) -> Finding:
    """What one click may start: a profile need not name a ceiling, but somebody should have meant that."""
    profile = in_force.profile(connection)
    if profile is None:
        return ok("ceilings", "no profile is stored yet; the program's own names them")
    per_click = profile.limits.per_click
    figures = {"GPU-hours": per_click.gpu_hours, "jobs": per_click.jobs, "firings": per_click.firings}
    named = ", ".join(f"{amount:,g} {what}" for what, amount in figures.items() if amount is not None)
    missing = [what for what, amount in figures.items() if amount is None]
    if not missing:
        return ok("ceilings", f"one event from outside may start {named}")
    says = f"the profile names no ceiling on the {' and '.join(missing)} that follow from one event"
    return Finding(
        "ceilings", "ok", says, "put 'limits: {per_click: {gpu_hours: 500, jobs: 1000, firings: 5000}}' into it"
    )


def _approvals(connection: sa.Connection) -> Finding:
    profile = in_force.profile(connection) or load_profile()
    lacking = [item.rule for item in rule_registry.standing_in(connection, profile) if item.approval == "needed"]
    if not lacking:
        return ok("approvals", "no rule waits for an admin's approval")
    names = ", ".join(f"{rule.id}{'' if rule.enabled else ' (disabled)'}" for rule in lacking[:SHOWN])
    says = f"{count(len(lacking), 'rule')} can fire only once an admin approves: {names}"
    return Finding("approvals", "ok", says, f"an admin runs 'trigger-studio rules approve {lacking[0].id}'")
