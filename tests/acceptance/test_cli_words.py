"""What people type wrong is named, with what they may have meant; counts are read as people say them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import Inside
from trigger_studio.model.counting import count, count_english

EVENT = {"id": "e1", "type": "approved", "entity": "scene", "entity_id": "s1", "project": "aurora"}


def rule(name: str, *actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    when = {"event": "approved", "entity": "scene"}
    return {"id": name, "when": when, "actions": list(actions) or [{"type": "trigger_qa"}], **more}


@pytest.fixture
def studio(inside_both: Inside, tmp_path: Path) -> Inside:
    """A project, two rules of which one waits for an admin, and a firing of the other."""
    render = {"type": "submit_job", "job_type": "scene_generation"}
    rules = [rule("look"), rule("render", render, enabled=False), rule("elsewhere", project="borealis")]
    for name, content, command in (
        ("pipeline.json", {"projects": [{"id": "aurora"}]}, ("pipeline", "import")),
        ("rules.json", {"format": "trigger-studio/1", "rules": rules}, ("rules", "import")),
        ("event.json", EVENT, ("emit",)),
    ):
        file = tmp_path / name
        file.write_text(json.dumps(content))
        assert inside_both(*command, file).code == 0
    assert inside_both("engine", "--until-idle").code == 0
    return inside_both


@pytest.mark.parametrize(
    ("command", "meant"),
    [
        ("graph --project auroar", "did you mean 'aurora'?"),
        ("graph --project auroar --format mermaid", "there is no project 'auroar'"),
        ("log --rule lok", "did you mean 'look'?"),
        ("log --rule lok --follow", "there is no rule 'lok'"),
        ("log --chain e2", "there is no chain 'e2'"),
        ("log --job job-1-1-x", "there is no job 'job-1-1-x'; allowed: job-"),
        ("rules show lok", "did you mean 'look'?"),
        ("rules enable lok", "did you mean 'look'?"),
        ("explain --rule lok --event EVENT", "did you mean 'look'?"),
        ("dry-run --rule lok --event EVENT", "did you mean 'look'?"),
    ],
)
def test_what_nobody_knows_is_refused_with_what_was_meant(
    studio: Inside, tmp_path: Path, command: str, meant: str
) -> None:
    arguments = [str(tmp_path / "event.json") if word == "EVENT" else word for word in command.split()]
    (fault,) = studio(*arguments).faults()
    assert meant in fault


def test_what_is_known_is_shown(studio: Inside) -> None:
    assert studio("graph", "--project", "aurora").code == 0
    assert studio("graph", "--project", "borealis").code == 0  # no entity names it yet, but a rule
    assert len(studio("log", "--chain", "e1", "--json").lines()) == 1
    assert studio("rules", "delete", "look").code == 0
    assert len(studio("log", "--rule", "look", "--json").lines()) == 1  # its history stays


@pytest.mark.parametrize("command", ["explain --rule look --event FILE", "dry-run --event FILE"])
def test_an_event_of_a_project_that_nobody_knows_is_looked_at_but_not_in_silence(
    studio: Inside, tmp_path: Path, command: str
) -> None:
    file = tmp_path / "typo.json"
    file.write_text(json.dumps(EVENT | {"id": "e2", "entity_id": "s2", "project": "auroar"}))
    answer = studio(*(str(file) if word == "FILE" else word for word in command.split()))
    assert answer.code == 0
    assert "new project" in answer.err
    assert "did you mean 'aurora'?" in answer.err


@pytest.mark.parametrize("number", ["-1", "-0.5", "-1e3", "-inf", "nan"])
def test_a_number_below_zero_is_a_number_and_no_option(inside: Inside, number: str) -> None:
    (fault,) = inside("limits", "set", "firings", number, "--per", "1h").faults()
    assert fault.endswith("firings cannot be; allowed: 0 or more")


def test_an_option_that_does_not_exist_is_told_as_before(inside: Inside) -> None:
    (fault,) = inside("limits", "set", "firings", "1", "--pre", "1h").faults()
    assert "No such option: --pre" in fault


def test_one_of_a_thing_is_no_plural(inside: Inside) -> None:
    for kind, number, said in (
        ("firings", "1", "at most 1 firing within 1 h"),
        ("gpu-hours", "1", "at most 1 GPU-hour within 1 h"),
        ("gpu-hours", "2.5", "at most 2.5 GPU-hours within 1 h"),
        ("failures", "1", "paused after 1 failed firing within 1 h"),
    ):
        assert said in inside("limits", "set", kind, number, "--per", "1h").out
    assert inside("db", "archive", "--keep", "1").out.startswith("Finished chains are archived after 1 day.")


def test_counts() -> None:
    for made in (count, count_english):
        assert [made(n, "firing") for n in (0, 1, 1.0, 1.5, 2)] == [
            "0 firings", "1 firing", "1 firing", "1.5 firings", "2 firings",
        ]  # fmt: skip


def test_doctor_and_the_list_tell_of_the_same_rules_that_wait(studio: Inside) -> None:
    listed = [item["id"] for item in studio("rules", "list", "--json").json()["rules"] if item["approval"] == "needed"]
    (found,) = [check for check in studio("doctor", "--json").json()["checks"] if check["check"] == "approvals"]
    assert listed == ["render"]
    assert found["says"] == "1 rule can fire only once an admin approves: render (disabled)"
