"""What people decide while the engine runs: halts, gates, held and failed firings."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa

from trigger_studio.engine.ports import Gate, Signal
from trigger_studio.engine.state import ACTOR
from trigger_studio.errors import BadInput, NotFound, Refused, allowed, said
from trigger_studio.frozen import frozen
from trigger_studio.model.check import check_rule
from trigger_studio.model.rule import Rule
from trigger_studio.services.session import Session
from trigger_studio.storage import limits, rows, tables
from trigger_studio.storage import rules as rule_store
from trigger_studio.storage.bus import put_signals
from trigger_studio.storage.locks import HALT_LOCK

Scope = Literal["all", "project", "rule"]


@frozen
class Halt:
    """A standing halt. `target`: id of the project or rule, empty for everything."""

    id: int
    scope: str
    target: str
    reason: str
    at: float
    set_by: str

    def covers(self, rule: Rule) -> bool:
        """Whether it stops the rule."""
        target = {"rule": rule.id, "project": rule.project}.get(self.scope)
        return self.scope == "all" or self.target == target

    @property
    def by_itself(self) -> bool:
        """Whether no person set it: a rule paused itself for its failures."""
        return self.set_by == ACTOR

    @property
    def label(self) -> str:
        """What is halted, in words."""
        return "everything" if self.scope == "all" else f"{self.scope} {self.target}"


@frozen
class Resumed:
    """What a resume did: halts lifted, held firings replayed or discarded, stalled firings that go on."""

    halts: int
    held: int
    continued: int


def halts(session: Session) -> list[Halt]:
    """The standing halts, oldest first."""
    table = tables.halts
    with session.database.read() as connection:
        found = connection.execute(sa.select(table).where(table.c.lifted_at.is_(None)).order_by(table.c.id))
        return [Halt(row.id, row.scope, row.target, row.reason, row.at, row.set_by) for row in found]


def halt(session: Session, scope: Scope, target: str, reason: str) -> Halt:
    """Stop everything, a project or a rule. Once this returns, no engine starts another action there.

    Raises:
        BadInput: no reason, or no project.
        NotFound: no such rule.
    """
    if not reason.strip():
        raise BadInput(said("a halt needs a reason, for whoever finds it standing"))
    if scope == "project" and not target:
        raise BadInput(said("a project's id is needed; found an empty one"))
    table = tables.halts
    with session.database.write(first=True) as connection:
        session.note(connection, "halt", f"{scope} {target}".strip(), {"reason": reason})
        exclude_starts(connection)
        if scope == "rule":
            rule_store.get(connection, target)
        standing = connection.execute(_standing(scope, target)).one_or_none()
        if standing is None:
            values = {"scope": scope, "target": target, "reason": reason, "at": session.now(), "set_by": session.actor}
            standing = connection.execute(sa.insert(table).values(**values).returning(table)).one()
        row = standing
    return Halt(row.id, row.scope, row.target, row.reason, row.at, row.set_by)


def resume(session: Session, scope: Scope, target: str, *, discard: bool = False) -> Resumed:
    """Lift a halt, and say what becomes of what it held.

    Held firings in the scope are replayed in order, checking again everything but their conditions, or discarded.
    Firings that had started go on.

    Raises:
        Refused: no such halt stands and nothing is held there.
    """
    table = tables.halts
    with session.audited("resume", f"{scope} {target}".strip(), discard=discard) as connection:
        exclude_starts(connection)
        lifted = connection.execute(
            sa.update(table)
            .where(table.c.scope == scope, table.c.target == target, table.c.lifted_at.is_(None))
            .values(lifted_at=session.now(), lifted_by=session.actor)
        ).rowcount
        if scope == "rule":
            limits.forgive(connection, target)
        waiting = sa.and_(tables.firings.c.status == "held", tables.firings.c.reason != "budget")  # that goes by itself
        held = _in_scope(connection, scope, target, sa.and_(tables.LIVE_FIRING, waiting))
        stalled = _in_scope(connection, scope, target, tables.firings.c.stalled)
        if not lifted and not held:
            raise Refused(
                said(
                    "no halt of {0} stands",
                    said("everything") if scope == "all" else said("{0} {1}", said(scope), target),
                )
            )
        kind = "discard" if discard else "replay"
        signals = [(lane, Signal(firing, kind)) for lane, firing in held]
        signals += [(lane, Signal(firing, "continue")) for lane, firing in stalled]
        put_signals(connection, signals)
    return Resumed(lifted, len(held), len(stalled))


def resume_click(session: Session, chain: str, *, discard: bool = False) -> Resumed:
    """Let what a chain's ceiling holds go on: the chain gets its ceiling once more, or what is held is refused.

    Raises:
        Refused: nothing of that chain is held by its ceiling.
    """
    table = tables.firings
    with session.audited("resume", f"chain {chain}", discard=discard) as connection:
        exclude_starts(connection)
        capped = sa.and_(table.c.status == "held", table.c.reason == "budget", table.c.queue.is_(None))
        held = _held(connection, sa.and_(table.c.chain == chain, capped, table.c.batch.is_(None)))
        if not held:
            raise Refused(said("nothing of the chain {0} is held by its ceiling", chain))
        if not discard:
            limits.grant(connection, chain)
        put_signals(connection, [(lane, Signal(id, "discard" if discard else "replay")) for lane, id in held])
    return Resumed(0, len(held), 0)


def _standing(scope: str, target: str) -> sa.Select[Any]:
    table = tables.halts
    return sa.select(table).where(table.c.scope == scope, table.c.target == target, table.c.lifted_at.is_(None))


def exclude_starts(connection: sa.Connection) -> None:
    """Wait for the decisions under way, and let none begin before this commits; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(HALT_LOCK, 0)))


def _in_scope(
    connection: sa.Connection, scope: str, target: str, condition: sa.ColumnElement[bool]
) -> list[tuple[str, str]]:
    """(lane, firing id) of firings in a halt's scope, in the order of decision."""
    table = tables.firings
    if scope != "all":
        condition = sa.and_(condition, (table.c.project if scope == "project" else table.c.rule_id) == target)
    return _held(connection, condition)


def _held(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> list[tuple[str, str]]:
    """(lane, firing id) of firings, in the order of decision."""
    table = tables.firings
    query = sa.select(table.c.event_seq, table.c.place, table.c.project).where(condition)
    found = connection.execute(query.order_by(table.c.event_seq, table.c.place))
    return [(row.project or "", f"f{row.event_seq}-{row.place}") for row in found]


# gates --------------------------------------------------------------------------------------------------------------


def gates(session: Session, *, waiting: bool = True) -> list[Gate]:
    """Gates, oldest first: those that wait for a person, or all."""
    table = tables.gates
    query = sa.select(table).order_by(table.c.seq)
    if waiting:
        query = query.where(table.c.status == "waiting")
    with session.database.read() as connection:
        return [rows.gate_of(row) for row in connection.execute(query)]


def answer_gate(session: Session, gate_id: str, *, approve: bool, reason: str = "") -> Gate:
    """Approve or refuse a gate; its firing goes on, or fails.

    Raises:
        NotFound: no such gate.
        Refused: it was answered before.
    """
    table = tables.gates
    verb = "gate approve" if approve else "gate refuse"
    with session.audited(verb, gate_id, reason=reason) as connection:
        status = "approved" if approve else "refused"
        update = (
            sa.update(table)
            .where(table.c.id == gate_id, table.c.status == "waiting")
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
        by, status = row.answered_by, said(row.status.replace("_", " "))
        if by:
            raise Refused(said("gate '{0}' was {1} by {2} before", gate_id, status, by))
        raise Refused(said("gate '{0}' was {1} before", gate_id, status))
    open_ones = connection.execute(sa.select(table.c.id).where(table.c.status == "waiting")).scalars()
    raise NotFound(said("there is no gate '{0}'; {1}", gate_id, allowed(open_ones, gate_id)))


def retry(session: Session, firing_id: str) -> None:
    """Let a failed firing go on from its failed actions.

    Raises:
        Refused: it has not failed, or its rule, as it stood, does not fit the profile any more.
    """
    table = tables.firings
    seq, place = rows.firing_key(firing_id)
    with session.audited("firing retry", firing_id) as connection:
        row = connection.execute(sa.select(table).where(table.c.event_seq == seq, table.c.place == place)).one_or_none()
        if row is None:
            raise NotFound(said("there is no firing '{0}'", firing_id))
        if row.status != "failed":
            raise Refused(said("firing '{0}' is {1}; only a failed one can be retried", firing_id, said(row.status)))
        faults = check_rule(rule_store.earlier(connection, row.rule_id, row.revision), session.profile)
        if faults:
            raise Refused(said("firing '{0}' cannot go on under the profile in force: {1}", firing_id, faults[0]))
        put_signals(connection, [(row.project or "", Signal(firing_id, "retry"))])
