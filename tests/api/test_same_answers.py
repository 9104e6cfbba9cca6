"""The command line's ``--json`` and the REST API answer alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.engine.steps import rule, run
from tests.support.cli import Inside
from tests.support.engines import emit, event, open_session
from tests.support.serving import Api

DEAR = {"type": "submit_job", "job_type": "dear"}
EVENT = {"id": "next", "type": "approved", "entity": "scene", "entity_id": "s1", "project": "aurora"}
NEXT = rule("next", {"type": "set_status", "status": "seen"}, when={"event": "completed", "entity": "job"})


def without_times(report: dict[str, Any]) -> dict[str, Any]:
    """A dry run begins now."""
    return {**report, "firings": [{**firing, "at": ""} for firing in report["firings"]]}


def test_every_answer_is_the_same(database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entities = {"projects": [{"id": "aurora"}], "scenes": [{"id": "s1", "project": "aurora"}]}
    with open_session(
        database_url, [rule("a"), rule("b", DEAR), rule("g", {"type": "gate"}), NEXT], entities
    ) as session:
        emit(session, event("e1", "approved", "scene", "s1"))
        run(session)
    cli, file = Inside(database_url, capsys), tmp_path / "event.json"
    file.write_text(json.dumps(EVENT))
    cli("halt", "--rule", "a", "--reason", "wrong")
    cli("limits", "set", "firings", "60", "--per", "1m")
    api = Api(database_url)
    try:
        client = api.client()
        assert client.get("/triggers").json() == cli("rules", "list", "--json").json()
        assert {"rules": [client.get("/triggers/b").json()]} == cli("rules", "show", "b", "--json").json()
        assert client.get("/bundles").json() == cli("rules", "export", "--json").json()
        assert client.get("/firings").json()["firings"] == cli("log", "--json").lines()
        assert client.get("/firings", headers={"Accept": "application/x-ndjson"}).text == cli("log", "--json").out
        assert client.get("/gates", params={"status": "waiting"}).json() == cli("gates", "list", "--json").json()
        assert client.get("/limits").json() == cli("limits", "list", "--json").json()
        assert client.get("/triggers/chain-graph").json() == cli("graph").json()
        dry = client.post("/dry-run", json={"event": EVENT}).json()
        assert without_times(dry) == without_times(cli("dry-run", "--event", file, "--json").json())
        one = client.post("/triggers/g/dry-run", json={"event": EVENT, "assume": "approvals"}).json()
        told = cli("dry-run", "--event", file, "--rule", "g", "--assume", "approvals", "--json").json()
        assert without_times(one) == without_times(told)
        for name in ("a", "b", "next"):
            explained = client.post("/explain", json={"rule": name, "event": EVENT}).json()
            assert explained == cli("explain", "--rule", name, "--event", file, "--json").json()
        wrong = rule("w", mode="sideways", when={"event": "aproved"})
        file.write_text(json.dumps({"format": "trigger-studio/1", "rules": [wrong]}))
        faults = client.post("/triggers/validate", json={"format": "trigger-studio/1", "rules": [wrong]}).json()[
            "faults"
        ]
        assert [f"{fault['path']}: {fault['message']}" for fault in faults] == [
            line.removeprefix(f"{file}: ") for line in cli("rules", "import", file).faults()
        ]
        halts = cli("resume", "--rule", "a", "--preview", "--json").json()["halts"]
        assert client.get("/halts").json()["halts"] == halts
    finally:
        api.close()
