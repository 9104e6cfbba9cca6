"""A halt while a webhook is on its way: the send is finished and logged, and nothing after it starts."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.support.engines import emit, event, open_session, until
from tests.support.sinks import Answer, HttpSink
from trigger_studio.services import controls, trigger_log
from trigger_studio.services.engine_host import EngineThread


@pytest.mark.parametrize(
    ("answers", "attempts"),
    [([Answer(delay_s=0.5)], 1), ([Answer(503, delay_s=0.5), Answer()], 2)],
    ids=["accepted", "tried again"],
)
def test_what_is_on_its_way_when_a_halt_commits_is_finished_and_logged(
    database_url: str, http_sink: HttpSink, answers: list[Answer], attempts: int
) -> None:
    http_sink.answer(*answers)
    hook = {"type": "call_webhook", "url": http_sink.url, "retry": {"attempts": 3, "backoff_s": 0.05}}
    job = {"type": "submit_job", "job_type": "work"}
    rule = {"id": "a", "when": {"event": "approved", "entity": "scene"}, "actions": [hook, job]}
    with open_session(database_url, [rule]) as session:

        def actions() -> list[dict[str, Any]]:
            (entry,) = trigger_log.entries(session)
            found: list[dict[str, Any]] = entry["actions"]
            return found

        engine = EngineThread(session, farm_speed=1e5)
        engine.start()
        try:
            emit(session, event("e", "approved", "scene", "s"))
            http_sink.requests.wait_for(1)
            controls.halt(session, "all", "", "stop")
            assert actions()[0]["status"] != "done"
            until(lambda: actions()[0]["status"] == "done", 30, "the webhook in the log")
            assert actions()[0]["attempts"] == attempts
            time.sleep(0.3)
            assert actions()[1]["status"] == "pending"
            assert trigger_log.jobs(session) == []
            controls.resume(session, "all", "", discard=False)
            until(lambda: actions()[1]["status"] == "done", 30, "the rest of the sequence")
        finally:
            engine.stop()
    assert len(http_sink.requests.all()) == attempts
