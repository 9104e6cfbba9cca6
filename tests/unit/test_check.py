"""What only the profile can tell about a rule, one fault at a time and all together."""

# ruff: noqa: E501 - the tables hold one case a line

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.rules import PROFILE, RULE, filtered, rule, told
from trigger_studio.model.bundle import parse_rule
from trigger_studio.model.check import check_rule
from trigger_studio.model.compare import operators
from trigger_studio.model.profile import Profile
from trigger_studio.model.profiles import parse_profile, profile_document
from trigger_studio.model.rule import OPERATORS, Rule

STUDIO: Profile = parse_profile(
    {
        **profile_document(PROFILE),
        "attributes": {
            **profile_document(PROFILE)["attributes"],
            "hero": {"type": "boolean"},
            "tags": {"type": "list"},
            "shots": {"type": "number"},
        },
    }
)

NUMBERS = "eq ne in not_in lt le gt ge between is_set is_not_set"
TAKES = {
    "qa_pass_rate": NUMBERS,
    "resolution_tier": NUMBERS,
    "scene_type": "eq ne in not_in is_set is_not_set",
    "variant": "eq ne in not_in contains starts_with is_set is_not_set",
    "job_type": "eq ne in not_in contains starts_with is_set is_not_set",
    "tags": "eq ne in not_in contains is_set is_not_set",
    "hero": "eq ne in not_in is_set is_not_set",
}
SAMPLES: dict[str, Any] = {
    "qa_pass_rate": 0.5,
    "resolution_tier": "4k",
    "scene_type": "action",
    "variant": "hero",
    "job_type": "qa",
    "tags": ["wet"],
    "hero": True,
}


def value_for(field: str, op: str) -> dict[str, Any]:
    """A sound value for an operator, as the condition's keys."""
    if op in ("is_set", "is_not_set"):
        return {}
    sample = SAMPLES[field]
    if op in ("in", "not_in"):
        return {"value": [sample]}
    if op == "between":
        return {"value": [sample, sample]}
    return {"value": "we" if op in ("contains", "starts_with") else sample}


@pytest.mark.parametrize("field", TAKES)
@pytest.mark.parametrize("op", OPERATORS)
def test_operators_by_type(field: str, op: str) -> None:
    data = filtered(field=field, op=op, **value_for(field, op))
    if op in TAKES[field].split():
        assert isinstance(parse_rule(data, STUDIO), Rule)
    else:
        [fault] = told(lambda: parse_rule(data, STUDIO))
        assert fault.startswith(f"when.where.op: {op} does not go with {field}, which is ")
        assert fault.endswith(f"allowed: {', '.join(operators(STUDIO.fields[field]))}")


@pytest.mark.parametrize(
    ("field", "op", "value", "fault"),
    [
        ("qa_pass_rate", "gt", "0.8", "value: found '0.8'; qa_pass_rate is a number"),
        ("qa_pass_rate", "gt", True, "value: found true; qa_pass_rate is a number"),
        ("qa_pass_rate", "eq", False, "value: found false; qa_pass_rate is a number from 0 to 1"),
        ("qa_pass_rate", "eq", 80, "value: found 80; qa_pass_rate is a number from 0 to 1"),
        ("qa_pass_rate", "gt", None, "value: gt needs a value: a number from 0 to 1"),
        ("qa_pass_rate", "eq", None, "value: eq needs a value: a number from 0 to 1"),
        ("qa_pass_rate", "in", 0.5, "value: found 0.5; in needs a list of at least one value: a number from 0 to 1"),
        ("qa_pass_rate", "in", [], "value: found []; in needs a list of at least one value: a number from 0 to 1"),
        ("qa_pass_rate", "not_in", [0.5, "x"], "value[1]: found 'x'; qa_pass_rate is a number from 0 to 1"),
        ("qa_pass_rate", "between", [0.5], "value: found [0.5]; between needs [low, high]"),
        ("qa_pass_rate", "between", [0, 1, 2], "value: found [0, 1, 2]; between needs [low, high]"),
        ("qa_pass_rate", "between", 0.5, "value: found 0.5; between needs [low, high]"),
        ("qa_pass_rate", "between", [0, "1"], "value[1]: found '1'; qa_pass_rate is a number"),
        ("qa_pass_rate", "between", [1, 0.5], "value: found [1, 0.5]; the low end comes first"),
        ("resolution_tier", "between", ["4k", "720p"], "value: found ['4k', '720p']; the low end comes first"),
        ("resolution_tier", "ge", "1080", "value: found '1080'; resolution_tier is ordered; allowed: 480p, 720p, 1080p, 4k, 8k; did you mean '1080p'?"),
        ("resolution_tier", "ge", 1080, "value: found 1080; resolution_tier is ordered; allowed: 480p, 720p, 1080p, 4k, 8k"),
        ("scene_type", "eq", "acton", "value: found 'acton'; scene_type is choice; allowed: action, dialogue, establishing, montage, title; did you mean 'action'?"),
        ("variant", "eq", 5, "value: found 5; variant is text"),
        ("variant", "contains", 5, "value: found 5; variant is text"),
        ("variant", "contains", None, "value: contains needs a value: text"),
        ("variant", "eq", "{{ event.variant }}", "value: found '{{ event.variant }}'; a condition's value is literal, templates go into actions"),
        ("variant", "in", ["a", "{{ x }}"], "value[1]: found '{{ x }}'; a condition's value is literal, templates go into actions"),
        ("variant", "is_set", "x", "value: found 'x'; is_set takes no value"),
        ("variant", "is_not_set", False, "value: found false; is_not_set takes no value"),
        ("hero", "eq", 1, "value: found 1; hero is true or false"),
        ("hero", "eq", "true", "value: found 'true'; hero is true or false"),
        ("tags", "eq", "wet", "value: found 'wet'; tags is a list of text"),
        ("tags", "eq", [1], "value: found [1]; tags is a list of text"),
        ("tags", "contains", ["wet"], "value: found ['wet']; tags is text"),
    ],
)  # fmt: skip
def test_values_that_cannot_be_compared(field: str, op: str, value: Any, fault: str) -> None:
    assert told(lambda: parse_rule(filtered(field=field, op=op, value=value), STUDIO)) == [f"when.where.{fault}"]


@pytest.mark.parametrize(
    ("field", "op", "value"),
    [
        ("qa_pass_rate", "gt", 80),  # outside the domain, but a number: it compares, and never holds
        ("qa_pass_rate", "between", [0.5, 0.5]),
        ("shots", "eq", -3.5),
        ("resolution_tier", "between", ["720p", "4k"]),
        ("tags", "in", [["wet"], []]),
        ("variant", "eq", ""),
        ("variant", "is_set", None),
    ],
)
def test_values_that_compare(field: str, op: str, value: Any) -> None:
    assert check_rule(parse_rule(filtered(field=field, op=op, value=value), STUDIO), STUDIO) == []


KINDS = "allowed: project, character, variant, scene, job, qa, concatenation, delivery"
JOBS = "allowed: scene_generation, variant_generation, qa, concatenation, packaging"
JOIN = {"entity": "scene", "of": "character", "status": "approved"}
HOOK = {"type": "call_webhook", "url": "https://example.org/x"}
NO_TEMPLATE = "it is literal, so that no template evades an approval"


def joined(**changes: Any) -> dict[str, Any]:
    return rule(when={**RULE["when"], "every": {**JOIN, **changes}})


def acting(*actions: dict[str, Any]) -> dict[str, Any]:
    return rule(actions=list(actions))


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        (rule(when={"event": "approved", "entity": "scen"}), [f"when.entity: unknown entity kind 'scen'; {KINDS}; did you mean 'scene'?"]),
        (joined(entity="scenes"), [f"when.every.entity: unknown entity kind 'scenes'; {KINDS}; did you mean 'scene'?"]),
        (joined(status="{{ event.x }}"), [f"when.every.status: found '{{{{ event.x }}}}'; {NO_TEMPLATE}"]),
        (joined(where={"field": "scene_typ", "op": "is_set"}), ["when.every.where.field: unknown field 'scene_typ'; allowed: job_type, resolution_tier, scene_type, variant, qa_pass_rate, gpu_hours; did you mean 'scene_type'?"]),
        (filtered(all=[{"any": [{"field": "x", "op": "is_set"}]}]), ["when.where.all[0].any[0].field: unknown field 'x'; allowed: job_type, resolution_tier, scene_type, variant, qa_pass_rate, gpu_hours"]),
        (acting({"type": "submit_job", "job_type": "scene_generaton"}), [f"actions[0].job_type: unknown job type 'scene_generaton'; {JOBS}; did you mean 'scene_generation'?"]),
        (acting({"type": "submit_job", "job_type": "{{ event.variant }}"}), [f"actions[0].job_type: found '{{{{ event.variant }}}}'; {NO_TEMPLATE}"]),
        (acting({"type": "trigger_qq"}), ["actions[0].type: unknown action 'trigger_qq'; allowed: submit_job, send_notification, call_webhook, set_status, branch, gate, parallel, sequence, trigger_qa, start_concatenation, package_delivery; did you mean 'trigger_qa'?"]),
        (acting({"type": "set_status", "status": "{{ event.x }}"}), [f"actions[0].status: found '{{{{ event.x }}}}'; {NO_TEMPLATE}"]),
        (acting({**HOOK, "url": "https://example.org/{{ event.id }}"}), [f"actions[0].url: found 'https://example.org/{{{{ event.id }}}}'; {NO_TEMPLATE}"]),
        (acting({**HOOK, "secret": "{{ event.id }}"}), [f"actions[0].secret: found '{{{{ event.id }}}}'; {NO_TEMPLATE}"]),
        (acting({**HOOK, "url": "example.org/x"}), ["actions[0].url: found 'example.org/x'; needed: an absolute address, http://host/… or https://host/…"]),
        (acting({**HOOK, "url": "ftp://example.org/x"}), ["actions[0].url: found 'ftp://example.org/x'; needed: an absolute address, http://host/… or https://host/…"]),
        (acting({**HOOK, "url": "https:///x"}), ["actions[0].url: found 'https:///x'; needed: an absolute address, http://host/… or https://host/…"]),
        (acting({**HOOK, "url": "https://a:b@example.org/"}), ["actions[0].url: found 'https://a:b@example.org/'; a web address here holds no user or password; name a secret instead"]),
        (acting({**HOOK, "url": "https://example.org/a b"}), ["actions[0].url: found 'https://example.org/a b'; a web address holds no spaces or control characters"]),
        (acting({**HOOK, "url": "https://example.org:99999/"}), ["actions[0].url: found 'https://example.org:99999/'; not a web address: Port out of range 0-65535"]),
        (acting({**HOOK, "url": "http://[::1/"}), ["actions[0].url: found 'http://[::1/'; not a web address: Invalid IPv6 URL"]),
        (acting({"type": "gate", "approvers": "viewer"}), ["actions[0].approvers: unknown role that may approve 'viewer'; allowed: admin, creator"]),
        (acting({"type": "gate", "message": "{{ event.id"}), ["actions[0].message: found '{{ event.id'; the template is not closed by }}"]),
        (acting({**HOOK, "body": {"a": ["x", "{{ os.environ }}"]}}), ["actions[0].body.a[1]: a template cannot read 'os'; allowed: event, rule, firing, entity"]),
        (acting({"type": "trigger_qa", "params": {"{{ event.id }}": 1}}), ["actions[0].params: the key '{{ event.id }}': a key is literal, templates go into values"]),
        (acting({"type": "send_notification", "channel": "email", "to": ["{{ rule.nme }}"], "message": ""}), ["actions[0].to[0]: rule has no 'nme'; allowed: id, name, description, enabled, project, priority, mode, max_depth, revision; did you mean 'name'?"]),
        (acting({"type": "branch", "if": {"field": "qa_pass_rat", "op": "is_set"}, "then": [{"type": "parallel", "actions": [{"type": "x"}]}], "else": [{"type": "sequence", "actions": [{"type": "submit_job", "job_type": "y"}]}]}), [
            "actions[0].if.field: unknown field 'qa_pass_rat'; allowed: job_type, resolution_tier, scene_type, variant, qa_pass_rate, gpu_hours; did you mean 'qa_pass_rate'?",
            "actions[0].then[0].actions[0].type: unknown action 'x'; allowed: submit_job, send_notification, call_webhook, set_status, branch, gate, parallel, sequence, trigger_qa, start_concatenation, package_delivery",
            f"actions[0].else[0].actions[0].job_type: unknown job type 'y'; {JOBS}",
        ]),
        (acting({"type": "branch", "if_": {"field": "variant", "op": "is_set"}, "if": {"field": "variant", "op": "is_set"}}), ["actions[0].if_: unknown key; allowed: type, if, then, else; did you mean 'if'?"]),
    ],
)  # fmt: skip
def test_faults_under_a_profile(data: dict[str, Any], faults: list[str]) -> None:
    assert told(lambda: parse_rule(data, PROFILE)) == faults


@pytest.mark.parametrize(
    "data",
    [
        joined(min=0),
        joined(min=-5),
        joined(min="scene_count"),
        joined(min="qa_pass_rate"),
        joined(min="variant"),  # it holds no number, so the join does not hold (promises.md)
        joined(of="project", where={"none": [{"field": "variant", "op": "is_set"}]}),
        rule(when={"event": "approved", "entity": "project"}),
        rule(when={"event": "failed", "entity": "job", "scope": {"characters": "all"}}),
        acting({"type": "gate"}, {"type": "gate", "approvers": "creator", "timeout": "30m"}),
        acting({**HOOK, "url": "http://127.0.0.1:8080", "body": None}),
        acting({**HOOK, "url": "https://[::1]:8080/x?y=1#z", "body": "{{ event.id }}"}),
        acting({"type": "trigger_qa", "params": {"a": None, "b": {"c": ["}}", "{ {"]}}, "wait": False}),
        acting({"type": "branch", "if": {"all": [{"field": "variant", "op": "is_set"}]}}),
    ],
)
def test_sound_rules(data: dict[str, Any]) -> None:
    assert check_rule(parse_rule(data, PROFILE), PROFILE) == []


def test_groups_nest_twenty_deep_and_no_deeper() -> None:
    test: dict[str, Any] = {"field": "variant", "op": "is_set"}
    for _ in range(20):
        test = {"all": [test]}
    assert check_rule(parse_rule(filtered(**test), PROFILE), PROFILE) == []
    [fault] = told(lambda: parse_rule(filtered(any=[test]), PROFILE))
    assert fault == f"when.where.any[0]{'.all[0]' * 19}: groups are nested deeper than the 20 levels allowed"


def test_a_stored_rule_is_checked_again_under_another_profile() -> None:
    data = filtered(field="hero", op="eq", value=True)
    kept = parse_rule(data, STUDIO)
    [fault] = check_rule(kept, PROFILE, "rules[2]")
    assert str(fault).startswith("rules[2].when.where.field: unknown field 'hero'; allowed: job_type, ")
