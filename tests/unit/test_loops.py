"""Loops that run without a person: found whole, and not seen where a gate, a filter or a disabled rule breaks them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.chains import PROFILE, random_rules
from trigger_studio.analysis.graph.chain_graph import chain_graph
from trigger_studio.analysis.graph.loops import loops
from trigger_studio.model.rule import Rule

GATE = {"type": "gate"}
APPROVE = {"type": "set_status", "status": "approved"}
COMPLETE = {"type": "set_status", "status": "completed"}
FORK = {"type": "parallel", "actions": [{"type": "trigger_qa"}, GATE]}


def rule(name: str, event: str, *actions: dict[str, Any], enabled: bool = True, **when: Any) -> Rule:
    kind, _, happened = event.partition(".")
    made = {"event": happened, "entity": kind, **when}
    return Rule.model_validate({"id": name, "when": made, "actions": actions, "enabled": enabled})


def found(*rules: Rule) -> tuple[tuple[str, ...], ...]:
    return loops(chain_graph(rules, PROFILE))


def test_two_rules_that_raise_each_other_are_a_loop() -> None:
    forth, back = rule("b", "scene.completed", APPROVE), rule("a", "scene.approved", COMPLETE)
    assert found(forth, back, rule("c", "variant.approved", APPROVE)) == (("a", "b"), ("c",))


@pytest.mark.parametrize(
    "back",
    [
        rule("b", "scene.approved", GATE, COMPLETE),
        rule("b", "scene.approved", FORK, COMPLETE),
        rule("b", "scene.approved", COMPLETE, enabled=False),
        rule("b", "scene.approved", COMPLETE, scope={"characters": ["leo"]}),
        rule("b", "scene.approved", {"type": "submit_job", "job_type": "qa"}),
    ],
    ids=["gate", "gate in a fork", "disabled", "another character", "nothing comes back"],
)
def test_what_breaks_a_loop(back: Rule) -> None:
    assert found(rule("a", "scene.completed", APPROVE, scope={"characters": ["mira"]}), back) == ()


def test_a_gate_on_one_side_of_a_branch_breaks_nothing() -> None:
    branch = {"type": "branch", "if": {"field": "variant", "op": "is_set"}, "then": [GATE]}
    assert found(rule("a", "scene.completed", APPROVE), rule("b", "scene.approved", branch, COMPLETE)) == (("a", "b"),)


def test_a_person_who_approves_what_completed_is_no_loop() -> None:
    assert found(rule("a", "scene.approved", {"type": "submit_job", "job_type": "scene_generation"})) == ()


@pytest.mark.parametrize("seed", range(5))
def test_groups_are_those_that_reach_themselves(seed: int) -> None:
    """Against plain reachability over the same edges; these rules have no gates in the way of an emission."""
    rules = [item for item in random_rules(seed, 60) if item.enabled and "gate" not in item.model_dump_json()]
    graph = chain_graph(rules, PROFILE)
    after: dict[int, set[int]] = {index: set() for index in range(len(rules))}
    for edge, (source, target) in zip(graph.crossing, graph.links, strict=True):
        if edge.automated:
            after[source].add(target)
    reach = {}
    for start, firsts in after.items():
        todo, seen = list(firsts), set(firsts)
        while todo:
            new = after[todo.pop()] - seen
            seen |= new
            todo += new
        reach[start] = seen
    expected = {frozenset(o for o in reach[i] if i in reach[o]) for i in reach if i in reach[i]}
    assert {
        frozenset(graph.blocks.index(b) for b in graph.blocks if b.rule in group) for group in loops(graph)
    } == expected


def test_no_rules_no_loops() -> None:
    assert found() == ()
