"""A day over REST: events in every form, a job that ends outside, gates, halts, limits, news; each request once."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api.conftest import OpenApi
from tests.api.test_triggers import problem
from tests.engine.steps import rule
from tests.support.engines import until
from tests.support.serving import Api

EVENT = {"id": "e1", "type": "approved", "entity": "scene", "entity_id": "s1", "project": "aurora"}
CLOUD = {
    "specversion": "1.0", "id": "1", "source": "https://a.example#x", "type": "org.example.scene.approved",
    "subject": "s1", "data": {"project": "aurora", "step": 2},
}  # fmt: skip
GATED = rule("gated", {"type": "gate", "message": "Look"}, {"type": "set_status", "status": "completed"})


def put(client: httpx.Client, kind: str, content: bytes) -> httpx.Response:
    return client.post("/events", content=content, headers={"Content-Type": kind})


def test_events_come_in_every_form(api: Api, admin: httpx.Client) -> None:
    import json

    assert admin.post("/events", json=EVENT).json() == {"accepted": 1, "duplicates": 0}
    assert admin.post("/events", json=[EVENT, {**EVENT, "id": "e2"}]).json() == {"accepted": 1, "duplicates": 1}
    lines = "\n".join(json.dumps({**EVENT, "id": f"n{n}"}) for n in range(1_500))
    assert put(admin, "application/x-ndjson", lines.encode()).json() == {"accepted": 1_500, "duplicates": 0}
    structured = json.dumps(CLOUD).encode()
    answer = put(admin, "application/cloudevents+json", structured)
    assert (answer.status_code, answer.json()["accepted"]) == (202, 1)
    stored = admin.get(answer.headers["location"]).json()
    assert (stored["id"], stored["attributes"]) == ("https://a.example%23x#1", {"step": 2})
    batch = json.dumps([CLOUD, {**CLOUD, "id": "2"}]).encode()
    assert put(admin, "application/cloudevents-batch+json", batch).json() == {"accepted": 1, "duplicates": 1}
    headers = {f"ce-{name}": str(value) for name, value in CLOUD.items() if name != "data"}
    assert admin.post("/events", json=CLOUD["data"], headers=headers).json() == {"accepted": 0, "duplicates": 1}
    ours = admin.get("/events/e1", headers={"Accept": "application/cloudevents+json"})
    assert put(admin, "application/cloudevents+json", ours.content).json() == {"accepted": 0, "duplicates": 1}
    told = problem(put(admin, "application/cloudevents+json", b'{"specversion": "1.0"}'), 422, "bad-input")
    assert [fault["path"] for fault in told["faults"]] == ["id", "source", "type", "subject"]
    problem(admin.post("/events", json={**EVENT, "project": "other"}), 422, "bad-input")


def test_a_job_ends_outside_a_gate_is_answered_and_what_follows_is_told(open_api: OpenApi) -> None:
    follows = rule("after", {"type": "set_status", "status": "checked"}, when={"event": "completed", "entity": "job"})
    api = open_api([rule("a"), GATED, follows], engine=True)
    client = api.client()
    client.post("/events", json=EVENT)
    until(lambda: client.get("/jobs").json()["jobs"], 10, "the job")
    (job,) = client.get("/jobs", params={"state": "submitted"}).json()["jobs"]
    done = api.client("worker").post(f"/jobs/{job['id']}/complete", json={"result": {"step": 3}})
    assert (done.status_code, done.json()["state"]) == (200, "completed"), done.text
    problem(client.post(f"/jobs/{job['id']}/fail", json={}), 409, "refused")
    until(lambda: client.get("/firings", params={"rule": "after"}).json()["firings"], 10, "what follows")
    (gate,) = client.get("/gates", params={"status": "waiting"}).json()["gates"]
    assert client.post(f"/gates/{gate['id']}/approve").json()["status"] == "approved"
    until(lambda: client.get("/firings", params={"rule": "gated"}).json()["firings"][0]["status"] == "done", 10, "it")
    first = client.get("/firings", params={"rule": "a"}).json()["firings"][0]
    assert client.get(f"/firings/{first['id']}").json()["followed"][0]["rule"] == "after"
    around = client.get("/firings", params={"job": job["id"]}).json()["firings"]
    assert {entry["rule"] for entry in around} == {"a", "after"}


def test_halts_and_limits(open_api: OpenApi) -> None:
    client = open_api([rule("a")], {"projects": [{"id": "aurora"}]}).client()
    made = client.post("/halts", json={"reason": "wrong plates", "project": "aurora"})
    assert (made.status_code, made.json()["by"]) == (201, "admin-1")
    problem(client.post("/halts", json={"reason": "x", "project": "auroa"}), 404, "not-found")
    assert client.get("/halts").json()["halts"][0]["target"] == "aurora"
    assert client.delete(made.headers["location"]).json() == {"halts": 1, "held": 0, "continued": 0}
    problem(client.delete(made.headers["location"]), 404, "not-found")
    limit = {"kind": "firings", "amount": 60, "per": "1m", "project": "aurora"}
    assert client.post("/limits", json=limit).json()["limits"][0]["amount"] == 60
    assert client.delete("/limits", params={"kind": "firings", "project": "aurora"}).status_code == 204
    verbs = [entry["verb"] for entry in client.get("/audit").json()["audit"]]
    assert verbs[-4:] == ["halt", "resume", "limit", "limit removed"]


def test_a_request_with_a_key_is_carried_out_once(api: Api, admin: httpx.Client) -> None:
    headers = {"Idempotency-Key": "k1"}
    first = admin.post("/triggers", json=rule("a"), headers=headers)
    again = admin.post("/triggers", json=rule("a"), headers=headers)
    assert (first.status_code, first.content, first.headers["etag"]) == (201, again.content, again.headers["etag"])
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    problem(admin.post("/triggers", json=rule("b"), headers=headers), 422, "key-reused")
    assert api.client().post("/triggers", json=rule("b"), headers=headers).status_code == 201
    refused = {"Idempotency-Key": "k2"}
    problem(admin.post("/triggers", json=rule("a"), headers=refused), 409, "refused")
    admin.delete("/triggers/a", headers={"If-Match": "*"})
    assert admin.post("/triggers", json=rule("a"), headers=refused).json()["code"] == "refused"  # as it was then
    many = [{**EVENT, "id": f"m{n}"} for n in range(1_200)]
    for _ in range(2):
        answer = admin.post("/events", json=many, headers={"Idempotency-Key": "k3"})
        assert answer.json() == {"accepted": 1_200, "duplicates": 0}


def read_stream(client: httpx.Client, count: int, **headers: str) -> list[dict[str, Any]]:
    """The first so many pieces of news."""
    import json

    found: list[dict[str, Any]] = []
    with client.stream("GET", "/stream", headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        item: dict[str, Any] = {}
        for line in answer.iter_lines():
            name, _, value = line.partition(": ")
            if name:
                item[name] = json.loads(value) if name == "data" else value
            elif "data" in item:
                found.append(item)
                item = {}
                if len(found) == count:
                    break
            else:
                item = {}
    return found


def test_news_are_resumed_without_a_gap(open_api: OpenApi) -> None:
    client = open_api([rule("a")]).client()
    with client.stream("GET", "/stream") as answer:
        start = next(line for line in answer.iter_lines() if line.startswith("id: ")).removeprefix("id: ")
    for number in range(5):
        client.post("/events", json={**EVENT, "id": f"e{number}"})
    client.post("/triggers/a/disable")
    news = read_stream(client, 6, **{"Last-Event-ID": start})
    assert [item["data"]["id"] for item in news if item["event"] == "event"] == [f"e{n}" for n in range(5)]
    assert [item["data"]["verb"] for item in news if item["event"] == "rule"] == ["rules disable"]
    problem(client.get("/stream", headers={"Last-Event-ID": "x"}), 422, "bad-input")
    problem(client.get("/stream", params={"kinds": "evnt"}), 422, "bad-input")


def test_foresight_and_the_rest_that_is_read(open_api: OpenApi) -> None:
    client = open_api(
        [rule("a")], {"projects": [{"id": "aurora"}], "scenes": [{"id": "s1", "project": "aurora"}]}
    ).client("viewer")
    report = client.post("/dry-run", json={"event": EVENT}).json()
    assert [firing["rule"] for firing in report["firings"]] == ["a"]
    assert client.post("/triggers/a/dry-run", json={"event": EVENT}).json()["totals"] == report["totals"]
    assert client.post("/explain", json={"rule": "a", "event": EVENT}).json()["fires"] is True
    assert client.get("/triggers/chain-graph").json()["nodes"]
    assert client.get("/entities", params={"kind": "scene"}).json()["entities"][0]["id"] == "s1"
    assert client.get("/entities/scene/s1").json()["status"] == "draft"
    assert client.get("/profile").json()["format"] == "trigger-studio-profile/1"
    assert "trigger_studio_bus_waiting" in client.get("/metrics").text
    assert client.get("/readyz").json() == {"status": "ok", "engine": "off"}
    problem(client.post("/dry-run", json={"event": EVENT, "fail": ["wrok"]}), 422, "bad-input")


@pytest.mark.parametrize("path", ["/openapi.json", "/docs"])
def test_the_description_is_there(api: Api, path: str) -> None:
    assert httpx.get(f"{api.address}{path}", trust_env=False).status_code == 200
