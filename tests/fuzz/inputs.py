"""Inputs that look nearly right: sound documents with something replaced, dropped or doubled, and broken bytes."""

from __future__ import annotations

import copy
import json
from typing import Any

import yaml
from hypothesis import strategies as st

DEEP: Any = "x"
for _ in range(120):
    DEEP = [DEEP]

HOSTILE: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 0.5, 1e308, -1e-320, float("nan"), float("inf"), 2**31, 2**63, 2**63 - 1, -(2**64),
    "", " ", "\0", "\x1b[2J", "\u202e", "\ud83d\ude00", "a" * 401, "a" * 5_000, "{{ event.id }}", "{{", "}}",
    "{{ event }}", "{{ event.x.y }}", "{{ item.id }}", "{{event.__class__}}", "{{ " * 50, "null", "~", "yes",
    "2026-11-20", "1e400", "2026-11-20T09:30:00Z", "2026-02-30T25:61:61+99:99", "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:60Z", "3d", "1e9d", "-1s", "0s", [], {}, [None], [[]], {"": ""}, {"all": []}, {"any": [{}]},
    {"characters": []}, ["a", "a"], DEEP, "4k", "approved", "completed", "scene", "project", "project.approved", "qa",
    "trigger_qa", "http://[::1", "http://a:99999/", "https://例え.jp/", "file:///etc/passwd", "aurora", "mira", "s1",
    "a",
)  # fmt: skip

ACTIONS: list[dict[str, Any]] = [
    {"type": "submit_job", "job_type": "scene_generation", "params": {"variant": "{{ event.variant }}"}},
    {"type": "submit_job", "job_type": "qa", "params": {"scene_id": "s2", "x": [{"y": "{{ event.id }}"}]}},
    {"type": "trigger_qa", "params": {"suite": "standard"}},
    {"type": "start_concatenation"},
    {"type": "package_delivery", "params": {"format": "prores"}},
    {"type": "send_notification", "channel": "email", "to": ["lead@example.org"], "message": "{{ event.id }}"},
    {"type": "call_webhook", "url": "http://127.0.0.1:9/hook", "body": {"id": 1}, "retry": {"attempts": 1}},
    {"type": "set_status", "status": "approved"},
    {"type": "branch", "if": {"field": "qa_pass_rate", "op": "gt", "value": 0.8}, "then": [{"type": "trigger_qa"}],
     "else": [{"type": "set_status", "status": "needs_review"}]},
    {"type": "gate", "approvers": "admin", "message": "Look", "timeout": "3d"},
    {"type": "parallel", "actions": [{"type": "trigger_qa"}, {"type": "gate"}]},
    {"type": "sequence", "actions": [{"type": "set_status", "status": "draft"}]},
]  # fmt: skip
WHERE = {"all": [
    {"field": "resolution_tier", "op": "ge", "value": "1080p"},
    {"any": [{"field": "scene_type", "op": "in", "value": ["action"]}, {"field": "variant", "op": "is_set"}]},
    {"none": [{"field": "qa_pass_rate", "op": "between", "value": [0, 0.5]}]},
]}  # fmt: skip
RULE: dict[str, Any] = {
    "id": "a", "name": "A", "description": "", "enabled": True, "project": None, "priority": 100, "mode": "sequential",
    "max_depth": 4, "actions": [{"type": "trigger_qa"}],
    "when": {
        "event": "approved", "entity": "scene", "scope": {"characters": ["mira"]}, "where": WHERE,
        "every": {"entity": "scene", "of": "character", "status": "approved", "min": 2},
    },
}  # fmt: skip
EVENT: dict[str, Any] = {
    "id": "e1", "type": "approved", "entity": "scene", "entity_id": "s1", "project": "aurora", "character": "mira",
    "attributes": {"resolution_tier": "4k", "variant": "hero", "qa_pass_rate": 0.9, "tags": ["night"], "x": {"y": 1}},
    "occurred_at": "2026-11-20T09:30:00Z",
}  # fmt: skip
PIPELINE: dict[str, Any] = {
    "projects": [{"id": "aurora", "name": "Aurora", "attributes": {"scene_count": 2}}],
    "characters": [{"id": "mira", "project": "aurora"}],
    "variants": [{"id": "v1", "project": "aurora", "character": "mira", "status": "approved"}],
    "scenes": [{"id": f"s{n}", "character": "mira", "attributes": {"resolution_tier": "4k"}} for n in (1, 2)],
}
PROFILE: dict[str, Any] = {
    "format": "trigger-studio-profile/1",
    "kinds": ["project", "character", "variant", "scene", "job", "qa"],
    "attributes": {
        "resolution_tier": {"type": "ordered", "values": ["480p", "4k"]},
        "scene_type": {"type": "choice", "values": ["action"]},
        "variant": {"type": "text"}, "locked": {"type": "boolean"}, "tags": {"type": "list"},
        "qa_pass_rate": {"type": "number", "min": 0, "max": 1},
    },
    "job_types": {
        "scene_generation": {"cost": "generation", "gpu_hours": 2.5, "duration_s": 5400, "emits": ["scene"]},
        "qa": {"cost": "light", "gpu_hours": 0.1, "duration_s": 300, "emits": ["qa"]},
    },
    "actions": {"trigger_qa": "qa"},
    "human": ["scene.approved"],
    "limits": {"max_depth": 5, "firings_per_rule_and_entity_per_hour": 100},
}  # fmt: skip

KEYS = ("id", "type", "where", "every", "project", "coalesce", "of", "min", "retry", "cause", "job_id")


def bundle_of(rules: list[Any]) -> dict[str, Any]:
    """Rules as a bundle."""
    return {"format": "trigger-studio/1", "rules": rules}


values = st.one_of(
    st.sampled_from(HOSTILE).map(copy.deepcopy),
    st.text(max_size=20),
    st.integers(),
    st.floats(),
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.text(max_size=5)),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=6,
    ),
)


def places(document: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a document."""
    found = [path] if path else []
    inner: Any = document.items() if isinstance(document, dict) else ()
    inner = enumerate(document) if isinstance(document, list) else inner
    for key, value in inner:
        if len(path) < 12:
            found += places(value, (*path, key))
    return found


@st.composite
def bent(draw: st.DrawFn, document: Any, most: int = 4) -> Any:
    """The document with up to so many places changed."""
    made = copy.deepcopy(document)
    for _ in range(draw(st.integers(0, most))):
        path = draw(st.sampled_from(places(made) or [()]))
        if not path:
            return draw(values)
        *above, last = path
        parent = made
        for key in above:
            parent = parent[key]
        how = draw(st.integers(0, 5))
        if how == 0:
            del parent[last]
        elif how == 1 and isinstance(parent, dict):
            parent[draw(st.text(max_size=8) | st.sampled_from(KEYS))] = draw(values)
        elif how == 2 and isinstance(parent, list):
            parent.append(copy.deepcopy(parent[draw(st.integers(0, len(parent) - 1))]))
        elif how == 3:
            other = draw(st.sampled_from(places(made)))
            value = made
            for key in other:
                value = value[key]
            parent[last] = copy.deepcopy(value)
        else:
            parent[last] = draw(values)
    return made


@st.composite
def broken(draw: st.DrawFn, content: bytes, most: int = 3) -> bytes:
    """Bytes with up to so many stretches replaced, or cut off."""
    made = bytearray(content)
    for _ in range(draw(st.integers(0, most))):
        start = draw(st.integers(0, len(made)))
        length = draw(st.integers(0, 8))
        made[start : start + length] = draw(st.binary(max_size=6) | st.sampled_from(TOKENS))
    return bytes(made)


TOKENS = (
    b"\0", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"&a ", b"*a", b"!!python/object:x ", b"!!binary ", b"<<: *a",
    b"? ", b"---\n", b"...\n", b"|\n", b">\n", b"%YAML 9.9\n", b"\t", b"\r", b"\r\n", b"\xc2\x85", b"[" * 200,
    b"{" * 200, b"\\ud800", b"1" * 400, b"1e99999", b"NaN", b"-0", b"0x1F", b"1_000", b"0o7", b".inf", b"2026-11-20",
    b"12:30:45", b",", b":", b"'", b'"', b"#", b"\n", b"\n\n",
)  # fmt: skip


@st.composite
def written(draw: st.DrawFn, document: Any) -> tuple[str, bytes]:
    """(ending, content): the document as JSON or YAML, with or without broken bytes."""
    if draw(st.booleans()):
        text = json.dumps(document, ensure_ascii=draw(st.booleans()))
        return ".json", draw(broken(text.encode("utf-8", "surrogatepass"), draw(st.sampled_from([0, 0, 2]))))
    flow = draw(st.sampled_from([None, True]))
    text = yaml.safe_dump(document, allow_unicode=draw(st.booleans()), default_flow_style=flow)
    return ".yaml", draw(broken(text.encode("utf-8", "surrogatepass"), draw(st.sampled_from([0, 0, 2]))))
