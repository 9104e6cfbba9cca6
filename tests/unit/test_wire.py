"""Events from outside: every rule of the format, told by line."""

# ruff: noqa: E501 - the tables hold one case a line

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.rules import PROFILE, attempt, told, unhurried
from trigger_studio.errors import BadInput
from trigger_studio.model.event_codec import (
    MAX_COUNTED,
    MAX_LINE,
    EventIn,
    parse_event_text,
    read_event_file,
    read_events,
)

EVENT: dict[str, Any] = {
    "id": "evt-000017",
    "type": "approved",
    "entity": "variant",
    "entity_id": "mira-hero",
    "project": "aurora",
    "character": "mira",
    "attributes": {"resolution_tier": "4k", "variant": "hero"},
    "occurred_at": "2026-11-20T09:30:00Z",
}


def line(**changes: Any) -> str:
    """The documented event with keys changed; a key given ... is left out."""
    return json.dumps({key: value for key, value in {**EVENT, **changes}.items() if value is not ...})


def read(*lines: str | bytes, source: str = "") -> list[EventIn]:
    content = b"\n".join(part.encode() if isinstance(part, str) else part for part in lines)
    return [event for _, event in read_events(io.BytesIO(content), PROFILE, source)]


def test_the_documented_event() -> None:
    [event] = read(line())
    assert (event.id, event.type, event.entity, event.entity_id) == ("evt-000017", "approved", "variant", "mira-hero")
    assert (event.project, event.character, event.occurred_at) == ("aurora", "mira", "2026-11-20T09:30:00Z")
    assert event.attributes == {"resolution_tier": "4k", "variant": "hero"}
    assert (event.job_id, event.cause) == (None, None)


def test_blank_lines_line_ends_and_byte_order_mark() -> None:
    events = read(b"\xef\xbb\xbf" + line(id="a").encode() + b"\r", "", "  \t", line(id="b") + "\r", "")
    assert [event.id for event in events] == ["a", "b"]
    assert read() == []


@pytest.mark.parametrize(
    ("changes", "attribute", "value"),
    [
        ({"project": None, "character": ...}, "project", None),
        ({"occurred_at": ...}, "occurred_at", ""),
        ({"occurred_at": None}, "occurred_at", ""),
        ({"occurred_at": "2026-11-20 10:30:00.123456789+01:00"}, "occurred_at", "2026-11-20 10:30:00.123456789+01:00"),
        ({"attributes": None}, "attributes", {}),
        ({"attributes": {"variant": None, "x": None}}, "attributes", {}),
        ({"attributes": {"x": 1, "y": 0.5, "z": True, "t": ["a"], "u": []}}, "attributes", {"x": 1, "y": 0.5, "z": True, "t": ["a"], "u": []}),
        ({"attributes": {"qa_pass_rate": 1, "gpu_hours": 0}}, "attributes", {"qa_pass_rate": 1, "gpu_hours": 0}),
        ({"attributes": {"a:b": 'c":d', "e": '" :'}}, "attributes", {"a:b": 'c":d', "e": '" :'}),
        ({"job_id": "job-1-0-2"}, "job_id", "job-1-0-2"),
        ({"cause": "f1-0"}, "cause", "f1-0"),
        ({"id": "ts:1"}, "id", "ts:1"),
        ({"entity": "project", "entity_id": "aurora"}, "project", "aurora"),
        ({"entity": "character", "entity_id": "mira", "character": None}, "character", None),
    ],
)  # fmt: skip
def test_what_is_read(changes: dict[str, Any], attribute: str, value: Any) -> None:
    [event] = read(line(**changes))
    assert getattr(event, attribute) == value


TIME = "needed: a time with its offset, like 2026-11-20T09:30:00Z or 2026-11-20T10:30:00+01:00"
KEYS = "allowed: id, type, entity, entity_id, project, character, attributes, occurred_at, job_id, cause"
KINDS = "allowed: project, character, variant, scene, job, qa, concatenation, delivery"
OPEN = "needed: text, a number, true, false or a list of text"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("{", ["not valid JSON: unexpected end of data (column 1)"]),
        ("[]", ["found []; an event is an object"]),
        ("5", ["found 5; an event is an object"]),
        ("null", ["found null; an event is an object"]),
        ("{}", [f"{key}: is needed and missing" for key in ("id", "type", "entity", "entity_id")]),
        (line(id=""), ["id: found ''; needed: text that is not empty"]),
        (line(id=7, type=None), ["id: found 7; needed: text", "type: found null; needed: text"]),
        (line(job=1), [f"job: unknown key; {KEYS}; did you mean 'job_id'?"]),
        (line(type="approve"), ["type: found 'approve'; allowed: completed, approved, failed; did you mean 'approved'?"]),
        (line(entity="varant"), [f"entity: unknown entity kind 'varant'; {KINDS}; did you mean 'variant'?"]),
        (line(project=5), ["project: found 5; needed: text"]),
        (line(id="é" * 401, character="c" * 400), ["id: found 401 characters; at most 400 are allowed"]),
        (line(character=""), ["character: found ''; needed: text that is not empty"]),
        (line(job_id=5, cause=[]), ["job_id: found 5; needed: text", "cause: found []; needed: text"]),
        (line(attributes=[]), ["attributes: found []; needed: an object"]),
        (line(attributes={"a": {}}), [f"attributes.a: found {{}}; {OPEN}"]),
        (line(attributes={"a": [1]}), [f"attributes.a: found [1]; {OPEN}"]),
        (line(attributes={"a": ["x", None]}), [f"attributes.a: found ['x', null]; {OPEN}"]),
        (line(attributes={"a": 2**64 - 1}), ["attributes.a: found 18446744073709551615; whole numbers have at most 64 bits"]),
        *((line(attributes={"a": number}), [f"attributes.a: found {number}; whole numbers have at most 64 bits"]) for number in (2**64, 2**64 + 1, -(2**63) - 1, 10**39 + 1)),
        (line(attributes={"a": 10**400}), [f"attributes.a: found 1{'0' * 39}; whole numbers have at most 64 bits"]),
        (line(occurred_at="2016-12-31T23:59:60Z"), ["occurred_at: found '2016-12-31T23:59:60Z'; seconds go from 00 to 59"]),
        (line(attributes={"variant": 5}), ["attributes.variant: found 5; needed: text"]),
        (line(attributes={"resolution_tier": "1080"}), ["attributes.resolution_tier: found '1080'; allowed: 480p, 720p, 1080p, 4k, 8k; did you mean '1080p'?"]),
        (line(attributes={"scene_type": "acton"}), ["attributes.scene_type: found 'acton'; allowed: action, dialogue, establishing, montage, title; did you mean 'action'?"]),
        (line(attributes={"qa_pass_rate": 80}), ["attributes.qa_pass_rate: found 80; needed: a number from 0 to 1"]),
        (line(attributes={"qa_pass_rate": True}), ["attributes.qa_pass_rate: found true; needed: a number from 0 to 1"]),
        (line(attributes={"gpu_hours": -1}), ["attributes.gpu_hours: found -1; needed: a number from 0"]),
        (line(occurred_at="2026-11-20T09:30:00"), [f"occurred_at: found '2026-11-20T09:30:00'; {TIME}"]),
        (line(occurred_at="2026-11-20"), [f"occurred_at: found '2026-11-20'; {TIME}"]),
        (line(occurred_at="2026-02-30T09:30:00Z"), [f"occurred_at: found '2026-02-30T09:30:00Z'; {TIME}"]),
        (line(occurred_at="2026-11-20T24:00:00Z"), [f"occurred_at: found '2026-11-20T24:00:00Z'; {TIME}"]),
        (line(occurred_at="2026-W47-5T09:30:00Z"), [f"occurred_at: found '2026-W47-5T09:30:00Z'; {TIME}"]),
        (line(occurred_at="0001-01-01T00:00:00+01:00"), [f"occurred_at: found '0001-01-01T00:00:00+01:00'; {TIME}"]),
        (line(occurred_at=1763630000), ["occurred_at: found 1763630000; needed: text"]),
        (line(entity="project", entity_id="p"), ["project: found 'aurora'; a project is its own project: 'p' or null"]),
        (line(entity="character", entity_id="juno"), ["character: found 'mira'; a character is its own character: 'juno' or null"]),
        ('{"id": "a", "id": "b"}', ["the key 'id' is given twice in one object"]),
        ('{"id"\t: "a", "id"  : "b", "entity_id":"x"}', ["the key 'id' is given twice in one object"]),
        ('{"id"\r:"a","id":"b"}', ["the key 'id' is given twice in one object"]),
        (line(attributes=...)[:-1] + ', "attributes": {"a": 1, "a": 2}}', ["the key 'a' is given twice in one object"]),
        (line(id="a\0"), ["id: found 'a\\x00'; a text cannot hold NUL or half of a surrogate pair"]),
        (line(attributes={"a\0": 1}), ["attributes: the key 'a\\x00': found 'a\\x00'; a text cannot hold NUL or half of a surrogate pair"]),
    ],
)  # fmt: skip
def test_refusals(text: str, faults: list[str]) -> None:
    assert told(lambda: read(line(id="first"), text, line(id="last"))) == [f"line 2: {fault}" for fault in faults]


@pytest.mark.parametrize(
    "content", [b'{"id": "\xff"}', b'{"id": "\\ud800"}', b'{"id": NaN}', b'{"id": 1e999}', b"\0", b"[" * 5000]
)
def test_text_that_is_no_json(content: bytes) -> None:
    [fault] = told(lambda: read(content))
    assert fault.startswith("line 1: not valid JSON: ")


def test_values_as_deep_as_json_may_be() -> None:
    deep = "[" * 1000 + "]" * 1000
    assert told(lambda: read(deep)) == ["line 1: found [[[[…]]]]; an event is an object"]
    attributes = line(attributes=...)[:-1] + f', "attributes": {{"a": {deep}, "variant": {deep}}}}}'
    assert told(lambda: read(attributes)) == [
        f"line 1: attributes.a: found [[[[…]]]]; {OPEN}",
        "line 1: attributes.variant: found [[[[…]]]]; needed: text",
    ]


class Endless(io.RawIOBase):
    """A stream whose one line never seems to end, and which tells how much of it is asked for at once."""

    def __init__(self, size: int) -> None:
        self.left = size
        self.largest = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        assert size is not None
        assert 0 < size <= 2 * MAX_LINE
        piece = min(size, self.left)
        self.left -= piece
        self.largest = max(self.largest, piece)
        return b"x" * piece if self.left else b"x" * (piece - 1) + b"\n" if piece else b""


@pytest.mark.parametrize("size", [100 << 20, 1 << 60])
def test_a_line_without_end_is_refused_and_not_read_whole(size: int) -> None:
    stream = Endless(size)
    assert told(lambda: list(read_events(stream, PROFILE))) == ["line 1: longer than the 1 MiB allowed"]  # type: ignore[arg-type]
    assert size - stream.left < 20 << 20


class Faulty(io.RawIOBase):
    """A stream that has nothing but faults, and no end."""

    lines = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        self.lines += 1
        return b"[]\n"


def test_a_stream_of_faults_without_end_is_given_up() -> None:
    stream = Faulty()
    assert told(lambda: list(read_events(stream, PROFILE)))[-1] == "and 9900 more"  # type: ignore[arg-type]
    assert stream.lines == MAX_COUNTED


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_line_of_exactly_one_mib_is_read(end: str) -> None:
    padding = MAX_LINE - len(line(attributes={"note": ""}))
    assert len(read_all := line(attributes={"note": "x" * padding})) == MAX_LINE
    assert len(read(read_all + end)) == 1
    longer = line(attributes={"note": "x" * (padding + 1)})
    assert told(lambda: read(line(id="a"), longer + end)) == ["line 2: longer than the 1 MiB allowed"]
    assert told(lambda: read(longer, "[]"))[1] == "line 2: found []; an event is an object"


def test_all_faults_up_to_a_hundred_with_their_source() -> None:
    faults = told(lambda: read(*["[]"] * 60, "", *["{}"] * 60, source="e.ndjson"))
    assert len(faults) == 101
    assert faults[0] == "e.ndjson: line 1: found []; an event is an object"
    assert faults[60] == "e.ndjson: line 62: id: is needed and missing"
    assert faults[100] == "e.ndjson: and 200 more"


def test_no_event_comes_after_a_fault() -> None:
    events = read_events(io.BytesIO(f"\n{line(id='a')}\n[]\n{line(id='b')}\n".encode()), PROFILE)
    number, event = next(events)
    assert (number, event.id) == (2, "a")
    with pytest.raises(BadInput):
        next(events)


# ------------------------------------------------------------------------------------------------ same content
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"project": None}, {"project": ...}),
        ({"attributes": {}}, {"attributes": ...}),
        ({"attributes": {"a": None}}, {"attributes": None}),
        ({"attributes": {"a": 1, "b": 2}}, {"attributes": {"b": 2.0, "a": 1.0}}),
        ({"occurred_at": "2026-11-20T09:30:00Z"}, {"occurred_at": "2026-11-20T10:30:00.000+01:00"}),
        ({"occurred_at": "2026-11-20T09:30:00.5Z"}, {"occurred_at": "2026-11-20t09:30:00.500z"}),
        ({"occurred_at": "2026-11-20T23:30:00-01:00"}, {"occurred_at": "2026-11-21T00:30:00-00:00"}),
        ({"id": "a"}, {"id": "b"}),  # the id is not content
        ({"attributes": {"a": 1e15}}, {"attributes": {"a": 10**15}}),
    ],
)
def test_the_same_content(one: dict[str, Any], other: dict[str, Any]) -> None:
    first, second = read(line(**one), line(**other))
    assert first.content_hash == second.content_hash


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"type": "failed"}),
        ({}, {"entity": "scene"}),
        ({}, {"entity_id": "mira-casual"}),
        ({}, {"project": None}),
        ({"project": "mira", "character": None}, {"project": None, "character": "mira"}),
        ({"job_id": "x"}, {"cause": "x"}),
        ({"attributes": {"a": 1}}, {"attributes": {"a": "1"}}),
        ({"attributes": {"a": 1}}, {"attributes": {"a": True}}),
        ({"attributes": {"a": 0.1}}, {"attributes": {"a": 0.2}}),
        ({"attributes": {"a": 2**53}}, {"attributes": {"a": 2**53 + 1}}),
        ({"attributes": {"a": ["x"]}}, {"attributes": {"a": "x"}}),
        ({"occurred_at": "2026-11-20T09:30:00Z"}, {"occurred_at": "2026-11-20T09:30:00.000000001Z"}),
        ({"occurred_at": "2026-11-20T09:30:00Z"}, {"occurred_at": "2026-11-20T09:30:00+01:00"}),
        ({}, {"occurred_at": ...}),
    ],
)
def test_other_content(one: dict[str, Any], other: dict[str, Any]) -> None:
    first, second = read(line(**one), line(**other))
    assert first.content_hash != second.content_hash


@unhurried
@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.lists(st.sampled_from("ab")), max_size=5))  # fmt: skip
def test_the_order_and_spelling_of_attributes_do_not_count(attributes: dict[str, Any]) -> None:
    attributes = {name: value for name, value in attributes.items() if name not in PROFILE.attributes}
    turned = json.dumps({**EVENT, "attributes": dict(reversed(attributes.items()))}, ensure_ascii=False, indent=None)
    first, second = read(line(attributes=attributes), turned)
    assert first.content_hash == second.content_hash
    assert first.attributes == attributes


# ------------------------------------------------------------------------------------------- a file of one event
def test_a_file_with_one_event(tmp_path: Path) -> None:
    file = tmp_path / "event.json"
    for text in (line(), line() + "\n\n", json.dumps(EVENT, indent=2), "\ufeff" + line()):
        file.write_text(text, "utf-8")
        assert read_event_file(file, PROFILE) == read(line())[0]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("", "e: holds no event; exactly one is needed"),
        (" \n\n", "e: holds no event; exactly one is needed"),
        (line() + "\n" + line(), "e: holds 2 events; exactly one is needed"),
        (f"[{line()}]", "e: found [{'id': 'evt-000017', 'type': 'approved', 'entity': 'vari…; an event is an object"),
        (json.dumps({**EVENT, "type": "x"}, indent=1), "e: type: found 'x'; allowed: completed, approved, failed"),
        ('{\n"id"\n: "a", "id": "b"}', "e: the key 'id' is given twice in one object"),
    ],
)
def test_a_file_without_one_event(content: str, fault: str) -> None:
    assert told(lambda: parse_event_text(content.encode(), PROFILE, "e")) == [fault]


def test_a_missing_event_file(tmp_path: Path) -> None:
    missing = tmp_path / "none.json"
    assert told(lambda: read_event_file(missing, PROFILE)) == [f"cannot read {missing}: No such file or directory"]


# ---------------------------------------------------------------------------------------------------- any input
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from([*EVENT.values()][:4]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)  # fmt: skip


@unhurried
@given(st.dictionaries(st.sampled_from([*EVENT, "job_id", "cause", "x"]), VALUES))
def test_no_event_raises_anything_but_bad_input(changes: dict[str, Any]) -> None:
    events, faults = attempt(lambda: read(line(**changes)))
    assert all(fault.path.startswith("line 1") for fault in faults)
    assert faults or len(events[0].content_hash) == 64


@unhurried
@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_bad_input(content: bytes) -> None:
    events, faults = attempt(lambda: read(content))
    assert faults or events == []
