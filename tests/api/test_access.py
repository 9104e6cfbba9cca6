"""Who may do what: every role tries every operation of the description, and the table is what it finds."""

from __future__ import annotations

import logging
from typing import Any

import httpx
import pytest

from tests.api.conftest import OpenApi
from tests.api.test_triggers import problem
from tests.engine.steps import rule
from tests.support.serving import Api
from trigger_studio.model.actor import Role
from trigger_studio.services import tokens
from trigger_studio.services.access import GRANTS, Operation

EVENT = {"id": "e1", "type": "approved", "entity": "scene", "entity_id": "s1", "project": "aurora"}
ENTITIES = {
    "projects": [{"id": "aurora"}, {"id": "borealis"}],
    "scenes": [{"id": "s1", "project": "aurora"}, {"id": "s2", "project": "borealis"}],
}
RULES = [rule("all"), rule("own", project="aurora"), rule("other", project="borealis")]


def operations(api: Api) -> dict[Operation, tuple[str, str]]:
    """Method and path of every operation that takes a token, from the description."""
    described = httpx.get(f"{api.address}/openapi.json", trust_env=False).json()["paths"]
    return {
        Operation(told["operationId"]): (method.upper(), path)
        for path, methods in described.items()
        for method, told in methods.items()
        if told.get("security")
    }


def ask(client: httpx.Client, method: str, path: str) -> httpx.Response:
    """Something that is let in if the role is, and goes no further: nothing there is what it names."""
    path = path.format(id="1" if "halts" in path else "nothing", kind="scene", number=1)
    with client.stream(method, path, headers={"Content-Type": "application/json"}) as answer:
        if answer.headers.get("content-type", "").startswith("text/event-stream"):
            return answer
        answer.read()
        return answer


def test_every_operation_stands_in_the_table_and_has_a_path(api: Api) -> None:
    assert set(operations(api)) == set(Operation) == set(GRANTS)


def test_each_role_tries_every_operation(open_api: OpenApi) -> None:
    api = open_api(RULES, ENTITIES)
    clients = {role: api.client(role) for role in Role}
    surprises = [
        (role, operation, answer.status_code)
        for operation, (method, path) in operations(api).items()
        for role, client in clients.items()
        if ((answer := ask(client, method, path)).status_code == 403) == (role in GRANTS[operation].roles)
        or answer.status_code >= 500
    ]
    assert surprises == []


READS = ["/triggers/{}", "/triggers/{}/revisions", "/triggers/{}/revisions/1"]
CHANGES: list[tuple[str, str, Any]] = [
    ("PUT", "/triggers/{}", {}), ("PATCH", "/triggers/{}", {"priority": 3}), ("DELETE", "/triggers/{}", None),
    ("POST", "/triggers/{}/disable", None), ("POST", "/triggers/{}/enable", None),
    ("POST", "/triggers/{}/approve", None),
]  # fmt: skip


def test_a_token_of_one_project_goes_no_further(open_api: OpenApi) -> None:
    api = open_api(RULES, ENTITIES)
    api.client().post("/events", json=[EVENT, {**EVENT, "id": "e2", "entity_id": "s2", "project": "borealis"}])
    own = api.client("admin", "aurora")
    assert [one["id"] for one in own.get("/triggers").json()["rules"]] == ["all", "own"]
    assert [one["id"] for one in own.get("/bundles").json()["rules"]] == ["all", "own"]
    assert {one["project"] for one in own.get("/events").json()["events"]} == {"aurora"}
    assert {one["id"] for one in own.get("/entities").json()["entities"]} == {"aurora", "s1"}
    for path in READS:
        assert [own.get(path.format(id)).status_code for id in ("all", "own", "other")] == [200, 200, 403], path
    for method, path, body in CHANGES:
        for id in ("all", "other"):
            answer = own.request(method, path.format(id), json=body, headers={"If-Match": "*"})
            problem(answer, 403, "forbidden")
    refused: list[tuple[str, str, Any]] = [
        ("POST", "/triggers", rule("new")), ("POST", "/triggers", rule("new", project="borealis")),
        ("POST", "/bundles", {"format": "trigger-studio/1", "rules": [rule("other", project="aurora")]}),
        ("POST", "/events", {**EVENT, "id": "n1", "project": "borealis"}),
        ("POST", "/events", {**EVENT, "project": None}),
        ("POST", "/dry-run", {"event": {**EVENT, "project": "borealis"}}), ("GET", "/events/e2", None),
        ("POST", "/explain", {"rule": "other", "event": EVENT}), ("GET", "/entities/scene/s2", None),
        ("POST", "/entities", {"scenes": [{"id": "s2", "project": "aurora"}]}),
        ("PATCH", "/entities/scene/s2", {"status": "x"}), ("POST", "/halts", {"reason": "x"}),
        ("POST", "/halts", {"reason": "x", "project": "borealis"}), ("POST", "/halts", {"reason": "x", "rule": "all"}),
        ("POST", "/limits", {"kind": "firings", "amount": 1, "per": "1m"}), ("GET", "/audit", None),
        ("GET", "/metrics", None), ("GET", "/triggers/chain-graph?project=borealis", None),
    ]  # fmt: skip
    for method, path, body in refused:
        problem(own.request(method, path, json=body), 403, "forbidden")
    assert own.post("/triggers", json=rule("new", project="aurora")).status_code == 201
    assert own.post("/halts", json={"reason": "x", "project": "aurora"}).status_code == 201
    moved = own.put("/triggers/new", json=rule("new"), headers={"If-Match": "*"})
    problem(moved, 403, "forbidden")


def test_who_shows_no_token_that_stands_is_not_let_in(
    api: Api, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = api.token("viewer")
    expiring = api.token("viewer", expires="1s")
    assert api.bearer(secret).get("/triggers").status_code == 200
    tokens.revoke(api.session, "viewer-1")
    forged = secret[:-1] + ("A" if secret[-1] != "A" else "B")
    import time

    time.sleep(1.2)
    for shown in (secret, expiring, forged, "x", "tss_" + "é" * 3):
        headers = {b"Authorization": f"Bearer {shown}".encode()}
        told = httpx.get(f"{api.address}/triggers", headers=headers, trust_env=False)
        problem(told, 401, "unauthorized")
        assert told.headers["www-authenticate"].startswith("Bearer")
    for header in ("", "Basic eDp5", "Bearer"):
        told = httpx.get(f"{api.address}/triggers", headers={"Authorization": header}, trust_env=False)
        problem(told, 401, "unauthorized")
    assert secret not in caplog.text
    assert forged not in caplog.text
    with api.session.database.read() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM tokens").all()
    assert secret not in str(kept)
    states = [tokens.document(one, api.session.now())["state"] for one in tokens.read(api.session)]
    assert states == ["revoked", "expired"]
    assert tokens.read(api.session)[0].used_at is not None
