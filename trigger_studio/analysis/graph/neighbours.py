"""Which rules may start a rule, and which it may start: each once, with the reason in words."""

from __future__ import annotations

from typing import NamedTuple

from trigger_studio.analysis.graph.causes import Lead
from trigger_studio.analysis.graph.chain_graph import ChainGraph
from trigger_studio.analysis.wording import words
from trigger_studio.model.i18n import tr


class Neighbour(NamedTuple):
    """A rule one step away.

    Attributes:
        why: the event that leads from one to the other, and what raises it: ``scene completed of mira, by QA``.
        node: the card to look at there: the event that starts it, or the step that raises the event.
        automated: False where only a person's event leads there.
    """

    rule: str
    title: str
    why: str
    node: str
    automated: bool


class Neighbours(NamedTuple):
    """What may start a rule, and what it may start; each sorted by title."""

    before: tuple[Neighbour, ...] = ()
    after: tuple[Neighbour, ...] = ()


def neighbours(graph: ChainGraph, rule_id: str) -> Neighbours:
    """The rules one step before and after a rule of the graph."""
    before: dict[str, list[Lead]] = {}
    after: dict[str, list[Lead]] = {}
    heard: dict[int, bool] = {}  # leads share their targets, so that each list is looked through once
    for block, leads in zip(graph.blocks, graph.leads, strict=True):
        for lead in leads:
            key = id(lead.targets)
            if key not in heard:
                heard[key] = rule_id in lead.targets
            if heard[key]:
                before.setdefault(block.rule, []).append(lead)
            if block.rule == rule_id:
                for target in lead.targets:
                    after.setdefault(target, []).append(lead)
    came = (_neighbour(graph, rule, leads, (rule, rule_id), leads[0].node) for rule, leads in before.items())
    goes = (
        _neighbour(graph, rule, leads, (rule_id, rule), graph.block(rule).nodes[0].id) for rule, leads in after.items()
    )
    return Neighbours(*(tuple(sorted(found, key=lambda one: (one.title, one.rule))) for found in (came, goes)))


def _neighbour(graph: ChainGraph, rule: str, leads: list[Lead], link: tuple[str, str], node: str) -> Neighbour:
    """A rule, with what all the leads between it and the other come to; `link`: what starts which."""
    source, started = link
    event = graph.block(started).nodes[0]
    raisers = words.listed(dict.fromkeys(_label(graph, lead.node) for lead in leads), "and")
    automated = any(lead.automated for lead in leads)
    whose = "" if event.subtitle == tr("Anywhere") else f" {event.subtitle[:1].lower()}{event.subtitle[1:]}"
    by = raisers if automated else tr("a person, after {0}", raisers)
    why = tr("{0}, by {1}", f"{event.label}{whose}", by)
    idle = graph.idle.leaving(source) or graph.idle.arriving(started, automated)
    return Neighbour(rule, graph.block(rule).title, f"{why} ({tr(idle)})" if idle else why, node, automated)


def _label(graph: ChainGraph, node: str) -> str:
    block = graph.block(node.split(":", 2)[1])
    if node == block.nodes[0].id:  # folded: nobody sees which of its steps it is
        return block.title
    return next(item.label for item in block.nodes if item.id == node)
