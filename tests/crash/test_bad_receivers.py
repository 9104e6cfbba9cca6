"""Receivers do every wrong thing at once: what cannot be delivered is parked with its reason, the rest flows on."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support.engines import emit, event, open_session, until
from tests.support.sinks import Answer, HttpSink
from trigger_studio.execution import webhook
from trigger_studio.services import controls, trigger_log
from trigger_studio.services.engine_host import EngineThread
from trigger_studio.services.session import Session

EVENTS, TRIES = 6, 3
ENDLESS = b"HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n"
SENT_AT_MOST = 20_000_000
"""What the sockets between us hold; the answer promised 10 GB."""


class Rude:
    """Takes a request, sends as much of an answer without end as is taken, or none at all, and resets the connection.

    Args:
        answer: how it begins; none: no byte is sent.
        after_s: when it sends or resets.
    """

    def __init__(self, answer: bytes = b"", after_s: float = 0.0) -> None:
        self.sent: list[int] = []
        self._answer = answer
        self._after_s = after_s
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}/"

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return  # closed
            self._threads.append(threading.Thread(target=self._serve, args=(connection,)))
            self._threads[-1].start()

    def _serve(self, connection: socket.socket) -> None:
        sent = 0
        with connection:
            connection.settimeout(10)
            connection.recv(65536)
            time.sleep(self._after_s)
            try:
                while self._answer:
                    sent += connection.send(b"x" * 65536 if sent else self._answer)
            except OSError:
                pass
            self.sent.append(sent)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for thread in self._threads:
            thread.join()


@pytest.fixture
def sinks() -> Iterator[dict[str, HttpSink]]:
    sinks = {name: HttpSink() for name in ("good", "busy", "broken", "sends-away", "elsewhere")}
    for sink in sinks.values():
        sink._server.socket.listen(256)
    sinks["busy"].answer(*[Answer(429, {"Retry-After": "1"})] * EVENTS)
    sinks["broken"].answer(default=Answer(500))
    there = sinks["elsewhere"].url.replace("127.0.0.1", "localhost")
    sinks["sends-away"].answer(default=Answer(307, {"Location": there}))
    yield sinks
    for sink in sinks.values():
        sink.close()


def tries(sink: HttpSink) -> Counter[int]:
    """How many keys came how often."""
    return Counter(Counter(request.headers["idempotency-key"] for request in sink.requests.all()).values())


def outcomes(session: Session) -> dict[str, tuple[Counter[str], set[str]]]:
    """By rule: how often its firings ended how, and what is said of their webhook."""
    found: dict[str, tuple[Counter[str], set[str]]] = {}
    for entry in trigger_log.entries(session, limit=1000):
        statuses, reasons = found.setdefault(entry["rule"], (Counter(), set()))
        statuses[entry["status"]] += 1
        reasons.add(entry["actions"][0].get("detail") or "")
    return found


def test_what_cannot_be_delivered_is_parked_with_its_reason_and_the_rest_flows_on(
    database_url: str, sinks: dict[str, HttpSink], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "PAUSE_TIMEOUT_S", 0.5)
    with closing(Rude()) as resets, closing(Rude(after_s=2.0)) as hangs, closing(Rude(ENDLESS)) as endless:
        urls = {name: sink.url for name, sink in sinks.items() if name != "elsewhere"}
        urls |= {"resets": resets.url, "hangs": hangs.url, "endless": endless.url}
        retry = {"attempts": TRIES, "backoff_s": 0.05}
        rules = [
            {
                "id": name,
                "when": {"event": "approved", "entity": "scene"},
                "actions": [{"type": "call_webhook", "url": url, "retry": retry}],
            }
            for name, url in urls.items()
        ]
        with open_session(database_url, rules) as session:
            engine = EngineThread(session, farm_speed=1.0)
            engine.start()
            try:
                for number in range(EVENTS):
                    emit(session, event(f"e{number}", "approved", "scene", f"s{number}"))
                sinks["good"].requests.wait_for(EVENTS, timeout_s=30)
                settled = {"done", "failed"}
                until(lambda: _all_are(session, settled, len(rules)), 60, "every firing at its end")
                ends = outcomes(session)
                sinks["broken"].answer(default=Answer(200))
                for entry in trigger_log.entries(session, limit=1000):
                    if entry["rule"] == "broken":
                        controls.retry(session, entry["id"])
                until(lambda: outcomes(session)["broken"][0] == {"done": EVENTS}, 60, "the retries by hand")
            finally:
                engine.stop()
    for well in ("good", "busy", "endless"):
        assert ends[well][0] == {"done": EVENTS}, well
    for parked, reason in {
        "hangs": "ReadTimeout",
        "resets": "ReadError",
        "broken": "answered 500 Internal Server Error",
        "sends-away": "redirects are not followed",
    }.items():
        statuses, reasons = ends[parked]
        assert statuses == {"failed": EVENTS}, parked
        assert all(reason in told for told in reasons), (parked, reasons)
    assert tries(sinks["good"]) == {1: EVENTS}
    assert tries(sinks["busy"]) == {2: EVENTS}
    assert tries(sinks["sends-away"]) == {1: EVENTS}
    assert len(resets.sent) == len(hangs.sent) == TRIES * EVENTS
    assert sinks["elsewhere"].requests.all() == []
    assert max(endless.sent) < SENT_AT_MOST


def _all_are(session: Session, statuses: set[str], rules: int) -> bool:
    entries = trigger_log.entries(session, limit=1000)
    return len(entries) == rules * EVENTS and {entry["status"] for entry in entries} <= statuses
