"""Matching alone: which of many rules hold for an event, by our index, by asking every rule, and by rule-engine.

CPU time of one thread, in microseconds an event. First rules of many characters, wildcards among them, then rules that
all listen for the same and differ only in their filters. rule-engine is no dependency, since it wants another
python-dateutil than DBOS does; it is measured where it can be imported, say from a folder on PYTHONPATH.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from tests.benchmarks.figures import Figure
from tests.benchmarks.places import Places
from trigger_studio.decide.rules import Published, RuleSet
from trigger_studio.model.event import Event
from trigger_studio.model.profiles import load_profile
from trigger_studio.model.rule import Rule

PROFILE = load_profile()
Match = Callable[[Event], list[Any]]
EVENTS = 4000
ROUNDS = 5
TIERS = ("720p", "1080p", "4k")


def benchmark(_: Places) -> list[Figure]:
    """The index by scope, and the index of filters."""
    few, many = RuleSet(_scoped(10), PROFILE), RuleSet(_scoped(10_000), PROFILE)
    base = _micros(few.matching, _of_characters(10))
    figures = [
        _figure("matching, 10 rules with scopes", base, 1.5),
        _many(_micros(many.matching, _of_characters(10_000)), median(base)),
    ]
    filtered = _filtered(10_000)
    rules, events = RuleSet(filtered, PROFILE), _with_variants(10_000)
    scan = list(rules.rules.values())

    def ask_all(event: Event) -> list[Any]:
        return [rule for rule in scan if rule.where and rule.where.holds(event.attributes)]

    assert len(rules.matching(events[7])) == len(ask_all(events[7])) == 3
    figures += [
        _figure("matching, 10,000 rules on one key", _micros(rules.matching, events), 9.0),
        _figure("the same by a plain scan", _micros(ask_all, events[:20]), None),
    ]
    if importlib.util.find_spec("rule_engine"):
        figures.append(_figure("the same by rule-engine", _micros(_theirs(filtered), events[:3], rounds=1), None))
    return figures


def _theirs(rules: Sequence[Published]) -> Match:
    engine = importlib.import_module("rule_engine")
    others = [engine.Rule(_in_their_words(item.rule)) for item in rules]

    def ask(event: Event) -> list[Any]:
        return [rule for rule in others if rule.matches(event.attributes)]

    return ask


def _figure(name: str, micros: Sequence[float], goal: float | None) -> Figure:
    return Figure(name, "µs", median(micros), max(micros), goal=f"{goal:g}" if goal else "")


def _many(micros: Sequence[float], base: float) -> Figure:
    name = "matching, 10,000 rules with scopes (at most 1.5× of 10 rules)"
    return Figure(name, "µs", median(micros), max(micros), base, "10 rules", "1.5")


def _micros(match: Match, events: Sequence[Event], rounds: int = ROUNDS) -> list[float]:
    match(events[0])  # the index of filters is made at first use
    taken = []
    for _ in range(rounds):
        started = time.thread_time()
        for event in events:
            match(event)
        taken.append((time.thread_time() - started) / len(events) * 1e6)
    return taken


def _rule(number: int, when: dict[str, Any]) -> Published:
    document = {"id": f"rule-{number}", "when": {"event": "completed", "entity": "scene", **when}}
    return Published(Rule.model_validate({**document, "actions": [{"type": "trigger_qa"}]}))


def _scoped(count: int) -> list[Published]:
    """Two of every character's rules less one for all characters, and one for the project."""
    where = {"field": "resolution_tier", "op": "ge", "value": "1080p"}
    scopes: list[dict[str, Any]] = [{"project": True}, {"characters": "all"}]
    scopes += [{"characters": [f"c{number}"]} for number in range(count - 2)]
    return [_rule(number, {"scope": scope, "where": where}) for number, scope in enumerate(scopes)]


def _filtered(count: int) -> list[Published]:
    """Three rules a variant, which differ in the tier they ask for."""
    return [
        _rule(
            number,
            {
                "where": {
                    "all": [
                        {"field": "resolution_tier", "op": "ge", "value": TIERS[number % 3]},
                        {"field": "variant", "op": "eq", "value": f"v{number // 3}"},
                        {"field": "qa_pass_rate", "op": "between", "value": [0.1, 0.9]},
                    ]
                }
            },
        )
        for number in range(count)
    ]


def _in_their_words(rule: Rule) -> str:
    """The filter as rule-engine writes it; a tier is compared by its place in the domain, as a number."""
    assert rule.when.where is not None
    tier, variant, rate = (item.value for item in rule.when.where.items)  # type: ignore[union-attr]
    rank = PROFILE.attributes["resolution_tier"].ranks[tier]
    return f'tier >= {rank} and variant == "{variant}" and qa_pass_rate >= {rate[0]} and qa_pass_rate <= {rate[1]}'


def _of_characters(count: int) -> list[Event]:
    attributes: dict[str, Any] = {"resolution_tier": "4k"}
    return [_event(f"c{number % count}", attributes) for number in range(EVENTS)]


def _with_variants(count: int) -> list[Event]:
    """Every event matches the three rules of its variant; `tier` is for rule-engine."""
    rank = PROFILE.attributes["resolution_tier"].ranks["4k"]
    return [
        _event("c", {"resolution_tier": "4k", "tier": rank, "variant": f"v{n % (count // 3)}", "qa_pass_rate": 0.5})
        for n in range(EVENTS)
    ]


def _event(character: str, attributes: dict[str, Any]) -> Event:
    return Event("e", "completed", "scene", "s", "bench", character, attributes)
