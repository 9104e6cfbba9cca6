"""The template language: what it fills, and what it refuses."""

# ruff: noqa: E501 - the tables hold one case a line

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.rules import told, unhurried
from trigger_studio.model.event import Entity, Event
from trigger_studio.model.template import (
    MISSING,
    Names,
    check_templates,
    compile_value,
    fill,
    has_template,
    own_or_attribute,
)

EVENT = Event(
    id="evt-1",
    type="approved",
    entity="variant",
    entity_id="mira-hero",
    project="aurora",
    attributes={"rate": 0.5, "whole": 2.0, "ok": True, "tags": ["a", "b"], "tier": "4k", "id": "hidden", "x-y": 1},
)
ENTITY = Entity("variant", "mira-hero", name="Mira", status="approved", attributes={"shots": 9})
RULE = {"id": "r1", "name": "", "revision": 3, "project": None, "priority": 100}
FIRING = {"id": "f1-0", "depth": 1, "chain": "evt-1", "at": "2026-11-20T09:30:00Z"}
NAMES: Names = {
    "event": own_or_attribute(EVENT.own(), EVENT.attributes),
    "entity": own_or_attribute(ENTITY.own(), ENTITY.attributes),
    "rule": RULE.get,
    "firing": FIRING.get,
}


@pytest.mark.parametrize(
    ("value", "filled"),
    [
        ("plain", "plain"),
        (5, 5),
        (None, None),
        (["a", 1], ["a", 1]),
        ("}} {", "}} {"),
        ("{{ event.id }}", "evt-1"),
        ("{{event.id}}", "evt-1"),
        ("{{\n event.id \n}}", "evt-1"),
        ("{{ event.attributes.id }}", "hidden"),
        ("{{ event.attributes }}", EVENT.attributes),
        ("{{ event.rate }}", 0.5),
        ("{{ event.ok }}", True),
        ("{{ event.tags }}", ["a", "b"]),
        ("{{ event.x-y }}", 1),
        ("{{ event.character }}", MISSING),
        ("{{ event.nothing }}", MISSING),
        ("{{ event.tier.part }}", MISSING),
        ("{{ rule.project }}", MISSING),
        ("{{ rule.revision }}", 3),
        ("{{ firing.at }}", "2026-11-20T09:30:00Z"),
        ("{{ entity.shots }}", 9),
        ("{{ entity.kind }}", "variant"),
        (" {{ event.rate }}", " 0.5"),
        ("{{ event.rate }}/{{ event.whole }}/{{ event.ok }}", "0.5/2.0/true"),
        ("<{{ event.nothing }}>", "<>"),
        ("{{ event.tags }}!", '["a","b"]!'),
        ("{{ event.id }}{{ event.tier }}", "evt-14k"),
        ("{{{ event.id }}}", None),
        ({"a": "{{ event.nothing }}", "b": "{{ event.id }}"}, {"b": "evt-1"}),
        (["{{ event.nothing }}", "{{ event.id }}", None], ["evt-1", None]),
        ({"a": {"b": ["{{ event.nothing }}"]}}, {"a": {"b": []}}),
        ({"a": None, "b": "{{ event.rate }}"}, {"a": None, "b": 0.5}),
        (("{{ event.id }}",), ["evt-1"]),
    ],
)
def test_filling(value: Any, filled: Any) -> None:
    if value == "{{{ event.id }}}":
        assert len(check_templates(value, "")) == 1
        return
    assert check_templates(value, "") == []
    got = fill(compile_value(value), NAMES)
    assert got is filled if filled is MISSING else got == filled
    assert type(got) is type(filled)


def test_a_value_without_templates_is_returned_as_it_is() -> None:
    value = {"a": [1, {"b": "c"}]}
    assert fill(compile_value(value), {}) is value


def test_filling_changes_nothing_and_repeats() -> None:
    value = {"a": ["{{ event.id }}", "x"]}
    compiled = compile_value(value)
    assert fill(compiled, NAMES) == fill(compiled, NAMES) == {"a": ["evt-1", "x"]}
    assert fill(compiled, NAMES) is not fill(compiled, NAMES)
    assert value == {"a": ["{{ event.id }}", "x"]}


RUNS_NO_CODE = "a template names one value, like {{ event.entity_id }}, and runs no code"


@pytest.mark.parametrize(
    ("value", "faults"),
    [
        ("{{ event.id", ["p: found '{{ event.id'; the template is not closed by }}"]),
        ("{{ }}", [f"p: found '{{{{ }}}}'; {RUNS_NO_CODE}"]),
        ("{{ event }}", [f"p: found '{{{{ event }}}}'; {RUNS_NO_CODE}"]),
        ("{{ event. }}", [f"p: found '{{{{ event. }}}}'; {RUNS_NO_CODE}"]),
        ("{{ event.id | upper }}", [f"p: found '{{{{ event.id | upper }}}}'; {RUNS_NO_CODE}"]),
        ("{{ event['id'] }}", [f"p: found \"{{{{ event['id'] }}}}\"; {RUNS_NO_CODE}"]),
        ("{{ event.id() }}", [f"p: found '{{{{ event.id() }}}}'; {RUNS_NO_CODE}"]),
        ("{{ 1 + 1 }}", [f"p: found '{{{{ 1 + 1 }}}}'; {RUNS_NO_CODE}"]),
        ("{{ evnt.id }}", ["p: a template cannot read 'evnt'; allowed: event, rule, firing, entity; did you mean 'event'?"]),
        ("{{ firing.deth }}", ["p: firing has no 'deth'; allowed: id, at, rule, revision, event_id, cause, chain, depth, count, entity_ids, event_ids; did you mean 'depth'?"]),
        ("{{ rule.when }}", ["p: rule has no 'when'; allowed: id, name, description, enabled, project, priority, mode, max_depth, revision"]),
        ("{{ rule.id.x }}", ["p: rule.id has no parts, found 'rule.id.x'"]),
        ("{{ a.b }} {{ event.id }} {{ c.d }}", [
            "p: a template cannot read 'a'; allowed: event, rule, firing, entity",
            "p: a template cannot read 'c'; allowed: event, rule, firing, entity",
        ]),
        ({"{{ event.id }}": "{{ x.y }}"}, [
            "p: the key '{{ event.id }}': a key is literal, templates go into values",
            "p[\"{{ event.id }}\"]: a template cannot read 'x'; allowed: event, rule, firing, entity",
        ]),
        ({"a": ["x", {"b": "{{"}]}, ["p.a[1].b: found '{{'; the template is not closed by }}"]),
    ],
)  # fmt: skip
def test_malformed(value: Any, faults: list[str]) -> None:
    assert [str(fault) for fault in check_templates(value, "p")] == faults
    assert len(told(lambda: compile_value(value))) == len(faults)


@unhurried
@given(st.text("{} eventid.x", max_size=40))
def test_a_text_is_refused_or_fills_to_something(text: str) -> None:
    if check_templates(text, ""):
        assert has_template(text)
        assert told(lambda: compile_value(text))
    else:
        filled = fill(compile_value(text), NAMES)
        assert filled is MISSING or isinstance(filled, str | dict)
        assert has_template(text) or filled == text
