"""What a rule in the making would do: tested against an event, and foretold, at every keystroke.

Both run on the engine's own parts over a snapshot of the pipeline, and change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from typing import Any

from trigger_studio.decide.decision import Progress, decide, progress
from trigger_studio.decide.explain import explain
from trigger_studio.decide.predicate import Check
from trigger_studio.decide.rules import Published
from trigger_studio.engine.clock import timestamp
from trigger_studio.engine.ports import Source
from trigger_studio.engine.processor import settle_status
from trigger_studio.engine.sandbox import Bounds, Sandbox
from trigger_studio.engine.world import World
from trigger_studio.frozen import frozen
from trigger_studio.model.event import Entity, Event
from trigger_studio.model.rule import Rule
from trigger_studio.services.sample_event import Example, example, in_scope
from trigger_studio.services.session import Session
from trigger_studio.services.simulation import report
from trigger_studio.services.snapshot import Moment, Remembered, Snapshot, Supposing
from trigger_studio.storage import events

PREVIEW_ID = "preview"
MOST_EVENTS = 1_000
"""A preview is cut here: nobody reads on, and it must be there at once."""
MOST_PARENTS = 6
RECENT = 30


@frozen
class Tested:
    """A rule's checks on one event.

    Attributes:
        matches: whether its conditions hold; `checks` tells also what else would keep it from firing.
    """

    event: Event
    checks: tuple[Check, ...]
    matches: bool


@frozen
class Foretold:
    """What would happen if the rule fired.

    Attributes:
        example: the event that was foretold, and what was made up for it.
        report: the dry run's document.
        cut: whether it goes on beyond what was foretold.
    """

    example: Example
    report: dict[str, Any]
    cut: bool = False


@frozen
class RulePreview:
    """All that is known about a rule in the making.

    Attributes:
        foretold: None where no example can be made for which it fires.
        joins: how far its join is, the tested event's parent first, then others in its scope.
    """

    tested: Tested | None
    foretold: Foretold | None
    joins: tuple[Progress, ...] = field(default=())


class RuleEvaluator:
    """Looks at rules in the making, over one snapshot of the pipeline. Safe to share between threads."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._snapshot = Snapshot(session)

    def moved(self) -> None:
        """The pipeline may have moved."""
        self._snapshot.moved()

    def recent(self, event_type: str, kind: str, limit: int = RECENT) -> list[Event]:
        """The newest events on record of a type about a kind, newest first."""
        with self._session.database.read() as connection:
            return events.recent(connection, limit, (event_type, kind))

    def look(
        self, rule: Rule, event: Event | None, entities: Sequence[Entity], *, assume_approvals: bool = False
    ) -> RulePreview:
        """Test the rule against an event, and foretell what it would do.

        Args:
            rule: as edited; taken as published, approved and switched on.
            event: on record, or None to make an example only.
            entities: of the pipeline, to make an example about.
            assume_approvals: people approve what they are asked.
        """
        return self._snapshot.look(
            lambda moment, source: _Glance(rule, entities, moment, source).insight(event, assume_approvals)
        )


class _Glance:
    """One look at one rule, at one moment."""

    def __init__(self, rule: Rule, entities: Sequence[Entity], moment: Moment, source: Remembered) -> None:
        self._entities, self._moment, self._source = entities, moment, source
        self._rules = moment.rules.replacing([Published(rule.model_copy(update={"enabled": True}), 0)])
        self._compiled = self._rules.rules[rule.id]

    def insight(self, event: Event | None, assume_approvals: bool) -> RulePreview:
        tested = self._test(event) if event is not None else None
        made: Example | None
        if tested is not None and tested.matches:
            made = Example(tested.event)
        else:
            made = example(self._compiled, self._entities, self._source, self._rules.profile, seq=self._moment.seq)
        foretold = self._foretell(made, assume_approvals) if made is not None else None
        return RulePreview(tested, foretold, tuple(self._joins(tested)))

    def _world(self, source: Source) -> World:
        return World(source, self._rules, lambda: self._moment.now_s, self._moment.seq + 1)

    def _raised(self, event: Event, source: Source) -> tuple[World, Event]:
        """The world right after the event set its entity's status."""
        world = self._world(source)
        stored = world.emit(replace(event, id=PREVIEW_ID, seq=world.tick()))
        settle_status(world, stored)
        return world, stored

    def _matches(self, world: World, event: Event) -> bool:
        return any(verdict.rule is self._compiled for verdict in decide(self._rules, world, event))

    def _test(self, event: Event) -> Tested:
        world, stored = self._raised(event, self._source)
        return Tested(event, tuple(explain(self._compiled, world, stored)), self._matches(world, stored))

    def _foretell(self, made: Example, assume_approvals: bool) -> Foretold | None:
        supposing = Supposing(self._source, made.supposed, self._compiled.rule)
        if not self._matches(*self._raised(made.event, supposing)):
            return None
        now_s, tick = self._moment.now_s, self._moment.seq + 1
        sandbox = Sandbox(
            supposing, self._rules, start_s=now_s, first_tick=tick, assume_approvals=assume_approvals,
            bounds=Bounds(events=MOST_EVENTS),
        )  # fmt: skip
        outcome = sandbox.run(replace(made.event, id=PREVIEW_ID, chain=PREVIEW_ID, occurred_at=timestamp(now_s)))
        return Foretold(made, report(outcome), bool(outcome.cut))

    def _joins(self, tested: Tested | None) -> Iterator[Progress]:
        """How far the join is for the tested event's parent, then for others in the rule's scope."""
        join = self._compiled.rule.when.every
        if join is None:
            return
        known = self._source.entity(tested.event.key) if tested is not None else None
        first = [parent] if known is not None and (parent := known.parent(join.of)) else []
        others = [e.id for e in self._entities if e.kind == join.of and in_scope(self._compiled.rule, e)]
        world = self._world(self._source)
        for parent in list(dict.fromkeys([*first, *others]))[:MOST_PARENTS]:
            yield progress(self._compiled, world, Event("", "", join.of, parent))
