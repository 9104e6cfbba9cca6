"""One rule as a flowchart: event, conditions, actions, branches, forks and gates, and what leaves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar

from trigger_studio.analysis.conditions.possible import Facts, demanded, job_facts, raised_status, required
from trigger_studio.analysis.wording import words
from trigger_studio.frozen import frozen
from trigger_studio.model.counting import count
from trigger_studio.model.i18n import tr
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import (
    Action,
    Branch,
    Gate,
    Parallel,
    Rule,
    Sequence,
    SetStatus,
    job_type_of,
    needs_approval,
)

_KINDS = {
    "gate": "gate",
    "set_status": "status",
    "send_notification": "notification",
    "call_webhook": "webhook",
}


class Node(NamedTuple):
    """One card of the chart.

    Attributes:
        id: stable across edits: ``rule:<rule id>:<path>``.
        kind: event, condition, join, branch, gate, job, notification, webhook, status, fork, merge or skip.
        label, subtitle: in plain words.
        rule: the rule it belongs to.
        automated: False where a person sets the pace.
        path: where in the rule, as faults name it: ``when``, ``when.where``, ``actions[0].then[1]``.
        badges: short marks: ``disabled``, ``needs approval``, ``generation``, ``3d``.
        type: which of its kind it is: the type of the event or of the submitted job; "" for the others.
    """

    id: str
    kind: str
    label: str
    subtitle: str
    rule: str
    automated: bool
    path: str
    badges: tuple[str, ...] = ()
    type: str = ""


class Edge(NamedTuple):
    """A step from node to node: flow, yes, no (inside a rule), emits or human (between rules).

    `reason`: why it can never start anything, though the event fits; "" for all others.
    """

    source: str
    target: str
    kind: str
    label: str = ""
    automated: bool = True
    reason: str = ""


class Emission(NamedTuple):
    """An event that a node can raise, and what is known about it beforehand."""

    node: str
    type: str
    entity: str
    facts: Facts


@frozen
class Block:
    """The flowchart of one rule; nodes and edges in the rule's order, a node before those that follow it.

    Attributes:
        steps: for each edge, the indexes in `nodes` of its source and target.
    """

    rule: str
    title: str
    project: str | None
    enabled: bool
    badges: tuple[str, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    steps: tuple[tuple[int, int], ...]


@frozen
class Chart:
    """All that the chain needs to know of one rule.

    Attributes:
        hears: event type and entity kind that it listens for.
        facts: what an event must have to start the rule, and what those it raises inherit.
        is_folded: the block is one card, and all that the rule raises leaves from there.
    """

    rule: Rule
    hears: tuple[str, str]
    facts: Facts
    block: Block
    emissions: tuple[Emission, ...]
    is_folded: bool = False


P = TypeVar("P")
T = TypeVar("T")


class _Exit(NamedTuple):
    """A node from which the flow goes on, and as what kind of edge."""

    node: int
    kind: str = "flow"
    label: str = ""
    automated: bool = True


class Known:
    """What was worked out of actions and filters under one profile: parts that many rules share are looked at once.

    They are told apart as objects; whoever keeps this keeps the rules.
    """

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._found: dict[tuple[object, int], Any] = {}

    def of(self, look: Callable[[P, Profile], T], part: P) -> T:
        """What a function says of a part, under the profile."""
        key = look, id(part)
        if key not in self._found:
            self._found[key] = look(part, self.profile)
        found: T = self._found[key]
        return found


@dataclass(slots=True)
class _Flow:
    """One rule's block, as it is being made."""

    rule: Rule
    known: Known
    facts: Facts
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    steps: list[tuple[int, int]] = field(default_factory=list)
    emissions: list[Emission] = field(default_factory=list)

    def add(
        self,
        kind: str,
        path: str,
        texts: tuple[str, str],
        entries: list[_Exit],
        *,
        badges: tuple[str, ...] = (),
        type: str = "",
    ) -> _Exit:
        """A node with its label and subtitle after the given exits; returns its own exit."""
        rule, here = self.rule.id, len(self.nodes)
        name = f"rule:{rule}:{path}"
        automated = kind != "gate"
        self.nodes.append(Node(name, kind, *texts, rule, automated, path, badges, type))
        for entry in entries:
            self.edges.append(Edge(self.nodes[entry.node].id, name, entry.kind, entry.label, entry.automated))
            self.steps.append((entry.node, here))
        return _Exit(here, automated=automated)

    def series(self, actions: tuple[Action, ...], path: str, entries: list[_Exit]) -> list[_Exit]:
        if not actions:
            return [self.skip(path, entries)]
        for index, action in enumerate(actions):
            entries = self.action(action, f"{path}[{index}]", entries)
        return entries

    def together(self, actions: tuple[Action, ...], path: str, entries: list[_Exit]) -> list[_Exit]:
        if not actions:
            return [self.skip(path, entries)]
        return [out for i, action in enumerate(actions) for out in self.action(action, f"{path}[{i}]", entries)]

    def action(self, action: Action, path: str, entries: list[_Exit]) -> list[_Exit]:
        # Classes are compared: asking a pydantic model whether it is of another class is slow.
        if type(action) is Sequence:
            return self.series(action.actions, f"{path}.actions", entries)
        if type(action) is Branch:
            return self.branch(action, path, entries)
        texts = self.known.of(words.action_label, action)
        if type(action) is Parallel:
            fork = self.add("fork", path, texts, entries)
            ends = self.together(action.actions, f"{path}.actions", [fork])
            return [self.add("merge", f"{path}.end", (tr("All done"), tr("Waits for all")), ends)]
        job, marks = self.known.of(_job_and_marks, action)
        kind = _KINDS.get(action.type, "job")
        node = self.add(kind, path, texts, entries, badges=marks, type=job or "")
        name = self.nodes[node.node].id
        if job is not None:
            self.emit_job(getattr(action, "params", {}), job, name)
        elif type(action) is SetStatus and (event := raised_status(action.status)):
            self.emissions.append(Emission(name, event, self.rule.when.entity, self.facts))
        return [node]

    def branch(self, action: Branch, path: str, entries: list[_Exit]) -> list[_Exit]:
        node = self.add("branch", path, self.known.of(words.action_label, action), entries).node
        ends: list[_Exit] = []
        for kind, name, side in (("yes", "then", action.then), ("no", "else", action.else_)):
            ends += self.series(side, f"{path}.{name}", [_Exit(node, kind, kind)])
        return ends

    def skip(self, path: str, entries: list[_Exit]) -> _Exit:
        """What is empty is drawn too, so that an "otherwise" is never forgotten and an unfinished rule has a place."""
        return self.add("skip", path, (tr("Nothing"), ""), entries)

    def emit_job(self, params: Mapping[str, Any], job: str, node: str) -> None:
        """Note the events of a job: its own, and those of each kind that ends with it."""
        profile = self.known.profile
        known = profile.job_types.get(job)
        for kind in dict.fromkeys(("job", *(known.emits if known else ()))):
            facts = job_facts(self.facts, params, (job, kind, self.rule.when.entity), profile)
            self.emissions += (Emission(node, event, kind, facts) for event in ("completed", "failed"))


def _job_and_marks(action: Action, profile: Profile) -> tuple[str | None, tuple[str, ...]]:
    """The job that a leaf submits, and its badges: what is costly, and how long a person has."""
    if isinstance(action, Gate):
        return None, (action.timeout,) if action.timeout else ()
    job = job_type_of(action, profile)
    known = profile.job_types.get(job) if job else None
    return job, ("generation",) if known and known.cost == "generation" else ()


def flowchart(rule: Rule, profile: Profile, known: Known | None = None) -> Chart:
    """The rule as a flowchart, with what it needs and what it raises.

    `known`: shared by the flowcharts of many rules under the profile.
    """
    when, known = rule.when, known or Known(profile)
    badges = (() if rule.enabled else ("disabled",)) + (("needs approval",) if needs_approval(rule, profile) else ())
    narrowed = known.of(demanded, when.where) if when.where else None
    flow = _Flow(rule, known, required(rule.project, when, profile, narrowed))
    scope = words.title(words.scope_text(when, rule.project)) or tr("Anywhere")
    about = words.event_label(when.event, when.entity), scope
    last = flow.add("event", "when", about, [], badges=badges, type=when.event)
    if when.where:
        text = words.title(known.of(words.clause, when.where))
        last = flow.add("condition", "when.where", (text, tr("Condition")), [last])
    if when.every:
        text = words.title(words.join_text(when.every, profile))
        last = flow.add("join", "when.every", (text, tr("Join")), [last])
    arrange = flow.together if rule.mode == "parallel" else flow.series
    arrange(rule.actions, "actions", [last])
    parts = tuple(flow.nodes), tuple(flow.edges), tuple(flow.steps)
    block = Block(rule.id, rule.title, rule.project, rule.enabled, badges, *parts)
    return Chart(rule, (when.event, when.entity), flow.facts, block, tuple(flow.emissions))


def folded(chart: Chart) -> Chart:
    """The rule as one compact card: its event, with how many steps follow."""
    first, *rest = chart.block.nodes
    card = first._replace(subtitle=tr("{0} folded · {1}", count(len(rest), "step"), first.subtitle))
    raised = {(e.type, e.entity, frozenset(e.facts.items())): e._replace(node=card.id) for e in chart.emissions}
    block = replace(chart.block, nodes=(card,), edges=(), steps=())
    return replace(chart, block=block, emissions=tuple(raised.values()), is_folded=True)
