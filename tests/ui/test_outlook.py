"""How a person looks at the flowchart: rules folded into one card; kept for that person, and never undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF

from tests.support.studio import Studio, furnish
from tests.ui.conftest import OpenStudio
from trigger_studio.services import preferences
from trigger_studio.services.session import Session

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

HERO = "mira-scenes-on-hero-approval"


def cards(studio: Studio, rule_id: str) -> set[str]:
    places = studio.window.chart.canvas._stage.board.places
    return {node for node in places if node.startswith(f"rule:{rule_id}:")}


def test_a_rule_is_folded_into_one_card_and_remembered(open_studio: OpenStudio, database_url: str) -> None:
    furnish(database_url)
    studio = open_studio(database_url)
    studio.until(lambda: len(cards(studio, HERO)) > 5)
    every = cards(studio, HERO)
    wires = studio.window.chart.canvas._stage.board.wires
    before = {wire.target for wire in wires.values() if wire.source in every and wire.target not in every}
    studio.document.select(HERO)
    studio.trigger("fold")
    studio.until(lambda: cards(studio, HERO) == {f"rule:{HERO}:when"})
    wires = studio.window.chart.canvas._stage.board.wires
    after = {wire.target for wire in wires.values() if wire.source == f"rule:{HERO}:when"}
    assert after == before, "what it may start is still to be seen"
    assert studio.document.undo_title == ""
    assert studio.document.working(HERO) is None
    studio.until(lambda: not studio.context.busy)
    studio.close()
    with Session(database_url, actor="somebody else") as session:
        assert preferences.read(session, "outlook") is None

    studio = open_studio(database_url)
    studio.until(lambda: cards(studio, HERO) == {f"rule:{HERO}:when"})

    # to go to one of its steps unfolds it, and so does opening its card
    studio.document.select(HERO, f"rule:{HERO}:when.where")
    assert cards(studio, HERO) == every
    studio.trigger("fold-all")
    studio.until(lambda: len(studio.window.chart.canvas._stage.board.cards) == len(studio.document.ids()))
    studio.window.chart.canvas.node_activated.emit(f"rule:{HERO}:when")
    studio.until(lambda: cards(studio, HERO) == every)
    studio.trigger("unfold-all")
    studio.until(lambda: len(cards(studio, "scene-qa")) > 1)


def test_what_was_kept_by_another_version_does_no_harm(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    with Session(sqlite_url) as session:
        preferences.write(session, "outlook", {"folded": "all", "grouping": "by mood"})
    studio = open_studio(sqlite_url)
    assert (studio.context.view_state.folded, studio.context.view_state.grouping) == (frozenset(), "")


def test_rules_stand_in_a_region_for_each_character(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    studio.until(lambda: cards(studio, HERO))
    before = dict(studio.window.chart.canvas._stage.board.places)
    studio.trigger("group-character")
    studio.until(lambda: studio.window.chart.canvas._stage.board.chart.regions)
    board = studio.window.chart.canvas._stage.board
    regions = {region.name: region.box for region in board.chart.regions}
    assert {"Mira", "Juno", "No character of its own"} == set(regions)
    for rule, frame in board.frames.items():
        name = "Mira" if "mira" in rule else "Juno" if "juno" in rule else "No character of its own"
        box = regions[name]
        assert box.x <= frame.x, rule
        assert box.y <= frame.y, rule
        assert frame.x + frame.width <= box.x + box.width, rule
        assert frame.y + frame.height <= box.bottom, rule
    assert not studio.window.grab().isNull()
    x, y, width, height = board.bounds()
    for box in regions.values():
        assert (x, y) <= (box.x, box.y)
        assert box.x + box.width <= x + width
        assert box.bottom <= y + height

    # from far away the names stand over what they name, as large as close by
    view = studio.window.chart.canvas._viewer
    view.camera.look_at(QPointF(x + width / 2, y + height / 2), 0.06)
    corner = view.mapFromScene(QPointF(regions["Mira"].x, regions["Mira"].y)) + QPoint(0, 3)
    image = view.viewport().grab().toImage().copy(corner.x() + 4, corner.y(), 24, 10)
    ink = view.stage.kit.text.lightness()
    dark = [at for at in range(240) if abs(image.pixelColor(at % 24, at // 24).lightness() - ink) < 60]
    assert len(dark) > 20

    # a card does not move here, and nothing is stored for others
    studio.window.chart.canvas.node_moved.emit(f"rule:{HERO}:when", 1.0, 2.0)
    studio.until(lambda: "keep their places" in studio.window.notices.text.text())
    assert studio.document.places == {}
    studio.trigger("group-none")
    studio.until(lambda: not studio.window.chart.canvas._stage.board.chart.regions)
    assert dict(studio.window.chart.canvas._stage.board.places) == before
