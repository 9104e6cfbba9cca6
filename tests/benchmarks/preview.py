"""Typing until the preview is painted, with 1,000 standing rules; and counting over 100,000 recorded events."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import qasync
from PySide6.QtWidgets import QApplication

from tests.benchmarks.figures import Figure, latency
from tests.benchmarks.places import Places
from tests.support.chains import chain_rules
from tests.support.studio import furnish
from trigger_studio.app import launch
from trigger_studio.model.event_codec import EventParser
from trigger_studio.model.rule import Rule
from trigger_studio.services import bus, pipeline, rule_registry
from trigger_studio.services.backtest import Backtest
from trigger_studio.services.rule_preview import RuleEvaluator
from trigger_studio.services.session import Session
from trigger_studio.ui.shell.window import MainWindow
from trigger_studio.ui.widgets import dressing

RULES, EVENTS, BATCH = 1_000, 100_000, 10_000
HERO = "mira-scenes-on-hero-approval"
TIMES = 40
GOAL_S, COUNT_GOAL_S = 0.05, 0.3
PATIENCE_S = 30.0
KEY_S = 0.3


def benchmark(places: Places) -> list[Figure]:
    """Each figure with what is asked of it."""
    with places.sqlite() as url:
        furnish(url, approve=True)
        with Session(url) as session:
            rule_registry.publish(session, chain_rules(RULES))
            figures = [_look(session)]
        figures += _typing(url)
        with Session(url) as session:
            _record(session)
            return figures + _counting(session)


def _goal(name: str, seconds: list[float], goal_s: float = GOAL_S) -> Figure:
    return latency(name, seconds, limit_s=goal_s, limit_name="ms asked for")


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _tiers(rule: Rule) -> list[Rule]:
    """The rule with another least resolution each time, as a person tries them."""
    documents = [rule.model_dump(by_alias=True) for _ in range(TIMES)]
    for place, document in enumerate(documents):
        document["when"]["where"]["all"][1]["value"] = ("480p", "720p", "1080p")[place % 3]
    return [Rule.model_validate(document) for document in documents]


def _look(session: Session) -> Figure:
    seer, entities = RuleEvaluator(session), pipeline.entities(session)
    tried = _tiers(rule_registry.one(session, HERO).rule)
    seer.look(tried[0], None, entities)
    seconds = [_timed(lambda rule=rule: seer.look(rule, None, entities)) for rule in tried]  # type: ignore[misc]
    return _goal("tested and foretold, 12 firings, 1,000 rules", seconds)


def _typing(url: str) -> list[Figure]:
    """The whole window: form, flowchart and preview; each edit until the preview that tells of it is painted."""
    app = QApplication([])
    dressing.install(app, dressing.Mode.LIGHT)
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    window = launch.build(loop, farm_speed=None)
    window.resize(1600, 1000)
    window.show()
    window.context.open(url)
    _until(app, lambda: window.context.document.profile is not None and not window.context.busy)
    window.context.document.select(HERO)
    _until(app, lambda: window.truth.seen.matched is not None)
    _edit(app, window, "to warm up")
    seconds = []
    for place in range(TIMES):
        _rest(app)
        seconds.append(_edit(app, window, f"Scenes for Mira {place}"))
    window.close()
    app.processEvents()
    loop.close()
    return [_goal("a key typed → preview painted, whole window, 1,000 rules", seconds)]


def _edit(app: QApplication, window: MainWindow, name: str) -> float:
    """Type another name; the story's first line has it."""
    document, story = window.context.document, window.preview.story
    content = document.content(HERO)
    assert content is not None
    started = time.perf_counter()
    document.edit(HERO, {**content, "name": name}, "change the name", merge="name", source=window.inspector)

    def told() -> bool:
        item = story.topLevelItem(0)
        return item is not None and name in item.text(0)

    _until(app, told)
    window.preview.repaint()
    return time.perf_counter() - started


def _rest(app: QApplication) -> None:
    """As long as a person takes for the next key; meanwhile the flowchart follows the last one."""
    end = time.monotonic() + KEY_S
    while time.monotonic() < end:
        app.processEvents()


def _until(app: QApplication, holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError("the window does not get there")
        app.processEvents()


def _record(session: Session) -> None:
    """Approvals of the last thirty days."""
    now, door = datetime.now(UTC), EventParser(session.profile)
    step = timedelta(days=29) / EVENTS
    for first in range(0, EVENTS, BATCH):
        batch = []
        for place in range(first, first + BATCH):
            line = {
                "id": f"recorded-{place}", "type": "approved", "entity": "variant", "project": "aurora",
                "entity_id": f"variant-{place % 500}", "character": "mira",
                "occurred_at": (now - step * (EVENTS - place)).isoformat(),
                "attributes": {"variant": "hero", "resolution_tier": ("720p", "1080p")[place % 2]},
            }  # fmt: skip
            event = door.read(line, [])
            assert event is not None
            batch.append(("recorded", event))
        bus.emit(session, batch)


def _counting(session: Session) -> list[Figure]:
    """The longest that any answer took, and how long until all of the past was counted."""
    backrun, rule = Backtest(session), rule_registry.one(session, HERO).rule
    answers: list[float] = []
    totals = []
    for changed in (rule, *_tiers(rule)[:2]):  # the first reads the events, the others find them in memory
        started = time.perf_counter()
        whole = False
        while not whole:
            before = time.perf_counter()
            whole = backrun.count(changed).whole
            answers.append(time.perf_counter() - before)
        totals.append(time.perf_counter() - started)
    return [
        _goal("would have matched, 100,000 events: one answer, maybe a part", answers, COUNT_GOAL_S),
        latency("would have matched, 100,000 events: all, read from the database", totals[:1]),
        latency("would have matched, 100,000 events: all, from memory", totals[1:]),
    ]
