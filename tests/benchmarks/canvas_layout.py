"""What the graph of 1,000 rules and its layout cost, made at once and after one edit."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.benchmarks.figures import Figure, latency
from tests.support.chains import PROFILE, chain_rules
from trigger_studio.analysis.graph.chain_graph import chain_graph
from trigger_studio.analysis.layout.layout import layout
from trigger_studio.gc_control import collector_paused

RULES = 1000


def figures() -> list[Figure]:
    """Graph and layout of everything, after one rule's edit, and after one card more."""
    rules = chain_rules(RULES)
    graph = chain_graph(rules, PROFILE)
    places = layout(graph)
    rule = rules[502]
    renamed = [*rules[:502], rule.model_copy(update={"name": "Another name"}), *rules[503:]]
    longer = [*rules[:502], rule.model_copy(update={"actions": (*rule.actions, rule.actions[0])}), *rules[503:]]
    more = chain_graph(longer, PROFILE, previous=graph)
    return [
        latency("graph of 1,000 rules", _times(7, lambda: chain_graph(rules, PROFILE))),
        latency("graph after one rule's edit", _times(40, lambda: chain_graph(renamed, PROFILE, previous=graph))),
        latency("layout of everything", _times(9, lambda: layout(graph)), goal="75"),
        latency("layout after one added node", _times(40, lambda: layout(more, places)), goal="6"),
    ]


def _times(count: int, work: Callable[[], object]) -> list[float]:
    seconds = []
    for _ in range(count):
        with collector_paused():  # as the window does
            started = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - started)
    return seconds
