"""Profiles in and out."""

# ruff: noqa: E501 - the tables hold one case a line

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.rules import PROFILE, attempt, told, unhurried
from trigger_studio.model.profile import BUILT_IN_ACTIONS
from trigger_studio.model.profiles import load_profile, parse_profile, profile_document
from trigger_studio.model.rule import BUILT_IN

DOCUMENT = profile_document(PROFILE)
KINDS = "allowed: project, character, variant, scene, job, qa, concatenation, delivery"
JOBS = "allowed: scene_generation, variant_generation, qa, concatenation, packaging"
TOP = "allowed: format, kinds, attributes, job_types, actions, human, limits"


def changed(**changes: Any) -> dict[str, Any]:
    return {**deepcopy(DOCUMENT), **changes}


def attribute(**keys: Any) -> dict[str, Any]:
    return changed(attributes={"a": keys})


DOMAIN = "'values' goes with the types ordered and choice, and is needed there"


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        (None, ["found null; needed: a mapping"]),
        ({}, ["kinds: is needed and missing"]),
        (changed(format="x"), ["format: found 'x'; allowed: trigger-studio-profile/1"]),
        (changed(kind=[]), [f"kind: unknown key; {TOP}; did you mean 'kinds'?"]),
        (changed(kinds="job"), ["kinds: found 'job'; needed: a list"]),
        (changed(limits={"max_depth": 0}), ["limits.max_depth: found 0; needed: at least 1"]),
        (changed(limits={"per_click": {"jobs": -1, "gpu_hours": "many", "firings": True}}), [
            "limits.per_click.jobs: found -1; needed: at least 0",
            "limits.per_click.gpu_hours: found 'many'; needed: a number",
            "limits.per_click.firings: found true; needed: a whole number",
        ]),
        (changed(limits={"per_click": {"job": 1, "projects": {"p": {"gpu_hours": -1, "hours": 2}}}}), [
            "limits.per_click.job: unknown key; allowed: gpu_hours, jobs, firings, projects; did you mean 'jobs'?",
            "limits.per_click.projects.p.gpu_hours: found -1; needed: at least 0",
            "limits.per_click.projects.p.hours: unknown key; allowed: gpu_hours, jobs, firings; did you mean 'gpu_hours'?",
        ]),
        (changed(limits={"depth": 1}), ["limits.depth: unknown key; allowed: max_depth, firings_per_rule_and_entity_per_hour, per_click; did you mean 'max_depth'?"]),
        (attribute(type="enum"), ["attributes.a.type: found 'enum'; allowed: ordered, choice, text, number, boolean, list; did you mean 'number'?"]),
        (changed(attributes={"": {"type": "text"}}), ["attributes[\"\"]: found ''; needed: text that is not empty"]),
        (attribute(type="ordered"), [f"attributes.a: {DOMAIN}"]),
        (attribute(type="text", values=["x"]), [f"attributes.a: {DOMAIN}"]),
        (attribute(type="choice", values=["x", "x"]), ["attributes.a: a value is listed twice"]),
        (attribute(type="text", min=1), ["attributes.a: 'min' and 'max' go with the type number"]),
        (attribute(type="number", min=2, max=1), ["attributes.a: min 2 is above max 1"]),
        (attribute(type="choice", values=[480]), ["attributes.a.values[0]: found 480; needed: text; put quotes around it"]),
        (changed(attributes={"where": {"typ": "text"}}), ["attributes.where.type: is needed and missing; allowed: ordered, choice, text, number, boolean, list", "attributes.where.typ: unknown key; allowed: type, values, min, max; did you mean 'type'?"]),
        (changed(human=["scene.done", "scen.approved", 5]), [
            "human[0]: unknown event type 'done'; allowed: completed, approved, failed",
            f"human[1]: unknown kind 'scen'; {KINDS}; did you mean 'scene'?",
            "human[2]: found 5; needed: text; put quotes around it",
        ]),
        (changed(actions={"branch": "qa", "render": "scene_generatio"}), [
            "actions.branch: branch is an action of every profile; take another name",
            f"actions.render: unknown job type 'scene_generatio'; {JOBS}; did you mean 'scene_generation'?",
        ]),
        (changed(actions={}, job_types={"a": {"emits": ["scene", "scen"]}, "b": {"cost": "heavy", "gpu_hours": -1, "duration_s": "1h"}}), [
            f"job_types.a.emits[1]: unknown kind 'scen'; {KINDS}; did you mean 'scene'?",
            "job_types.b.cost: found 'heavy'; allowed: generation, light",
            "job_types.b.gpu_hours: found -1; needed: at least 0",
            "job_types.b.duration_s: found '1h'; needed: a number",
        ]),
        (changed(kinds=["project", "job", "job"], human=[], job_types={}, actions={}), [
            "kinds: 'character' is needed and missing",
            "kinds[2]: the kind 'job' is listed twice",
        ]),
        (changed(attributes={"a\0": {"type": "text"}}), ["attributes: the key 'a\\x00': found 'a\\x00'; a text cannot hold NUL or half of a surrogate pair"]),
    ],
)  # fmt: skip
def test_refusals(data: Any, faults: list[str]) -> None:
    assert told(lambda: parse_profile(data)) == faults


def test_faults_name_the_file(tmp_path: Path) -> None:
    file = tmp_path / "studio.yaml"
    file.write_text("kind: []\n")
    assert told(lambda: load_profile(file)) == [
        f"{file}: kinds: is needed and missing",
        f"{file}: kind: unknown key; {TOP}; did you mean 'kinds'?",
    ]
    file.write_text("kinds: [\n")
    assert told(lambda: load_profile(file))[0].startswith(f"{file}: line 2: not valid YAML")
    assert told(lambda: load_profile(tmp_path / "none")) == [f"cannot read {tmp_path}/none: No such file or directory"]


@pytest.mark.parametrize("name", ["montage-103", "1000genome-52"])
def test_real_profiles(name: str, data: Path) -> None:
    profile = load_profile(data / "real" / name / "profile.json")
    assert profile.human == ("project.approved",)
    assert parse_profile(profile_document(profile)) == profile


JUNK = st.recursive(
    st.sampled_from([None, True, 5, 1.5, "", "x", "scene", "text", "a\0", float("inf"), 2**70]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "min", "max", "values", "emits", "cost", "branch"]), inner)
    ),
    max_leaves=6,
)


@unhurried
@given(st.dictionaries(st.sampled_from([*DOCUMENT, "x"]), JUNK))
def test_no_data_raises_anything_but_bad_input(changes: dict[str, Any]) -> None:
    attempt(lambda: parse_profile(changed(**changes)))


def test_the_actions_of_every_profile_are_those_that_rules_have_forms_for() -> None:
    assert tuple(BUILT_IN) == BUILT_IN_ACTIONS
