"""A server that is killed among requests with keys: sent again, each took effect once."""

from __future__ import annotations

import os
import re
import sys
import threading
from pathlib import Path
from subprocess import PIPE, Popen

import httpx

from tests.engine.steps import rule
from tests.support import processes
from tests.support.cli import ROOT
from tests.support.engines import open_session
from trigger_studio.services import rule_registry, tokens, trigger_log
from trigger_studio.services.session import Session

REQUESTS, CLIENTS = 240, 6


class Served:
    """``serve`` in a process of its own."""

    def __init__(self, url: str, home: Path) -> None:
        self._process: Popen[bytes] = processes.begin(
            [sys.executable, "-m", "trigger_studio", "--db", url, "serve", "--port", "0", "--no-engine"],
            cwd=ROOT,
            env={**os.environ, "HOME": str(home)},
            stderr=PIPE,
        )
        assert self._process.stderr is not None
        line = self._process.stderr.readline().decode()
        found = re.search(r"http://[\d.:]+", line)
        assert found, line
        self.address = found[0]

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        self._process.wait(30)

    def stop(self) -> int:
        """SIGTERM; its exit status."""
        self._process.terminate()
        return self._process.wait(30)


def test_each_request_took_effect_once(database_url: str, tmp_path: Path) -> None:
    with open_session(database_url, [rule("a")]) as session:
        secret = tokens.add(session, "robot", "creator").secret
    headers = {"Authorization": f"Bearer {secret}"}
    open_numbers = list(range(REQUESTS))
    paths = ("/triggers/a/enable", "/triggers/a/disable")
    lock = threading.Lock()
    answered: dict[int, httpx.Response] = {}

    def work(address: str) -> None:
        with httpx.Client(base_url=address, headers=headers, trust_env=False) as client:
            while True:
                with lock:
                    if not open_numbers:
                        return
                    number = open_numbers.pop(0)
                try:
                    told = client.post(paths[number % 2], headers={"Idempotency-Key": f"k{number}"})
                    answered[number] = told
                except httpx.TransportError:  # the server is gone; whether it did it nobody knows
                    with lock:
                        open_numbers.append(number)
                    return

    for kill_after_s in (0.4, 0.7, None):
        server = Served(database_url, tmp_path)
        threads = [threading.Thread(target=work, args=(server.address,)) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        if kill_after_s is not None:
            threading.Event().wait(kill_after_s)
            server.kill()
        for thread in threads:
            thread.join(60)
    with httpx.Client(base_url=server.address, headers=headers, trust_env=False) as client:
        again = client.post(paths[0], headers={"Idempotency-Key": "k0"})
    assert again.content == answered[0].content
    assert server.stop() == 0
    assert {number: told.status_code for number, told in answered.items()} == dict.fromkeys(range(REQUESTS), 200)
    with Session(database_url) as session:
        assert rule_registry.one(session, "a").revision == REQUESTS + 1
        trail = trigger_log.audit(session, 2 * REQUESTS)
        acts = [entry for entry in trail if entry["verb"] in ("rules enable", "rules disable")]
        assert (len(acts), {entry["actor"] for entry in acts}) == (REQUESTS, {"robot"})
    assert len({told.json()["revision"] for told in answered.values()}) == REQUESTS
