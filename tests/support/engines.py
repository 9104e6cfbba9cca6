"""Engines and emitters as processes of their own, to be killed and raced. Run as a module it is such a process."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from tests.support import processes
from trigger_studio.errors import Fault
from trigger_studio.model.bundle import parse_bundle
from trigger_studio.model.entities import read_pipeline
from trigger_studio.model.event_codec import EventIn, EventParser
from trigger_studio.model.profiles import parse_profile
from trigger_studio.model.rule import Rule
from trigger_studio.services import bus, pipeline, rule_registry
from trigger_studio.services.engine_host import make_engine
from trigger_studio.services.session import Session

ROOT = Path(__file__).parents[2]

PROFILE: dict[str, Any] = {
    "format": "trigger-studio-profile/1",
    "kinds": ["project", "character", "variant", "scene", "job", "qa", "concatenation", "delivery"],
    "attributes": {"step": {"type": "number"}, "chain": {"type": "text"}},
    "job_types": {
        "work": {"duration_s": 60},
        "dear": {"cost": "generation", "duration_s": 60},
        "shot": {"emits": ["scene"]},
        "check": {"emits": ["qa"]},
        "render": {"gpu_hours": 2.0, "duration_s": 60},
        "t1": {"duration_s": 0.1},
        "t2": {"duration_s": 0.2},
        "t3": {"duration_s": 0.3},
    },
    "human": ["scene.approved"],
}


DOOR = EventParser(parse_profile(PROFILE))


def open_session(url: str, rules: Sequence[dict[str, Any]], entities: dict[str, Any] | None = None) -> Session:
    """A pipeline with these rules and entities under the small profile above."""
    session = Session(url, profile=parse_profile(PROFILE))
    rule_registry.publish(session, bundle(rules))
    if entities:
        pipeline.import_entities(session, read_pipeline(entities, session.profile))
    return session


def bundle(rules: Sequence[dict[str, Any]]) -> list[Rule]:
    """Rules from their documents."""
    return parse_bundle({"format": "trigger-studio/1", "rules": list(rules)}, parse_profile(PROFILE))


def event(id: str, type: str, entity: str, entity_id: str, **more: Any) -> EventIn:
    """An event as a caller would send it."""
    given = {"id": id, "type": type, "entity": entity, "entity_id": entity_id, **more}
    faults: list[Fault] = []
    read = DOOR.read(given, faults)
    assert read is not None, faults
    return read


def emit(session: Session, *events: EventIn) -> None:
    """Put events on the bus in one transaction."""
    bus.emit(session, [(one.id, one) for one in events])


class EngineProcess:
    """An engine in a process of its own.

    Args:
        mode: ``idle`` runs until nothing is left to do, on the simulated farm; ``run`` until it is stopped, ``farm``
            with a simulated farm besides, a hundred thousand times as fast as life.
        largest_file: bytes, beyond which no file of it grows, as on a disk that is full.
    """

    def __init__(self, url: str, mode: str, home: Path, largest_file: int | None = None) -> None:
        limits = (largest_file or resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        self._process = processes.begin(
            [sys.executable, "-m", "tests.support.engines", url, mode],
            cwd=ROOT,
            env={**os.environ, "HOME": str(home), "XDG_STATE_HOME": str(home)},
            stdout=subprocess.PIPE,
            preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, limits) if largest_file else None,
        )

    def wait_ready(self) -> None:
        """Return when it is about to decide."""
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n"

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        self._reap()

    def stop(self) -> None:
        """Let it end in order."""
        self._process.send_signal(signal.SIGTERM)
        self._reap()

    def wait(self, timeout_s: float) -> bool:
        """Whether it ended by itself in that time; it must have ended well."""
        try:
            code = self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return False
        self._reap()
        assert code == 0
        return True

    def _reap(self) -> None:
        self._process.wait(30)
        assert self._process.stdout is not None
        self._process.stdout.close()


def main(url: str, mode: str) -> None:
    """Be an engine."""
    with Session(url) as session:
        idle, farm = mode == "idle", mode != "run"
        engine = make_engine(session, farm=farm, until_idle=idle, farm_speed=1e5 if mode == "farm" else 1.0)
        signal.signal(signal.SIGTERM, lambda *_: engine.stop())
        print("ready", flush=True)
        if idle:
            engine.run_until_idle()
        else:
            engine.run()


def race(*steps: Any) -> None:
    """Run callables in threads that start at the same instant; raise what one raised."""
    barrier = threading.Barrier(len(steps))
    faults: list[BaseException] = []

    def run(step: Any) -> None:
        try:
            barrier.wait()
            step()
        except BaseException as fault:  # noqa: BLE001 - handed to the test's own thread
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def until(condition: Any, timeout_s: float, what: str) -> None:
    """Wait for a condition of the outside world."""
    end = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end, f"gave up waiting for {what}"
        time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])
