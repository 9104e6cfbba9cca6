"""The cases are what they promise to be, and the comparison sees what it must."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest

from tests.property.cases import Case, features, make_case
from tests.property.compare import compare
from tests.property.values import Doc
from trigger_studio.model.bundle import parse_bundle
from trigger_studio.model.entities import read_pipeline
from trigger_studio.model.event_codec import read_events
from trigger_studio.model.profiles import parse_profile

SEEDS = range(120)


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [make_case(seed) for seed in SEEDS]


def test_cases_are_valid_documents(cases: list[Case]) -> None:
    for case in cases:
        profile = parse_profile(case.profile)
        assert len(parse_bundle(case.bundle, profile)) == len(case.rules)
        read_pipeline(case.pipeline, profile)
        lines = "\n".join(json.dumps(event) for event in case.events)
        assert len(list(read_events(io.BytesIO(lines.encode()), profile))) == len(case.events)


def test_a_seed_names_one_case(cases: list[Case]) -> None:
    assert asdict(make_case(SEEDS[3])) == asdict(cases[3])
    assert asdict(cases[3]) != asdict(cases[4])


def test_cases_reach_what_they_are_for(cases: list[Case]) -> None:
    reached = {name for case in cases for name, count in features(case).items() if count}
    assert reached >= {
        "join completed", "join completed again", "join deepened by a member", "refused depth", "refused approval",
        "held halt", "held hourly", "failed", "waiting", "branch taken then", "branch taken else", "gate failed",
        "gate done", "parallel failed", "sequence done", "human event assumed", "status forestalled by a later write",
    }  # fmt: skip


def renamed(value: Any) -> Any:
    """The ids of jobs and raised events as another engine might have them."""
    return json.loads(re.sub(r"job-(\d+)-(\d+)", r"J-\2", json.dumps(value)).replace("raised-", "ts:"))


def log_of(result: Doc) -> list[Doc]:
    """The reference's result in the form of an engine's log, with that engine's own ids."""
    ids = {row["id"]: f"F{number}" for number, row in enumerate(result["log"])}
    return [
        {
            "id": ids[row["id"]],
            "rule": row["rule"],
            "event_id": renamed(row["event"]["id"]),
            "chain": f"C/{row['chain']}",
            "cause": ids.get(row["cause"]),
            "depth": row["depth"],
            "status": row["status"],
            "reason": row["reason"],
            "actions": [{"type": action["type"], "status": action["status"]} for action in row["actions"]],
            "jobs": [renamed(job) for job in row["job_ids"]],
        }
        for row in result["log"]
    ]


def test_equal_logs_do_not_differ(cases: list[Case]) -> None:
    for case in cases:
        result = case.run()
        events = renamed(result["events"])
        statuses = {(kind, renamed(id_)): status for (kind, id_), status in result["statuses"].items()}
        assert compare(result, log_of(result), events=events, statuses=statuses) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rows: rows.pop(),
        lambda rows: rows.insert(0, rows.pop()),
        lambda rows: rows[1].update(depth=7),
        lambda rows: rows[-1].update(event_id=rows[0]["event_id"]),
        lambda rows: rows[-1].update(chain=rows[0]["chain"]),
        lambda rows: rows[-1].update(cause="F0"),
        lambda rows: rows[0]["jobs"].append("one more"),
        lambda rows: rows[0]["actions"].pop(),
        lambda rows: rows[0]["actions"][0].update(status="skipped"),
    ],
)
def test_a_difference_is_told(cases: list[Case], spoil: Callable[[list[Doc]], object]) -> None:
    told = 0
    for case in cases[:25]:
        result = case.run()
        rows = log_of(result)
        started = {row["rule"] for row in rows if row["status"] == "done"}
        if len(rows) < 4 or len({row["event_id"] for row in rows}) < 3 or len(started) < 2 or not rows[0]["actions"]:
            continue
        before = json.dumps(rows)
        spoil(rows)
        if json.dumps(rows) != before:
            told += 1
            assert compare(result, rows), case.seed
    assert told > 2
