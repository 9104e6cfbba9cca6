"""The chain graph: flowcharts, what causes what, and that no cause the engine knows is missing."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.support.chains import PROFILE, chain_rules, random_rules
from tests.support.memory_source import MemorySource
from trigger_studio.analysis.graph.chain_graph import ChainGraph, chain_graph, graph_document
from trigger_studio.analysis.graph.idle import SOURCE_OFF, TARGET_OFF, TOO_DEEP
from trigger_studio.analysis.layout.layout import layout
from trigger_studio.decide.rules import Published, RuleSet
from trigger_studio.engine.sandbox import Bounds, Sandbox
from trigger_studio.model.event import Entity, Event
from trigger_studio.model.firing import HELD, REFUSED
from trigger_studio.model.profile import Attribute, Profile
from trigger_studio.model.rule import Rule

TAGS = {"tags": Attribute(type="list")}
REAL = Path(__file__).parents[1] / "data" / "real"


def rule(name: str, event: str, *actions: dict[str, Any] | str, **more: Any) -> Rule:
    kind, _, happened = event.partition(".")
    when = {"event": happened, "entity": kind, **more.pop("when", {})}
    plain = [{"type": "submit_job", "job_type": item} if isinstance(item, str) else item for item in actions]
    return Rule.model_validate({"id": name, "when": when, "actions": plain or [{"type": "trigger_qa"}], **more})


def crossing(*rules: Rule) -> set[tuple[str, str, str]]:
    graph = chain_graph(rules, PROFILE)
    return {(e.source.split(":")[1], e.target.split(":")[1], e.kind) for e in graph.crossing}


def eq(field: str, value: Any) -> dict[str, Any]:
    return {"where": {"field": field, "op": "eq", "value": value}}


def test_a_rule_is_a_flowchart_with_stable_ids() -> None:
    branch = {
        "type": "branch",
        "if": {"field": "qa_pass_rate", "op": "gt", "value": 0.8},
        "then": [{"type": "set_status", "status": "needs_review"}],
    }
    both = {"type": "parallel", "actions": [{"type": "trigger_qa"}, {"type": "gate", "timeout": "3d"}]}
    every = {"entity": "scene", "of": "character", "status": "approved"}
    made = rule(
        "a", "variant.approved", both, branch, {"type": "trigger_qa"}, when={**eq("variant", "x"), "every": every}
    )
    graph = chain_graph([made], PROFILE)
    assert [(node.id, node.kind, node.automated) for node in graph.nodes] == [
        ("rule:a:when", "event", False),
        ("rule:a:when.where", "condition", True),
        ("rule:a:when.every", "join", True),
        ("rule:a:actions[0]", "fork", True),
        ("rule:a:actions[0].actions[0]", "job", True),
        ("rule:a:actions[0].actions[1]", "gate", False),
        ("rule:a:actions[0].end", "merge", True),
        ("rule:a:actions[1]", "branch", True),
        ("rule:a:actions[1].then[0]", "status", True),
        ("rule:a:actions[1].else", "skip", True),
        ("rule:a:actions[2]", "job", True),
    ]
    short = [(e.source.split(":")[2], e.target.split(":")[2], e.kind, e.automated) for e in graph.edges]
    assert short == [
        ("when", "when.where", "flow", True),
        ("when.where", "when.every", "flow", True),
        ("when.every", "actions[0]", "flow", True),
        ("actions[0]", "actions[0].actions[0]", "flow", True),
        ("actions[0]", "actions[0].actions[1]", "flow", True),
        ("actions[0].actions[0]", "actions[0].end", "flow", True),
        ("actions[0].actions[1]", "actions[0].end", "flow", False),
        ("actions[0].end", "actions[1]", "flow", True),
        ("actions[1]", "actions[1].then[0]", "yes", True),
        ("actions[1]", "actions[1].else", "no", True),
        ("actions[1].then[0]", "actions[2]", "flow", True),
        ("actions[1].else", "actions[2]", "flow", True),
    ]
    assert graph.nodes[1].label == "Variant is x"
    assert graph.nodes[5].badges == ("3d",)
    block = graph.blocks[0]
    assert [(block.nodes[s].id, block.nodes[t].id) for s, t in block.steps] == [
        (e.source, e.target) for e in block.edges
    ]


def test_parallel_mode_starts_every_action_from_the_last_condition() -> None:
    graph = chain_graph([rule("a", "scene.failed", "qa", "qa", mode="parallel")], PROFILE)
    assert [edge.source for edge in graph.edges] == ["rule:a:when", "rule:a:when"]


def test_badges_tell_what_is_off_costly_or_unapproved() -> None:
    graph = chain_graph([rule("a", "scene.failed", "scene_generation", enabled=False)], PROFILE)
    assert graph.blocks[0].badges == ("disabled", "needs approval")
    assert graph.nodes[1].badges == ("generation",)


def test_jobs_cause_their_kinds_both_ways_and_people_approve_what_completed() -> None:
    source = rule("a", "variant.approved", "scene_generation")
    heard = ["job.completed", "job.failed", "job.approved", "scene.completed", "scene.failed", "scene.approved"]
    others = [rule(f"on-{event.replace('.', '-')}", event) for event in (*heard, "qa.completed")]
    edges = {(target, kind) for start, target, kind in crossing(source, *others) if start == "a"}
    assert edges == {
        ("on-job-completed", "emits"), ("on-job-failed", "emits"), ("on-scene-completed", "emits"),
        ("on-scene-failed", "emits"), ("on-scene-approved", "human"),
    }  # fmt: skip


def test_a_status_causes_the_event_of_the_events_own_kind() -> None:
    source = rule("a", "scene.completed", {"type": "set_status", "status": "approved"})
    target, other = rule("b", "scene.approved"), rule("c", "variant.approved")
    review = rule("d", "scene.completed", {"type": "set_status", "status": "needs_review"})
    assert crossing(source, target, other, review) == {("a", "b", "emits")}


def test_what_a_status_raises_is_no_longer_a_persons() -> None:
    target = rule("b", "scene.approved")
    assert not chain_graph([target], PROFILE).nodes[0].automated
    raising = rule("a", "scene.completed", {"type": "set_status", "status": "approved"})
    assert chain_graph([raising, target], PROFILE).blocks[1].nodes[0].automated
    disabled = raising.model_copy(update={"enabled": False})
    assert not chain_graph([disabled, target], PROFILE).blocks[1].nodes[0].automated


def reasons(*rules: Rule, profile: Profile = PROFILE) -> dict[tuple[str, str, str], str]:
    """Why each link can never start anything; "" where it may. Two steps with the same ends have the same answer."""
    edges = chain_graph(rules, profile).crossing
    return {(e.source.split(":")[1], e.target.split(":")[1], e.kind): e.reason for e in edges}


def test_a_link_that_can_never_start_anything_says_why() -> None:
    off = rule("off", "scene.completed", {"type": "set_status", "status": "approved"}, enabled=False)
    found = reasons(off, rule("a", "variant.approved", "scene_generation"), rule("flat", "scene.approved", max_depth=1))
    assert found == {
        ("a", "off", "emits"): TARGET_OFF,
        ("a", "flat", "human"): "",  # a person's event is at depth 0
        ("off", "flat", "emits"): SOURCE_OFF,
    }
    on = off.model_copy(update={"enabled": True})
    assert reasons(on, rule("flat", "scene.approved", max_depth=1)) == {("off", "flat", "emits"): TOO_DEEP}
    shallow = PROFILE.model_copy(update={"limits": PROFILE.limits.model_copy(update={"max_depth": 1})})
    assert reasons(on, rule("b", "scene.approved"), profile=shallow) == {("off", "b", "emits"): TOO_DEEP}


def test_a_hubs_lines_say_it_too_and_follow_every_edit() -> None:
    """Twenty rules that all listen to each other pass through a hub; one is switched off, then one allows no depth."""
    rules = {f"r{n}": rule(f"r{n}", "scene.completed", "scene_generation") for n in range(20)}
    graph = chain_graph(rules.values(), PROFILE)
    assert graph.hubs.blocks
    for name, change in (("r3", {"enabled": False}), ("r4", {"max_depth": 1}), ("r3", {"enabled": True})):
        rules[name] = rules[name].model_copy(update=change)
        graph = chain_graph(rules.values(), PROFILE, previous=graph)
        fresh = chain_graph(rules.values(), PROFILE)
        assert graph.drawn_crossing == fresh.drawn_crossing
        assert graph.crossing == fresh.crossing
        ends = {
            edge.target.split(":")[1] for edge in graph.drawn_edges if edge.reason and edge.source.startswith("hub")
        }
        assert ends == {rule.id for rule in rules.values() if not rule.enabled or rule.max_depth == 1}


def job(name: str, /, **params: Any) -> dict[str, Any]:
    return {"type": "submit_job", "job_type": name, "params": params}


@pytest.mark.parametrize(
    ("source", "target", "possible"),
    [
        ({}, {}, True),
        ({}, eq("job_type", "qa"), False),
        ({}, eq("job_type", "scene_generation"), True),
        ({"job_type": "qa"}, eq("job_type", "qa"), False),  # a parameter of that name does not change the type
        ({"resolution_tier": "720p"}, {"where": {"field": "resolution_tier", "op": "ge", "value": "1080p"}}, False),
        ({"resolution_tier": "4k"}, {"where": {"field": "resolution_tier", "op": "ge", "value": "1080p"}}, True),
        ({"resolution_tier": "5k"}, {"where": {"field": "resolution_tier", "op": "ge", "value": "1080p"}}, True),
        ({"resolution_tier": "{{ event.x }}"}, eq("resolution_tier", "4k"), True),
        ({"resolution_tier": "4k"}, {"where": {"none": [{"field": "resolution_tier", "op": "is_set"}]}}, False),
        (
            {"variant": "hero"},
            {"where": {"any": [eq("variant", "a")["where"], eq("scene_type", "title")["where"]]}},
            True,
        ),
        (
            {"variant": "hero"},
            {"where": {"all": [eq("variant", "a")["where"], eq("scene_type", "title")["where"]]}},
            False,
        ),
        ({"tags": ["night", "wet"]}, {"where": {"field": "tags", "op": "contains", "value": "rain"}}, False),
        ({"tags": ["night", "rain"]}, {"where": {"field": "tags", "op": "contains", "value": "rain"}}, True),
        ({"tags": ["night", "{{ event.x }}"]}, {"where": {"field": "tags", "op": "contains", "value": "rain"}}, True),
        ({"tags": ["night", 1]}, {"where": {"field": "tags", "op": "contains", "value": "rain"}}, True),  # inherited
        ({"tags": ["night"]}, {"where": {"none": [{"field": "tags", "op": "is_set"}]}}, False),
    ],
)
def test_literal_parameters_decide_what_is_impossible(
    source: dict[str, Any], target: dict[str, Any], possible: bool
) -> None:
    rules = (
        rule("a", "variant.approved", job("scene_generation", **source)),
        rule("b", "scene.completed", when=target),
    )
    profile = Profile.model_validate(PROFILE.model_dump() | {"attributes": PROFILE.attributes | TAGS})
    found = reasons(*rules, profile=profile)
    assert (("a", "b", "emits") in found) is possible


@pytest.mark.parametrize(
    ("params", "possible"),
    [
        ({}, False),
        ({"resolution_tier": "{{ event.resolution_tier }}"}, False),
        ({"resolution_tier": "{{ entity.resolution_tier }}"}, True),
        ({"resolution_tier": "4k"}, True),
    ],
)
def test_what_a_rule_asked_for_is_handed_on(params: dict[str, Any], possible: bool) -> None:
    low = {"where": {"field": "resolution_tier", "op": "lt", "value": "1080p"}}
    source = rule("a", "variant.approved", job("scene_generation", **params), when=low)
    target = rule("b", "scene.completed", when=eq("resolution_tier", "4k"))
    assert bool(crossing(source, target)) is possible


def test_projects_and_characters_are_handed_on_unless_another_entity_is_named() -> None:
    scope = {"scope": {"characters": ["mira"]}}
    plain = rule("a", "variant.approved", job("scene_generation"), project="aurora", when=scope)
    named = rule("a", "variant.approved", job("scene_generation", scene_id="s9"), project="aurora", when=scope)
    elsewhere = rule("b", "scene.completed", project="borealis")
    leo = rule("c", "scene.completed", when={"scope": {"characters": ["leo"]}})
    both = rule("d", "scene.completed", project="aurora", when={"scope": {"characters": ["leo", "mira"]}})
    assert crossing(plain, elsewhere, leo, both) == {("a", "d", "emits")}
    assert crossing(named, elsewhere, leo, both) == {("a", "b", "emits"), ("a", "c", "emits"), ("a", "d", "emits")}


def test_a_job_that_completes_another_kind_of_parent_says_nothing_about_it() -> None:
    jobs = {"casting": {"emits": ["character"]}}
    profile = Profile.model_validate({"kinds": ["project", "character", "variant", "job"], "job_types": jobs})
    mira, leo = {"scope": {"characters": ["mira"]}}, {"scope": {"characters": ["leo"]}}
    target = rule("b", "character.completed", job("casting"), when=leo)
    for source, possible in (
        (rule("a", "variant.approved", job("casting"), when=mira), True),
        (rule("a", "character.approved", job("casting"), when=mira), False),
    ):
        assert (
            any(edge.source.startswith("rule:a:") for edge in chain_graph([source, target], profile).crossing)
            is possible
        )


def test_one_projects_graph_holds_the_rules_that_see_it() -> None:
    rules = [rule("a", "job.failed"), rule("b", "job.failed", project="x"), rule("c", "job.failed", project="y")]
    assert [block.rule for block in chain_graph(rules, PROFILE, project="x").blocks] == ["a", "b"]


@pytest.mark.parametrize("name", ["montage-103", "1000genome-52"])
def test_a_real_workflows_edges_are_exactly_its_dependencies(name: str) -> None:
    folder = REAL / name
    profile = Profile.model_validate_json((folder / "profile.json").read_text())
    rules = [Rule.model_validate(item) for item in json.loads((folder / "rules.json").read_text())["rules"]]
    expected = {tuple(edge) for edge in json.loads((folder / "expected.json").read_text())["edges"]}
    graph = chain_graph(rules, profile)
    assert {(edge.source.split(":")[1], edge.target.split(":")[1]) for edge in graph.crossing} == expected


@pytest.mark.parametrize("seed", range(6))
def test_whatever_the_engine_starts_is_an_edge(seed: int) -> None:
    """Every firing that another one caused, in the engine's own sandbox, is foretold by the graph."""
    rules = random_rules(seed, 80)
    graph = chain_graph(rules, PROFILE)
    automatic = {(e.source.split(":")[1], e.target.split(":")[1]) for e in graph.crossing if e.automated}
    seen = 0
    for event in _openings():
        entities = [Entity("scene", "s1", project="borealis", character="leo", attributes={"resolution_tier": "4k"})]
        source = MemorySource(entities, approvals=None)
        compiled = RuleSet([Published(item) for item in rules], PROFILE)
        run = Sandbox(source, compiled, start_s=0.0, first_tick=1, bounds=Bounds(events=60), fail=("packaging",)).run(
            event
        )
        by_id = {firing.id: firing.rule_id for firing in run.firings}
        for firing in run.firings:
            if firing.cause in by_id and firing.status not in (HELD, REFUSED):
                seen += 1
                assert (by_id[firing.cause], firing.rule_id) in automatic
    assert seen


def _openings() -> list[Event]:
    return [
        Event(f"e{index}", kind[1], kind[0], "x1", project, character, attributes)
        for index, (kind, project, character, attributes) in enumerate(
            (kind, project, character, attributes)
            for kind in (("variant", "approved"), ("scene", "completed"), ("character", "completed"), ("qa", "failed"))
            for project, character in (("aurora", "mira"), ("borealis", None))
            for attributes in ({"resolution_tier": "4k", "variant": "hero", "qa_pass_rate": 0.9},)
        )
    ]


@pytest.mark.parametrize("seed", range(6))
def test_the_index_misses_nothing_that_pairwise_comparison_finds(seed: int) -> None:
    """A graph of two rules alone needs no index; the whole graph must hold the same edges."""
    rules = random_rules(100 + seed, 24)
    whole = {(edge.source, edge.target, edge.kind) for edge in chain_graph(rules, PROFILE).crossing}
    pairs: set[tuple[str, str, str]] = set()
    for one in rules:
        for other in rules:
            both = [one] if one is other else [one, other]
            pairs |= {(edge.source, edge.target, edge.kind) for edge in chain_graph(both, PROFILE).crossing}
    assert whole == pairs


def test_a_graph_after_an_edit_is_the_graph_made_anew() -> None:
    before = random_rules(7, 60)
    after = [*before[:20], *random_rules(8, 21)[20:], *before[21:50]]
    old = chain_graph(before, PROFILE)
    new = chain_graph(after, PROFILE, previous=old)
    assert new == chain_graph(after, PROFILE)
    kept = {id(block.nodes[-1]) for block in old.blocks}
    assert sum(id(block.nodes[-1]) in kept for block in new.blocks) == 49


@pytest.mark.parametrize("seed", range(6))
def test_after_any_edits_graph_and_components_are_those_made_anew(seed: int) -> None:
    dice = random.Random(seed)
    pool = [*chain_rules(45), *(random_rules(seed, 30) if seed % 2 else [])]  # these hang together, those do not
    rules = {rule.id: rule for rule in pool}
    folded: set[str] = set()
    graph = chain_graph(rules.values(), PROFILE)
    made = layout(graph)
    for _ in range(40):
        name = dice.choice(pool).id
        match dice.randrange(4):
            case 0:
                rules.pop(name, None) or rules.update({name: next(rule for rule in pool if rule.id == name)})
            case 1:
                folded.symmetric_difference_update((name,))
            case _:
                rules[name] = dice.choice(pool).model_copy(update={"id": name, "enabled": dice.random() < 0.8})
        graph = chain_graph(rules.values(), PROFILE, previous=graph, fold=folded)
        fresh = chain_graph(rules.values(), PROFILE, fold=folded)
        assert graph == fresh
        assert graph.drawn_crossing == fresh.drawn_crossing
        made = layout(graph, made)
        anew = layout(fresh)
        assert {part.rules for part in made.components} == {part.rules for part in anew.components}
        assert made.sizes == anew.sizes
        for part in made.components:  # the same within, wherever it stands
            other = anew.component_of(part.rules[0])
            assert part.at(other.slot._replace(width=part.slot.width, height=part.slot.height)).frames == other.frames


def test_the_order_of_the_rules_given_does_not_matter() -> None:
    rules = random_rules(3, 30)
    assert chain_graph(rules, PROFILE) == chain_graph(rules[::-1], PROFILE)


def test_the_document_is_as_documented() -> None:
    graph = chain_graph(chain_rules(5), PROFILE)
    made = json.loads(json.dumps(graph_document(graph)))
    assert {"id", "kind", "label", "rule", "automated"} <= made["nodes"][0].keys()
    assert {"source", "target", "kind"} <= made["edges"][0].keys()
    ids = {node["id"] for node in made["nodes"]}
    assert len(ids) == len(made["nodes"])
    assert all(edge["source"] in ids and edge["target"] in ids for edge in made["edges"])


def test_no_rules_no_graph() -> None:
    graph = chain_graph([], PROFILE)
    assert isinstance(graph, ChainGraph)
    assert graph_document(graph) == {"nodes": [], "edges": []}


def test_a_folded_rule_is_one_card_that_leads_where_its_steps_led() -> None:
    one = rule("one", "variant.approved", "scene_generation", {"type": "trigger_qa"})
    rules = [one, rule("two", "scene.completed", {"type": "set_status", "status": "approved"})]
    whole = chain_graph(rules, PROFILE)
    graph = chain_graph(rules, PROFILE, previous=whole, fold={"one"})
    (card,) = graph.block("one").nodes
    assert card.id == "rule:one:when"
    assert card.subtitle.startswith("2 steps folded")
    assert {(e.source, e.target) for e in graph.crossing if e.source == card.id} == {(card.id, "rule:two:when")}
    assert chain_graph(rules, PROFILE, previous=graph).crossing == whole.crossing
