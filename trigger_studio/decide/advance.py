"""The sibling of `decide`: how a firing's actions go on (promises.md).

`advance` is a pure generator. It walks the rule's actions, yields each effect that is due, in order, and returns the
firing's steps. The caller applies an effect to its world before it asks for the next, so that what follows sees it.
Walking again is how a firing goes on: steps that were reached answer from what they recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from typing import Any

from trigger_studio.decide.program import Node, Program
from trigger_studio.frozen import frozen
from trigger_studio.model.event import Attributes
from trigger_studio.model.firing import DONE, FAILED, PENDING, RUNNING, SKIPPED, WAITING, Step
from trigger_studio.model.rule import (
    Branch,
    CallWebhook,
    Gate,
    JobAction,
    Parallel,
    SendNotification,
    SetStatus,
    SubmitJob,
)
from trigger_studio.model.template import Names, as_text, fill


@frozen
class Submit:
    """Submit a job; the firing waits for its end if `waits`."""

    index: int
    job_type: str
    params: Attributes
    waits: bool


@frozen
class Send:
    """Hand a webhook or a notification over to the deliveries."""

    index: int
    kind: str
    request: dict[str, Any]
    attempts: int
    backoff_s: float


@frozen
class OpenGate:
    """Ask a person."""

    index: int
    approvers: str
    message: str
    timeout: str | None


@frozen
class Set:
    """Set the status of the event's entity, at once."""

    index: int
    status: str


Effect = Submit | Send | OpenGate | Set
"""The caller answers each with the id of what it made: the job, the delivery, the gate; None for a status."""


@frozen
class Advance:
    """Where a firing stands after its effects: its steps, its status, and whether a halt keeps an action waiting."""

    steps: dict[int, Step]
    status: str
    stalled: bool


@frozen
class Context:
    """What a firing's actions read.

    Attributes:
        attributes: the event's, as stored.
        names: lookups for templates, given the attributes as they stand where the action is reached.
        halted: asked before each action starts.
    """

    attributes: Attributes
    names: Callable[[Attributes], Names]
    halted: Callable[[], bool]


Walk = Generator[Effect, str | None, tuple[str, Attributes]]
"""Yields effects; returns the status of what was walked and the results it hands on."""


def advance(program: Program, steps: dict[int, Step], context: Context) -> Generator[Effect, str | None, Advance]:
    """Go on with a firing as far as it goes.

    Args:
        program: the rule's, at the revision that fired.
        steps: those reached so far; not changed.
        context: what the actions read.
    """
    walker = _Walker(program, dict(steps), context)
    status, _ = yield from walker.visit(program.root, context.attributes)
    return Advance(walker.steps, RUNNING if status == PENDING else status, walker.stalled)


class _Walker:
    """Goes through a firing's program as far as its steps allow, and notes what each came to."""

    def __init__(self, program: Program, steps: dict[int, Step], context: Context) -> None:
        self.program = program
        self.steps = steps
        self.context = context
        self.stalled = False

    def visit(self, node: Node, attributes: Attributes) -> Walk:
        """Walk one node under the attributes that hold where it stands."""
        action = node.action
        if isinstance(action, Branch):
            return (yield from self._branch(node, attributes))
        if node.children:
            parallel = isinstance(action, Parallel) or (action is None and self.program.rule.mode == "parallel")
            walk = self._parallel if parallel else self._sequence
            return (yield from self._record(node, walk(node.children, attributes)))
        step = self.steps.get(node.index)
        if step is None:
            if self._halted():
                return WAITING, {}
            step = yield from self._start(node, attributes)
        return step.status, step.result or {}

    def _halted(self) -> bool:
        halted = self.context.halted()
        self.stalled = self.stalled or halted
        return halted

    def _record(self, node: Node, walk: Walk) -> Walk:
        status, results = yield from walk
        if node.action is not None and status != PENDING:
            before = self.steps.get(node.index, Step(status))
            self.steps[node.index] = replace(before, status=status, attempts=1)
        return status, results

    def _sequence(self, children: tuple[int, ...], attributes: Attributes) -> Walk:
        results: Attributes = {}
        for place, index in enumerate(children):
            status, came_back = yield from self.visit(self.program.nodes[index], {**attributes, **results})
            if status == FAILED:
                for later in children[place + 1 :]:
                    self.steps[later] = Step(SKIPPED)
            if status != DONE:
                return status, results
            results |= came_back
        return DONE, results

    def _parallel(self, children: tuple[int, ...], attributes: Attributes) -> Walk:
        results: Attributes = {}
        statuses = []
        for index in children:
            status, came_back = yield from self.visit(self.program.nodes[index], attributes)
            statuses.append(status)
            if status == DONE:
                results |= came_back
        for status in (RUNNING, WAITING, FAILED):
            if status in statuses:
                return status, results
        return DONE, results

    def _branch(self, node: Node, attributes: Attributes) -> Walk:
        step = self.steps.get(node.index)
        if step is None:
            if self._halted():
                return WAITING, {}
            assert node.test is not None
            step = self.steps[node.index] = Step(RUNNING, 1, taken="then" if node.test.holds(attributes) else "else")
        return (yield from self._record(node, self._sequence(node.side(step.taken), attributes)))

    def _start(self, node: Node, attributes: Attributes) -> Generator[Effect, str | None, Step]:
        effect = _effect(node, fill(node.template, self.context.names(attributes)))
        status = {Submit: RUNNING, Send: RUNNING, OpenGate: WAITING, Set: DONE}[type(effect)]
        if isinstance(effect, Submit) and not effect.waits:
            status = DONE
        ref = yield effect
        step = self.steps[node.index] = Step(status, attempts=1, ref=ref)
        return step


def _effect(node: Node, filled: Any) -> Effect:
    action = node.action
    if isinstance(action, SubmitJob | JobAction):
        assert node.job_type is not None
        return Submit(node.index, node.job_type, filled, action.wait)
    if isinstance(action, CallWebhook):
        request = {"url": action.url, "method": action.method, "body": filled.get("body"), "secret": action.secret}
        return Send(node.index, "webhook", request, action.retry.attempts, action.retry.backoff_s)
    if isinstance(action, SendNotification):
        request = {name: as_text(filled.get(name, "")) for name in ("channel", "message")}
        request["to"] = [as_text(one) for item in filled["to"] for one in (item if isinstance(item, list) else [item])]
        return Send(node.index, "notification", request, action.retry.attempts, action.retry.backoff_s)
    if isinstance(action, Gate):
        return OpenGate(node.index, action.approvers, as_text(filled.get("message", "")), action.timeout)
    assert isinstance(action, SetStatus)
    return Set(node.index, action.status)


def flat(program: Program, steps: dict[int, Step]) -> list[tuple[Node, Step]]:
    """The firing's actions for reading: in the rule's order, a container before its content.

    A branch lists only the taken side; a skipped container, and one of a firing that never started, nothing below it.
    """
    listed: list[tuple[Node, Step]] = []

    def add(indexes: tuple[int, ...]) -> None:
        for index in indexes:
            node = program.nodes[index]
            step = steps.get(index, Step(PENDING))
            listed.append((node, step))
            if step.status != SKIPPED:
                add(node.side(step.taken))

    add(program.root.children)
    return listed
