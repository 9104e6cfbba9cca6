"""Limits on what may start, and on what may fail: an admin's settings for everyone who shares the database."""

from __future__ import annotations

import math

from trigger_studio.decide.budget import MILLION
from trigger_studio.engine.ports import Signal
from trigger_studio.errors import BadInput, Message, Refused
from trigger_studio.frozen import frozen
from trigger_studio.model.duration import spoken
from trigger_studio.model.limit import KINDS, Limit
from trigger_studio.services.session import Session
from trigger_studio.storage import firings, in_force, known
from trigger_studio.storage import limits as store
from trigger_studio.storage.bus import put_signals
from trigger_studio.storage.database import Connection
from trigger_studio.storage.fetching import fetcher
from trigger_studio.storage.firings import Capped
from trigger_studio.storage.halts import exclude_starts


@frozen
class Standing:
    """A limit, what of it is used up, and how many firings it holds or helps to hold.

    Attributes:
        used: of `limit.amount`, within the window that ends now; None of failures, which are counted a rule.
        worst: of failures: the rule that failed most, and how often.
        held: firings of its scope that wait for room.
        since: when the one that waits longest was held, seconds since the epoch.
    """

    limit: Limit
    used: float | None
    held: int
    worst: tuple[str, int] | None = None
    since: float | None = None


def label(limit: Limit) -> str:
    """A limit in words: ``at most 60 firings within 1 min``."""
    what = f"{limit.measure} within {spoken(limit.window_s)}"
    return f"paused after {what}" if limit.kind == "failures" else f"at most {what}"


def standing(session: Session) -> list[Standing]:
    """The limits in force."""
    with session.database.read() as connection:
        return standing_in(session, connection)


def standing_in(session: Session, connection: Connection) -> list[Standing]:
    """The same, in a transaction that reads."""
    sums, now_s, waiting = store.Sums(connection), session.engine_now(connection), firings.queued(connection)
    found = []
    for limit in store.read(connection):
        held = [item for item in waiting if limit.kind != "failures" and limit.covers(item.project, item.rule_id)]
        number, since = sum(item.number for item in held), min((item.since for item in held), default=None)
        if limit.kind == "failures":
            found.append(Standing(limit, None, number, store.worst(connection, limit, now_s), since))
        else:
            used = sums.used(limit, limit.since(now_s)) / MILLION
            found.append(Standing(limit, used, number, None, since))
    return found


def capped(session: Session) -> list[Capped]:
    """Chains of which something is held by their ceiling, those that wait longest first."""
    with session.database.read() as connection:
        return firings.capped(connection)


def put(session: Session, new: Limit, instead: Limit | None = None) -> None:
    """Set a limit, in place of the one of that kind in that scope, and of `instead`.

    Raises:
        BadInput: the kind, the amount or the window cannot be, or the target is empty.
        NotFound: no such project or rule.
    """
    _check_kind(new.kind)
    least = 1 if new.kind == "failures" else 0
    if not math.isfinite(new.amount) or new.amount < least:
        raise BadInput(
            Message("a limit of {0} {1} cannot be; allowed: {2} or more", f"{new.amount:g}", KINDS[new.kind], least)
        )
    if new.window_s <= 0:
        raise BadInput(Message("a limit needs a time longer than 0 s"))
    with session.database.read() as connection:  # by itself, since a project may be looked for in every event
        known.check(fetcher(connection), new.scope, new.target)
    with session.audited("limit", new.of, limit=label(new)) as connection:
        exclude_starts(fetcher(connection), sqlite=session.database.is_sqlite)
        in_force.bump(connection)
        kept = [limit for limit in store.read(connection) if not _same(limit, new) and limit != instead]
        _replace(session, connection, [*kept, new])


def remove(session: Session, scope: str, target: str, kind: str) -> Limit:
    """Lift a limit; what only it held goes on at once, where an engine runs.

    Raises:
        BadInput: nothing of that kind can be limited.
        Refused: no such limit stands.
    """
    _check_kind(kind)
    gone = Limit(scope, target, kind, 0, 0)
    with session.audited("limit removed", gone.of, kind=kind) as connection:
        exclude_starts(fetcher(connection), sqlite=session.database.is_sqlite)
        in_force.bump(connection)
        before = store.read(connection)
        kept = [limit for limit in before if not _same(limit, gone)]
        if len(kept) == len(before):
            raise Refused(Message("no limit on {0} of {1} stands", KINDS[kind], gone.of))
        _replace(session, connection, kept)
        return next(limit for limit in before if _same(limit, gone))


def _replace(session: Session, connection: Connection, limits: list[Limit]) -> None:
    """Put limits in force; if held firings wait for room, the next engine that is free looks at them."""
    store.write(connection, limits, at=session.now(), by=session.actor)
    if firings.any_queued(connection):
        put_signals(connection, [("", Signal("", "limits"))])


def _check_kind(kind: str) -> None:
    if kind not in KINDS:
        raise BadInput(
            Message("'{0}' cannot be limited; allowed: {1}", kind, ", ".join(name.replace("_", "-") for name in KINDS))
        )


def _same(limit: Limit, other: Limit) -> bool:
    return (limit.scope, limit.target, limit.kind) == (other.scope, other.target, other.kind)
