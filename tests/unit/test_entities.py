"""Pipeline import files."""

# ruff: noqa: E501 - the tables hold one case a line

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.rules import PROFILE, attempt, told, unhurried
from trigger_studio.model.documents import read_document
from trigger_studio.model.entities import EntityIn, plural, read_pipeline
from trigger_studio.model.profiles import load_profile

KEYS = "allowed: projects, characters, variants, scenes, jobs, qas, concatenations, deliveries"
ENTITY_KEYS = "allowed: id, name, status, project, character, attributes"
OPEN = "needed: text, a number, true, false or a list of text"


def test_what_is_read() -> None:
    data = {
        "projects": [{"id": "p", "name": "P", "project": "p"}],
        "characters": [{"id": "c", "project": "p", "character": None, "attributes": {"shots": 9, "x": None}}],
        "scenes": [{"id": "s", "status": "approved", "project": "p", "character": "c", "attributes": None}],
        "scene": [{"id": "t"}],
        "deliveries": [{"id": "d"}],
        "qa": [{"id": "s", "attributes": {"qa_pass_rate": 80, "scene_type": {}}}],
    }
    assert read_pipeline(data, PROFILE) == [
        EntityIn("project", "p", "P", None, "p", None, {}),
        EntityIn("character", "c", None, None, "p", None, {"shots": 9}),
        EntityIn("scene", "s", None, "approved", "p", "c", {}),
        EntityIn("scene", "t", None, None, None, None, {}),
        EntityIn("delivery", "d", None, None, None, None, {}),
        # Declared attributes outside their domain are no fault in an entity: they count as missing.
        EntityIn("qa", "s", None, None, None, None, {"qa_pass_rate": 80, "scene_type": {}}),
    ]
    assert read_pipeline({}, PROFILE) == []


def test_plurals() -> None:
    assert [plural(kind) for kind in ("scene", "delivery", "qa")] == ["scenes", "deliveries", "qas"]


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        ([], ['found []; a pipeline file is a mapping like {"projects": [], "scenes": []}']),
        ({"scens": []}, [f"scens: unknown key; {KEYS}; did you mean 'scenes'?"]),
        ({"scenes": {}}, ["scenes: found {}; needed: a list"]),
        ({"scenes": ["a", None]}, ["scenes[0]: found 'a'; needed: a mapping with an id", "scenes[1]: found null; needed: a mapping with an id"]),
        ({"scenes": [{"name": "x"}]}, ["scenes[0].id: is needed and missing"]),
        ({"scenes": [{"id": None}]}, ["scenes[0].id: found null; needed: text"]),
        ({"scenes": [{"id": ""}]}, ["scenes[0].id: found ''; needed: text"]),
        ({"scenes": [{"id": "s" * 401, "name": "n" * 401}]}, ["scenes[0].id: found 401 characters; at most 400 are allowed"]),
        ({"scenes": [{"id": 5, "status": ""}]}, ["scenes[0].id: found 5; needed: text", "scenes[0].status: found ''; needed: text"]),
        ({"scenes": [{"id": "a", "stats": "x"}]}, [f"scenes[0].stats: unknown key; {ENTITY_KEYS}; did you mean 'status'?"]),
        ({"scenes": [{"id": "a", "attributes": []}]}, ["scenes[0].attributes: found []; needed: a mapping"]),
        ({"scenes": [{"id": "a", "attributes": {"x": {}, "y": [1]}}]}, [f"scenes[0].attributes.x: found {{}}; {OPEN}", f"scenes[0].attributes.y: found [1]; {OPEN}"]),
        ({"projects": [{"id": "a", "project": "b"}]}, ["projects[0].project: found 'b'; a project is its own project: leave it out"]),
        ({"characters": [{"id": "a", "character": "b"}]}, ["characters[0].character: found 'b'; a character is its own character: leave it out"]),
        ({"scenes": [{"id": "a"}, {"id": "b"}, {"id": "a"}], "scene": [{"id": "b"}]}, [
            "scenes[2].id: the scene 'a' is listed twice; first at scenes[0]",
            "scene[0].id: the scene 'b' is listed twice; first at scenes[1]",
        ]),
        ({"scenes": [{"id": "a\0"}]}, ["scenes[0].id: found 'a\\x00'; a text cannot hold NUL or half of a surrogate pair"]),
    ],
)  # fmt: skip
def test_refusals(data: Any, faults: list[str]) -> None:
    assert told(lambda: read_pipeline(data, PROFILE)) == faults


@pytest.mark.parametrize("name", ["montage-103", "1000genome-52"])
def test_real_pipelines(name: str, data: Path) -> None:
    folder = data / "real" / name
    [project] = read_pipeline(read_document(folder / "pipeline.json"), load_profile(folder / "profile.json"))
    assert (project.kind, project.id, project.status) == ("project", "workflow", "draft")


JUNK = st.recursive(
    st.sampled_from([None, True, 5, 1.5, "", "x", "a\0", float("inf"), 2**70]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "project", "attributes", "scenes", "x"]), inner)
    ),
    max_leaves=6,
)


@unhurried
@given(st.dictionaries(st.sampled_from(["scenes", "projects", "qa", "x"]), JUNK | st.lists(st.dictionaries(st.sampled_from(["id", "name", "project", "attributes"]), JUNK), max_size=3)))  # fmt: skip
def test_no_data_raises_anything_but_bad_input(data: Any) -> None:
    attempt(lambda: read_pipeline(data, PROFILE))
