"""Rules over REST: made, read, replaced without a lost update, listed a page at a time."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api.conftest import OpenApi
from tests.engine.steps import rule
from tests.support.engines import race
from tests.support.serving import Api
from trigger_studio.services import rule_registry

DEAR = {"type": "submit_job", "job_type": "dear"}


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem document of a refused request."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    told: dict[str, Any] = answer.json()
    assert (told["status"], told["code"]) == (status, code), told
    assert told["request"] == answer.headers["x-request-id"]
    return told


def test_a_rule_from_its_making_to_its_end(admin: httpx.Client) -> None:
    made = admin.post("/triggers", json=rule("a"))
    assert (made.status_code, made.headers["location"], made.headers["etag"]) == (201, "/triggers/a", '"1-none"')
    problem(admin.post("/triggers", json=rule("a")), 409, "refused")
    read = admin.get("/triggers/a")
    assert read.json() == made.json()
    assert admin.get("/triggers/a", headers={"If-None-Match": read.headers["etag"]}).status_code == 304

    problem(admin.put("/triggers/a", json=rule("a", name="New")), 428, "precondition-required")
    problem(admin.put("/triggers/a", json=rule("a"), headers={"If-Match": "nothing"}), 400, "bad-header")
    replaced = admin.put("/triggers/a", json=rule("a", name="New"), headers={"If-Match": read.headers["etag"]})
    assert (replaced.status_code, replaced.json()["name"], replaced.headers["etag"]) == (200, "New", '"2-none"')
    told = problem(admin.put("/triggers/a", json=rule("a"), headers={"If-Match": '"1-none"'}), 412, "stale")
    assert (told["changed"], told["revision"]) == (["name"], 2)
    problem(admin.put("/triggers/a", json=rule("b"), headers={"If-Match": '"2-none"'}), 422, "bad-input")

    patched = admin.patch("/triggers/a", json={"priority": 7}, headers={"If-Match": '"2-none"'})
    assert (patched.json()["priority"], patched.json()["name"]) == (7, "New")
    assert admin.post("/triggers/a/disable").json()["enabled"] is False
    problem(admin.post("/triggers/a/enable", headers={"If-Match": '"1-none"'}), 412, "stale")
    assert admin.post("/triggers/a/enable", headers={"If-Match": '"4-none"'}).json()["revision"] == 5

    problem(admin.delete("/triggers/a"), 428, "precondition-required")
    assert admin.delete("/triggers/a", headers={"If-Match": "*"}).status_code == 204
    problem(admin.get("/triggers/a"), 404, "not-found")
    revisions = admin.get("/triggers/a/revisions").json()["revisions"]
    assert [(one["revision"], one["rule"] and one["rule"]["name"]) for one in revisions] == [
        (1, ""), (2, "New"), (3, "New"), (4, "New"), (5, "New"), (6, None),
    ]  # fmt: skip
    assert admin.get("/triggers/a/revisions/2").json() == revisions[1]
    assert {one["by"] for one in revisions} == {"admin-1"}


def test_an_approval_is_of_what_was_read(admin: httpx.Client) -> None:
    made = admin.post("/triggers", json=rule("a", DEAR))
    assert made.headers["etag"] == '"1-needed"'
    admin.patch("/triggers/a", json={"max_depth": 3}, headers={"If-Match": '"1-needed"'})
    problem(admin.post("/triggers/a/approve", headers={"If-Match": '"1-needed"'}), 412, "stale")
    assert admin.post("/triggers/a/approve", headers={"If-Match": '"2-needed"'}).json()["approval"] == "approved"
    told = problem(admin.delete("/triggers/a", headers={"If-Match": '"2-needed"'}), 412, "stale")
    assert told["changed"] == ["approval"]


def test_every_fault_is_told_with_its_path_and_what_was_meant(admin: httpx.Client) -> None:
    wrong = rule("a", {"type": "submit_job", "job_type": "wrok"}, when={"event": "aproved"})
    told = problem(admin.post("/triggers", json=wrong), 422, "bad-input")
    assert [(fault["path"], fault["did_you_mean"]) for fault in told["faults"]] == [
        ("when.event", "approved"), ("actions[0].job_type", "work"),
    ]  # fmt: skip
    checked = admin.post("/triggers/validate", json=wrong).json()
    assert (checked["valid"], checked["faults"]) == (False, told["faults"])
    assert admin.post("/triggers/validate", json=rule("a")).json() == {"valid": True, "faults": []}
    assert admin.get("/triggers").json() == {"rules": []}


@pytest.mark.parametrize(
    ("sort", "key"), [("id", "id"), ("-priority", "priority"), ("name", "name"), ("updated_at", "")]
)
def test_a_list_is_walked_a_page_at_a_time(open_api: OpenApi, sort: str, key: str) -> None:
    rules = [rule(f"r{n}", name=f"rule {n % 5}", priority=n % 3, enabled=n % 2 == 0) for n in range(25)]
    client = open_api(rules).client("viewer")
    for extra in ({}, {"enabled": True}, {"text": "RULE 1"}):
        walked: list[dict[str, Any]] = []
        answer = client.get("/triggers", params={"sort": sort, "limit": 4, **extra})
        while True:
            walked += answer.json()["rules"]
            assert ("next" in answer.json()) == ("link" in answer.headers)
            if "next" not in answer.json():
                break
            answer = client.get(answer.links["next"]["url"])
        whole = client.get("/triggers", params={"sort": sort, **extra}).json()["rules"]
        assert walked == whole
        assert len({one["id"] for one in walked}) == len(walked) == {0: 25, 1: 13}[bool(extra)] or extra.get("text")
        if key:
            values = [one[key] for one in walked]
            assert values == sorted(values, reverse=sort.startswith("-"))


def test_a_cursor_is_good_for_its_query_alone(open_api: OpenApi) -> None:
    client = open_api([rule(f"r{n}") for n in range(5)]).client("viewer")
    cursor = client.get("/triggers", params={"limit": 2}).json()["next"]
    for params in (
        {"cursor": cursor, "sort": "name"}, {"cursor": cursor, "enabled": "true"}, {"cursor": "x"},
        {"cursor": cursor[:-3]}, {"cursor": ""},
        {"limit": 0}, {"limit": 1001}, {"limit": "many"}, {"sort": "size"}, {"lmit": 3},
    ):  # fmt: skip
        problem(client.get("/triggers", params=params), 422, "bad-input")
    told = problem(client.get("/triggers", params={"lmit": 3}), 422, "bad-input")
    assert told["faults"][0]["did_you_mean"] == "limit"


def test_two_writers_lose_no_update(api: Api) -> None:
    api.client().post("/triggers", json=rule("a", description=""))
    rounds = 60

    def write(client: httpx.Client, mark: str) -> None:
        for number in range(rounds):
            while True:
                read = client.get("/triggers/a")
                text = f"{read.json()['description']} {mark}{number}"
                headers = {"If-Match": read.headers["etag"]}
                answer = client.patch("/triggers/a", json={"description": text}, headers=headers)
                if answer.status_code == 200:
                    break
                problem(answer, 412, "stale")

    first, second = api.client("creator"), api.client("creator")
    race(lambda: write(first, "x"), lambda: write(second, "y"))
    words = rule_registry.one(api.session, "a").rule.description.split()
    assert len(words) == 2 * rounds
    for mark in "xy":
        assert [word for word in words if word[0] == mark] == [f"{mark}{number}" for number in range(rounds)]


def test_bundles_go_in_and_out(api: Api) -> None:
    client = api.client("creator")
    bundle = {"format": "trigger-studio/1", "rules": [rule("a"), rule("b")]}
    saved = client.post("/bundles", json=bundle)
    assert [one["id"] for one in saved.json()["rules"]] == ["a", "b"]
    text = client.get("/bundles", headers={"Accept": "application/yaml"})
    assert text.headers["content-type"].startswith("application/yaml")
    again = client.post("/bundles", content=text.content, headers={"Content-Type": "application/yaml"})
    assert [one["revision"] for one in again.json()["rules"]] == [2, 2]
    wrong = {**bundle, "rules": [rule("c"), rule("d", mode="sideways")]}
    told = problem(client.post("/bundles", json=wrong), 422, "bad-input")
    assert [fault["path"] for fault in told["faults"]] == ["rules[1].mode"]
    assert [one["id"] for one in client.get("/bundles").json()["rules"]] == ["a", "b"]
