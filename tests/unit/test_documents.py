"""Documents in and out: the strict reading of YAML and JSON, and the writer."""

# ruff: noqa: E501 - the tables hold one case a line

from __future__ import annotations

import io
import json
import math
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from tests.unit.rules import attempt, told, unhurried
from trigger_studio.errors import Fault
from trigger_studio.model import documents
from trigger_studio.model.documents import MAX_BYTES, MAX_DEPTH, MAX_PATH, at, parse_json, plain_faults, read_document
from trigger_studio.model.yaml_core import MAX_ALIASED, MAX_ALIASED_TEXT, MAX_FAULTS, resolve, write_yaml

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
TEXT_BOMB = f"a: &a '{'x' * 600_000}'\nb:\n" + "- *a\n" * 99_000
KEY_BOMB = f"a: &a {{? '{'x' * 900_000}' : 1}}\nb:\n" + "- [*a]\n" * 40_000


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: yes", "yes"),
        ("a: on", "on"),
        ("a: off", "off"),
        ("a: y", "y"),
        ("a: 12:30:45", "12:30:45"),
        ("a: 2026-11-20", "2026-11-20"),
        ("a: 2026-11-20T09:30:00Z", "2026-11-20T09:30:00Z"),
        ("a: 1_000", "1_000"),
        ("a: 0b11", "0b11"),
        ("a: =", "="),
        ("a: 4k", "4k"),
        ("a: 010", 10),
        ("a: 0o10", 8),
        ("a: 0x1F", 31),
        ("a: -7", -7),
        ("a: +7", 7),
        ("a: 00000000000000000000000000000000000000000000000007", 7),
        ("a: 1e3", 1000.0),
        ("a: .5", 0.5),
        ("a: -1.5E+2", -150.0),
        ("a: True", True),
        ("a: FALSE", False),
        ("a: ~", None),
        ("a:", None),
        ("a: Null", None),
        ('a: "null"', "null"),
        ("a: '1'", "1"),
        ("a: |\n  x\n  y\n", "x\ny\n"),
        ("a: &x 1", 1),
        ("x: &x [1]\na: *x", [1]),
        ('{"a": [1, 2.5, null, true, "é"]}', [1, 2.5, None, True, "é"]),
        ("{a: {b: c}}", {"b": "c"}),
        ("\ufeffa: 1", 1),
        ('\ufeff{"a": "\\ud83d\\ude00"}', "😀"),
        ("%YAML 1.1\n---\na: yes", "yes"),
        (f"a: {2**63 - 1}", 2**63 - 1),
        (f"a: {-(2**63)}", -(2**63)),
    ],
)
def test_values(text: str, value: Any) -> None:
    read = read_document(text)["a"]
    assert read == value
    assert type(read) is type(value)


def test_merge_key_is_an_ordinary_key() -> None:
    assert read_document("x: &x {a: 1}\ny:\n  <<: *x\n")["y"] == {"<<": {"a": 1}}


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", ["the document is empty"]),
        ("# nothing\n", ["the document is empty"]),
        ("a: 1\nb: 2\na: 3\n", ["line 3: the key 'a' is given twice"]),
        ("a: 1\na: 2\nb: {c: 1, c: 2}\n", ["line 2: the key 'a' is given twice", "line 3: the key 'c' is given twice"]),
        ('{"a": 1, "a": 2}', ["the key 'a' is given twice in one object"]),
        ("1: x", ["line 1: the key 1 is no text; put quotes around it"]),
        ("true: x", ["line 1: the key True is no text; put quotes around it"]),
        ("[a]: x", ["line 1: the key ['a'] is no text; put quotes around it"]),
        ("a: !!str 1", ["line 1: tags are not allowed, found 'tag:yaml.org,2002:str'"]),
        (
            "a: !!python/object:os.system []",
            ["line 1: tags are not allowed, found 'tag:yaml.org,2002:python/object:os.system'"],
        ),
        ("a: !x {b: 1}", ["line 1: tags are not allowed, found '!x'"]),
        ("a: *b", ["line 1: the alias *b stands for nothing"]),
        ("a: &a [1, *a]", ["line 1: the alias *a stands inside itself"]),
        ("a: &a\n  b: *a", ["line 2: the alias *a stands inside itself"]),
        ("a: &a 1\nb: &a [*a]", ["line 2: the alias *a stands inside itself"]),
        (BOMB, [f"line 6: aliases blow the document up by more than {MAX_ALIASED} values"]),
        (TEXT_BOMB, [f"line 9: aliases blow the document up by more than {MAX_ALIASED_TEXT:,} characters"]),
        (KEY_BOMB, [f"line 7: aliases blow the document up by more than {MAX_ALIASED_TEXT:,} characters"]),
        ("a: 1\n---\nb: 2\n", ["line 2: one document is needed, a second begins here"]),
        ("- " * 200 + "x", [f"line 1: nested deeper than the {MAX_DEPTH} levels allowed"]),
        ("[" * 200 + "]" * 200, [f"{'[0]' * MAX_DEPTH}: nested deeper than the {MAX_DEPTH} levels allowed"]),
        ("[" * 100_000 + "]" * 100_000, [f"nested deeper than the {MAX_DEPTH} levels allowed"]),
        ("a: .nan", ["a: found nan; a finite number is needed"]),
        ("a: [1, -.INF]", ["a[1]: found -inf; a finite number is needed"]),
        ('{"a": NaN}', ["a: found nan; a finite number is needed"]),
        ('{"a": 1e999}', ["a: found inf; a finite number is needed"]),
        (f"a: {{b: {2**63}}}", [f"a.b: found {2**63}; whole numbers have at most 64 bits"]),
        ('{"a": 18446744073709551616}', ["a: found 18446744073709551616; whole numbers have at most 64 bits"]),
        ('a: "\\0"', ["a: found '\\x00'; a text cannot hold NUL or half of a surrogate pair"]),
        ('{"a": "\\ud800"}', ["a: found '\\ud800'; a text cannot hold NUL or half of a surrogate pair"]),
        ('{"a\\u0000": 1}', ["the key 'a\\x00': found 'a\\x00'; a text cannot hold NUL or half of a surrogate pair"]),
        ("a: 1\nb: \0", ["line 2: found '\\x00'; a text cannot hold NUL or half of a surrogate pair"]),
        ("a: \ud800", ["line 1: found '\\ud800'; a text cannot hold NUL or half of a surrogate pair"]),
        (b"a: 1\nb: \xff", ["line 2: not valid UTF-8 text"]),
        ("a: 1\n\x07", ["line 2: not valid YAML: control characters are not allowed"]),
        ("a: [1\n", ["line 2: not valid YAML: did not find expected ',' or ']' (column 1)"]),
        ("a: b: c", ["line 1: not valid YAML: mapping values are not allowed in this context (column 5)"]),
        ("\ta: 1", ["line 1: not valid YAML: found character that cannot start any token (column 1)"]),
        ('{"a": 1,\n "b": x y}}', ["line 2: not valid JSON: Expecting value (column 7)"]),
    ],
)
def test_refusals(text: str | bytes, faults: list[str]) -> None:
    assert told(lambda: read_document(text)) == faults


def test_a_document_of_many_faults_is_given_up_with_a_word() -> None:
    for text in ("- 1: 1\n" * 30_000, f"[{'1e999,' * 30_000}1]"):
        faults = told(lambda text=text: read_document(text))  # type: ignore[misc]
        assert len(faults) == MAX_FAULTS
        assert faults[-1] == f"more than {MAX_FAULTS:,} faults; the rest was not looked at"


def test_a_fault_far_inside_has_a_path_that_fits_on_a_page() -> None:
    text = ('{"%s":' % ("k" * 80)) * 97 + '["\\u0000"]' + "}" * 97
    (fault,) = told(lambda: read_document(text))
    assert len(fault) < 2 * MAX_PATH
    assert "…" in fault
    assert "[0]: found" in fault


def test_a_fault_is_placed_without_the_path_of_everything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their paths would be gigabytes for a megabyte of input that is deep first, and then long."""
    made: list[str] = []

    def counted(path: str, key: str | int) -> str:
        made.append(path)
        return at(path, key)

    monkeypatch.setattr(documents, "at", counted)
    inner: Any = list(range(10_000))
    for _ in range(50):
        inner = {"deep": inner}
    faults = [Fault("rules[1].id", "b"), Fault("x", "a")]
    assert documents.in_order(faults, {"x": inner, "rules": [{}, {"id": 1}]}, "") == [faults[1], faults[0]]
    assert len(made) < 10


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1, "a": 2}', '{"a": {"b": 1, "b": 1}}', '{"a": 1e999}', '{"a": 9223372036854775808}', '{"a": NaN}',
        '{"a": 123456789012345678901234567890}', r'{"a": "\ud800"}', r'{"a\u0000": 1}', "[" * 101 + "]" * 101,
    ],
)  # fmt: skip
def test_the_quick_reading_lets_nothing_through(text: str) -> None:
    assert told(lambda: read_document(text))


@pytest.mark.parametrize("text", ['{"a": "b\\": c"}', '{"a" \n: 1}', "[" * 100 + "]" * 100, '{"a": 1e15}', "[]"])
def test_the_quick_reading_reads_as_the_slow_one(text: str) -> None:
    faults: list[Fault] = []
    assert read_document(text) == parse_json(text, faults)
    assert not faults


def test_an_absurdly_long_number_is_refused_with_its_place() -> None:
    for text in (f"a: {'9' * 100_000}", f'{{"a": {"9" * 100_000}}}', f"a: 0x{'f' * 100_000}"):
        [fault] = told(partial(read_document, text))
        assert fault.startswith("a: found ")
        assert fault.endswith("whole numbers have at most 64 bits")


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a": ', "}"), ("- ", "")])
def test_a_hundred_levels_and_no_more(opening: str, closing: str) -> None:
    middle = "x" if opening == "- " else "1"
    assert read_document(opening * MAX_DEPTH + middle + closing * MAX_DEPTH)
    [fault] = told(lambda: read_document(opening * (MAX_DEPTH + 1) + middle + closing * (MAX_DEPTH + 1)))
    assert fault.endswith("nested deeper than the 100 levels allowed")


def test_the_source_stands_before_every_path() -> None:
    assert told(lambda: read_document("a: .nan\nb: .inf", "x.yaml")) == [
        "x.yaml: a: found nan; a finite number is needed",
        "x.yaml: b: found inf; a finite number is needed",
    ]
    assert told(lambda: read_document("a: [\n", "x.yaml"))[0].startswith("x.yaml: line 2: not valid YAML")
    assert told(lambda: read_document("[1,,", "x.json"))[0].startswith("x.json: line 1: not valid JSON")


def test_files(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("a: ä", "utf-8")
    assert read_document(file) == {"a": "ä"}
    assert told(lambda: read_document(tmp_path)) == [f"{tmp_path} is a directory; a file is needed"]
    missing = tmp_path / "none.yaml"
    assert told(lambda: read_document(missing)) == [f"cannot read {missing}: No such file or directory"]
    assert len(told(lambda: read_document(Path("a\0b")))) == 1
    assert told(lambda: read_document(Path("/dev/zero"))) == ["/dev/zero is larger than the 64 MiB allowed"]


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "huge.yaml"
    with file.open("wb") as out:
        out.truncate(1 << 40)  # sparse: reading it would take minutes
    assert told(lambda: read_document(file)) == [f"{file} is larger than the 64 MiB allowed"]
    assert told(lambda: read_document(b"x" * (MAX_BYTES + 1))) == ["larger than the 64 MiB allowed"]


@pytest.mark.parametrize(
    ("path", "step", "expected"),
    [("", "a", "a"), ("a", "b", "a.b"), ("a", 3, "a[3]"), ("", 0, "[0]"), ("a", "b c", 'a["b c"]'), ("", "", '[""]')],
)
def test_paths(path: str, step: str | int, expected: str) -> None:
    assert at(path, step) == expected


def test_values_that_are_no_data_are_refused() -> None:
    assert [str(fault) for fault in plain_faults({"a": {1}, 2: 3}, "x")] == [
        "x.a: found a set; allowed are text, numbers, true, false, null, lists and mappings",
        "x: the key 2: keys must be text; put quotes around it",
    ]
    endless: list[Any] = []
    endless.append(endless)
    assert len(plain_faults(endless)) == 1


# ---------------------------------------------------------------------------------------------- the writer
TRICKY = [
    "yes", "no", "on", "off", "y", "n", "null", "~", "", "1", "1.5", "1e5", "0o14", "0x1F", "010", "12:30", ".inf",
    "2026-11-20", "=", "<<", "- a", "a: b", "a #b", "#", "{{ event.id }}", "*a", "&a", "!t", "|", ">", "%x", "@x", "`x`",
    " a", "a ", "a\nb", "a\n\nb\n", "a\n", "\n", " a\nb", "a \nb", "# a\n# b", "\ta", "a\r\nb", "\x85", "\u2028", "\ufeff",
    "\x7f", "\x1b[0m", "😀", "'", '"', "\\", "---", "...", "--- a", "True", "ｙ", "é\nè", "x" * 300, "a b " * 100, "?", "? a", ":",
]  # fmt: skip


@pytest.mark.parametrize("text", TRICKY)
def test_written_text_reads_the_same_to_every_reader(text: str) -> None:
    data = {"a": text, "b": [text, {"c": text}]}
    written = write_yaml(data)
    assert read_document(written) == data
    assert yaml.safe_load(written) == data  # a reader of YAML 1.1


def test_what_writing_looks_like() -> None:
    data = {"b": 1, "a": ["x", {"c": None, "d": True}], "e": {}, "f": [], "g": "no", "h": "one\ntwo", "i": 0.5}
    assert write_yaml(data) == (
        "b: 1\na:\n- x\n- c: null\n  d: true\ne: {}\nf: []\ng: 'no'\nh: |-\n  one\n  two\ni: 0.5\n"
    )


def test_letters_that_yaml_1_1_calls_booleans_stand_in_quotes() -> None:
    assert write_yaml(["y", "N", "yes", "Off"]) == "- \"y\"\n- \"N\"\n- 'yes'\n- 'Off'\n"


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
    | st.sampled_from(TRICKY)
)
DATA = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20), inner, max_size=4
        )
    ),
    max_leaves=15,
)


@unhurried
@given(DATA.filter(lambda data: data is not None))
def test_whatever_is_written_reads_the_same(data: Any) -> None:
    written = write_yaml(data)
    assert read_document(written) == data
    assert read_document(json.dumps([data])) == [data]
    assert write_yaml(read_document(written)) == written


@unhurried
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"{" * 5000)
@example(b"? " * 5000)
@example(b"- " * 5000)
@example(b"{'a': 1}")
@example(b"\xff\xfea\0")
def test_no_bytes_raise_anything_but_bad_input(content: bytes) -> None:
    data, faults = attempt(lambda: read_document(content))
    assert faults or plain_faults(data) == []


@unhurried
@given(st.text("0123456789+-.eExobEINFinfnaNul~tTrRsS_", max_size=12))
def test_resolving_agrees_with_itself_in_a_document(text: str) -> None:
    value = resolve(text)
    if isinstance(value, float) and not math.isfinite(value):
        return
    assert isinstance(value, str | int | float | bool | type(None))
    if text and not text.startswith(("-", "?")):
        assert yaml.load(io.StringIO(f"- {text}"), yaml.BaseLoader) == [text]
