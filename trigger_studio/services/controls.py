"""What people decide while the engine runs: halts, gates, held and failed firings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from trigger_studio.decide.halts import Scope
from trigger_studio.engine.clock import timestamp
from trigger_studio.engine.ports import Gate, Signal
from trigger_studio.errors import Message, NotFound, Refused, allowed
from trigger_studio.frozen import frozen
from trigger_studio.model.profile import Profile
from trigger_studio.services import halting
from trigger_studio.services.halting import Halt
from trigger_studio.services.known import reader
from trigger_studio.services.resuming import Lifting
from trigger_studio.services.session import Session
from trigger_studio.storage import in_force, limits, rows, tables
from trigger_studio.storage.bus import put_signals


@frozen
class Resumed:
    """What a resume did: halts lifted, held firings replayed or discarded, stalled firings that go on."""

    halts: int
    held: int
    continued: int


def halts(session: Session) -> list[Halt]:
    """The standing halts, oldest first."""
    with session.database.read() as connection:
        return halting.standing(reader(connection))


def halt(session: Session, scope: Scope, target: str, reason: str, *, force: bool = False) -> Halt:
    """Stop everything, a project, a rule or a chain. Once this returns, no engine starts another action there.

    Args:
        force: halt a project or rule that is not known all the same.

    Raises:
        BadInput: no reason, or no target.
        NotFound: no such project, rule or chain.
    """
    database = session.database
    with database.read() as connection:
        halting.check(reader(connection), scope, target, reason, force=force)
    with database.write(first=True) as connection:
        fetch = reader(connection)
        return halting.put(fetch, scope, target, reason, by=session.actor, sqlite=database.is_sqlite)


def resume(session: Session, scope: Scope, target: str, *, discard: bool = False) -> Resumed:
    """Lift a halt, and say what becomes of what it held.

    Firings that it held, and those that the hourly guard holds in its scope, are replayed in order, checking again
    everything but their conditions, or discarded; those that had started go on. What another halt holds as well goes
    on with the last of them. A chain is given its ceiling once more, where that holds something.

    Raises:
        Refused: no such halt stands and nothing is held there.
    """
    table = tables.halts
    with session.audited("resume", f"{scope} {target}".strip(), discard=discard) as connection:
        halting.exclude_starts(reader(connection), sqlite=session.database.is_sqlite)
        lifting = Lifting(connection, scope, target)
        lifted = connection.execute(
            sa.update(table)
            .where(table.c.scope == scope, table.c.target == target, table.c.lifted_at.is_(None))
            .values(lifted_at=session.now(), lifted_by=session.actor)
        ).rowcount
        if scope == "rule":
            limits.forgive(connection, target)
        if not lifted and not lifting.held:
            raise Refused(_nothing_to_resume(scope, target))
        if lifting.capped and not discard:
            limits.grant(connection, target)
        kind = "discard" if discard else "replay"
        put_signals(connection, [*_signals(lifting.held, kind), *_signals(lifting.stalled, "continue")])
    return Resumed(lifted, len(lifting.held), len(lifting.stalled))


def _nothing_to_resume(scope: Scope, target: str) -> str:
    if scope == "chain":
        return Message("the chain {0} is not halted, and its ceiling holds nothing", target)
    return Message(
        "no halt of {0} stands", Message("everything") if scope == "all" else Message("{0} {1}", Message(scope), target)
    )


def _signals(found: Iterable[sa.Row[Any]], kind: str) -> list[tuple[str, Signal]]:
    return [(row.project or "", Signal(f"f{row.event_seq}-{row.place}", kind)) for row in found]


# gates --------------------------------------------------------------------------------------------------------------


def gates(session: Session, *, waiting: bool = True) -> list[Gate]:
    """Gates, oldest first: those that a person can still answer, or all."""
    query = sa.select(tables.gates).order_by(tables.gates.c.seq)
    if waiting:
        query = query.where(_in_time(session))
    with session.database.read() as connection:
        return [rows.gate_of(row) for row in connection.execute(query)]


def _in_time(session: Session) -> sa.ColumnElement[bool]:
    """Whether a gate waits, and its time is not up; an engine may not have noticed yet."""
    gates = tables.gates.c
    return sa.and_(gates.status == "waiting", sa.or_(gates.due_at.is_(None), gates.due_at > session.now()))


def answer_gate(session: Session, gate_id: str, *, approve: bool, reason: str = "") -> Gate:
    """Approve or refuse a gate; its firing goes on, or fails.

    Raises:
        NotFound: no such gate.
        Refused: it was answered before, or its time is up.
    """
    table = tables.gates
    verb = "gate approve" if approve else "gate refuse"
    with session.audited(verb, gate_id, reason=reason) as connection:
        status = "approved" if approve else "refused"
        update = (
            sa.update(table)
            .where(table.c.id == gate_id, _in_time(session))
            .values(status=status, answered_at=session.now(), answered_by=session.actor, answer_reason=reason or None)
            .returning(table)
        )
        row = connection.execute(update).one_or_none()
        if row is None:
            _why_not(connection, gate_id)
        assert row is not None
        why = f"the gate was refused by {session.actor}" + (f": {reason}" if reason else "")
        detail = None if approve else why
        put_signals(connection, [(row.lane, Signal(row.firing_id, "gate", row.action, ok=approve, detail=detail))])
        return rows.gate_of(row)


def _why_not(connection: sa.Connection, gate_id: str) -> None:
    table = tables.gates
    row = connection.execute(sa.select(table).where(table.c.id == gate_id)).one_or_none()
    if row is not None:
        if row.status == "waiting":
            raise Refused(Message("the time to answer gate '{0}' was up at {1}", gate_id, timestamp(row.due_at)))
        by, status = row.answered_by, Message(row.status.replace("_", " "))
        if by:
            raise Refused(Message("gate '{0}' was {1} by {2} before", gate_id, status, by))
        raise Refused(Message("gate '{0}' was {1} before", gate_id, status))
    open_ones = connection.execute(sa.select(table.c.id).where(table.c.status == "waiting")).scalars()
    raise NotFound(Message("there is no gate '{0}'; {1}", gate_id, allowed(open_ones, gate_id)))


def retry(session: Session, firing_id: str) -> None:
    """Let a failed firing go on from its failed actions.

    Raises:
        Refused: it has not failed; its rule is deleted; or the rule as it stood then lacks an approval that it needs,
            or does not fit the profile any more.
    """
    table = tables.firings
    seq, place = rows.firing_key(firing_id)
    with session.audited("firing retry", firing_id) as connection:
        row = connection.execute(sa.select(table).where(table.c.event_seq == seq, table.c.place == place)).one_or_none()
        if row is None:
            raise NotFound(Message("there is no firing '{0}'", firing_id))
        if row.status != "failed":
            raise Refused(
                Message("firing '{0}' is {1}; only a failed one can be retried", firing_id, Message(row.status))
            )
        _check_retry(connection, firing_id, row, session.profile_in(connection))
        put_signals(connection, [(row.project or "", Signal(firing_id, "retry"))])


def _check_retry(connection: sa.Connection, firing_id: str, row: sa.Row[Any], profile: Profile) -> None:
    """A firing goes on at the revision that fired, as far as that may still start anything."""
    if not in_force.stands(connection, row.rule_id):
        raise Refused(
            Message("firing '{0}' cannot go on: {1}", firing_id, Message("its rule '{0}' is deleted", row.rule_id))
        )
    from trigger_studio.model.check import check_rule
    from trigger_studio.model.rule import digest, needs_approval
    from trigger_studio.storage import rules as rule_store

    rule = rule_store.earlier(connection, row.rule_id, row.revision)
    if faults := check_rule(rule, profile):
        raise Refused(Message("firing '{0}' cannot go on under the profile in force: {1}", firing_id, faults[0]))
    if needs_approval(rule, profile) and (rule.id, digest(rule)) not in in_force.approved(connection):
        why = Message("revision {0} of its rule is not approved any more", row.revision)
        raise Refused(Message("firing '{0}' cannot go on: {1}", firing_id, why))
