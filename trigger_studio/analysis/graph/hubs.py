"""Hubs: where many steps lead to the same many rules, one card that all of them pass through, not n times m lines.

A hub says exactly what the lines would: every step that leads to it may start every rule that it leads to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from trigger_studio.analysis.graph.causes import Key, Lead
from trigger_studio.analysis.graph.flow import Block, Edge, Node
from trigger_studio.analysis.graph.idle import Idle
from trigger_studio.analysis.wording.vocabulary import plain, title
from trigger_studio.model.i18n import tr

LEAST_SAVED: Final = 40
"""How many lines a hub must spare to be worth a card of its own."""

_Bundle = tuple[Key, bool, tuple[str, ...]]


@dataclass(frozen=True)
class Hubs:
    """The hubs of one graph.

    Attributes:
        names: the hub's id by what it bundles: event, whether automated, and the rules it leads to.
        sources: how many steps lead to each, by id.
    """

    names: dict[_Bundle, str] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)

    @staticmethod
    def of(leads: Iterable[tuple[Lead, ...]], previous: Hubs | None = None) -> Hubs:
        """The hubs worth having among all rules' leads; `previous` itself if they are the same."""
        counts = bundled(leads)
        worth = [bundle for bundle, many in counts.items() if _saved(many, len(bundle[2])) >= LEAST_SAVED]
        names: dict[_Bundle, str] = {}
        sources: dict[str, int] = {}
        for bundle in sorted(worth):
            (event, entity), automated, targets = bundle
            stem = f"{event}.{entity}.{'auto' if automated else 'human'}.{len(targets)}.{targets[0]}.{targets[-1]}"
            name, copy = stem, 1
            while name in sources:
                copy += 1
                name = f"{stem}.{copy}"
            names[bundle], sources[name] = name, counts[bundle]
        made = Hubs(names, sources)
        return previous if previous is not None and made == previous else made

    def drawn(self, source: str, lead: Lead, idle: Idle) -> Iterator[Edge]:
        """The edges that are drawn for a rule's lead: one to its hub, or each by itself."""
        name = self.names.get(_bundle(lead)) if self.names else None
        if name is None:
            yield from drawn_edges(source, lead, idle)
        else:
            how = _how(lead.event, lead.automated)
            yield Edge(lead.node, _node_id(name), *how, idle.leaving(source))

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """One block of one node for each hub; its `rule` is the hub's id, and no rule's id has a dot in it."""
        return tuple(self._block(bundle, name) for bundle, name in self.names.items())

    @cached_property
    def by_id(self) -> dict[str, Block]:
        """The blocks by the hub's id."""
        return {block.rule: block for block in self.blocks}

    def edges(self, idle: Idle) -> tuple[tuple[Edge, ...], ...]:
        """For each of `blocks`, the edges from it to its rules."""
        return tuple(
            tuple(
                Edge(_node_id(name), _event_node(rule), *_how(event, automated), idle.arriving(rule, automated))
                for rule in targets
            )
            for (event, automated, targets), name in self.names.items()
        )

    def _block(self, bundle: _Bundle, name: str) -> Block:
        (event, entity), automated, targets = bundle
        label = title(f"{plain(entity)} {plain(event)}")
        subtitle = tr("{0} steps → {1} rules", self.sources[name], len(targets))
        node = Node(_node_id(name), "hub", label, subtitle, name, automated, "hub", (), event)
        return Block(name, label, None, True, (), (node,), (), ())


def bundled(leads: Iterable[tuple[Lead, ...]]) -> Counter[_Bundle]:
    """How many steps lead to the same several rules in the same way."""
    return Counter(_bundle(lead) for own in leads for lead in own if len(lead.targets) > 1)


def _saved(sources: int, targets: int) -> int:
    """How many lines are spared if all sources lead to all targets through one card."""
    return sources * targets - sources - targets


def drawn_edges(source: str, lead: Lead, idle: Idle) -> Iterator[Edge]:
    """The edges of a rule's lead, one to each rule whose trigger it fits."""
    how = _how(lead.event, lead.automated)
    why = idle.leaving(source)
    return (
        Edge(lead.node, _event_node(rule), *how, why or idle.arriving(rule, lead.automated)) for rule in lead.targets
    )


def _bundle(lead: Lead) -> _Bundle:
    return lead.event, lead.automated, lead.targets


def _how(event: Key, automated: bool) -> tuple[str, str, bool]:
    return ("emits", f"on {event[0]}", True) if automated else ("human", "by a person", False)


def _event_node(rule: str) -> str:
    return f"rule:{rule}:when"


def _node_id(hub: str) -> str:
    return f"hub:{hub}:hub"
