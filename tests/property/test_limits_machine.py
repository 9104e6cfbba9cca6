"""Limits and ceilings under any order of events, rules, halts, clocks and jobs' ends, against a model of its own."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import hypothesis
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.conftest import make_schema
from tests.support.accepting import AcceptingOutbox
from tests.support.engines import PROFILE, bundle, emit, event, open_session
from trigger_studio.engine.clock import Clock
from trigger_studio.engine.loop import Engine
from trigger_studio.model.limit import Limit
from trigger_studio.model.profiles import parse_profile
from trigger_studio.services import controls, limits, rule_registry, trigger_log
from trigger_studio.storage import in_force
from trigger_studio.storage.runtime import SqlStore

WORK = {"type": "submit_job", "job_type": "work"}
RENDER = {"type": "submit_job", "job_type": "render", "wait": False}
SAME = {"field": "step", "op": "eq", "value": 1}
ACTIONS: dict[str, list[dict[str, Any]]] = {
    "dear": [RENDER],
    "either": [{"type": "branch", "if": SAME, "then": [{**WORK, "wait": False}], "else": [RENDER, RENDER]}],
    "flaky": [WORK],
}
COSTS = {"dear": (1, 1), "either": (2, 2), "flaky": (1, 0)}
"""Jobs of a firing as it starts, and how many of them are renders at most."""
SCOPES = (("all", ""), ("project", "p"), ("rule", "dear"), ("rule", "either"), ("rule", "flaky"))
KINDS = ("firings", "gpu_hours", "failures")


@dataclass(slots=True)
class Made:
    """A firing as the model has it."""

    rule: str
    event: str
    project: str
    chain: str
    step: int
    status: str = ""
    reason: str | None = None
    capped: bool = False
    price: float = 0.0  # GPU-hours of a render when it started
    taken: list[tuple[float, int, int, float]] = field(default_factory=list)  # (when, firings, jobs, hours)


class Model:
    """Everything is looked at anew each time, in the order in which it was decided."""

    def __init__(self, ceiling: dict[str, float]) -> None:
        self.ceiling = ceiling
        self.now = 0.0
        self.price = 2.0
        self.noted = False
        self.rules: dict[str, bool] = {}
        self.limits: dict[tuple[str, str, str], tuple[float, float]] = {}
        self.paused: set[str] = set()
        self.failures: list[tuple[float, str, str]] = []
        self.grants: dict[str, int] = {}
        self.firings: list[Made] = []

    @staticmethod
    def covers(scope: str, target: str, made: Made) -> bool:
        return scope == "all" or target == (made.rule if scope == "rule" else made.project)

    def used(self, scope: str, target: str, kind: str) -> float:
        since = self.now - self.limits[scope, target, kind][1]
        taken = [one for made in self.firings if self.covers(scope, target, made) for one in made.taken]
        return sum(one[1 if kind == "firings" else 3] for one in taken if one[0] > since)

    def fits(self, made: Made) -> bool:
        for (scope, target, kind), (amount, _) in self.limits.items():
            if kind != "failures" and self.covers(scope, target, made):
                share = 1 if kind == "firings" else COSTS[made.rule][1] * self.price
                if share and self.used(scope, target, kind) + share > amount:
                    return False
        return True

    def over_ceiling(self, made: Made) -> bool:
        taken = [one for other in self.firings if other.chain == made.chain for one in other.taken]
        jobs, renders = COSTS[made.rule]
        hours = renders * self.price
        for place, name, share in ((1, "firings", 1), (2, "jobs", jobs), (3, "gpu_hours", hours)):
            most = self.ceiling.get(name, float("inf")) * (1 + self.grants.get(made.chain, 0))
            if share and sum(one[place] for one in taken) + share > most:
                return True
        return False

    def check(self, made: Made) -> bool:
        """What keeps it from starting is noted; what starts is counted at what it may cost."""
        capped = self.over_ceiling(made)
        reason = "halt" if made.rule in self.paused else "budget" if capped or not self.fits(made) else None
        made.status, made.reason, made.capped = ("held" if reason else "running"), reason, capped and reason == "budget"
        if reason is None:
            jobs, renders = COSTS[made.rule]
            made.price = self.price
            made.taken.append((self.now, 1, jobs, renders * self.price))
        return reason is None

    def act(self, made: Made) -> None:
        """What it takes replaces what it might have cost."""
        if made.rule == "either" and made.step == 1:
            made.taken.append((self.now, 0, -1, -2 * made.price))
        if made.rule != "flaky":
            made.status = "done"

    def release(self, made: Made) -> None:
        if not self.rules.get(made.rule):
            made.status, made.reason, made.capped = "refused", "discarded", False
        elif self.check(made):
            self.act(made)

    def retryable(self) -> list[Made]:
        """Failed ones whose rule stands; what a halt stalls is tried elsewhere.

        Only where a limit always stands: of what is retried while none does, no more is kept than when it last started.
        """
        if not self.noted:
            return []
        return [m for m in self.firings if m.status == "failed" and m.rule in self.rules and m.rule not in self.paused]

    def look(self) -> None:
        """The oldest that fits goes, until none does."""
        order = sorted(self.firings, key=lambda made: (int(made.event[1:]), made.rule))
        while waiting := [m for m in order if m.status == "held" and m.reason == "budget" and not m.capped]:
            made = next((one for one in waiting if self.fits(one)), None)
            if made is None:
                break
            self.release(made)

    def decide(self, name: str, project: str, chain: str, step: int) -> None:
        self.look()
        made = [Made(rule, name, project, chain, step) for rule in sorted(self.rules) if self.rules[rule]]
        self.firings += made
        for one in [one for one in made if self.check(one)]:
            self.act(one)

    def end(self, made: Made, job: str, ok: bool, hours: float | None) -> None:
        self.look()
        known = made.price if job == "render" else 0.0
        if hours is not None:
            made.taken.append((next(at for at, first, *_ in reversed(made.taken) if first), 0, 0, hours - known))
        if made.rule != "flaky":
            return
        made.status = "done" if ok else "failed"
        if not ok:
            self.failures.append((self.now, made.rule, made.project))
            for (scope, target, kind), (amount, window) in self.limits.items():
                counted = [one for one in self.failures if one[0] > self.now - window and one[1] == made.rule]
                if scope == "project":
                    counted = [one for one in counted if one[2] == target]
                if kind == "failures" and self.covers(scope, target, made) and len(counted) >= amount:
                    self.paused.add(made.rule)


class Hand(Clock):
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        super().__init__()
        self.at = float(int(time.time()))

    def now(self) -> float:
        return self.at


class Machine(RuleBasedStateMachine):
    """The studio on one side, the model on the other."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        shutil.copy(self.template, f"{self.folder.name}/studio.db")
        projects = {"projects": [{"id": project} for project in ("p", "q", "other")]}
        self.session = open_session(f"sqlite:///{self.folder.name}/studio.db", [], projects)
        self.clock = Hand()
        self.session.now = self.clock.now  # type: ignore[method-assign]
        self.sent = 0
        self.ended: set[str] = set()
        self.began = False

    def teardown(self) -> None:
        self.session.close()
        self.folder.cleanup()

    @initialize(ceiling=st.sampled_from([{}, {}, {"firings": 2}, {"jobs": 3}, {"gpu_hours": 5}]), noted=st.booleans())
    def begin(self, ceiling: dict[str, float], noted: bool) -> None:
        self.model = Model(ceiling)
        self.model.now = self.clock.at
        self.reprice(2.0)
        for rule_id in ACTIONS:
            self.publish(rule_id, True)
        self.model.noted = noted
        if noted:
            limits.put(self.session, Limit("project", "other", "firings", 1, 1000))
        self.began = True

    @rule(price=st.sampled_from([1.0, 2.0, 3.0]))
    def reprice(self, price: float) -> None:
        """Another profile: what has started stays at the price it was counted at."""
        types = {**PROFILE["job_types"], "render": {"gpu_hours": price, "duration_s": 60}}
        limits = {"per_click": self.model.ceiling}
        with self.session.database.write() as connection:
            in_force.put_profile(connection, parse_profile({**PROFILE, "job_types": types, "limits": limits}))
        self.model.price = price

    @rule(rule_id=st.sampled_from(sorted(ACTIONS)), enabled=st.booleans())
    def publish(self, rule_id: str, enabled: bool) -> None:
        on = {"event": "approved", "entity": "scene"}
        document = {"id": rule_id, "enabled": enabled, "when": on, "actions": ACTIONS[rule_id]}
        rule_registry.publish(self.session, bundle([document]))
        self.model.rules[rule_id] = enabled

    @rule(rule_id=st.sampled_from(sorted(ACTIONS)))
    def delete(self, rule_id: str) -> None:
        if self.model.rules.pop(rule_id, None) is not None:
            rule_registry.delete(self.session, rule_id)

    @rule(
        scope=st.sampled_from(SCOPES),
        kind=st.sampled_from(KINDS),
        amount=st.integers(0, 6),
        window=st.sampled_from([5, 30]),
    )
    def limit(self, scope: tuple[str, str], kind: str, amount: int, window: int) -> None:
        amount = max(amount, kind == "failures")
        if scope[0] != "rule" or scope[1] in self.model.rules:
            limits.put(self.session, Limit(*scope, kind, amount, window))
            self.model.limits[(*scope, kind)] = (amount, window)
            self.an_engine_looks()

    @precondition(lambda self: self.began and self.model.limits)
    @rule(data=st.data())
    def lift(self, data: st.DataObject) -> None:
        key: Any = data.draw(st.sampled_from(sorted(self.model.limits)))
        scope, target, kind = key
        limits.remove(self.session, scope, target, kind)
        del self.model.limits[scope, target, kind]
        self.an_engine_looks()

    @rule(seconds=st.sampled_from([1, 4, 5, 6, 29, 31]))
    def time_passes(self, seconds: int) -> None:
        self.clock.at += seconds
        self.model.now = self.clock.at

    @rule(
        events=st.lists(st.tuples(st.sampled_from("pq"), st.sampled_from([1, 2])), min_size=1, max_size=4),
        data=st.data(),
    )
    def raise_events(self, events: list[tuple[str, int]], data: st.DataObject) -> None:
        """Now and then a late one, which bears on the chain of an earlier firing."""
        for project, step in events:
            name, self.sent = f"e{self.sent}", self.sent + 1
            told: dict[str, Any] = {}
            chain = name
            if self.model.firings and data.draw(st.integers(0, 3)) == 0:
                cause = data.draw(st.sampled_from(self.model.firings))
                told, chain = {"cause": self._entry(cause)["id"]}, cause.chain
            if not told or self._entry(cause)["depth"] < 9:
                more = {"project": project, "attributes": {"step": step}, **told}
                emit(self.session, event(name, "approved", "scene", f"{project}-{name}", **more))
                self.model.decide(name, project, chain, step)
                self._engine()

    @rule(data=st.data(), ok=st.booleans(), hours=st.sampled_from([None, None, 0.5, 3.0]))
    def end_a_job(self, data: st.DataObject, ok: bool, hours: float | None) -> None:
        jobs = [job for job in trigger_log.jobs(self.session, limit=10_000) if job["id"] not in self.ended]
        if not jobs:
            return
        job = data.draw(st.sampled_from(sorted(jobs, key=lambda one: str(one["id"]))))
        self.ended.add(job["id"])
        (entry,) = [e for e in trigger_log.entries(self.session) if e["id"] == job["firing"]]
        (made,) = [m for m in self.model.firings if (m.rule, m.event) == (entry["rule"], entry["event_id"])]
        told = {} if hours is None else {"gpu_hours": hours}
        what = "completed" if ok else "failed"
        emit(self.session, event(f"end-{job['id']}", what, "job", job["id"], attributes=told))
        self.model.end(made, job["job_type"], ok, hours)
        self._engine()

    @rule()
    def an_engine_looks(self) -> None:
        self.model.look()
        self._engine()

    @precondition(lambda self: self.began and self.model.retryable())
    @rule(data=st.data())
    def retry(self, data: st.DataObject) -> None:
        """It costs the same again: what failed was all that it did."""
        made = data.draw(st.sampled_from(self.model.retryable()))
        controls.retry(self.session, self._entry(made)["id"])
        self.model.look()
        if self.model.check(made):
            self.model.act(made)
        self._engine(look=False)

    @precondition(lambda self: self.began and self.model.paused)
    @rule(data=st.data())
    def resume(self, data: st.DataObject) -> None:
        rule_id = data.draw(st.sampled_from(sorted(self.model.paused)))
        controls.resume(self.session, "rule", rule_id)
        self.model.paused.discard(rule_id)
        self.model.failures = [one for one in self.model.failures if one[1] != rule_id]
        for made in [m for m in self.model.firings if (m.rule, m.status, m.reason) == (rule_id, "held", "halt")]:
            self.model.look()
            self.model.release(made)
        self._engine(look=False)

    @precondition(lambda self: self.began and any(made.capped for made in self.model.firings))
    @rule(data=st.data(), discard=st.booleans())
    def resume_a_click(self, data: st.DataObject, discard: bool) -> None:
        chain = data.draw(st.sampled_from(sorted({made.chain for made in self.model.firings if made.capped})))
        controls.resume(self.session, "chain", chain, discard=discard)
        held = [made for made in self.model.firings if made.capped and made.chain == chain]
        self.model.grants[chain] = self.model.grants.get(chain, 0) + (not discard)
        for made in held:
            if discard:
                made.status, made.reason, made.capped = "refused", "discarded", False
            else:
                self.model.look()
                self.model.release(made)
        self._engine(look=False)

    def _entry(self, made: Made) -> dict[str, Any]:
        return next(
            e for e in trigger_log.entries(self.session) if (e["rule"], e["event_id"]) == (made.rule, made.event)
        )

    def _engine(self, *, look: bool = True) -> None:
        outbox = AcceptingOutbox(self.session.database, "engine")
        engine = Engine(SqlStore(self.session.database, self.session.cache, "engine"), lambda: outbox)
        engine.clock = self.clock
        while engine.step():
            pass
        while look and engine.let_go():
            pass
        if look:
            self.model.look()
        engine.close()

    @invariant()
    def the_log_tells_what_the_model_has(self) -> None:
        if self.began:
            told = {(e["rule"], e["event_id"]): (e["status"], e["reason"]) for e in trigger_log.entries(self.session)}
            assert told == {(made.rule, made.event): (made.status, made.reason) for made in self.model.firings}

    @invariant()
    def what_is_used_is_what_the_model_has(self) -> None:
        if self.began:
            told = {
                (one.limit.scope, one.limit.target, one.limit.kind): one.used
                for one in limits.standing(self.session)
                if one.used is not None and one.limit.target != "other"
            }
            assert told == {key: self.model.used(*key) for key in self.model.limits if key[2] != "failures"}
            held = {one.chain for one in limits.capped(self.session)}
            assert held == {made.chain for made in self.model.firings if made.capped}


def run(template: Path, examples: int, steps: int, seed: int) -> None:
    print(f"TS_SEED={seed}")
    Machine.template = template
    settings = hypothesis.settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.stateful.run_state_machine_as_test(hypothesis.seed(seed)(Machine), settings=settings)


def test_limits_and_ceilings_in_any_order(tmp_path: Path) -> None:
    template = tmp_path / "template.db"
    make_schema(f"sqlite:///{template}")
    run(template, 12, 25, seed=int(os.environ.get("TS_SEED", "8")))


@pytest.mark.long
def test_the_same_for_longer(tmp_path: Path) -> None:
    template = tmp_path / "template.db"
    make_schema(f"sqlite:///{template}")
    run(template, 1500, 50, seed=int(os.environ.get("TS_SEED", str(time.time_ns() % 10_000_000))))
