"""Examples for the API's description: one day of a small pipeline."""

from __future__ import annotations

from typing import Any, Final

RULE: Final[dict[str, Any]] = {
    "id": "qa-on-scene",
    "name": "Check every scene that is done",
    "when": {"event": "completed", "entity": "scene"},
    "actions": [{"type": "trigger_qa"}],
}
TRIGGER: Final[dict[str, Any]] = {
    "id": "qa-on-scene",
    "name": "Check every scene that is done",
    "description": "",
    "enabled": True,
    "project": None,
    "priority": 100,
    "when": {"event": "completed", "entity": "scene", "scope": {"project": True}},
    "mode": "sequential",
    "actions": [{"type": "trigger_qa", "params": {}, "wait": True}],
    "max_depth": 10,
    "revision": 1,
    "digest": "8d1fd6e2c0c5d3a4b1d39fb2a7f5c1f0e6b06b1b5f0f3a8f1c5f9a1d2b3c4d5e",
    "approval": "",
}
REVISION: Final[dict[str, Any]] = {
    "revision": 1, "at": "2026-11-20T09:30:00.000Z", "by": "pipeline-bot", "digest": TRIGGER["digest"], "rule": RULE,
}  # fmt: skip
FAULT: Final[dict[str, Any]] = {
    "path": "when.event",
    "message": "found 'complete'; allowed: completed, approved, failed; did you mean 'completed'?",
    "did_you_mean": "completed",
}
EVENT: Final[dict[str, Any]] = {
    "id": "evt-000017", "type": "completed", "entity": "scene", "entity_id": "sc-010", "project": "aurora",
    "attributes": {"resolution_tier": "1080p"}, "occurred_at": "2026-11-20T09:30:00Z",
}  # fmt: skip
STORED_EVENT: Final[dict[str, Any]] = {
    **EVENT, "character": None, "job_id": None, "cause": None, "depth": 0, "chain": "evt-000017", "caused_by": None,
}  # fmt: skip
CLOUD_EVENT: Final[dict[str, Any]] = {
    "specversion": "1.0", "id": "17", "source": "https://tracker.example.org", "type": "org.example.scene.completed",
    "subject": "sc-010", "time": "2026-11-20T09:30:00Z", "data": {"project": "aurora", "resolution_tier": "1080p"},
}  # fmt: skip
ENTITY: Final[dict[str, Any]] = {
    "id": "sc-010", "kind": "scene", "name": "The bridge", "status": "draft", "project": "aurora", "character": None,
    "attributes": {},
}  # fmt: skip
FIRING: Final[dict[str, Any]] = {
    "id": "f17-1", "at": "2026-11-20T09:30:00.012Z", "rule": "qa-on-scene", "revision": 1, "event_id": "evt-000017",
    "cause": None, "chain": "evt-000017", "depth": 1, "status": "running", "reason": None, "emitted": [], "caused": [],
    "actions": [{"type": "trigger_qa", "path": "actions[0]", "status": "running", "attempts": 1, "ref": "job-f17-1-0"}],
    "jobs": ["job-f17-1-0"], "entity": "scene", "entity_id": "sc-010",
}  # fmt: skip
JOB: Final[dict[str, Any]] = {
    "id": "job-f17-1-0", "job_type": "qa", "state": "submitted", "firing": "f17-1", "event_id": "evt-000017",
    "project": "aurora", "character": None, "params": {}, "depth": 1, "chain": "evt-000017",
    "submitted_at": "2026-11-20T09:30:00.012Z", "result": None,
}  # fmt: skip
GATE: Final[dict[str, Any]] = {
    "id": "g-f17-1-0", "firing": "f17-1", "action": 0, "project": "aurora", "approvers": "admin",
    "message": "Look at the 4k plates", "status": "waiting", "opened_at": "2026-11-20T09:30:00.012Z", "due_at": None,
}  # fmt: skip
HALT: Final[dict[str, Any]] = {
    "id": 1, "scope": "project", "target": "aurora", "reason": "wrong plates", "at": "2026-11-20T09:31:00.000Z",
    "by": "pipeline-bot",
}  # fmt: skip
LIMIT: Final[dict[str, Any]] = {
    "scope": "project", "target": "aurora", "kind": "firings", "amount": 60, "window_s": 60.0, "used": 3.0, "held": 0,
    "since": None,
}  # fmt: skip
AUDIT: Final[dict[str, Any]] = {
    "id": 1, "at": "2026-11-20T09:31:00.000Z", "actor": "pipeline-bot", "verb": "halt", "subject": "project aurora",
    "data": {"reason": "wrong plates"},
}  # fmt: skip
