"""Rules, events, engines, halts and crashes in any order, against a model simple enough to be read at a glance."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import hypothesis
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.conftest import make_schema
from tests.support.accepting import AcceptingOutbox
from tests.support.engines import bundle, emit, event, open_session
from trigger_studio.engine.loop import Engine
from trigger_studio.services import controls, rule_registry, trigger_log
from trigger_studio.services.session import Session
from trigger_studio.storage.runtime import SqlStore, SqlTransaction

RULES, PROJECTS, SCENES = ("one", "two", "three"), ("p", "q"), ("s1", "s2", "s3")
SCOPES = (("all", ""), ("project", "p"), ("rule", "one"), ("rule", "two"))
TYPES = ("approved", "failed")
JOB = {"type": "submit_job", "job_type": "work"}


def document(rule_id: str, on: str, enabled: bool) -> dict[str, Any]:
    return {"id": rule_id, "enabled": enabled, "when": {"event": on, "entity": "scene"}, "actions": [JOB]}


class PowerCut(BaseException):
    """The end of a process, amid its transaction."""


class CutOffStore(SqlStore):
    """A store whose process dies after it has written everything and before it commits."""

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        with super().transaction() as transaction:
            yield transaction
            raise PowerCut


@dataclass(slots=True)
class Modelled:
    """A firing as the model has it; `entity` is the event's."""

    project: str
    entity: str
    depth: int
    status: str = ""


class Machine(RuleBasedStateMachine):
    """The studio on one side; lists and dictionaries on the other."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        shutil.copy(self.template, f"{self.folder.name}/studio.db")
        self.session: Session = open_session(f"sqlite:///{self.folder.name}/studio.db", [])
        self.sent = 0
        self.published: dict[str, tuple[str, bool]] = {}
        self.halts: set[tuple[str, str]] = set()
        self.waiting: list[tuple[str, str, Modelled]] = []
        self.signals: list[tuple[tuple[str, str], str]] = []
        self.firings: dict[tuple[str, str], Modelled] = {}

    def teardown(self) -> None:
        self.session.close()
        self.folder.cleanup()

    # what people do

    @initialize()
    def begin(self) -> None:
        for rule_id, on in zip(RULES, ("approved", "approved", "failed"), strict=True):
            self.publish(rule_id, on, True)

    @rule(rule_id=st.sampled_from(RULES), on=st.sampled_from(TYPES), enabled=st.booleans())
    def publish(self, rule_id: str, on: str, enabled: bool) -> None:
        rule_registry.publish(self.session, bundle([document(rule_id, on, enabled)]))
        self.published[rule_id] = (on, enabled)

    @precondition(lambda self: self.published)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        rule_id = data.draw(st.sampled_from(sorted(self.published)))
        rule_registry.delete(self.session, rule_id)
        del self.published[rule_id]

    @rule(
        events=st.lists(
            st.tuples(st.sampled_from(TYPES), st.sampled_from(SCENES), st.sampled_from(PROJECTS)),
            min_size=1,
            max_size=4,
        ),
        at_once=st.booleans(),
    )
    def raise_events(self, events: list[tuple[str, str, str]], at_once: bool) -> None:
        for kind, scene, project in events:
            name = f"e{self.sent}"
            self.sent += 1
            entity = f"{project}-{scene}"
            emit(self.session, event(name, kind, "scene", entity, project=project))
            open_jobs = [f.depth for f in self.firings.values() if f.status == "running" and f.entity == entity]
            self.waiting.append((name, kind, Modelled(project, entity, max(open_jobs, default=0) + 1)))
        if at_once:
            self.decide("engine-2")

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        """The same event, as it was or as it is: nothing comes of it."""
        name = f"e{data.draw(st.integers(0, self.sent - 1))}"
        for known, kind, firing in self.waiting:
            if known == name:
                emit(self.session, event(name, kind, "scene", firing.entity, project=firing.project))

    @rule(scopes=st.sets(st.sampled_from(SCOPES), min_size=1, max_size=3))
    def halt(self, scopes: set[tuple[Any, str]]) -> None:
        for kind, target in sorted(scopes):
            if kind != "rule" or target in self.published:
                controls.halt(self.session, kind, target, "stop", force=True)
                self.halts.add((kind, target))

    @precondition(lambda self: self.halts)
    @rule(data=st.data(), discard=st.booleans(), at_once=st.booleans())
    def resume(self, data: st.DataObject, discard: bool, at_once: bool) -> None:
        scope: Any = data.draw(st.sampled_from(sorted(self.halts)))
        controls.resume(self.session, scope[0], scope[1], discard=discard)
        self.halts.discard(scope)
        for key, firing in self.firings.items():
            free = self._within(scope, key[0], firing.project) and not self._halted(key[0], firing.project)
            if firing.status == "held" and free:
                self.signals.append((key, "discard" if discard else "replay"))
        if at_once:
            self.decide("engine-1")

    # what engines do

    @rule(name=st.sampled_from(["engine-1", "engine-2"]))
    def decide(self, name: str) -> None:
        self._engine(SqlStore, name)
        for key, how in self.signals:
            firing = self.firings[key]
            if firing.status == "held":
                if how == "discard" or not self.published.get(key[0], ("", False))[1]:
                    firing.status = "refused"
                else:
                    firing.status = self._verdict(key[0], firing)
        for event_id, kind, firing in self.waiting:
            for rule_id, (on, enabled) in self.published.items():
                if enabled and on == kind:
                    self.firings[rule_id, event_id] = replace(firing, status=self._verdict(rule_id, firing))
        self.signals, self.waiting = [], []

    @rule(name=st.sampled_from(["engine-1", "engine-2"]))
    def die_before_the_commit(self, name: str) -> None:
        with suppress(PowerCut):
            self._engine(CutOffStore, name)

    @rule(data=st.data(), ok=st.booleans())
    def end_a_job(self, data: st.DataObject, ok: bool) -> None:
        running = sorted(key for key, firing in self.firings.items() if firing.status == "running")
        if not running or self.waiting or self.signals:
            return
        key = data.draw(st.sampled_from(running))
        (entry,) = [e for e in trigger_log.entries(self.session) if (e["rule"], e["event_id"]) == key]
        job = entry["jobs"][0]
        emit(self.session, event(f"end-{job}", "completed" if ok else "failed", "job", job, job_id=job))
        self._engine(SqlStore, "engine-1")
        self.firings[key].status = "done" if ok else "failed"

    # what must hold

    @invariant()
    def the_log_tells_what_the_model_has(self) -> None:
        told = {(e["rule"], e["event_id"]): e["status"] for e in trigger_log.entries(self.session)}
        assert told == {key: firing.status for key, firing in self.firings.items()}
        jobs = trigger_log.jobs(self.session, limit=10_000)
        started = sum(firing.status in ("running", "done", "failed") for firing in self.firings.values())
        assert len(jobs) == started

    @invariant()
    def the_halts_are_those_that_stand(self) -> None:
        assert {(halt.scope, halt.target) for halt in controls.halts(self.session)} == self.halts

    # parts

    def _engine(self, store: type[SqlStore], name: str) -> None:
        outbox = AcceptingOutbox(self.session.database, name)
        engine = Engine(store(self.session.database, self.session.cache, name), lambda: outbox)
        try:
            while engine.step():
                pass
        finally:
            engine.close()

    def _verdict(self, rule_id: str, firing: Modelled) -> str:
        if self._halted(rule_id, firing.project):
            return "held"
        return "refused" if firing.depth > 10 else "running"

    def _halted(self, rule_id: str, project: str) -> bool:
        return any(self._within(scope, rule_id, project) for scope in self.halts)

    @staticmethod
    def _within(scope: tuple[str, str], rule_id: str, project: str) -> bool:
        return scope in (("all", ""), ("project", project), ("rule", rule_id))


def run(template: Path, examples: int, steps: int) -> None:
    Machine.template = template
    settings = hypothesis.settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.stateful.run_state_machine_as_test(Machine, settings=settings)


def test_any_order_of_rules_events_engines_halts_and_crashes(tmp_path: Path) -> None:
    template = tmp_path / "template.db"
    make_schema(f"sqlite:///{template}")
    run(template, examples=50, steps=30)


@pytest.mark.long
def test_the_same_for_longer(tmp_path: Path) -> None:
    template = tmp_path / "template.db"
    make_schema(f"sqlite:///{template}")
    run(template, examples=1500, steps=60)
