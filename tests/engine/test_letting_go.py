"""Held firings go as soon as somebody makes room; a retry that is held goes on where it stood, if it still may."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.engine.steps import engine, rule, run, scene, story
from tests.support.engines import PROFILE, emit, until
from trigger_studio.engine import chores
from trigger_studio.model.limit import Limit
from trigger_studio.model.profiles import parse_profile
from trigger_studio.services import controls, limits, overview
from trigger_studio.services.session import Session
from trigger_studio.storage import rules as rule_store

MONTH = 30 * 86_400.0


@contextmanager
def running(session: Session, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An engine that runs, and does nothing by the clock: what it looks at, it was told of."""
    monkeypatch.setattr(chores, "CHORES_S", 600.0)
    made = engine(session)
    thread = threading.Thread(target=made.run)
    thread.start()
    try:
        yield
    finally:
        made.stop()
        thread.join(30)


def ceiling(session: Session, **figures: Any) -> None:
    """Put a profile in force whose chains have a ceiling."""
    profile = parse_profile({**PROFILE, "limits": {"per_click": figures}})
    with session.database.write() as connection:
        rule_store.put_profile(connection, profile)


def held(session: Session) -> int:
    return sum(status == "held" for _, status, _ in story(session))


def test_a_running_engine_looks_as_soon_as_a_limit_changes_or_goes(pipe: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    session = pipe(rule("a"))
    limits.put(session, Limit("all", "", "firings", 0, MONTH))
    with running(session, monkeypatch):
        emit(session, *(scene(f"s{n}") for n in range(130)))
        until(lambda: held(session) == 130, 30, "all to be held")
        limits.put(session, Limit("all", "", "firings", 10, MONTH))
        until(lambda: held(session) == 120, 10, "those that the new limit allows")
        limits.remove(session, "all", "", "firings")
        until(lambda: held(session) == 0, 10, "the rest")


def test_a_running_engine_looks_as_soon_as_a_chain_is_resumed(pipe: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    session = pipe(rule("a"), rule("b"), rule("c"))
    ceiling(session, firings=2)
    with running(session, monkeypatch):
        emit(session, scene("s1"))
        until(lambda: held(session) == 1, 30, "one to be held")
        controls.resume(session, "chain", "evt-s1-1")
        until(lambda: held(session) == 0, 10, "it to go")


def test_a_limit_that_changes_while_nothing_waits_leaves_nothing_on_the_bus(pipe: Any) -> None:
    session = pipe(rule("a"))
    limits.put(session, Limit("all", "", "firings", 0, MONTH))
    limits.remove(session, "all", "", "firings")
    assert overview.news(session, 0).waiting == 0
