"""Edits of a rule's document: what every one of them must hold, over rules of any shape."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.unit.rules import PROFILE, unhurried
from trigger_studio.analysis.graph.flow import flowchart
from trigger_studio.errors import Refused
from trigger_studio.model.lenient_rule import sketch
from trigger_studio.studio.editing import edits
from trigger_studio.studio.form.action_kinds import fresh_actions
from trigger_studio.studio.paths import Path, text_of, value_at

brisk = settings(unhurried, max_examples=40)

LEAVES = st.sampled_from(
    [
        {"type": "trigger_qa", "params": {}, "wait": True},
        {"type": "set_status", "status": "approved"},
        {"type": "gate", "approvers": "admin", "message": "", "timeout": "3d"},
        {"type": "submit_job", "job_type": "scene_generation", "params": {}, "wait": True},
    ]
).map(copy.deepcopy)


def _containers(actions: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    some, any_ = st.lists(actions, min_size=1, max_size=3), st.lists(actions, max_size=3)
    kinds, test = st.sampled_from(["parallel", "sequence"]), {"field": "qa_pass_rate", "op": "gt", "value": 0.8}
    return st.one_of(
        st.builds(lambda kind, items: {"type": kind, "actions": items}, kinds, some),
        st.builds(lambda then, other: {"type": "branch", "if": dict(test), "then": then, "else": other}, any_, any_),
    )


ACTIONS = st.lists(st.recursive(LEAVES, _containers, max_leaves=6), min_size=1, max_size=4)
CONTENTS = st.builds(
    lambda actions, mode: {
        "id": "one", "name": "One", "enabled": True, "mode": mode, "actions": actions,
        "when": {"event": "approved", "entity": "variant", "scope": {"project": True}},
    },
    ACTIONS,
    st.sampled_from(["sequential", "parallel"]),
)  # fmt: skip


def places(content: dict[str, Any]) -> list[Path]:
    return [path for path, _ in edits.actions_of(content)]


def slots(content: dict[str, Any]) -> list[Path]:
    """Every slot: before each action, and at the end of each list."""
    found = [*places(content), ("actions", len(content["actions"]))]
    for path, action in edits.actions_of(content):
        found += [(*path, key, len(action[key])) for key in edits.INSIDE.get(action["type"], ())]
    return found


@brisk
@given(CONTENTS, st.data())
def test_insert_and_delete_is_nothing(content: dict[str, Any], data: st.DataObject) -> None:
    before = copy.deepcopy(content)
    slot = data.draw(st.sampled_from(slots(content)))
    edited = edits.insert(content, slot, {"type": "gate"})
    assert value_at(edited.content, edited.path) == {"type": "gate"}
    assert len(places(edited.content)) == len(places(content)) + 1
    assert edits.delete(edited.content, [edited.path]) == content == before


@brisk
@given(CONTENTS, st.data())
def test_a_move_there_and_back_is_nothing(content: dict[str, Any], data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(places(content)))
    slot = data.draw(st.sampled_from(slots(content)))
    assume(slot[: len(source)] != source or len(slot) == len(source))
    parent = value_at(content, source[:-1])
    assume(len(parent) > 1 or source[-2] in ("then", "else") or len(source) == 2)  # else its group goes too
    moved = edits.move(content, source, slot)
    assert value_at(moved.content, moved.path) == value_at(content, source)
    assert len(places(moved.content)) == len(places(content))
    marked = edits.insert(content, source, {"type": "mark"}).content  # where it was, as it is called after the move
    gone = edits.move(marked, (*source[:-1], int(source[-1]) + 1), _after_insert(slot, source))
    mark = next(path for path, action in edits.actions_of(gone.content) if action["type"] == "mark")
    back = edits.move(gone.content, gone.path, mark)
    assert edits.delete(back.content, [p for p, a in edits.actions_of(back.content) if a["type"] == "mark"]) == content


def _after_insert(path: Path, slot: Path) -> Path:
    """Where a place is after something was put in at a slot."""
    depth = len(slot) - 1
    if path[:depth] == slot[:-1] and len(path) > depth and int(path[depth]) >= int(slot[-1]):
        return (*path[:depth], int(path[depth]) + 1, *path[depth + 1 :])
    return path


@brisk
@given(CONTENTS, st.data())
def test_next_to_means_before_or_after_it_on_the_chart(content: dict[str, Any], data: st.DataObject) -> None:
    leaves = [path for path, action in edits.actions_of(content) if action["type"] not in edits.INSIDE]
    assume(leaves)
    path, after = data.draw(st.sampled_from(leaves)), data.draw(st.booleans())
    edited = edits.insert_next_to(content, path, {"type": "set_status", "status": "failed"}, after=after)
    rule = sketch(edited.content)
    assert rule is not None
    order = [node.path for node in flowchart(rule, PROFILE).block.nodes]
    new = next(p for p, a in edits.actions_of(edited.content) if a.get("status") == "failed")
    old = (*new[:-1], int(new[-1]) + (-1 if after else 1))
    assert value_at(edited.content, old) == value_at(content, path)
    steps = {(edge.source, edge.target) for edge in flowchart(rule, PROFILE).block.edges}
    ends = [f"rule:one:{text_of(p)}" for p in ((old, new) if after else (new, old))]
    assert tuple(ends) in steps, (order, ends)


@brisk
@given(CONTENTS, st.data())
def test_copies_stand_after_what_they_copy_and_deleting_them_is_nothing(
    content: dict[str, Any], data: st.DataObject
) -> None:
    chosen = data.draw(st.lists(st.sampled_from(places(content)), min_size=1, max_size=4))
    copied, made = edits.duplicate(content, chosen)
    assert len(made) == len(edits.outermost(chosen))
    for path in made:
        assert value_at(copied, path) == value_at(copied, (*path[:-1], int(path[-1]) - 1))
    assert edits.delete(copied, made) == content


@brisk
@given(CONTENTS, st.data())
def test_what_is_wrapped_and_taken_apart_is_what_it_was(content: dict[str, Any], data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(places(content)))
    kind = data.draw(st.sampled_from(sorted(edits.INSIDE)))
    wrapped = edits.wrap(content, path, fresh_actions(PROFILE)[kind])
    assert value_at(wrapped.content, wrapped.path) == value_at(content, path)
    assert edits.unwrap(wrapped.content, path) == content


@brisk
@given(CONTENTS, st.data())
def test_deleting_several_leaves_the_others_and_no_empty_group(content: dict[str, Any], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(places(content)), min_size=1, max_size=5))
    left = edits.delete(content, chosen)
    kept = [a for p, a in edits.actions_of(content) if not any(p[: len(c)] == c for c in chosen)]
    leaves = [a for a in kept if a["type"] not in edits.INSIDE]
    assert [a for _, a in edits.actions_of(left) if a["type"] not in edits.INSIDE] == leaves
    assert all(a["actions"] for _, a in edits.actions_of(left) if a["type"] in ("parallel", "sequence"))


@brisk
@given(CONTENTS, st.data())
def test_every_edit_leaves_something_that_can_be_drawn(content: dict[str, Any], data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(fresh_actions(PROFILE))))
    slot = data.draw(st.sampled_from(slots(content)))
    edited = edits.insert(content, slot, fresh_actions(PROFILE)[kind])
    rule = sketch(edited.content)
    assert rule is not None
    shown = {node.path for node in flowchart(rule, PROFILE).block.nodes}
    assert text_of(edits.seen_at(edited.content, edited.path)) in shown


def test_nothing_goes_inside_itself() -> None:
    content = {"id": "one", "actions": [{"type": "parallel", "actions": [{"type": "gate"}]}]}
    with pytest.raises(Refused, match="inside itself"):
        edits.move(content, ("actions", 0), ("actions", 0, "actions", 1))


def test_a_condition_joins_those_that_are_there() -> None:
    one, two = {"field": "variant", "op": "eq", "value": "hero"}, {"field": "job_type", "op": "is_set"}
    rule = {"when": {"event": "approved", "entity": "variant"}}
    first = edits.add_condition(rule, one)
    assert first["when"]["where"] == {"all": [one]}
    assert edits.add_condition(first, two)["when"]["where"] == {"all": [one, two]}
    either = {"when": {**rule["when"], "where": {"any": [one, two]}}}
    assert edits.add_condition(either, two)["when"]["where"] == {"all": [{"any": [one, two]}, two]}


@pytest.mark.parametrize(
    ("broken", "drawn"),
    [
        ({"actions": []}, ["when", "actions"]),
        ({"actions": [{"type": "send_notification", "channel": "email", "to": []}]}, ["when", "actions[0]"]),
        ({"actions": [{"type": "call_webhook", "url": "", "method": 3}]}, ["when", "actions[0]"]),
        ({"actions": [{"type": "branch", "if": {}}]}, ["when", "actions[0]", "actions[0].then", "actions[0].else"]),
        (
            {"actions": [{"type": "parallel", "actions": []}]},
            ["when", *(f"actions[0]{x}" for x in ("", ".actions", ".end"))],
        ),
        ({"actions": [{}, 3]}, ["when", "actions[0]", "actions[1]"]),
        ({"actions": [{"type": "gate", "timeout": "soon"}], "priority": "x"}, ["when", "actions[0]"]),
    ],
)
def test_an_unfinished_rule_is_drawn_with_all_its_steps(broken: dict[str, Any], drawn: list[str]) -> None:
    rule = sketch({"id": "one", "when": {"event": "approved", "entity": "variant", "where": {"all": []}}, **broken})
    assert rule is not None
    assert [node.path for node in flowchart(rule, PROFILE).block.nodes] == drawn


def test_without_an_event_there_is_nothing_to_draw() -> None:
    assert sketch({"id": "one", "when": {"event": "often"}, "actions": []}) is None
    assert sketch({"id": "one", "when": 7}) is None
