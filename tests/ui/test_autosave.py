"""Drafts are put away by themselves, whatever else is under way."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
import qasync
from PySide6.QtWidgets import QApplication

from tests.support.studio import Studio, furnish
from tests.ui.conftest import OpenStudio
from trigger_studio.services import rule_registry
from trigger_studio.services.session import Session
from trigger_studio.studio.controllers import autosave
from trigger_studio.studio.fifo_lock import FifoLock

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

RULE = "scene-qa"


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Every draft waits for this before it is stored."""
    event, put_away = threading.Event(), autosave.put_away

    def slow(session: Session, due: autosave.Due) -> int | None:
        assert event.wait(20)
        return put_away(session, due)

    monkeypatch.setattr(autosave, "put_away", slow)
    return event


def rename(studio: Studio, name: str) -> None:
    studio.document.edit(RULE, {**studio.document.content(RULE), "name": name})


def test_a_publish_while_a_draft_is_put_away_waits_its_turn(
    open_studio: OpenStudio, sqlite_url: str, held: threading.Event
) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    told: list[Any] = []
    studio.context.notices.watch(told.append)
    rename(studio, "Another name")
    studio.context.autosave.save()
    studio.until(lambda: studio.context.busy)
    studio.context.rules.publish(RULE)
    studio.context.autosave.save()  # and one more behind it
    held.set()
    studio.settle()
    assert [notice.text for notice in told] == ["Published “Another name”."]
    studio.until(lambda: not studio.context.busy)
    with Session(sqlite_url) as session:
        assert rule_registry.one(session, RULE).rule.name == "Another name"
        assert rule_registry.drafts(session) == []


def test_undo_goes_back_past_a_publish_and_that_is_a_draft_again(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    before = studio.document.content(RULE)["name"]
    rename(studio, "Another name")
    studio.context.rules.publish(RULE)
    studio.settle()
    assert studio.document.working(RULE) is None
    studio.document.undo()
    assert studio.document.content(RULE)["name"] == before
    studio.until(lambda: not studio.context.busy)
    with Session(sqlite_url) as session:
        (draft,) = rule_registry.drafts(session)
        assert draft.document["name"] == before
        assert rule_registry.one(session, RULE).rule.name == "Another name"
    studio.document.redo()
    studio.until(lambda: not studio.context.busy)
    with Session(sqlite_url) as session:
        assert rule_registry.drafts(session) == []


def test_turns_are_taken_in_order_also_when_one_who_waits_is_called_off(qapp: QApplication) -> None:
    loop = qasync.QEventLoop(qapp)
    turns, order = FifoLock(loop), list[str]()

    async def take(name: str, until: asyncio.Future[None] | None = None) -> None:
        async with turns.turn():
            if until is not None:
                await until
            order.append(name)

    gate = loop.create_future()
    tasks = [loop.create_task(take("first", gate)), loop.create_task(take("second")), loop.create_task(take("third"))]
    for _ in range(5):
        qapp.processEvents()
    assert order == []
    tasks[1].cancel()
    for _ in range(5):
        qapp.processEvents()
    assert order == [], "the third passed the first"
    gate.set_result(None)
    for _ in range(9):
        qapp.processEvents()
    assert order == ["first", "third"]
    assert [task.cancelled() for task in tasks] == [False, True, False]
    loop.close()
