"""A rule's actions as a program: nodes in the rule's flat order, templates and conditions compiled."""

from __future__ import annotations

from typing import Any

from trigger_studio.decide.predicate import Predicate, compile_test
from trigger_studio.frozen import frozen
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import (
    Action,
    Branch,
    CallWebhook,
    Gate,
    JobAction,
    Parallel,
    Rule,
    SendNotification,
    Sequence,
    SubmitJob,
    job_type_of,
)
from trigger_studio.model.template import compile_value

ROOT = -1
"""Index of the unlisted container that holds the rule's actions."""


@frozen
class Node:
    """One action.

    Attributes:
        index: place in the flat order, a container before its content, both sides of a branch.
        path: where in the rule, e.g. ``actions[1].then[0]``.
        children: indexes of a container's actions, in order; of a branch both sides.
        then_count: how many of a branch's children belong to ``then``.
        test: a branch's condition.
        template: what is filled when the action is reached: parameters, or the request that leaves.
        job_type: of an action that submits a job.
    """

    index: int
    action: Action | None
    path: str
    children: tuple[int, ...] = ()
    then_count: int = 0
    test: Predicate | None = None
    template: Any = None
    job_type: str | None = None

    @property
    def type(self) -> str:
        return self.action.type if self.action else "rule"

    def side(self, taken: str | None) -> tuple[int, ...]:
        """The children that run: of a branch those of the taken side."""
        if not isinstance(self.action, Branch):
            return self.children
        if taken is None:
            return ()
        return self.children[: self.then_count] if taken == "then" else self.children[self.then_count :]


@frozen
class Program:
    """The nodes by index, and the root that holds the top level."""

    rule: Rule
    nodes: tuple[Node, ...]
    root: Node


def compile_program(rule: Rule, profile: Profile) -> Program:
    """Number and compile the actions of a rule."""
    nodes: list[Node | None] = []
    top = tuple(_add(action, f"actions[{i}]", nodes, profile) for i, action in enumerate(rule.actions))
    return Program(rule, tuple(node for node in nodes if node), Node(ROOT, None, "actions", top))


def _add(action: Action, path: str, nodes: list[Node | None], profile: Profile) -> int:
    index = len(nodes)
    nodes.append(None)
    children: list[int] = []
    then_count = 0
    if isinstance(action, Branch):
        children += [_add(item, f"{path}.then[{i}]", nodes, profile) for i, item in enumerate(action.then)]
        then_count = len(children)
        children += [_add(item, f"{path}.else[{i}]", nodes, profile) for i, item in enumerate(action.else_)]
    elif isinstance(action, Parallel | Sequence):
        children += [_add(item, f"{path}.actions[{i}]", nodes, profile) for i, item in enumerate(action.actions)]
    nodes[index] = Node(
        index=index,
        action=action,
        path=path,
        children=tuple(children),
        then_count=then_count,
        test=compile_test(action.if_, profile, f"{path}.if") if isinstance(action, Branch) else None,
        template=compile_value(_template(action)),
        job_type=job_type_of(action, profile),
    )
    return index


def _template(action: Action) -> Any:
    """The part of an action whose templates are filled when it is reached."""
    if isinstance(action, SubmitJob | JobAction):
        return action.params
    if isinstance(action, CallWebhook):
        return {"body": action.body}
    if isinstance(action, SendNotification):
        return {"channel": action.channel, "to": list(action.to), "message": action.message}
    return {"message": action.message} if isinstance(action, Gate) else None
