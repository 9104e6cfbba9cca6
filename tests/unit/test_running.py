"""Run states of the chart from the log: what an entry says, and what follows from it."""

from __future__ import annotations

from typing import Any

from trigger_studio.studio.chart.chart import ANYONE, Run, RunState, way_key
from trigger_studio.studio.chart.run_states import foretold_states, run_states, without_actions


def action(path: str, kind: str = "submit_job", status: str = "done", **more: Any) -> dict[str, Any]:
    return {"path": path, "type": kind, "status": status, **more}


def entry(id: str, rule: str, *actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": id, "rule": rule, "cause": None, "event_id": "evt", "status": "done", "actions": actions, **more}


def test_a_firing_is_counted_at_its_event_its_conditions_and_its_actions() -> None:
    states = run_states([entry("f1", "a", action("actions[0]")), entry("f2", "a", action("actions[0]"))])
    for path in ("when", "when.where", "when.every", "actions[0]"):
        assert states[f"rule:a:{path}"] == RunState(Run.DONE, 2)


def test_the_loudest_state_wins_and_counts_itself() -> None:
    failed = entry("f3", "a", action("actions[0]", status="failed"), status="failed")
    states = run_states([entry("f1", "a", action("actions[0]")), entry("f2", "a", action("actions[0]")), failed])
    assert states["rule:a:actions[0]"] == RunState(Run.FAILED, 1)


def test_what_is_not_reached_has_no_state() -> None:
    states = run_states(
        [entry("f1", "a", action("actions[0]", status="running"), action("actions[1]", status="pending"))]
    )
    assert states["rule:a:actions[0]"].run is Run.RUNNING
    assert "rule:a:actions[1]" not in states


def test_a_rule_drawn_otherwise_than_it_ran_keeps_the_states_of_what_it_began_with() -> None:
    ran = [entry("f1", "a", action("actions[0]", ref="job-1")), entry("f2", "a-b", action("actions[0]"))]
    ran.append(entry("f3", "c", cause="f1", event_id="ts:job-1:completed"))
    states = run_states(ran)
    assert way_key("rule:a:actions[0]", "rule:c:when") in states
    assert set(states) - set(without_actions(states, {"a"}.__contains__)) == {
        "rule:a:actions[0]",
        way_key("rule:a:actions[0]", "rule:c:when"),
    }
    assert without_actions(states, set[str]().__contains__) == states


def test_a_refusal_refuses_at_its_conditions_too() -> None:
    states = run_states([entry("f1", "a", status="refused")])
    assert states["rule:a:when"].run is states["rule:a:when.where"].run is Run.REFUSED


def test_the_end_of_a_fork_is_reached_by_all_of_it() -> None:
    fork = action("actions[0]", "parallel", "running")
    assert "rule:a:actions[0].end" not in run_states([entry("f1", "a", fork)])
    fork["status"] = "done"
    assert run_states([entry("f1", "a", fork)])["rule:a:actions[0].end"].run is Run.DONE


def test_an_empty_side_of_a_branch_is_lit_only_when_it_was_taken() -> None:
    branch = action("actions[0]", "branch", taken="else")
    assert run_states([entry("f1", "a", branch)])["rule:a:actions[0].else"].run is Run.DONE
    followed = run_states([entry("f1", "a", branch, action("actions[0].else[0]"))])
    assert "rule:a:actions[0].else" not in followed
    assert not any(".then" in name for name in followed)


def test_only_the_way_that_was_taken_between_rules_is_lit() -> None:
    jobs = action("actions[0]", ref="job-1"), action("actions[1]", ref="job-2"), action("actions[2]", "set_status")
    cause = entry("f1", "a", *jobs)
    by_job = entry("f2", "b", cause="f1", event_id="ts:job-2:scene.completed", status="running")
    by_status = entry("f3", "c", cause="f1", event_id="ts:1-1-2:scene.approved")
    by_hand = entry("f4", "d", cause="f1", event_id="evt-9")
    states = run_states([cause, by_job, by_status, by_hand])
    assert states[way_key("rule:a:actions[1]", "rule:b:when")] == RunState(Run.RUNNING, 1)
    assert states[way_key("rule:a:actions[2]", "rule:c:when")] == RunState(Run.DONE, 1)
    assert states[way_key(ANYONE, "rule:d:when")] == RunState(Run.DONE, 1)
    assert sum(">" in name for name in states) == 3


def test_a_dry_run_shows_what_it_refuses_and_holds() -> None:
    fired = {**entry("f1", "a"), "actions": [{"path": "actions[0]", "type": "gate", "outcome": "waiting"}]}
    refused, held = {"rule": "b", "depth": 1, "reason": "approval"}, {"rule": "c", "depth": 1, "reason": "halt"}
    states = foretold_states({"firings": [fired], "refusals": [refused], "held": [held]})
    assert states["rule:a:actions[0]"].run is Run.WAITING
    assert states["rule:b:when"].run is Run.REFUSED
    assert states["rule:c:when"].run is Run.WAITING
