"""Where cards go: no overlaps, frames around their cards, the same every time, and little moves when little changes."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.chains import PROFILE, chain_rules, random_rules
from trigger_studio.analysis.graph.chain_graph import ChainGraph, chain_graph
from trigger_studio.analysis.graph.flow import Edge
from trigger_studio.analysis.layout.layers import heights, layered
from trigger_studio.analysis.layout.layout import Layout, layout
from trigger_studio.analysis.layout.routes import routes
from trigger_studio.analysis.layout.sizes import (
    CARD_HEIGHT,
    CARD_MAX,
    TEXT_LEFT,
    TEXT_RIGHT,
    TITLE_PX,
    Rect,
    Size,
    node_width,
)
from trigger_studio.model.bundle import parse_bundle
from trigger_studio.model.documents import read_document
from trigger_studio.model.profiles import load_profile
from trigger_studio.model.rule import Rule

SEEDS = range(8)


def drawn(seed: int, count: int = 40) -> tuple[ChainGraph, Layout]:
    graph = chain_graph(random_rules(seed, count), PROFILE)
    return graph, layout(graph)


def cards(made: Layout) -> dict[str, Rect]:
    return {name: Rect(*place, *made.sizes[name]) for name, place in made.positions.items()}


def overlap(one: Rect, other: Rect) -> bool:
    apart = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not (apart or one.y + one.height <= other.y or other.y + other.height <= one.y)


def no_overlaps(boxes: list[Rect]) -> bool:
    ordered = sorted(boxes)
    return not any(
        overlap(one, other)
        for index, one in enumerate(ordered)
        for other in ordered[index + 1 :]
        if other.x < one.x + one.width
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_overlaps_and_frames_hold_their_cards(seed: int) -> None:
    graph, made = drawn(seed)
    boxes = cards(made)
    assert boxes.keys() == {node.id for block in graph.drawn_blocks for node in block.nodes}
    assert made.frames.keys() == {block.rule for block in graph.drawn_blocks}
    assert no_overlaps(list(boxes.values()))
    assert no_overlaps(list(made.frames.values()))
    for node in graph.nodes:
        card, frame = boxes[node.id], made.frames[node.rule]
        assert frame.x < card.x
        assert frame.y < card.y
        assert card.x + card.width < frame.x + frame.width
        assert card.y + card.height < frame.y + frame.height


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rule_reads_from_left_to_right_row_by_row(seed: int) -> None:
    graph, made = drawn(seed)
    for block in graph.blocks:
        for edge in block.edges:
            source, target = made.positions[edge.source], made.positions[edge.target]
            level = made.turn(edge.source, edge.target)
            if level is None:
                assert source.x + made.sizes[edge.source].width < target.x
            else:
                assert source.y + CARD_HEIGHT < level < target.y


def test_a_long_sequence_is_wrapped_like_a_text() -> None:
    rule = chain_rules(1)[0]
    long = rule.model_copy(update={"actions": rule.actions * 4})
    graph = chain_graph([long], PROFILE)
    made = layout(graph)
    rows = Counter(place.y for place in made.positions.values())
    assert len(graph.nodes) == 14
    assert sorted(rows.values()) == [3, 3, 4, 4]
    assert made.bounds.width < 2.2 * made.bounds.height * 2
    names = [node.id for node in graph.nodes]
    assert sorted(names, key=lambda name: (made.positions[name].y, made.positions[name].x)) == names


def test_a_hub_stands_for_exactly_the_lines_it_spares() -> None:
    ends = {"event": "completed", "entity": "qa"}
    rule = {"when": ends, "actions": [{"type": "trigger_qa"}]}
    rules = [Rule.model_validate({"id": f"r{index}", **rule}) for index in range(300)]
    graph = chain_graph(rules, PROFILE)
    assert len(graph.crossing) == 300 * 300
    assert sum(map(len, graph.drawn_crossing)) == 600
    (hub,) = graph.hubs.blocks
    node = hub.nodes[0].id
    into = {edge.source for edge in graph.drawn_edges if edge.target == node}
    out = {edge.target for edge in graph.drawn_edges if edge.source == node}
    assert {(edge.source, edge.target) for edge in graph.crossing} == {(one, other) for one in into for other in out}
    made = layout(graph)
    assert no_overlaps(list(made.frames.values()))
    assert len(routes(graph, made)) == 900
    assert 0.5 < made.bounds.width / made.bounds.height < 4


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_drawn_leads_where_the_graph_does(seed: int) -> None:
    graph = chain_graph(random_rules(seed, 120), PROFILE)
    onward = {name: [edge.target for edge in edges] for name, edges in _by_source(graph).items()}
    drawn = {
        (edge.source, target, edge.kind)
        for edge in graph.drawn_edges
        if edge.kind in ("emits", "human") and not edge.source.startswith("hub:")
        for target in (onward[edge.target] if edge.target.startswith("hub:") else [edge.target])
    }
    assert graph.hubs.blocks
    assert drawn == {(edge.source, edge.target, edge.kind) for edge in graph.crossing}


def _by_source(graph: ChainGraph) -> dict[str, list[Edge]]:
    found: dict[str, list[Edge]] = {}
    for edge in graph.drawn_edges:
        found.setdefault(edge.source, []).append(edge)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_lines_are_orthogonal_join_their_ends_and_cross_no_card(seed: int) -> None:
    graph, made = drawn(seed, 20)
    boxes = cards(made)
    for (source, target, _), way in routes(graph, made).items():
        start, end = boxes[source], boxes[target]
        assert way[0].x in (start.x + start.width, start.x + start.width - 24)
        assert way[-1] == (end.x, end.y + end.height / 2)
        assert all((one.x == other.x) != (one.y == other.y) for one, other in pairwise(way))
        others = [box for name, box in boxes.items() if name not in (source, target)]
        for one, other in pairwise(way):
            left, top = min(one.x, other.x) - 1, min(one.y, other.y) - 1
            line = Rect(left, top, abs(one.x - other.x) + 2, abs(one.y - other.y) + 2)
            assert not any(overlap(line, box) for box in others), (source, target, way)


def test_lines_to_many_rules_share_a_trunk_and_lines_to_one_rule_share_their_end() -> None:
    folder = Path(__file__).parents[1] / "data" / "real" / "1000genome-52"
    profile = load_profile(folder / "profile.json")
    graph = chain_graph(parse_bundle(read_document(folder / "rules.json"), profile), profile)
    ways = {
        (source, target): way for (source, target, kind), way in routes(graph, layout(graph)).items() if kind == "emits"
    }
    trunks: dict[str, set[float]] = {}
    for (source, _), way in ways.items():
        assert way[-1].x - way[-2].x >= 95, "a word and an arrow's head have room before the event"
        trunks.setdefault(source, set()).update(point.x for point in way[1:-1])
    many = Counter(source for source, _ in ways)
    (wide,) = {frozenset(trunks[source]) for source in many if many[source] == 1}
    assert len(wide) == 1, "ten lines to one event run as one"
    split = [trunks[source] for source in many if many[source] == 14]
    assert all(len(trunk) == 1 for trunk in split)
    assert len(set().union(*split)) == 2, "two sources of the same fourteen have a trunk each"


def test_the_same_graph_gives_the_same_layout() -> None:
    assert drawn(1)[1] == drawn(1)[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_one_edit_moves_only_the_component_it_touches(seed: int) -> None:
    dice = random.Random(seed)
    rules = chain_rules(100)
    graph = chain_graph(rules, PROFILE)
    before = layout(graph)
    place = dice.randrange(100)
    longer = rules[place].model_copy(update={"actions": rules[place].actions * dice.randint(2, 6)})
    edited = [*rules[:place], longer, *rules[place + 1 :]]
    after = layout(chain_graph(edited, PROFILE, previous=graph), before)
    moved = {name.split(":")[1] for name, at in before.positions.items() if after.positions.get(name) != at}
    chain = {f"r{index:05d}" for index in range(place // 5 * 5, place // 5 * 5 + 5)}
    assert moved <= chain
    assert no_overlaps(list(after.frames.values()))
    back = layout(chain_graph(rules, PROFILE), after)
    assert {name.split(":")[1] for name in back.positions if back.positions[name] != before.positions[name]} <= chain


def test_a_small_addition_stays_in_its_slot() -> None:
    rules = chain_rules(25)
    before = layout(chain_graph(rules, PROFILE))
    renamed = rules[7].model_copy(update={"name": "Another name"})
    again = layout(chain_graph([*rules[:7], renamed, *rules[8:]], PROFILE), before)
    assert again.positions == before.positions


def test_cards_that_change_their_place_in_the_rule_get_their_new_names() -> None:
    rule = chain_rules(1)[0]
    before = layout(chain_graph([rule], PROFILE))
    wrapped = Rule.model_validate({**rule.model_dump(), "actions": [{"type": "sequence", "actions": rule.actions}]})
    graph = chain_graph([wrapped], PROFILE)
    assert layout(graph, before).positions.keys() == {node.id for block in graph.drawn_blocks for node in block.nodes}


def test_a_slot_left_empty_is_taken_again() -> None:
    rules = chain_rules(50)
    full = layout(chain_graph(rules, PROFILE))
    half = layout(chain_graph(rules[5:], PROFILE), full)
    more = [rule.model_copy(update={"id": f"x{rule.id}"}) for rule in rules[:5]]
    refilled = layout(chain_graph([*rules[10:], *more], PROFILE), half)
    assert refilled.bounds == half.bounds
    assert refilled.frames["xr00000"] == half.frames["r00005"]


@pytest.mark.parametrize("seed", SEEDS)
def test_long_editing_never_makes_an_overlap(seed: int) -> None:
    dice = random.Random(seed)
    pool = {rule.id: rule for rule in random_rules(seed, 60)}
    pool |= {rule.id: rule for rule in chain_rules(60)}
    shown: dict[str, Rule] = {}
    made: Layout | None = None
    graph: ChainGraph | None = None
    for _ in range(25):
        name = dice.choice(sorted(pool))
        shown.pop(name) if name in shown else shown.setdefault(name, pool[name])
        graph = chain_graph(shown.values(), PROFILE, previous=graph)
        made = layout(graph, made)
        assert made.positions.keys() == {node.id for block in graph.drawn_blocks for node in block.nodes}
        assert no_overlaps(list(made.frames.values()))


def test_places_chosen_by_the_user_win_and_can_be_given_up() -> None:
    graph, made = drawn(2)
    node = graph.nodes[3]
    moved = layout(graph, made, {node.id: (-500.0, -300.0), "rule:gone:when": (0.0, 0.0)})
    assert moved.positions[node.id] == (-500, -300)
    assert moved.frames[node.rule].x == -524
    assert moved.bounds.x == -524
    others = [name for name in made.positions if name != node.id]
    assert all(moved.positions[name] == made.positions[name] for name in others)
    assert len(routes(graph, moved)) == len(routes(graph, made))
    assert layout(graph, moved).positions == made.positions


def test_the_shelves_are_near_the_shape_of_a_screen() -> None:
    bounds = layout(chain_graph(chain_rules(1000), PROFILE)).bounds
    assert 1.1 < bounds.width / bounds.height < 2.2


def test_a_card_has_room_for_its_title() -> None:
    for node in chain_graph(chain_rules(4), PROFILE).nodes:
        wanted = len(node.label) * TITLE_PX
        assert node_width(node) - TEXT_LEFT - TEXT_RIGHT >= wanted or node_width(node) == CARD_MAX


def test_an_empty_graph_has_an_empty_layout() -> None:
    made = layout(chain_graph([], PROFILE))
    assert made.positions == {}
    assert made.bounds == (0, 0, 0, 0)


LINKS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40)


@given(LINKS)
@settings(max_examples=150, deadline=None)
def test_layers_hold_every_item_once_and_acyclic_links_lead_right(links: list[tuple[int, int]]) -> None:
    layers = layered(12, links)
    rank = {item: index for index, layer in enumerate(layers) for item in layer}
    assert sorted(rank) == list(range(12))
    assert all(layers)
    forward = [(min(pair), max(pair)) for pair in links if pair[0] != pair[1]]
    rank = {item: index for index, layer in enumerate(layered(12, forward)) for item in layer}
    assert all(rank[source] < rank[target] for source, target in forward)


@given(LINKS, st.lists(st.integers(40, 400), min_size=12, max_size=12))
@settings(max_examples=100, deadline=None)
def test_items_of_a_layer_keep_their_order_and_their_distance(links: list[tuple[int, int]], tall: list[int]) -> None:
    sizes = [Size(100, height) for height in tall]
    layers = layered(12, links)
    tops = heights(layers, links, sizes)
    assert min(tops) == 0
    for layer in layers:
        for upper, lower in pairwise(layer):
            assert tops[lower] - tops[upper] - sizes[upper].height >= 32


def test_a_cycle_of_ten_thousand_rules_needs_no_recursion() -> None:
    ring = [(index, (index + 1) % 10_000) for index in range(10_000)]
    assert len(layered(10_000, ring)) == 10_000


@pytest.mark.parametrize("seed", SEEDS)
def test_each_group_has_a_region_to_itself_and_an_edit_lays_out_the_same_as_a_fresh_start(seed: int) -> None:
    rules = random_rules(seed, 40)
    grouped = {rule.id: f"group {index % 5}" for index, rule in enumerate(rules)}
    graph = chain_graph(rules, PROFILE)
    made = layout(graph, grouped=grouped)
    boxes = {region.name: region.box for region in made.regions}
    assert set(boxes) == set(grouped.values())
    assert no_overlaps(list(boxes.values()))
    assert no_overlaps(list(made.frames.values()))
    for rule, frame in made.frames.items():
        if rule in grouped:
            box = boxes[grouped[rule]]
            assert box.x <= frame.x
            assert box.y <= frame.y
            assert frame.x + frame.width <= box.x + box.width
            assert frame.bottom <= box.bottom
    assert len(routes(graph, made)) == len({(e.source, e.target, e.kind) for e in graph.drawn_edges})
    fewer = chain_graph(rules[1:], PROFILE, previous=graph)
    fresh = layout(chain_graph(rules[1:], PROFILE), grouped=grouped)
    assert layout(fewer, made, grouped=grouped).positions == fresh.positions
