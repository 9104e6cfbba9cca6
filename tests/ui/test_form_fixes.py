"""What is offered to mend a fault, what it makes of the rule, and boxes made, taken apart and moved. No window."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from tests.unit.rules import PROFILE, rule
from trigger_studio.studio.form.fixes import faults_in, fixes_of
from trigger_studio.studio.form.grouping import DEEPEST, grouped, height, ungrouped
from trigger_studio.studio.paths import path_of, value_at
from trigger_studio.ui.inspector.form import plain_fault

Doc = dict[str, Any]


def when(**more: Any) -> Doc:
    return rule(when={"event": "approved", "entity": "scene", **more})


def where(field: str, op: str, **value: Any) -> Doc:
    return when(where={"field": field, "op": op, **value})


def does(*actions: Doc) -> Doc:
    return rule(actions=list(actions))


QA: Doc = {"type": "trigger_qa"}


@pytest.mark.parametrize(
    ("content", "title", "place", "value"),
    [
        (when(where={"all": []}), "Remove the empty box", "when.where", None),
        (where("resolution_teir", "ge", value="4k"), "Use “resolution tier”", "when.where.field", "resolution_tier"),
        (where("zzz", "is_set"), "Remove this condition", "when.where", None),
        (where("qa_pass_rate", "gt", value="0.8"), "Use 0.8", "when.where.value", 0.8),
        (where("qa_pass_rate", "eq", value=80), "Use 0.8", "when.where.value", 0.8),
        (where("scene_type", "ge", value="action"), "Ask whether it is “action”", "when.where.op", "eq"),
        (where("scene_type", "in", value="action"), "Use a list of just “action”", "when.where.value", ["action"]),
        (
            where("resolution_tier", "between", value=["4k", "720p"]),
            "Use 720p to 4k",
            "when.where.value",
            ["720p", "4k"],
        ),
        (where("resolution_tier", "ge", value="4K"), "Use “4k”", "when.where.value", "4k"),
        (where("resolution_tier", "ge"), "Use “480p”", "when.where.value", "480p"),
        (where("variant", "is_set", value="x"), "Compare with nothing", "when.where.value", None),
        (where("variant", "eq", value=3), "Use “3”", "when.where.value", "3"),
        (when(event="aproved"), "Use “approved”", "when.event", "approved"),
        (when(entity="scenes"), "Use “scene”", "when.entity", "scene"),
        (when(scope={"characters": []}), "Count everyone", "when.scope", {"project": True}),
        (when(every={"entity": "scene", "status": "done"}), "Use “character”", "when.every.of", "character"),
        (rule(priority=5000), "Use 1000", "priority", 1000),
        (rule(priority="7"), "Use the number 7", "priority", 7),
        (rule(enabled="yes"), "Use true", "enabled", True),
        (rule(colour="red"), "Remove “colour”", "colour", None),
        (rule(prioritty=3), "Use “priority”", "priority", 3),
        (
            does({"type": "submit_job", "job_type": "scene_generatoin"}),
            "Use “scene generation”",
            "actions[0].job_type",
            "scene_generation",
        ),
        (does({"type": "zap"}, QA), "Remove this action", "actions", [QA]),
        (does({"type": "parallel", "actions": []}, QA), "Remove this action", "actions", [QA]),
        (
            does({"type": "call_webhook", "url": "a.org/x"}),
            "Use “https://a.org/x”",
            "actions[0].url",
            "https://a.org/x",
        ),
        (does({"type": "gate", "approvers": "boss"}), "Use “admin”", "actions[0].approvers", "admin"),
    ],
)
def test_the_first_fix_mends_the_fault(content: Doc, title: str, place: str, value: Any) -> None:
    (fault, *_rest) = faults_in(content, PROFILE)
    first = fixes_of(fault, content, PROFILE)[0]
    assert first.title == title
    assert value_at(first.content, path_of(place)) == value
    assert fault not in faults_in(first.content, PROFILE)


def test_nothing_is_offered_that_does_not_mend() -> None:
    for content in (does(), does({"type": "send_notification", "channel": "email", "to": [], "message": ""})):
        (fault,) = faults_in(content, PROFILE)
        assert fixes_of(fault, content, PROFILE) == []

    templated = where("variant", "eq", value="{{ event.x }}")  # text it is, but none that may stand here
    (fault,) = faults_in(templated, PROFILE)
    assert [fix.title for fix in fixes_of(fault, templated, PROFILE)] == ["Remove this condition"]


def test_a_fault_reads_as_a_sentence() -> None:
    (fault,) = faults_in(where("qa_pass_rate", "gt", value="much"), PROFILE)
    assert plain_fault(fault) == "'much' does not fit: QA pass rate is a number."
    (fault,) = faults_in(where("resolution_teir", "ge", value="4k"), PROFILE)
    assert plain_fault(fault) == "Unknown field 'resolution_teir'."
    (fault,) = faults_in(rule(priority=5000), PROFILE)
    assert plain_fault(fault) == "5000 does not fit here; needed: at most 1000."


def test_a_group_is_made_up_to_three_levels_deep_and_taken_apart_again() -> None:
    one, two = {"field": "variant", "op": "is_set"}, {"field": "scene_type", "op": "is_set"}
    content: Doc = {"where": {"all": [one, two]}}
    path: tuple[Any, ...] = ("where", "all", 0)
    made = grouped(content, path, 1)
    assert made is not None
    assert made[0] == {"where": {"all": [{"any": [one]}, two]}}
    deeper = grouped(made[0], ("where", "all", 0, "any", 0), 2)
    assert deeper is not None
    assert height(deeper[0]["where"]) == DEEPEST
    assert grouped(deeper[0], ("where", "all", 0, "any", 0, "all", 0), 3) is None
    assert grouped(deeper[0], path, 1) is None  # it would push what is inside too deep
    back = ungrouped(made[0], path)
    assert back is not None
    assert back[0] == content
    assert ungrouped(content, ("where",)) is None


def test_making_and_taking_apart_at_random_keeps_every_condition() -> None:
    rng = Random(3)
    names = [f"f{n}" for n in range(5)]
    content: Doc = {"where": {"all": [{"field": name, "op": "is_set"} for name in names]}}

    def places(test: Any, path: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        kind = next((k for k in ("all", "any") if k in test), "")
        inside = [p for n, item in enumerate(test.get(kind, ())) for p in places(item, (*path, kind, n))]
        return [path, *inside]

    for _ in range(300):
        path = rng.choice(places(content["where"], ("where",))[1:])
        depth = sum(1 for key in path if key in ("all", "any"))
        done = rng.choice([grouped(content, path, depth), ungrouped(content, path)])
        content = done[0] if done is not None else content
        assert height(content["where"]) <= DEEPEST
        leaves = [value_at(content, (*p, "field")) for p in places(content["where"], ("where",))]
        assert [name for name in leaves if name] == names
