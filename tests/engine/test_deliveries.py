"""Deliveries from end to end: the engine, DBOS, a real web server and a real mail server, on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.engines import emit, event, open_session
from tests.support.sinks import Answer, HttpSink, MailSink
from trigger_studio.services import controls, trigger_log
from trigger_studio.services.engine_host import make_engine
from trigger_studio.services.session import Session

JOB = {"type": "submit_job", "job_type": "work"}


def rule(*actions: dict[str, Any]) -> dict[str, Any]:
    return {"id": "a", "when": {"event": "approved", "entity": "scene"}, "actions": list(actions)}


def hook(url: str, **more: Any) -> dict[str, Any]:
    return {"type": "call_webhook", "url": url, "retry": {"attempts": 3, "backoff_s": 0.05}, **more}


def run(session: Session) -> None:
    make_engine(session, farm=True, until_idle=True).run_until_idle()


def only_entry(session: Session) -> dict[str, Any]:
    (entry,) = trigger_log.entries(session)
    return entry


def test_a_sequence_waits_until_its_webhook_is_accepted(database_url: str, http_sink: HttpSink) -> None:
    http_sink.answer(Answer(503), Answer(500), Answer(200))
    body = {"scene": "{{ event.entity_id }}", "missing": "{{ event.nothing }}"}
    with open_session(database_url, [rule(hook(http_sink.url, body=body), JOB)]) as session:
        emit(session, event("e1", "approved", "scene", "s1"))
        run(session)
        entry = only_entry(session)
        assert entry["status"] == "done"
        assert [(a["type"], a["status"], a["attempts"]) for a in entry["actions"]] == [
            ("call_webhook", "done", 3),
            ("submit_job", "done", 1),
        ]
    requests = http_sink.requests.wait_for(3)
    assert len({request.headers["idempotency-key"] for request in requests}) == 1
    assert {request.headers["trigger-studio-firing"] for request in requests} == {entry["id"]}
    assert requests[0].body == b'{"scene":"s1"}'


def test_a_webhook_given_up_fails_the_firing_and_can_be_retried_by_hand(database_url: str, http_sink: HttpSink) -> None:
    http_sink.answer(*[Answer(500)] * 3, Answer(200))
    with open_session(database_url, [rule(hook(http_sink.url), JOB)]) as session:
        emit(session, event("e1", "approved", "scene", "s1"))
        run(session)
        entry = only_entry(session)
        assert (entry["status"], [a["status"] for a in entry["actions"]]) == ("failed", ["failed", "skipped"])
        assert "500" in entry["actions"][0]["detail"]
        controls.retry(session, entry["id"])
        run(session)
        entry = only_entry(session)
        assert (entry["status"], entry["actions"][0]["attempts"]) == ("done", 4)  # counted on
    assert len({request.headers["idempotency-key"] for request in http_sink.requests.all()}) == 1


def test_a_notification_reaches_people(database_url: str, mail_sink: MailSink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIGGER_STUDIO_SMTP", f"smtp://{mail_sink.host}:{mail_sink.port}")
    monkeypatch.setenv("TRIGGER_STUDIO_MAIL_FROM", "studio@example.org")
    message = {
        "type": "send_notification", "channel": "email", "to": ["lead@example.org"],
        "message": "{{ event.entity_id }} is ready",
    }  # fmt: skip
    with open_session(database_url, [rule(message)]) as session:
        emit(session, event("e1", "approved", "scene", "s1"))
        run(session)
        assert only_entry(session)["status"] == "done"
    (mail,) = mail_sink.messages.wait_for(1)
    assert "s1 is ready" in mail.message.as_string()
