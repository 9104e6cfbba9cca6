"""Passwords are not printed, files are their owner's alone, and no rule gets at a secret of the program's own."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import Inside, run
from tests.support.engines import emit, event, open_session
from tests.support.sinks import HttpSink
from trigger_studio.errors import BadInput, masked, masked_url
from trigger_studio.execution import secrets
from trigger_studio.execution.sender import SendFailed
from trigger_studio.model.bundle import bundle_document
from trigger_studio.model.rule import Rule
from trigger_studio.services import rule_registry, trigger_log
from trigger_studio.services.engine_host import make_engine
from trigger_studio.storage import rules as rule_store
from trigger_studio.storage.database import Database

URLS = (
    "postgresql://me:hush@127.0.0.1:1/x", "postgresql://127.0.0.1:1/x?user=me&password=hush",
    "postgresql://127.0.0.1:1/x?sslpassword=hush&sslmode=require", "postgresql://me:hush@127.0.0.1:port/x",
    "postgresql://127.0.0.1:1/x?nonsense=1&password=hush", "postgresql:/me:hush@127.0.0.1/x",
    "postgres//me:hush@127.0.0.1/x", "postgresql//me:hush@127.0.0.1/x", "postgresql://me:hu/sh@127.0.0.1:1/x",
    "postgresql://me:hush#127.0.0.1/x", "mysql://me:hush@127.0.0.1/x", "me:hush@127.0.0.1",
    "host=127.0.0.1 password=hush dbname=x", "host=127.0.0.1 password = 'hush' dbname=x", "hush://me:hush@h:hush/hush@x",
)  # fmt: skip


@pytest.fixture
def _open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.parametrize("url", URLS)
def test_no_command_prints_a_password(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["rules", "list"], ["doctor"], ["doctor", "--json"], ["db", "check"], ["engine", "--until-idle"]):
        answer = Inside(url, capsys)(*command)
        assert answer.code in (1, 2), answer
        said = (answer.out + answer.err).replace("hush://", "").replace("'hush'", "")
        assert "hush" not in said, answer
        assert "hu/sh" not in said, answer


def test_what_is_no_password_is_printed() -> None:
    assert masked_url("postgresql://me@render.example:5432/x?user=a") == "postgresql://me@render.example:5432/x?user=a"
    assert masked_url("sqlite:////srv/a@b:c.db") == "sqlite:////srv/a@b:c.db"
    assert (
        masked("see https://a.example/x?y=1 and mail b@c.example") == "see https://a.example/x?y=1 and mail b@c.example"
    )
    assert masked("cannot reach postgresql://a:b@c/d: no") == "cannot reach postgresql://a:***@c/d: no"


@pytest.mark.usefixtures("_open_umask")
def test_files_are_their_owners_from_the_start(tmp_path: Path, http_sink: HttpSink) -> None:
    folder = tmp_path / "data" / "studio"
    hook = {"type": "call_webhook", "url": http_sink.url}
    rule = {"id": "a", "when": {"event": "approved", "entity": "scene"}, "actions": [hook]}
    with open_session(f"sqlite:///{folder / 'studio.db'}", [rule]) as session:
        emit(session, event("e1", "approved", "scene", "s1"))
        make_engine(session, until_idle=True).run_until_idle()
        made = {path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").rglob("*")}
    assert {folder, folder / "studio.db", folder / "studio.db-wal", folder / "studio.db-shm"} <= set(made)
    assert folder / "studio.db.dbos" in made
    assert {path: mode for path, mode in made.items() if mode != (0o700 if path.is_dir() else 0o600)} == {}
    state = Path(os.environ["XDG_STATE_HOME"]) / "trigger-studio"
    assert stat.S_IMODE(state.stat().st_mode) == 0o700


def test_doctor_says_which_old_files_everybody_may_read(sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    inside = Inside(sqlite_url, capsys)
    assert inside("doctor").code == 0
    file.chmod(0o644)
    finding = next(item for item in inside("doctor", "--json").json()["checks"] if item["check"] == "private")
    assert finding["state"] == "wrong"
    assert finding["do"] == f"run: chmod 600 {file}"
    os.system(finding["do"].removeprefix("run: "))
    assert inside("doctor").code == 0


OWN = ("smtp", "SMTP", "Smtp", "ſmtp", "channel-team", "channel_team", "CHANNEL.team", "channel", "database-main")


def _rule(secret: str) -> dict[str, Any]:
    hook = {"type": "call_webhook", "url": "https://a.example/x", "secret": secret}
    return {"id": "a", "when": {"event": "approved", "entity": "scene"}, "actions": [{"type": "gate"}, hook]}


@pytest.mark.parametrize("name", OWN)
def test_a_rule_that_names_a_secret_of_the_programs_own_is_refused(sqlite_url: str, name: str, tmp_path: Path) -> None:
    with open_session(sqlite_url, []) as session, pytest.raises(BadInput, match=r"actions\[1\]\.secret: found .* own"):
        rule_registry.checked(session, _rule(name))
    with pytest.raises(SendFailed, match="the program's own") as caught:
        secrets.signing_key(name)
    assert caught.value.final


def test_the_path_of_the_fault_is_the_bundles(sqlite_url: str, tmp_path: Path) -> None:
    bundle = tmp_path / "rules.json"
    import orjson

    bundle.write_bytes(
        orjson.dumps({"format": "trigger-studio/1", "rules": [{**_rule("hook"), "id": "b"}, _rule("smtp")]})
    )
    faults = run("rules", "import", bundle, "--db", sqlite_url).faults()
    assert len(faults) == 1
    assert "rules[1].actions[1].secret: found 'smtp'" in faults[0]


@pytest.mark.parametrize("name", ["hook", "smtps", "channels", "my-channel-key", "mail-database"])
def test_other_names_are_a_rules_to_choose(sqlite_url: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(secrets.variable(name), "x")
    with open_session(sqlite_url, []) as session:
        rule_registry.checked(session, _rule(name))
    assert secrets.signing_key(name) == "x"


def test_a_rule_of_before_sends_nothing_signed_by_the_mail_password(
    sqlite_url: str, http_sink: HttpSink, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRIGGER_STUDIO_SECRET_SMTP", "mail-password")
    hook = {"type": "call_webhook", "url": http_sink.url, "secret": "smtp"}
    rule = Rule.model_validate({"id": "a", "when": {"event": "approved", "entity": "scene"}, "actions": [hook]})
    assert bundle_document([rule])["rules"][0]["actions"][0]["secret"] == "smtp"
    open_session(sqlite_url, []).close()
    database = Database(sqlite_url)
    with database.write() as connection:
        rule_store.save(connection, [rule], author="a", at=0)
    database.close()
    with open_session(sqlite_url, []) as session:
        emit(session, event("e1", "approved", "scene", "s1"))
        make_engine(session, until_idle=True).run_until_idle()
        (entry,) = trigger_log.entries(session)
    assert http_sink.requests.all() == []
    assert entry["status"] == "failed"
    assert "the program's own" in str(entry["actions"])
    doctor = Inside(sqlite_url, capsys)("doctor")
    assert "the rule 'a' signs by 'smtp'" in doctor.out
