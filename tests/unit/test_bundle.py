"""Rule bundles in and out: the documented example, every kind of formal fault, and round trips."""

# ruff: noqa: E501 - the tables hold one case a line

from __future__ import annotations

from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.rules import PROFILE, RULE, attempt, filtered, rule, told, unhurried
from trigger_studio.model.bundle import bundle_document, parse_bundle, parse_bundles, parse_rule
from trigger_studio.model.documents import read_document
from trigger_studio.model.profiles import load_profile
from trigger_studio.model.rule import OPERATORS, digest
from trigger_studio.model.yaml_core import write_yaml

CONTRACT_EXAMPLE = """
format: trigger-studio/1
rules:
- id: scenes-on-variant-approval
  name: Generate scenes when a hero variant is approved
  description: ""
  enabled: true
  project: null
  priority: 100
  when:
    event: approved
    entity: variant
    scope: {characters: [mira]}
    where:
      all:
      - {field: resolution_tier, op: ge, value: 1080p}
      - any:
        - {field: scene_type, op: in, value: [action, dialogue]}
        - {field: variant, op: eq, value: hero}
    every: {entity: scene, of: character, status: approved, min: 9}
  mode: sequential
  actions:
  - {type: submit_job, job_type: scene_generation, params: {resolution_tier: "{{ event.resolution_tier }}"}}
  - {type: trigger_qa, params: {suite: standard}}
  - {type: start_concatenation}
  - {type: package_delivery, params: {format: prores}}
  - {type: send_notification, channel: email, to: [lead@example.org], message: "{{ event.entity_id }} is ready"}
  - {type: call_webhook, url: "https://example.org/hook", method: POST, body: {id: "{{ event.id }}"}, secret: hook-key}
  - {type: set_status, status: approved}
  - type: branch
    if: {field: qa_pass_rate, op: gt, value: 0.8}
    then: [{type: set_status, status: approved}]
    else: [{type: set_status, status: needs_review}]
  - {type: gate, approvers: admin, message: "Look at the 4k plates", timeout: 3d}
  - {type: parallel, actions: [{type: sequence, actions: [{type: start_concatenation, wait: false}]}]}
  max_depth: 10
"""


def bundle(*rules: Any) -> dict[str, Any]:
    return {"format": "trigger-studio/1", "rules": list(rules)}


def test_the_documented_example() -> None:
    [read] = parse_bundle(read_document(CONTRACT_EXAMPLE), PROFILE)
    assert [action.type for action in read.actions] == [
        "submit_job", "trigger_qa", "start_concatenation", "package_delivery", "send_notification", "call_webhook",
        "set_status", "branch", "gate", "parallel",
    ]  # fmt: skip
    written = write_yaml(bundle_document([read]))
    assert parse_bundle(read_document(written), PROFILE) == [read]
    assert written.startswith("format: trigger-studio/1\nrules:\n- id: scenes-on-variant-approval\n  name: Generate")
    order = ["id", "name", "description", "enabled", "project", "priority", "when", "mode", "actions", "max_depth"]
    assert list(bundle_document([read])["rules"][0]) == order


def test_defaults() -> None:
    read = parse_rule(RULE, PROFILE)
    assert (read.enabled, read.mode, read.priority, read.max_depth, read.project) == (True, "sequential", 100, 10, None)
    assert read.when.scope.project is True


@pytest.mark.parametrize("name", ["montage-103", "1000genome-52"])
def test_real_bundles(name: str, data: Path) -> None:
    folder = data / "real" / name
    profile = load_profile(folder / "profile.json")
    rules = parse_bundle(read_document(folder / "rules.json"), profile)
    assert len(rules) == int(name.partition("-")[2])
    assert parse_bundle(read_document(write_yaml(bundle_document(rules))), profile) == rules


FORMAT_ALLOWED = "allowed: trigger-studio/1"
OPS = "allowed: eq, ne, in, not_in, lt, le, gt, ge, between, contains, starts_with, is_set, is_not_set"
RULE_KEYS = "allowed: id, name, description, enabled, project, priority, when, mode, actions, max_depth, coalesce"
ID_FORM = "needed: lower-case letters, digits and hyphens, a letter or digit first, at most 64"
ACTIONS = "allowed: submit_job, send_notification, call_webhook, set_status, branch, gate, parallel, sequence, trigger_qa, start_concatenation, package_delivery"


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        (5, ["found 5; a bundle is a mapping with the keys format and rules"]),
        ([], ["found []; a bundle is a mapping with the keys format and rules"]),
        ({}, [f"format: is needed and missing; {FORMAT_ALLOWED}", "rules: is needed and missing"]),
        ({"format": "trigger-studio/2", "rules": []}, [f"format: found 'trigger-studio/2'; {FORMAT_ALLOWED}; did you mean 'trigger-studio/1'?"]),
        ({"format": 1, "rules": {}}, [f"format: found 1; {FORMAT_ALLOWED}", "rules: found {}; needed: a list of rules"]),
        ({**bundle(), "rule": 1}, ["rule: unknown key; allowed: format, rules; did you mean 'rules'?"]),
        (bundle(5, None), ["rules[0]: found 5; needed: a mapping", "rules[1]: found null; needed: a mapping"]),
        (bundle(rule(), rule(id="b"), rule()), ["rules[2].id: the id 'scenes' is used twice; first at rules[0].id"]),
        (bundle({"id": "x", "when": {"event": "z"}}, {"id": "x"}), [
            "rules[0].actions: is needed and missing",
            "rules[0].when.entity: is needed and missing",
            "rules[0].when.event: found 'z'; allowed: completed, approved, failed",
            "rules[1].when: is needed and missing",
            "rules[1].actions: is needed and missing",
            "rules[1].id: the id 'x' is used twice; first at rules[0].id",
        ]),
    ],
)  # fmt: skip
def test_faults_of_a_bundle(data: Any, faults: list[str]) -> None:
    assert told(lambda: parse_bundle(data, PROFILE)) == faults


WHEN = RULE["when"]


def acting(**action: Any) -> dict[str, Any]:
    return rule(actions=[action])


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        (rule(id="Scenes"), [f"id: found 'Scenes'; {ID_FORM}"]),
        (rule(id=""), [f"id: found ''; {ID_FORM}"]),
        (rule(id="a" * 65), [f"id: found '{'a' * 56}…; {ID_FORM}"]),
        (rule(id="a\n"), [f"id: found 'a\\n'; {ID_FORM}"]),
        (rule(id=7), ["id: found 7; needed: text; put quotes around it"]),
        (rule(prority=1), [f"prority: unknown key; {RULE_KEYS}; did you mean 'priority'?"]),
        (rule(priority=1001), ["priority: found 1001; needed: at most 1000"]),
        (rule(priority=-1), ["priority: found -1; needed: at least 0"]),
        (rule(priority=True), ["priority: found true; needed: a whole number"]),
        (rule(priority=1.5), ["priority: found 1.5; needed: a whole number"]),
        (rule(priority="1"), ["priority: found '1'; needed: a whole number"]),
        (rule(priority=None), ["priority: found null; needed: a whole number"]),
        (rule(max_depth=0), ["max_depth: found 0; needed: at least 1"]),
        (rule(enabled="yes"), ["enabled: found 'yes'; needed: true or false"]),
        (rule(enabled=1), ["enabled: found 1; needed: true or false"]),
        (rule(project=""), ["project: found ''; needed: text that is not empty"]),
        (rule(mode="serial"), ["mode: found 'serial'; allowed: sequential, parallel; did you mean 'sequential'?"]),
        (rule(when=None), ["when: found null; needed: a mapping"]),
        (rule(when={**WHEN, "event": "complete"}), ["when.event: found 'complete'; allowed: completed, approved, failed; did you mean 'completed'?"]),
        (rule(when={**WHEN, "scop": 1}), ["when.scop: unknown key; allowed: event, entity, scope, where, every; did you mean 'scope'?"]),
        (rule(when={**WHEN, "scope": {}}), ["when.scope: a scope is {characters: [ids]}, {characters: all} or {project: true}"]),
        (rule(when={**WHEN, "scope": {"project": False}}), ["when.scope.project: found false; allowed: true"]),
        (rule(when={**WHEN, "scope": {"characters": "mira"}}), ["when.scope.characters: found 'mira'; needed: 'all' or a list"]),
        (rule(when={**WHEN, "scope": {"characters": []}}), ["when.scope.characters: found []; needed: 'all' or a list of at least one"]),
        (rule(when={**WHEN, "scope": {"characters": ["a", 5]}}), ["when.scope.characters[1]: found 5; needed: text; put quotes around it"]),
        (rule(when={**WHEN, "scope": {"characters": "all", "project": True}}), ["when.scope: a scope is {characters: [ids]}, {characters: all} or {project: true}"]),
        (filtered(), ["when.where: a group has exactly one of all, any, none"]),
        (filtered(all=[]), ["when.where: an empty group is not allowed"]),
        (filtered(all=[{"field": "variant", "op": "is_set"}], any=[{"field": "variant", "op": "is_set"}]), ["when.where: a group has exactly one of all, any, none"]),
        (filtered(al=[]), ["when.where.al: unknown key; allowed: all, any, none; did you mean 'all'?"]),
        (filtered(field="variant", op="equals", value=1), [f"when.where.op: found 'equals'; {OPS}"]),
        (filtered(field="variant", op="startswith"), [f"when.where.op: found 'startswith'; {OPS}; did you mean 'starts_with'?"]),
        (filtered(field="variant", value=1), [f"when.where.op: is needed and missing; {OPS}"]),
        (filtered(op="is_set"), ["when.where.field: is needed and missing"]),
        (filtered(field="variant", op="eq", value="a", values=[]), ["when.where.values: unknown key; allowed: field, op, value; did you mean 'value'?"]),
        (filtered(all={"field": "variant"}), ["when.where.all: found {'field': 'variant'}; needed: a list"]),
        (filtered(none=[{"all": [5]}]), ["when.where.none[0].all[0]: found 5; needed: a mapping"]),
        (rule(when={**WHEN, "where": [1]}), ["when.where: found [1]; needed: a mapping"]),
        (rule(when={**WHEN, "every": {"entity": "scene"}}), ["when.every.of: is needed and missing; allowed: project, character", "when.every.status: is needed and missing"]),
        (rule(when={**WHEN, "every": {"entity": "scene", "of": "scene", "status": "x"}}), ["when.every.of: found 'scene'; allowed: project, character"]),
        (rule(when={**WHEN, "every": {"entity": "scene", "of": "project", "status": "x", "min": True}}), ["when.every.min: found true; needed: a number or text"]),
        (rule(when={**WHEN, "every": {"entity": "scene", "of": "project", "status": "x", "min": [1.5]}}), ["when.every.min: found [1.5]; needed: a number or text"]),
        (rule(when={**WHEN, "every": {"entity": "scene", "of": "project", "status": "x", "min": ""}}), ["when.every.min: found ''; needed: a number or text that is not empty"]),
        (rule(actions=[]), ["actions: found []; needed: a list of at least one"]),
        (rule(actions={}), ["actions: found {}; needed: a list"]),
        (rule(actions="x"), ["actions: found 'x'; needed: a list"]),
        (rule(actions=[None]), ["actions[0]: found null; needed: a mapping"]),
        (acting(type="submit_jb", job_type="qa", x=1), [f"actions[0].type: unknown action 'submit_jb'; {ACTIONS}; did you mean 'submit_job'?"]),
        (acting(type=5), ["actions[0].type: found 5; needed: text; put quotes around it"]),
        (acting(params={}), ["actions[0].type: is needed and missing"]),
        (acting(type="submit_job"), ["actions[0].job_type: is needed and missing"]),
        (acting(type="submit_job", job_type="qa", wait="no"), ["actions[0].wait: found 'no'; needed: true or false"]),
        (acting(type="trigger_qa", job_type="qa"), ["actions[0].job_type: unknown key; allowed: type, params, wait; did you mean 'type'?"]),
        (acting(type="trigger_qa", params=[]), ["actions[0].params: found []; needed: a mapping"]),
        (acting(type="send_notification", channel="email", to=[], message=1), ["actions[0].to: found []; needed: a list of at least one", "actions[0].message: found 1; needed: text; put quotes around it"]),
        (acting(type="send_notification", channel="email", to="a@b.org", message=""), ["actions[0].to: found 'a@b.org'; needed: a list"]),
        (acting(type="call_webhook", url="http://x", method="post"), ["actions[0].method: found 'post'; allowed: GET, POST, PUT, PATCH, DELETE"]),
        (acting(type="call_webhook", url="http://x", retry={"attempts": 0, "backoff": 1}), ["actions[0].retry.attempts: found 0; needed: at least 1", "actions[0].retry.backoff: unknown key; allowed: attempts, backoff_s; did you mean 'backoff_s'?"]),
        (acting(type="call_webhook", url=""), ["actions[0].url: found ''; needed: text that is not empty"]),
        (acting(type="gate", timeout="3 days"), ["actions[0].timeout: '3 days' is no duration; write a number and a unit: 90s, 30m, 12h, 3d or 2w"]),
        (acting(type="gate", timeout=3), ["actions[0].timeout: found 3; needed: text; put quotes around it"]),
        (acting(type="branch", then=[]), ["actions[0].if: is needed and missing"]),
        (acting(type="branch", **{"if": {"all": [{"field": "variant"}]}, "else": [{"type": "gate", "x": 1}]}), [
            f"actions[0].if.all[0].op: is needed and missing; {OPS}",
            "actions[0].else[0].x: unknown key; allowed: type, approvers, message, timeout",
        ]),
        (acting(type="parallel", actions=[]), ["actions[0].actions: found []; needed: a list of at least one"]),
        (acting(type="sequence", actions=[{"type": "parallel", "actions": [{"type": "set_status"}]}]), ["actions[0].actions[0].actions[0].status: is needed and missing"]),
        # Keys that are called like the names that pydantic puts between the keys.
        (filtered(group=1, all=[{"field": "variant"}]), ["when.where.group: unknown key; allowed: all, any, none", f"when.where.all[0].op: is needed and missing; {OPS}"]),
        (acting(type="gate", gate=1), ["actions[0].gate: unknown key; allowed: type, approvers, message, timeout"]),
        (rule(name="a\0"), ["name: found 'a\\x00'; a text cannot hold NUL or half of a surrogate pair"]),
        (acting(type="trigger_qa", params={"n": float("nan")}), ["actions[0].params.n: found nan; a finite number is needed"]),
    ],
)  # fmt: skip
def test_faults_of_a_rule(data: Any, faults: list[str]) -> None:
    assert told(lambda: parse_rule(data, PROFILE)) == faults
    assert told(lambda: parse_rule(data, PROFILE, "rules[3]")) == [f"rules[3].{fault}" for fault in faults]


def test_every_fault_in_one_answer_in_the_order_of_the_document() -> None:
    data = read_document(CONTRACT_EXAMPLE)
    broken = data["rules"][0]
    broken["priorty"] = broken.pop("priority")
    broken["when"]["entity"] = "varant"
    broken["when"]["where"]["all"][0]["value"] = 1080
    broken["when"]["where"]["all"][1]["any"][0]["op"] = "inn"
    broken["actions"][0]["params"]["x"] = "{{ os.x }}"
    broken["actions"][5]["method"] = "FETCH"
    broken["actions"][7]["if"]["field"] = "rate"
    assert [fault.partition(": ")[0] for fault in told(lambda: parse_bundle(data, PROFILE))] == [
        "rules[0].when.entity",
        "rules[0].when.where.all[0].value",
        "rules[0].when.where.all[1].any[0].op",
        "rules[0].actions[0].params.x",
        "rules[0].actions[5].method",
        "rules[0].actions[7].if.field",
        "rules[0].priorty",
    ]


def test_several_bundles_are_one() -> None:
    one, two = bundle(rule()), bundle(rule(id="other"))
    assert [read.id for read in parse_bundles([("a.yaml", one), ("b.yaml", two)], PROFILE)] == ["scenes", "other"]
    two["rules"] += [rule(), rule(id="X")]
    assert told(lambda: parse_bundles([("a.yaml", one), ("b.yaml", two)], PROFILE)) == [
        "b.yaml: rules[1].id: the id 'scenes' is used twice; first at a.yaml: rules[0].id",
        f"b.yaml: rules[2].id: found 'X'; {ID_FORM}",
    ]
    assert told(lambda: parse_bundles([("a.yaml", bundle(rule(id="X")))], PROFILE)) == [
        f"rules[0].id: found 'X'; {ID_FORM}"
    ]
    assert told(
        lambda: parse_bundles([("a.yaml", {"x": float("inf")}), ("b.yaml", bundle(rule(id="X")))], PROFILE)
    ) == [
        "a.yaml: x: found inf; a finite number is needed",
        f"b.yaml: rules[0].id: found 'X'; {ID_FORM}",
    ]


# ------------------------------------------------------------------------------------------ any rule, any input
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12)
LITERAL = TEXT.filter(lambda text: "{{" not in text)
CONDITIONS = (
    st.builds(lambda op, value: {"field": "resolution_tier", "op": op, "value": value}, st.sampled_from(["eq", "ge", "lt"]), st.sampled_from(["480p", "4k", "8k"]))
    | st.builds(lambda low, high: {"field": "gpu_hours", "op": "between", "value": sorted([low, high])}, st.floats(0, 99), st.integers(0, 99))
    | st.builds(lambda values: {"field": "variant", "op": "not_in", "value": values}, st.lists(LITERAL, min_size=1))
    | st.builds(lambda op: {"field": "job_type", "op": op}, st.sampled_from(["is_set", "is_not_set"]))
)  # fmt: skip
TESTS = st.recursive(
    CONDITIONS,
    lambda inner: st.builds(lambda kind, items: {kind: items}, st.sampled_from(["all", "any", "none"]), st.lists(inner, min_size=1, max_size=3)),
    max_leaves=6,
)  # fmt: skip
PLAIN = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(-1e300, 1e300) | LITERAL
VALUES = st.recursive(PLAIN | st.just("{{ event.id }}"), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(LITERAL, inner, max_size=3), max_leaves=5)  # fmt: skip
LEAVES = (
    st.fixed_dictionaries({"type": st.just("trigger_qa")}, optional={"params": st.dictionaries(LITERAL, VALUES, max_size=3), "wait": st.booleans()})
    | st.fixed_dictionaries({"type": st.just("set_status"), "status": LITERAL})
    | st.fixed_dictionaries({"type": st.just("gate")}, optional={"timeout": st.sampled_from(["3d", "90s"]), "message": LITERAL})
    | st.fixed_dictionaries({"type": st.just("call_webhook"), "url": st.just("https://example.org/")}, optional={"body": VALUES, "retry": st.just({"attempts": 2})})
)  # fmt: skip
ACTIONS_OF_ANY_DEPTH = st.recursive(
    LEAVES,
    lambda inner: st.fixed_dictionaries({"type": st.sampled_from(["parallel", "sequence"]), "actions": st.lists(inner, min_size=1, max_size=3)})
    | st.fixed_dictionaries({"type": st.just("branch"), "if": TESTS, "then": st.lists(inner, max_size=2)}, optional={"else": st.lists(inner, max_size=2)}),
    max_leaves=6,
)  # fmt: skip
SCOPES = st.just({"project": True}) | st.just({"characters": "all"}) | st.builds(lambda ids: {"characters": ids}, st.lists(TEXT, min_size=1, max_size=2))  # fmt: skip
JOINS = st.fixed_dictionaries({"entity": st.just("scene"), "of": st.sampled_from(["project", "character"]), "status": LITERAL}, optional={"min": st.integers(-3, 9) | st.just("shots"), "where": TESTS})  # fmt: skip
RULES = st.fixed_dictionaries(
    {
        "id": st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True),
        "when": st.fixed_dictionaries(
            {"event": st.sampled_from(["completed", "approved", "failed"]), "entity": st.sampled_from(PROFILE.kinds)},
            optional={"scope": SCOPES, "where": TESTS, "every": JOINS},
        ),
        "actions": st.lists(ACTIONS_OF_ANY_DEPTH, min_size=1, max_size=3),
    },
    optional={"name": TEXT, "enabled": st.booleans(), "project": st.none() | TEXT, "priority": st.integers(0, 1000)},
)


@unhurried
@given(RULES)
def test_a_rule_survives_its_document_and_yaml(data: dict[str, Any]) -> None:
    read = parse_rule(data, PROFILE)
    document = bundle_document([read])
    again = parse_bundle(read_document(write_yaml(document)), PROFILE)
    assert again == [read]
    assert digest(again[0]) == digest(read)
    assert bundle_document(again) == document


JUNK: st.SearchStrategy[Any] = st.sampled_from([None, True, 5, 1.5, "", "x", "{{", [], {}, [[]], {"all": []}, {"type": "branch"}, {"field": 1, "op": "in"}, "a\0", float("nan"), 2**70])  # fmt: skip


@unhurried
@given(RULES, st.data())
def test_a_broken_rule_raises_nothing_but_bad_input(data: dict[str, Any], choose: st.DataObject) -> None:
    broken = deepcopy(data)
    holder: Any = broken
    for _ in range(choose.draw(st.integers(0, 6))):
        steps = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        inner = [step for step in steps if isinstance(holder[step], dict | list)]
        if not inner:
            break
        holder = holder[choose.draw(st.sampled_from(inner))]
    if isinstance(holder, dict):
        keys = [*holder, "if", "all", "value", "op", "actions", "condition", "group"]
        holder[choose.draw(st.sampled_from(keys))] = choose.draw(JUNK)
    else:
        holder.append(choose.draw(JUNK))
    _, faults = attempt(lambda: parse_rule(broken, PROFILE, "rules[0]"))
    assert all(fault.path.startswith("rules[0]") for fault in faults)


@unhurried
@given(
    st.recursive(
        JUNK,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["format", "rules", "id", "when", "actions", "type", "if", "all"]), inner)
        ),
        max_leaves=12,
    ),
)
def test_no_data_raises_anything_but_bad_input(data: Any) -> None:
    for broken in (data, bundle(data), bundle(rule(when=data, actions=data)), bundle(rule(actions=[data]))):
        assert attempt(partial(parse_bundle, broken, PROFILE))[1]


def test_data_deeper_than_the_interpreter_can_follow() -> None:
    deep: Any = "x"
    for _ in range(20_000):
        deep = [deep]
    for broken in (deep, rule(when=deep), rule(actions=[{"type": "trigger_qa", "params": {"a": deep}}])):
        [fault] = told(partial(parse_rule, broken, PROFILE, "rules[0]"))
        assert fault.endswith("nested deeper than the 100 levels allowed")
        assert told(partial(parse_bundle, bundle(broken), PROFILE))[0].startswith("rules[0]")


def test_unknown_operators_of_the_model_are_ours() -> None:
    assert "allowed: " + ", ".join(OPERATORS) == OPS
