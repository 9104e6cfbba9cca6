"""Recorded workflow runs through the command line, each command a process, on both databases."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import Inside, run


@pytest.fixture(params=["montage-103", "1000genome-52"])
def recorded(request: pytest.FixtureRequest, data: Path) -> Path:
    return data / "real" / str(request.param)


def test_a_recorded_workflow_runs_as_foretold(recorded: Path, database_url: str) -> None:
    expected = json.loads((recorded / "expected.json").read_text())
    durations = {
        name: job["duration_s"]
        for name, job in json.loads((recorded / "profile.json").read_text())["job_types"].items()
    }

    def answer(*arguments: str | Path) -> Any:
        return run(*arguments, "--json", env={"TRIGGER_STUDIO_DB": database_url}).json()

    assert answer("pipeline", "import", recorded / "pipeline.json", "--profile", recorded / "profile.json") == {
        "project": 1
    }
    rules = answer("rules", "import", recorded / "rules.json")["rules"]
    assert len(rules) == expected["tasks"]
    foretold = answer("dry-run", "--event", recorded / "event.json")
    assert run("log", "--json", "--db", database_url).lines() == []  # a dry run changes nothing
    assert answer("emit", recorded / "event.json") == {"accepted": 1, "duplicates": 0}
    summary = answer("engine", "--until-idle", "--farm", "simulated")
    assert (summary["firings"], summary["jobs"]) == (expected["tasks"], expected["tasks"])
    log = run("log", "--json", "--db", database_url).lines()

    jobs = {entry["rule"]: entry["jobs"] for entry in log}
    assert Counter(len(made) for made in jobs.values()) == {1: expected["tasks"]}
    assert len({made[0] for made in jobs.values()}) == len(log) == expected["tasks"]
    assert max(entry["depth"] for entry in log) == expected["depth"]
    started = {entry["rule"]: datetime.fromisoformat(entry["at"]).timestamp() for entry in log}
    job_type = {rule["id"]: rule["actions"][0]["job_type"] for rule in rules}
    for parent, child in expected["edges"]:
        assert started[child] >= started[parent] + durations[job_type[parent]] - 0.002, (parent, child)
    assert [(f["rule"], f["depth"]) for f in foretold["firings"]] == [(entry["rule"], entry["depth"]) for entry in log]
    assert foretold["totals"]["jobs"] == expected["tasks"]


def test_emitting_again_changes_nothing(data: Path, inside_both: Inside) -> None:
    recorded = data / "real" / "1000genome-52"
    for arguments in (
        ("pipeline", "import", recorded / "pipeline.json", "--profile", recorded / "profile.json"),
        ("rules", "import", recorded / "rules.json"),
        ("emit", recorded / "event.json", recorded / "event.json"),
        ("engine", "--until-idle", "--farm", "simulated"),
    ):
        assert inside_both(*arguments).code == 0
    assert inside_both("emit", recorded / "event.json", "--json").json() == {"accepted": 0, "duplicates": 1}
    again = inside_both("engine", "--until-idle", "--farm", "simulated", "--json").json()
    assert (again["events"], again["firings"], again["jobs"]) == (0, 0, 0)
