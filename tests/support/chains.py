"""Random but reproducible rules over the default profile: chains, cycles, joins, branches, filters that bite."""

from __future__ import annotations

import random
from typing import Any

from trigger_studio.model.profiles import load_profile
from trigger_studio.model.rule import Rule

PROFILE = load_profile()

_TIERS = ["720p", "1080p", "4k"]
_KINDS = ["variant", "scene", "job", "qa", "concatenation", "delivery", "character"]
_JOBS = ["scene_generation", "variant_generation", "qa", "concatenation", "packaging"]


def random_rules(seed: int, count: int) -> list[Rule]:
    """`count` rules from one seed."""
    dice = random.Random(seed)
    return [Rule.model_validate(_rule(dice, f"r{index:04d}")) for index in range(count)]


def chain_rules(count: int, length: int = 5) -> list[Rule]:
    """Rules in separate chains of `length`, one character each, as a studio has them."""
    events = [("approved", "variant"), ("completed", "scene"), ("completed", "qa"), ("completed", "concatenation")]
    jobs = ["scene_generation", "qa", "concatenation", "packaging"]
    rules = []
    for index in range(count):
        event, entity = events[index % length % len(events)]
        when = {"event": event, "entity": entity, "scope": {"characters": [f"c{index // length}"]}}
        when["where"] = {"field": "resolution_tier", "op": "ge", "value": "1080p"}
        actions = [{"type": "submit_job", "job_type": jobs[index % length % len(jobs)]}, _note(), _hook()]
        name = f"Step {index % length + 1} for c{index // length}"
        rules.append(Rule.model_validate({"id": f"r{index:05d}", "name": name, "when": when, "actions": actions}))
    return rules


def _rule(dice: random.Random, name: str) -> dict[str, Any]:
    when: dict[str, Any] = {"event": dice.choice(["completed", "completed", "approved", "failed"])}
    when["entity"] = dice.choice(_KINDS)
    when["scope"] = dice.choice(
        [{"project": True}, {"characters": "all"}, {"characters": ["mira"]}, {"characters": ["leo", "mira"]}]
    )
    if dice.random() < 0.6:
        when["where"] = _test(dice, 2)
    if dice.random() < 0.1:
        when["every"] = {"entity": "scene", "of": dice.choice(["project", "character"]), "status": "completed"}
    return {
        "id": name,
        "enabled": dice.random() < 0.95,
        "project": dice.choice([None, None, "aurora", "borealis"]),
        "mode": dice.choice(["sequential", "sequential", "parallel"]),
        "when": when,
        "actions": _actions(dice, 2),
    }


def _test(dice: random.Random, levels: int) -> dict[str, Any]:
    if levels and dice.random() < 0.4:
        items = [_test(dice, levels - 1) for _ in range(dice.randint(1, 3))]
        return {dice.choice(["all", "any", "none"]): items}
    return dice.choice(
        [
            {
                "field": "resolution_tier",
                "op": dice.choice(["lt", "le", "gt", "ge", "eq"]),
                "value": dice.choice(_TIERS),
            },
            {"field": "resolution_tier", "op": "between", "value": ["720p", "1080p"]},
            {"field": "resolution_tier", "op": dice.choice(["in", "not_in"]), "value": dice.sample(_TIERS, 2)},
            {"field": "job_type", "op": dice.choice(["eq", "ne"]), "value": dice.choice(_JOBS)},
            {"field": "job_type", "op": "in", "value": dice.sample(_JOBS, 2)},
            {
                "field": "variant",
                "op": dice.choice(["eq", "contains", "starts_with"]),
                "value": dice.choice(["h", "hero"]),
            },
            {"field": "variant", "op": dice.choice(["is_set", "is_not_set"])},
            {"field": "qa_pass_rate", "op": dice.choice(["gt", "le"]), "value": 0.8},
        ]
    )


def _actions(dice: random.Random, levels: int) -> list[dict[str, Any]]:
    return [_action(dice, levels) for _ in range(dice.randint(1, 3))]


def _action(dice: random.Random, levels: int) -> dict[str, Any]:
    draw = dice.random()
    if levels and draw < 0.12:
        other = _actions(dice, levels - 1) if dice.random() < 0.6 else []
        return {"type": "branch", "if": _test(dice, 1), "then": _actions(dice, levels - 1), "else": other}
    if levels and draw < 0.24:
        return {"type": dice.choice(["parallel", "sequence"]), "actions": _actions(dice, levels - 1)}
    if draw < 0.4:
        return {"type": "set_status", "status": dice.choice(["completed", "approved", "failed", "needs_review"])}
    if draw < 0.5:
        return dice.choice([_note(), _hook()])
    if draw < 0.55:
        return {"type": "gate"}
    return {"type": "submit_job", "job_type": dice.choice(_JOBS), "params": _params(dice)}


def _params(dice: random.Random) -> dict[str, Any]:
    choices: dict[str, Any] = {
        "resolution_tier": dice.choice(
            [*_TIERS, "{{ event.resolution_tier }}", "{{ entity.resolution_tier }}", "none"]
        ),
        "variant": dice.choice(["hero", "side", "{{ event.variant }}", "{{ event.id }}"]),
        "qa_pass_rate": dice.choice([0.5, 0.9, "{{ event.qa_pass_rate }}"]),
        "scene_id": dice.choice(["s1", "{{ event.entity_id }}"]),
        "job_type": "qa",
    }
    return {name: choices[name] for name in choices if dice.random() < 0.25}


def _note() -> dict[str, Any]:
    return {"type": "send_notification", "channel": "email", "to": ["lead@example.org"], "message": "x"}


def _hook() -> dict[str, Any]:
    return {"type": "call_webhook", "url": "https://example.org/hook"}
