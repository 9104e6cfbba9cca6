"""What people decide while the engine runs: halts, gates, held and failed firings."""

from __future__ import annotations

from collections.abc import Iterable

from trigger_studio.decide.halts import Scope
from trigger_studio.engine.clock import timestamp
from trigger_studio.engine.ports import Gate, Signal
from trigger_studio.errors import Message, NotFound, Refused, allowed
from trigger_studio.frozen import frozen
from trigger_studio.model.profile import Profile
from trigger_studio.services import halting
from trigger_studio.services.resuming import Lifting
from trigger_studio.services.session import Session
from trigger_studio.storage import firings, in_force, limits
from trigger_studio.storage import gates as gate_store
from trigger_studio.storage import halts as halt_store
from trigger_studio.storage.bus import put_signals
from trigger_studio.storage.database import Connection
from trigger_studio.storage.fetching import fetcher
from trigger_studio.storage.firings import FiringRow
from trigger_studio.storage.halts import Halt


@frozen
class Resumed:
    """What a resume did: halts lifted, held firings replayed or discarded, stalled firings that go on."""

    halts: int
    held: int
    continued: int


def halts(session: Session) -> list[Halt]:
    """The standing halts, oldest first."""
    with session.database.read() as connection:
        return halt_store.standing(fetcher(connection))


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
        halting.check(fetcher(connection), scope, target, reason, force=force)
    with database.write(first=True) as connection:
        fetch = fetcher(connection)
        return halting.put(fetch, scope, target, reason, by=session.actor, sqlite=database.is_sqlite)


def resume(session: Session, scope: Scope, target: str, *, discard: bool = False) -> Resumed:
    """Lift a halt, and say what becomes of what it held.

    Firings that it held, and those that the hourly guard holds in its scope, are replayed in order, checking again
    everything but their conditions, or discarded; those that had started go on. What another halt holds as well goes
    on with the last of them. A chain is given its ceiling once more, where that holds something.

    Raises:
        Refused: no such halt stands and nothing is held there.
    """
    with session.audited("resume", f"{scope} {target}".strip(), discard=discard) as connection:
        fetch = fetcher(connection)
        halt_store.exclude_starts(fetch, sqlite=session.database.is_sqlite)
        lifting = Lifting(connection, scope, target)
        lifted = halt_store.lift(fetch, scope, target, at=session.now(), by=session.actor)
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


def _signals(found: Iterable[FiringRow], kind: str) -> list[tuple[str, Signal]]:
    return [(firing.project or "", Signal(firing.id, kind)) for firing in found]


# gates --------------------------------------------------------------------------------------------------------------


def gates(session: Session, *, waiting: bool = True) -> list[Gate]:
    """Gates, oldest first: those that a person can still answer, or all."""
    with session.database.read() as connection:
        return gate_store.answerable(connection, session.now()) if waiting else gate_store.every(connection)


def answer_gate(session: Session, gate_id: str, *, approve: bool, reason: str = "") -> Gate:
    """Approve or refuse a gate; its firing goes on, or fails.

    Raises:
        NotFound: no such gate.
        Refused: it was answered before, or its time is up.
    """
    verb, at = "gate approve" if approve else "gate refuse", session.now()
    with session.audited(verb, gate_id, reason=reason) as connection:
        gate = gate_store.answer(connection, gate_id, approve=approve, reason=reason, at=at, by=session.actor)
        if gate is None:
            raise _why_not(connection, gate_id)
        why = f"the gate was refused by {session.actor}" + (f": {reason}" if reason else "")
        detail = None if approve else why
        put_signals(connection, [(gate.lane, Signal(gate.firing_id, "gate", gate.action, ok=approve, detail=detail))])
        return gate


def _why_not(connection: Connection, gate_id: str) -> NotFound | Refused:
    """Why a gate cannot be answered."""
    found = gate_store.standing(connection, gate_id)
    if found is None:
        waiting = gate_store.waiting_ids(connection)
        return NotFound(Message("there is no gate '{0}'; {1}", gate_id, allowed(waiting, gate_id)))
    if found.status == "waiting":
        return Refused(Message("the time to answer gate '{0}' was up at {1}", gate_id, timestamp(found.due_at or 0.0)))
    by, status = found.answered_by, Message(found.status.replace("_", " "))
    if by:
        return Refused(Message("gate '{0}' was {1} by {2} before", gate_id, status, by))
    return Refused(Message("gate '{0}' was {1} before", gate_id, status))


def retry(session: Session, firing_id: str) -> None:
    """Let a failed firing go on from its failed actions.

    Raises:
        Refused: it has not failed; its rule is deleted; or the rule as it stood then lacks an approval that it needs,
            or does not fit the profile any more.
    """
    with session.audited("firing retry", firing_id) as connection:
        firing = firings.get(connection, firing_id)
        if firing is None:
            raise NotFound(Message("there is no firing '{0}'", firing_id))
        if firing.status != "failed":
            raise Refused(
                Message("firing '{0}' is {1}; only a failed one can be retried", firing_id, Message(firing.status))
            )
        _check_retry(connection, firing, session.profile_in(connection))
        put_signals(connection, [(firing.project or "", Signal(firing_id, "retry"))])


def _check_retry(connection: Connection, firing: FiringRow, profile: Profile) -> None:
    """A firing goes on at the revision that fired, as far as that may still start anything."""
    if not in_force.stands(connection, firing.rule_id):
        raise Refused(
            Message("firing '{0}' cannot go on: {1}", firing.id, Message("its rule '{0}' is deleted", firing.rule_id))
        )
    from trigger_studio.model.check import check_rule
    from trigger_studio.model.rule import digest, needs_approval
    from trigger_studio.storage import rules as rule_store

    rule = rule_store.earlier(connection, firing.rule_id, firing.revision)
    if faults := check_rule(rule, profile):
        raise Refused(Message("firing '{0}' cannot go on under the profile in force: {1}", firing.id, faults[0]))
    if needs_approval(rule, profile) and (rule.id, digest(rule)) not in in_force.approved(connection):
        why = Message("revision {0} of its rule is not approved any more", firing.revision)
        raise Refused(Message("firing '{0}' cannot go on: {1}", firing.id, why))
