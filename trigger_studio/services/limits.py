"""Limits on what may start, and on what may fail: an admin's settings for everyone who shares the database."""

from __future__ import annotations

import math
from collections import Counter

import sqlalchemy as sa

from trigger_studio.decide.budget import spent
from trigger_studio.engine.world import World
from trigger_studio.errors import BadInput, Refused, said
from trigger_studio.frozen import frozen
from trigger_studio.model.duration import spoken
from trigger_studio.model.limit import KINDS, Limit
from trigger_studio.services.controls import Scope
from trigger_studio.services.session import Session
from trigger_studio.storage import limits as store
from trigger_studio.storage import rules as rule_store
from trigger_studio.storage import tables
from trigger_studio.storage.source import SqlSource


@frozen
class Standing:
    """A limit, what of it is used up, and how many firings it holds or helps to hold.

    Attributes:
        used: of `limit.amount`, within the window that ends now; None of failures, which are counted a rule.
        worst: of failures: the rule that failed most, and how often.
        held: firings of its scope that wait for room.
    """

    limit: Limit
    used: float | None
    held: int
    worst: tuple[str, int] | None = None


def label(limit: Limit) -> str:
    """A limit in words: ``at most 60 firings within 1 min``."""
    what = f"{limit.measure} within {spoken(limit.window_s)}"
    return f"paused after {what}" if limit.kind == "failures" else f"at most {what}"


def standing(session: Session) -> list[Standing]:
    """The limits in force."""
    with session.database.read() as connection:
        rules = session.rules(connection)
        world = World(SqlSource(connection, rules.profile, session.cache.revision), rules, session.now)
        table = tables.firings
        waiting = connection.execute(
            sa.select(table.c.rule_id, table.c.project, sa.func.count().label("number"))
            .where(table.c.status == "held", table.c.reason == "budget")
            .group_by(table.c.rule_id, table.c.project)
        ).all()
        return [
            Standing(
                limit,
                None if limit.kind == "failures" else spent(limit, rules, world.started),
                sum(row.number for row in waiting if limit.covers(row.project, row.rule_id)),
                _worst(connection, limit, session.now()) if limit.kind == "failures" else None,
            )
            for limit in rules.limits
        ]


def _worst(connection: sa.Connection, limit: Limit, now_s: float) -> tuple[str, int] | None:
    failed = store.failures(connection)
    counted = Counter(id for id, project, at in failed if at > now_s - limit.window_s and limit.covers(project, id))
    return counted.most_common(1)[0] if counted else None


def put(session: Session, new: Limit, instead: Limit | None = None) -> None:
    """Set a limit, in place of the one of that kind in that scope, and of `instead`.

    Raises:
        BadInput: the kind, the amount or the window cannot be.
        NotFound: no such rule.
    """
    _check_kind(new.kind)
    least = 1 if new.kind == "failures" else 0
    if not math.isfinite(new.amount) or new.amount < least:
        raise BadInput(
            said("a limit of {0} {1} cannot be; allowed: {2} or more", f"{new.amount:g}", KINDS[new.kind], least)
        )
    if new.window_s <= 0:
        raise BadInput(said("a limit needs a time longer than 0 s"))
    if new.scope == "project" and not new.target:
        raise BadInput(said("a project's id is needed; found an empty one"))
    with session.audited("limit", new.of, limit=label(new)) as connection:
        rule_store.bump(connection)
        if new.scope == "rule":
            rule_store.get(connection, new.target)
        kept = [limit for limit in store.read(connection) if not _same(limit, new) and limit != instead]
        store.write(connection, [*kept, new], at=session.now(), by=session.actor)


def remove(session: Session, scope: Scope, target: str, kind: str) -> Limit:
    """Lift a limit; what only it held goes on when an engine next looks.

    Raises:
        BadInput: nothing of that kind can be limited.
        Refused: no such limit stands.
    """
    _check_kind(kind)
    gone = Limit(scope, target, kind, 0, 0)
    with session.audited("limit removed", gone.of, kind=kind) as connection:
        rule_store.bump(connection)
        before = store.read(connection)
        kept = [limit for limit in before if not _same(limit, gone)]
        if len(kept) == len(before):
            raise Refused(said("no limit on {0} of {1} stands", KINDS[kind], gone.of))
        store.write(connection, kept, at=session.now(), by=session.actor)
        return next(limit for limit in before if _same(limit, gone))


def _check_kind(kind: str) -> None:
    if kind not in KINDS:
        raise BadInput(
            said("'{0}' cannot be limited; allowed: {1}", kind, ", ".join(name.replace("_", "-") for name in KINDS))
        )


def _same(limit: Limit, other: Limit) -> bool:
    return (limit.scope, limit.target, limit.kind) == (other.scope, other.target, other.kind)
