"""What no client should send: one problem document each, soon, and nothing changed."""

from __future__ import annotations

import contextlib
import json
import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from tests.api.test_triggers import problem
from tests.engine.steps import rule
from tests.support.serving import Api
from trigger_studio.api.limits import MAX_BODY
from trigger_studio.services import rule_registry

SOON_S = 1.0
"""A busy machine takes longer than the tenth of a second that it is on one of its own."""
GOOD = json.dumps(rule("a")).encode()
EVENT = b'{"id": "e", "type": "approved", "entity": "scene", "entity_id": "s"}'
BODIES: dict[str, tuple[bytes, int, str]] = {
    "empty": (b"", 400, "malformed-body"),
    "truncated": (GOOD[:-1], 400, "malformed-body"),
    "doubled": (GOOD + GOOD, 400, "malformed-body"),
    "no JSON": (b"id: a", 400, "malformed-body"),
    "utf-16": (GOOD.decode().encode("utf-16"), 400, "malformed-body"),
    "latin-1": ('{"id": "a", "name": "é"}'.encode("latin-1"), 400, "malformed-body"),
    "NUL": (GOOD.replace(b'"a"', b'"a\\u0000"'), 400, "malformed-body"),
    "raw NUL": (GOOD + b"\0", 400, "malformed-body"),
    "half a surrogate pair": (GOOD.replace(b'"a"', b'"\\ud800"'), 400, "malformed-body"),
    "deep": (b"[" * 10_000 + b"]" * 10_000, 400, "malformed-body"),
    "deep objects": (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, 400, "malformed-body"),
    "a key twice": (b'{"id": "a", "id": "b"}', 400, "malformed-body"),
    "NaN": (b'{"id": NaN}', 400, "malformed-body"),
    "huge number": (b'{"priority": 1' + b"0" * 5_000 + b"}", 400, "malformed-body"),
    "null": (b"null", 422, "bad-input"),
    "a list": (b"[]", 422, "bad-input"),
    "a number": (b"1", 422, "bad-input"),
    "unknown field": (GOOD.replace(b'"id"', b'"idd": 1, "id"'), 422, "bad-input"),
}
PATHS = [
    "/triggers",
    "/triggers/validate",
    "/bundles",
    "/events",
    "/entities",
    "/dry-run",
    "/explain",
    "/halts",
    "/limits",
]


@pytest.fixture
def creator(api: Api) -> Iterator[httpx.Client]:
    """Somebody, and after the test nothing has changed."""
    before = api.client().get("/audit").json()
    yield api.client("admin")
    assert rule_registry.standing(api.session) == []
    after = [entry for entry in api.client().get("/audit").json()["audit"] if entry["verb"] != "token add"]
    assert after == [entry for entry in before["audit"] if entry["verb"] != "token add"]


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_cannot_be_read(creator: httpx.Client, name: str) -> None:
    body, status, code = BODIES[name]
    for path in PATHS:
        if path == "/events" and code == "bad-input" and name == "a list":
            continue  # no events are a list, too
        if path == "/triggers/validate" and code == "bad-input":
            continue  # it tells of faults, and answers well
        began = time.monotonic()
        answer = creator.post(path, content=body, headers={"Content-Type": "application/json"})
        assert time.monotonic() - began < SOON_S
        problem(answer, status, code)


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Content-Type": "text/plain"}, 415, "unsupported-media-type"),
        ({"Content-Type": "application/json; charset=latin-1"}, 415, "unsupported-media-type"),
        ({"Content-Type": "nonsense"}, 415, "unsupported-media-type"),
        ({"Content-Type": "application/json", "Content-Encoding": "gzip"}, 415, "unsupported-media-type"),
        ({"Idempotency-Key": "a b"}, 400, "bad-header"),
        ({"Idempotency-Key": "x" * 201}, 400, "bad-header"),
    ],
)
def test_a_header_that_cannot_be_heeded(creator: httpx.Client, headers: dict[str, str], status: int, code: str) -> None:
    problem(creator.post("/triggers", content=GOOD, headers=headers), status, code)


def test_more_than_is_read_is_refused_at_once(creator: httpx.Client) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(1_024):
            sent += 1 << 20
            yield b" " * (1 << 20)

    began = time.monotonic()
    with contextlib.suppress(httpx.WriteError, httpx.ReadError):  # it may be cut off while it sends
        problem(creator.post("/events", content=endless()), 413, "body-too-large")
    assert sent <= 4 * MAX_BODY
    assert time.monotonic() - began < 5
    address = urlsplit(str(creator.base_url))
    with socket.create_connection((address.hostname, address.port)) as line:
        head = f"POST /events HTTP/1.1\r\nHost: x\r\nAuthorization: {creator.headers['authorization']}\r\n"
        line.sendall(f"{head}Content-Length: {1 << 30}\r\n\r\n".encode())
        assert line.recv(12) == b"HTTP/1.1 413"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "no-such-path"),
        ("GET", "/triggers/", 404, "no-such-path"),
        ("GET", "/triggers/..%2f..%2fetc%2fpasswd", 404, "no-such-path"),
        ("GET", "/triggers/A%0d%0aX-Injected:1", 422, "bad-input"),
        ("GET", "/triggers/%00", 422, "bad-input"),
        ("GET", "/events/%00", 422, "bad-input"),
        ("GET", "/entities/scene/%ed%a0%80", 404, "not-found"),
        ("GET", "/events/" + "x" * 401, 422, "bad-input"),
        ("GET", "/firings/f1-1", 404, "not-found"),
        ("GET", "/firings/f9999999999999999999-1", 404, "not-found"),
        ("GET", "/halts/1", 405, "method-not-allowed"),
        ("DELETE", "/halts/99999999999999999999", 422, "bad-input"),
        ("TRACE", "/triggers", 405, "method-not-allowed"),
        ("BREW", "/triggers", 405, "method-not-allowed"),
        ("GET", "/triggers?text=%00", 422, "bad-input"),
        ("GET", "/triggers/chain-graph?theme=pink", 422, "bad-input"),
        ("GET", "/jobs/none", 404, "not-found"),
    ],
)
def test_a_path_that_leads_nowhere(creator: httpx.Client, method: str, path: str, status: int, code: str) -> None:
    answer = creator.request(method, path)
    problem(answer, status, code)
    assert "x-injected" not in answer.headers
    assert ("allow" in answer.headers) == (status == 405)


def test_none_of_the_accepted_formats_can_be_written(creator: httpx.Client) -> None:
    for path in ("/bundles", "/events", "/firings", "/triggers/chain-graph"):
        problem(creator.get(path, headers={"Accept": "image/tiff"}), 406, "not-acceptable")


@pytest.mark.parametrize("query", ["rule=a&rule=b", "nosuch=1", "rule=a%00"])
def test_a_query_says_each_thing_once(api: Api, query: str) -> None:
    told = problem(api.client().get(f"/firings?{query}"), 422, "bad-input")
    assert told["faults"][0]["path"].startswith("query.")
