"""A chain replayed from the log's records: its moments, their words, and the states they show."""

from __future__ import annotations

from typing import Any

from trigger_studio.studio.chart.chart import Run
from trigger_studio.studio.chart.replay import Replay


def record(id: str, at: str, **more: Any) -> dict[str, Any]:
    about = {"entity": "scene", "entity_id": "s3", "event": "completed", "event_id": "evt", "cause": None}
    return {"id": id, "at": at, "rule": "a", **about, **more}


def action(path: str, status: str, kind: str = "trigger_qa") -> dict[str, Any]:
    return {"path": path, "status": status, "type": kind, "ref": f"job-{path}"}


def tell(rule: str, action: Any) -> str:
    return f"{action['type']} of {rule}"


def replayed(*records: dict[str, Any]) -> Replay:
    return Replay(records, tell)


BEGIN = record(
    "f1", "2026-11-20T09:31:04Z", status="running", reason=None,
    actions=[action("actions[0]", "running"), action("actions[1]", "pending", "set_status")],
)  # fmt: skip
RAISED = record("f1", "2026-11-20T09:36:04Z", emitted=["ts:job-actions[0]:qa.completed"])
END = record(
    "f1", "2026-11-20T09:36:04Z", status="done", reason=None,
    actions=[action("actions[0]", "done"), action("actions[1]", "done", "set_status")],
)  # fmt: skip


def test_a_moment_says_what_happened_and_what_followed() -> None:
    frames = replayed(BEGIN, RAISED, END).frames
    assert [frame.at for frame in frames] == [BEGIN["at"], END["at"]]
    assert frames[0].text == "scene s3 completed → trigger_qa of a"
    assert frames[0].card == "rule:a:actions[0]"
    assert frames[1].text == "trigger_qa of a: done, set_status of a: done → all done"
    assert frames[1].card == "rule:a:actions[1]"


def test_the_states_are_those_of_the_moment() -> None:
    replay = replayed(BEGIN, RAISED, END)
    assert replay.states(-1) == {}
    early, late = replay.states(0), replay.states(1)
    assert early["rule:a:actions[0]"].run is Run.RUNNING
    assert "rule:a:actions[1]" not in early
    assert {late[f"rule:a:{path}"].run for path in ("when", "actions[0]", "actions[1]")} == {Run.DONE}


def test_the_way_to_the_next_rule_is_lit_when_it_is_taken() -> None:
    follower = record(
        "f2", "2026-11-20T09:36:04Z", rule="b", cause="f1", event_id="ts:job-actions[0]:qa.completed", status="running",
        reason=None, actions=[action("actions[0]", "waiting", "gate")],
    )  # fmt: skip
    replay = replayed(BEGIN, END, follower)
    way = "rule:a:actions[0]>rule:b:when"
    assert way not in replay.states(1)
    assert replay.states(2)[way].run is Run.RUNNING


def test_a_refusal_and_a_hold_are_moments_with_their_reason() -> None:
    refused = record("f1", "2026-11-20T09:31:04Z", status="refused", reason="approval", actions=[])
    held = record("f2", "2026-11-20T09:31:05Z", status="held", reason="halt", actions=[])
    frames = replayed(refused, held).frames
    assert frames[0].text == "scene s3 completed → refused (approval)"
    assert frames[1].text == "scene s3 completed → held (halt)"
    assert frames[0].card == "rule:a:when"


def test_what_starts_at_once_is_counted_and_cut_short() -> None:
    many = [action(f"actions[0].actions[{i}]", "running", kind) for i, kind in enumerate("aaabcde")]
    many.insert(0, action("actions[0]", "running", "parallel"))
    frame = replayed(record("f1", "t", status="running", reason=None, actions=many)).frames[0]
    assert frame.then == "3 × a of a, b of a, c of a, + 2"


def test_a_retry_goes_on_where_it_failed() -> None:
    failed = record("f1", "t1", status="failed", reason=None, actions=[action("actions[0]", "failed")])
    again = record("f1", "t2", status="running", reason=None, actions=[action("actions[0]", "running")])
    frames = replayed(BEGIN, failed, again).frames
    assert frames[1].text == "trigger_qa of a: failed → failed"
    assert frames[2].text == "goes on → trigger_qa of a"


def test_nothing_is_no_moment() -> None:
    assert replayed().frames == []
