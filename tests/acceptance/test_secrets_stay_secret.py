"""A secret's value appears nowhere: not in what commands say, not in log, export, tracebacks, nor in the database."""

from __future__ import annotations

import base64
import os
import socket
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import run
from tests.support.engines import emit, event, open_session
from tests.support.sinks import Answer, HttpSink, MailSink
from trigger_studio.execution import signing

KEY = "tOpS3cret-signing-key-0815"
TOKEN = "tOpS3cret-chat-token-4711"
PASSWORD = "tOpS3cret-mail-word-2342"
RETRY = {"attempts": 2, "backoff_s": 0.01}


def hook(url: str, **more: Any) -> dict[str, Any]:
    return {"type": "call_webhook", "url": url, "secret": "hook-key", "retry": RETRY, **more}


def message(channel: str) -> dict[str, Any]:
    return {"type": "send_notification", "channel": channel, "to": ["a@example.org"], "message": "x", "retry": RETRY}


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def failing(sink: HttpSink) -> list[dict[str, Any]]:
    """One rule for each kind of failure, and one that succeeds."""
    ways = [
        hook(f"{sink.url}/refused"), hook(f"http://127.0.0.1:{closed_port()}/"), hook("http://no-such-host.invalid/"),
        hook("http://10.255.255.1/"), hook(f"{sink.url}/large", body="x" * (1 << 20)), hook(sink.url, secret="missing"),
        hook(f"{sink.url}/fine"), message("team"), message("closed"), message("nonsense"), message("email"),
    ]  # fmt: skip
    when = {"event": "approved", "entity": "scene"}
    return [{"id": f"rule-{number}", "when": when, "actions": [way]} for number, way in enumerate(ways)]


def told(sqlite_url: str, folder: Path, environment: dict[str, str]) -> list[bytes]:
    """Everything that the program says and writes about what happened."""
    said: list[bytes] = []
    for arguments in (
        ["engine", "--until-idle", "--log-format", "json"], ["engine", "--until-idle", "--json"], ["log"],
        ["log", "--json"], ["rules", "export"], ["rules", "list", "--json"], ["doctor"], ["doctor", "--json"],
        ["outside", "show", "--json"],
    ):  # fmt: skip
        answer = run(*arguments, "--db", sqlite_url, env=environment)
        assert answer.code in (0, 1), answer.err
        said += [answer.out.encode(), answer.err.encode()]
    said += [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return said


def test_after_failures_of_every_kind(
    sqlite_url: str, http_sink: HttpSink, mail_sink: MailSink, tmp_path: Path
) -> None:
    http_sink.answer(default=Answer(500, body=b"no"))
    with open_session(sqlite_url, failing(http_sink)) as session:
        emit(session, event("e1", "approved", "scene", "s1"))
    environment = {
        "TRIGGER_STUDIO_SECRET_HOOK_KEY": KEY,
        "TRIGGER_STUDIO_SECRET_CHANNEL_TEAM": f"{http_sink.url.replace('http', 'json')}/{TOKEN}",
        "TRIGGER_STUDIO_SECRET_CHANNEL_CLOSED": f"json://user:{TOKEN}@127.0.0.1:{closed_port()}/{TOKEN}",
        "TRIGGER_STUDIO_SECRET_CHANNEL_NONSENSE": TOKEN,
        "TRIGGER_STUDIO_SECRET_SMTP": PASSWORD,
        "TRIGGER_STUDIO_SMTP": f"smtp://me@{mail_sink.host}:{mail_sink.port}",
        "TRIGGER_STUDIO_MAIL_FROM": "a@example.org",
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }
    said = told(sqlite_url, tmp_path, environment)
    everything = b"\n".join(said)
    assert b"answered 500" in everything
    assert b"the secret 'missing' is not set" in everything
    for secret in (KEY, TOKEN, PASSWORD):
        assert secret.encode() not in everything
        assert base64.b64encode(secret.encode()) not in everything
    rows = sqlite3.connect(sqlite_url.removeprefix("sqlite:///")).execute("SELECT status FROM deliveries").fetchall()
    assert sorted({status for (status,) in rows}) == ["failed"]
    assert len(http_sink.requests.all()) >= 4


def test_a_fault_of_ours_while_the_secret_is_at_hand(
    sqlite_url: str, http_sink: HttpSink, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Its traceback is told in full, and shows code rather than values."""
    from trigger_studio.services import trigger_log
    from trigger_studio.services.engine_host import make_engine

    monkeypatch.setitem(os.environ, "TRIGGER_STUDIO_SECRET_HOOK_KEY", KEY)
    monkeypatch.setattr(signing, "_key", lambda _secret: None)  # a fault right where the value is used
    with open_session(sqlite_url, failing(http_sink)[:1]) as session:
        emit(session, event("e1", "approved", "scene", "s1"))
        make_engine(session, until_idle=True).run_until_idle()
        (entry,) = trigger_log.entries(session)
    assert entry["status"] == "failed"
    assert "internal fault" in entry["actions"][0]["detail"]
    assert "Traceback" in caplog.text
    assert KEY not in caplog.text + str(entry)
