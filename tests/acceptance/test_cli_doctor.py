"""``doctor``: finds what is wrong, says what to do, and changes nothing."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.engine.steps import engine
from tests.support.cli import Inside
from tests.support.engines import emit, event, open_session
from trigger_studio.model.limit import Limit
from trigger_studio.services import controls, limits, rule_registry
from trigger_studio.storage import bulk, tables
from trigger_studio.storage.database import Database

HOOK = {"type": "call_webhook", "url": "https://hooks.example.org/x", "secret": "hook-key"}
MAIL = {"type": "send_notification", "channel": "email", "to": ["a@example.org"], "message": "x"}
CHAT = {**MAIL, "channel": "team"}


def examined(url: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, list[dict[str, Any]]]]:
    """Exit status, and the findings by check."""
    answer = Inside(url, capsys)("doctor", "--json")
    found: dict[str, list[dict[str, Any]]] = {}
    for finding in answer.json()["checks"]:
        found.setdefault(finding["check"], []).append(finding)
    return answer.code, found


def wrongs(url: str, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """What is wrong, by check, with what to do about it."""
    code, found = examined(url, capsys)
    wrong = {
        check: "; ".join(f"{item['says']}: {item['do']}" for item in items if item["state"] == "wrong")
        for check, items in found.items()
        if any(item["state"] == "wrong" for item in items)
    }
    assert code == (1 if wrong else 0)
    return wrong


def insert(url: str, table: sa.Table, *rows: bulk.Row) -> None:
    database = Database(url)
    with database.write() as connection:
        bulk.insert(connection, table, rows)
    database.close()


@pytest.fixture(params=["sqlite_url", "postgres_owner_url"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


def rule(*actions: dict[str, Any]) -> dict[str, Any]:
    return {"id": "a", "when": {"event": "approved", "entity": "scene"}, "actions": list(actions)}


def test_a_healthy_pipeline(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert wrongs(url, capsys) == {}
    shown = Inside(url, capsys)("doctor")
    assert (shown.code, shown.err) == (0, "")
    assert all(line.startswith("ok ") for line in shown.out.splitlines())


def test_a_database_out_of_reach(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, found = examined("postgresql://u:hidden@127.0.0.1:1/x", capsys)
    assert code == 1
    assert found["database"][0]["state"] == "wrong"
    assert "Connection refused" in found["database"][0]["says"]
    assert "hidden" not in str(found)
    assert found["key ring"][0]["state"] == "ok"
    assert {found[check][0]["state"] for check in ("schema", "lag", "secrets", "outside")} == {"skipped"}
    missing = tmp_path / "none" / "x.db"
    wrong = wrongs(f"sqlite:///{missing}", capsys)
    assert "db upgrade" in wrong["database file"]
    assert "db upgrade" in wrong["database"]
    assert not missing.parent.exists()


def test_an_older_schema(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    database = Database(url)
    with database.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    database.close()
    assert wrongs(url, capsys) == {"schema": _match(wrongs(url, capsys)["schema"], "db upgrade")}


def _match(text: str, part: str) -> str:
    assert part in text
    return text


def test_what_rules_need(url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    local = {**HOOK, "url": "http://10.1.2.3/x"}
    with open_session(url, [rule(HOOK, MAIL, {"type": "sequence", "actions": [CHAT, local]})]):
        pass
    found = wrongs(url, capsys)
    assert set(found) == {"secrets", "mail", "outside"}
    assert "keyring set trigger-studio hook-key" in found["secrets"]
    assert "TRIGGER_STUDIO_SECRET_CHANNEL_TEAM" in found["secrets"]
    assert "no mail server is set" in found["mail"]
    assert "outside allow --network 10.1.2.3" in found["outside"]
    monkeypatch.setenv("TRIGGER_STUDIO_SECRET_HOOK_KEY", "x")
    monkeypatch.setenv("TRIGGER_STUDIO_SECRET_CHANNEL_TEAM", "json://x")
    monkeypatch.setenv("TRIGGER_STUDIO_SMTP", "smtp://mail")
    monkeypatch.setenv("TRIGGER_STUDIO_MAIL_FROM", "a@example.org")
    Inside(url, capsys)("outside", "allow", "--network", "10.0.0.0/8")
    assert wrongs(url, capsys) == {}
    Inside(url, capsys)("outside", "allow", "--host", "other.example.org")
    assert "outside allow --host hooks.example.org" in wrongs(url, capsys)["outside"]


def test_what_stands_still_on_purpose(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    costly = {"type": "submit_job", "job_type": "dear"}
    gate = {**rule({"type": "gate"}), "id": "b"}
    with open_session(url, [rule(costly), gate]) as session:
        assert examined(url, capsys)[1]["approvals"][0]["do"] == "an admin runs 'trigger-studio rules approve a'"
        rule_registry.approve(session, "a")
        limits.put(session, Limit("all", "", "firings", 0, 3600))
        emit(session, event("e1", "approved", "scene", "s1"))
        engine(session).run_until_idle()
        code, found = examined(url, capsys)
        assert (code, found["held firings"][0]["says"]) == (0, "2 over a limit")
        controls.halt(session, "all", "", "a wrong plate")
        code, found = examined(url, capsys)
        assert code == 0
        assert found["halts"][0]["says"] == f"standing: all (a wrong plate, by {session.actor})"
        assert "resume --preview" in found["halts"][0]["do"]
    reason = "paused by itself: 3 failed firings within 1 h"
    insert(url, tables.halts, ("rule", "b", reason, time.time() - 120, "engine", None, None))
    wrong = wrongs(url, capsys)
    assert set(wrong) == {"paused rules"}
    assert "since 2 min" in wrong["paused rules"]
    assert "paused by itself: 3 failed firings" in wrong["paused rules"]
    shown = Inside(url, capsys)("doctor").out.splitlines()
    assert shown[-1] == "1 thing wrong; what to do stands behind the arrows."
    after = next(place for place, line in enumerate(shown) if line.startswith("wrong")) + 1
    assert shown[after].strip().startswith("→ see why by 'trigger-studio log --rule b'")


def test_a_rule_that_fires_again_and_again_is_found(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with open_session(url, [rule({"type": "gate"})]) as session:
        emit(session, *(event(f"e{n}", "approved", "scene", "s1") for n in range(101)))
        engine(session).run_until_idle()
    assert "lint" in wrongs(url, capsys)["held firings"]


def test_what_waits(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with open_session(url, [rule({"type": "gate"})]) as session:
        emit(session, event("e1", "approved", "scene", "s1"))
    assert "trigger-studio engine" in wrongs(url, capsys)["engines"]
    database = Database(url)
    with database.write() as connection:
        connection.execute(sa.update(tables.bus).values(at=time.time() - 60, lane="aurora"))
    database.close()
    assert set(wrongs(url, capsys)) == {"engines", "lag"}
    now = time.time()
    insert(url, tables.engines, ("one", "host", "1", now, now + 1, 0.0, None, None, None))
    found = wrongs(url, capsys)
    assert set(found) == {"lag", "lanes"}
    assert "the project 'aurora' has stood still for 6" in found["lanes"]


def test_deliveries_given_up_and_a_clock_ahead(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    now = time.time()
    lost = (
        "d",
        "f1-1",
        0,
        "",
        "webhook",
        "{}",
        8,
        1.0,
        "failed",
        8,
        "answered 404",
        None,
        now,
        "e",
        None,
        "c",
        8,
        None,
    )
    insert(url, tables.deliveries, lost)
    insert(url, tables.engines, ("one", "host", "1", now, now + 3600, 0.0, None, None, None))
    found = wrongs(url, capsys)
    assert set(found) == {"deliveries", "clock"}
    assert "f1-1: answered 404" in found["deliveries"]
    assert "time server" in found["clock"]


def test_a_role_without_its_rights(postgres_database: Any, capsys: pytest.CaptureFixture[str]) -> None:
    owner = Database(postgres_database.owner_url)
    with owner.write() as connection:
        connection.execute(sa.text("REVOKE INSERT ON deliveries FROM ts_app"))
    owner.close()
    assert "the role ts_app lacks INSERT on deliveries" in wrongs(postgres_database.url, capsys)["rights"]
