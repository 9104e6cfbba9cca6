"""The index of rules finds what a scan over all rules finds, and a digest changes with what needs a new approval."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.rules import PROFILE, rule
from trigger_studio.decide.rules import Head, Published, RuleSet
from trigger_studio.model.event import Event
from trigger_studio.model.rule import Rule, digest

TYPES, KINDS = ("approved", "completed"), ("variant", "scene")
NAMES = st.sampled_from(["a", "b", "*", "all", "None"])  # the last three could be mistaken for the index's own keys
SCOPES = st.one_of(
    st.just({"project": True}),
    st.just({"characters": "all"}),
    st.lists(NAMES, min_size=1, max_size=3).map(lambda names: {"characters": names}),  # a name may stand twice
)
RULES = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "project": st.none() | NAMES,
        "priority": st.integers(0, 3),
        "event": st.sampled_from(TYPES),
        "entity": st.sampled_from(KINDS),
        "scope": SCOPES,
    }
)
EVENTS = st.builds(
    Event,
    id=st.just("e"),
    type=st.sampled_from(TYPES),
    entity=st.sampled_from(KINDS),
    entity_id=st.just("x"),
    project=st.none() | NAMES,
    character=st.none() | NAMES,
)


def published(number: int, drawn: dict[str, Any]) -> Published:
    when = {key: drawn[key] for key in ("event", "entity", "scope")}
    rest = {key: drawn[key] for key in ("enabled", "project", "priority")}
    return Published(Rule.model_validate(rule(id=f"r{number}", when=when, **rest)))


def matches(item: Rule, event: Event) -> bool:
    """formats.md, read word by word."""
    if not item.enabled or (item.when.event, item.when.entity) != (event.type, event.entity):
        return False
    if item.project is not None and item.project != event.project:
        return False
    named = item.when.scope.characters
    if named is None:
        return True
    return event.character is not None and (named == "all" or event.character in named)


@given(st.lists(RULES, max_size=12), st.lists(EVENTS, min_size=1, max_size=6))
def test_the_index_finds_what_a_scan_finds_in_the_order_of_action(
    drawn: list[dict[str, Any]], events: list[Event]
) -> None:
    items = [published(number, one) for number, one in enumerate(drawn)]
    rules = RuleSet(reversed(items), PROFILE)
    for event in events:
        scanned = sorted(
            (item.rule for item in items if matches(item.rule, event)), key=lambda item: (-item.priority, item.id)
        )
        assert [compiled.rule.id for compiled in rules.matching(event)] == [item.id for item in scanned]


@given(st.lists(RULES, min_size=1, max_size=8), st.lists(RULES, max_size=4), st.lists(EVENTS, min_size=1, max_size=6))
def test_replaced_rules_match_as_if_they_had_been_there_from_the_start(
    first: list[dict[str, Any]], second: list[dict[str, Any]], events: list[Event]
) -> None:
    before = [published(number, one) for number, one in enumerate(first)]
    changed = [published(number, one) for number, one in enumerate(second)]
    rules = RuleSet(before, PROFILE)
    old = [[compiled.rule for compiled in rules.matching(event)] for event in events[::2]]  # some shelves are compiled
    replaced, fresh = rules.replacing(changed), RuleSet([*before[len(changed) :], *changed], PROFILE)
    for event in events:
        matching = [compiled.rule for compiled in replaced.matching(event)]
        assert matching == [compiled.rule for compiled in fresh.matching(event)]
    assert [[compiled.rule for compiled in rules.matching(event)] for event in events[::2]] == old


def test_only_what_an_event_comes_by_is_read_and_only_once() -> None:
    read: list[str] = []

    def head(item: Published) -> Head:
        def noted() -> Published:
            read.append(item.rule.id)
            return item

        return replace(item.head, read=noted)

    stored = [
        Published(Rule.model_validate(rule(id=f"{kind}-{number}", when={"event": "approved", "entity": kind})))
        for kind in KINDS
        for number in range(3)
    ]
    rules = RuleSet(map(head, stored), PROFILE)
    assert (len(rules.rules), "scene-1" in rules.rules, rules.listens("approved", "scene")) == (6, True, True)
    assert read == []
    event = Event("evt-1", "approved", "scene", "s1")
    assert [one.rule.id for one in (*rules.matching(event), *rules.matching(event))] == [
        "scene-0",
        "scene-1",
        "scene-2",
    ] * 2
    assert read == ["scene-0", "scene-1", "scene-2"]
    assert rules.replacing([]).rules["variant-1"] is not None
    assert read[3:] == ["variant-1"]


FULL = rule(
    name="A name",
    description="Why",
    project="aurora",
    when={
        "event": "approved",
        "entity": "variant",
        "scope": {"characters": ["mira"]},
        "where": {"all": [{"field": "resolution_tier", "op": "ge", "value": "1080p"}]},
        "every": {"entity": "scene", "of": "character", "status": "approved", "min": 9},
    },
    actions=[{"type": "submit_job", "job_type": "scene_generation", "params": {"n": 1}}, {"type": "gate"}],
)


def _digest(**changes: Any) -> str:
    return digest(Rule.model_validate({**FULL, **changes}))


def test_a_digest_is_the_same_on_every_machine_and_release() -> None:
    """A release that changed it would end every approval of every studio."""
    assert _digest() == "bca133c72d12619454b1eaf7f724ab94c35273db913fcf4277a633b4ff6bb241"


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Another"},
        {"description": ""},
        {"enabled": False},
        {"priority": 7},
        {"mode": "sequential"},  # what the default is anyway
        {"max_depth": 10},
        {"actions": [{"params": {"n": 1}, "type": "submit_job", "wait": True, "job_type": "scene_generation"},
                     {"type": "gate", "approvers": "admin", "message": "", "timeout": None}]},
    ],
    ids=lambda changes: next(iter(changes)),
)  # fmt: skip
def test_a_digest_stays_when_the_rule_does_the_same(changes: dict[str, Any]) -> None:
    assert _digest(**changes) == _digest()


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "other"},
        {"project": None},
        {"mode": "parallel"},
        {"max_depth": 9},
        {"when": {**FULL["when"], "event": "completed"}},
        {"when": {**FULL["when"], "scope": {"characters": "all"}}},
        {"when": {**FULL["when"], "where": {"all": [{"field": "resolution_tier", "op": "ge", "value": "4k"}]}}},
        {"when": {**FULL["when"], "every": {**FULL["when"]["every"], "min": 8}}},
        {"actions": FULL["actions"][:1]},
        {"actions": FULL["actions"][::-1]},
        {"actions": [{**FULL["actions"][0], "params": {"n": None}}, FULL["actions"][1]]},
        {"actions": [{**FULL["actions"][0], "params": {}}, FULL["actions"][1]]},
    ],
    ids=str,
)
def test_a_digest_changes_with_anything_that_the_rule_does(changes: dict[str, Any]) -> None:
    assert _digest(**changes) != _digest()


@given(st.lists(RULES, max_size=8), st.lists(RULES, max_size=4), st.lists(EVENTS, min_size=1, max_size=6))
def test_replacing_some_rules_gives_what_compiling_all_of_them_gives(
    drawn: list[dict[str, Any]], changes: list[dict[str, Any]], events: list[Event]
) -> None:
    before = RuleSet([published(number, one) for number, one in enumerate(drawn)], PROFILE)
    told = [[item.rule for item in before.matching(event)] for event in events]
    changed = [published(2 * number, one) for number, one in enumerate(changes)]  # some of them new
    after = before.replacing(changed)
    rules = {item.rule.id: item for item in [*(published(n, one) for n, one in enumerate(drawn)), *changed]}
    whole = RuleSet(rules.values(), PROFILE)
    for event in events:
        assert [item.rule for item in after.matching(event)] == [item.rule for item in whole.matching(event)]
    assert told == [[item.rule for item in before.matching(event)] for event in events]
