"""What is patched after an edit is what painting everything anew gives: near, far, and on the small map."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.chains import PROFILE, chain_rules
from tests.ui.charts import stale
from tests.ui.editing import Bench
from trigger_studio.analysis.graph.chain_graph import ChainGraph, chain_graph
from trigger_studio.analysis.layout.layout import Layout, layout
from trigger_studio.model.rule import Rule
from trigger_studio.studio.chart.chart import Badge, Chart, Run, RunState
from trigger_studio.studio.chart.projection import Projection, chart_of
from trigger_studio.ui.canvas.view.canvas import FlowCanvas
from trigger_studio.ui.widgets import dressing, theme
from trigger_studio.ui.widgets.soon import Soon

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

STEPS = 24
FRESH_EVERY = 4
"""So often the picture is also compared with one for which nothing was kept."""
SMOOTH = 60
"""So few values of pixels may differ where smooth lines cross, or where a region's dashes are cut."""
CORNERS = 4
"""So few pixels of the small map may differ: which corner of a box Qt leaves out depends on the box before it."""
FAR, FAR_WITH_NAMES, NEAR = 0.05, 0.25, 0.8


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    dressing.apply(qapp, theme.LIGHT)
    yield qapp
    qapp.setStyleSheet("")


class Changing:
    """Rules that somebody edits at random, and their chart, each time made from the last."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.pool = chain_rules(120)  # in many components: where all hangs together, all is painted anew
        self.rules = {rule.id: rule for rule in self.pool}
        self.folded: set[str] = set()
        self.badges: dict[str, tuple[Badge, ...]] = {}
        self.running: list[str] = []
        self.grouped: dict[str, str] | None = None
        self.past: list[tuple[dict[str, Rule], set[str], ChainGraph, Layout]] = []
        self.graph: ChainGraph | None = None
        self.layout: Layout | None = None
        self.projection = Projection()

    def chart(self) -> Chart:
        """The chart of the rules as they are now."""
        before = self.layout if self.layout is not None and bool(self.grouped) == bool(self.layout.regions) else None
        self.graph = chain_graph(self.rules.values(), PROFILE, previous=self.graph, fold=self.folded)
        self.layout = layout(self.graph, before, grouped=self.grouped)
        self.past.append((dict(self.rules), set(self.folded), self.graph, self.layout))
        return self._shown()

    def _shown(self) -> Chart:
        assert self.graph is not None
        assert self.layout is not None
        return self.projection.chart(self.graph, self.layout, self.badges, self.states())

    def edit(self) -> Chart:
        """The chart after one edit, or after going back to an earlier one."""
        dice, name = self.dice, self.dice.choice(self.pool).id
        if dice.random() < 0.25 and self.grouped is None:
            rules, folded, self.graph, self.layout = dice.choice(self.past[-4:])
            self.rules, self.folded = dict(rules), set(folded)
            return self._shown()
        match dice.randrange(9):
            case 0:
                self.rules.pop(name, None) or self.rules.update({name: next(r for r in self.pool if r.id == name)})
            case 1:
                self.folded.symmetric_difference_update((name,))
            case 2:
                self.badges[name] = tuple(dice.sample(list(Badge), dice.randrange(3)))
            case 3:
                self.running = dice.sample(sorted(self.rules), 3)
            case _:
                one, other = dice.choice(self.pool), dice.choice(self.pool)
                actions = other.actions * dice.randint(1, 3)
                self.rules[name] = one.model_copy(update={"id": name, "actions": actions})
        return self.chart()

    def states(self) -> dict[str, RunState]:
        """How the cards of some rules run."""
        assert self.graph is not None
        blocks = [self.graph.block(name) for name in self.running if name in self.rules]
        return {node.id: RunState(Run.DONE) for block in blocks for node in block.nodes}


def look(qtbot: QtBot, canvas: FlowCanvas, fresh: bool) -> int:
    """How much of the picture is not what painting all of it gives; of nothing kept, if `fresh`."""
    view = canvas._viewer
    for _ in range(30):
        qtbot.wait(1)
        if not view.stage.sprites.unfinished and not view._refine.isActive():
            break
    if fresh:
        view.far.forget()
        view.near.clear()
        view._view_changed()
    return stale(canvas)


@pytest.mark.parametrize("grouped", [False, True])
@pytest.mark.parametrize("zoom", [FAR, FAR_WITH_NAMES, NEAR])
def test_every_edit_leaves_the_picture_that_painting_all_of_it_gives(
    app: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, zoom: float, grouped: bool
) -> None:
    changing = Changing(seed=5)
    if grouped:
        changing.grouped = {rule.id: f"group {place % 4}" for place, rule in enumerate(changing.pool)}
    canvas = FlowCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(900, 600)
    canvas.set_chart(changing.chart())
    with qtbot.waitExposed(canvas):
        canvas.show()
    view = canvas._viewer
    monkeypatch.setattr(view.minimap, "place", lambda *_: QRectF())  # has a test of its own
    x, y, width, height = view.stage.board.bounds()
    view.camera.look_at(QPointF(x + width * 0.4, y + height * 0.4), zoom)
    assert view.stage.far == (zoom != NEAR)
    assert look(qtbot, canvas, fresh=True) == 0
    for step in range(STEPS):
        canvas.set_chart(changing.edit())
        if step % 5 == 3:
            canvas.select_rule(changing.dice.choice(sorted(changing.rules)))
        if step % 7 == 6:
            view.camera.pan(QPoint(41, -23))
        assert look(qtbot, canvas, fresh=False) <= (SMOOTH if grouped else 0), f"step {step}"
        if step % FRESH_EVERY == 0:
            assert look(qtbot, canvas, fresh=True) <= (SMOOTH if grouped or zoom == NEAR else 0), f"step {step}"


def test_the_small_map_is_painted_in_part_as_it_would_be_as_a_whole(app: QApplication, qtbot: QtBot) -> None:
    changing = Changing(seed=8)
    canvas = FlowCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(900, 600)
    canvas.set_chart(changing.chart())
    canvas.centre_on(min(canvas._stage.board.cards))
    minimap = canvas._viewer.minimap
    patched = 0
    for _ in range(STEPS):
        minimap._chart()
        canvas.set_chart(changing.edit())
        kept = minimap._pixmap
        part = minimap._chart()
        patched += part is kept
        image = part.toImage()
        minimap._pixmap = None
        whole = minimap._chart().toImage()
        pixels = [(x, y) for x in range(image.width()) for y in range(image.height())]
        assert image.size() == whole.size()
        assert sum(image.pixel(*at) != whole.pixel(*at) for at in pixels) <= CORNERS
    assert patched > STEPS // 4


def test_a_chart_made_from_the_last_one_is_the_chart_made_at_once() -> None:
    changing = Changing(seed=3)
    changing.chart()
    for _ in range(60):
        made = changing.edit()
        assert changing.graph is not None
        assert changing.layout is not None
        assert made == chart_of(changing.graph, changing.layout, changing.badges, changing.states())


# --- one picture for all that an edit changes


class Painted(QWidget):
    """Tells when it is painted."""

    def __init__(self, told: list[str]) -> None:
        super().__init__()
        self._told = told

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._told.append("painted")
        return super().event(event)


def test_what_is_to_be_done_soon_is_done_once_and_before_painting(app: QApplication, qtbot: QtBot) -> None:
    told: list[str] = []
    widget = Painted(told)
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    told.clear()
    owner = QObject()
    soon = Soon(owner, lambda: told.append("done"))
    widget.update()
    soon.start()
    soon.start()
    assert soon.isActive()
    qtbot.wait(20)
    assert told == ["done", "painted"]
    soon.start()
    soon.stop()
    soon.start(10)
    soon.start(15)
    qtbot.wait(1)
    assert soon.isActive()
    qtbot.waitUntil(lambda: not soon.isActive())
    assert told == ["done", "painted", "done"]


def test_undo_and_redo_lead_back_to_the_places_that_were_there(app: QApplication, qtbot: QtBot) -> None:
    bench = Bench(chain_rules(60))
    document, rule = bench.document, "r00012"

    def edit(**change: object) -> None:
        document.edit(rule, {**document.content(rule), **change})  # type: ignore[dict-item]
        bench.settle()

    def places() -> dict[str, tuple[float, ...]]:
        return dict(bench.canvas._stage.board.places)

    seen = [places()]
    edit(actions=[{"type": "trigger_qa"}] * 9)
    seen.append(places())
    edit(when={"event": "failed", "entity": "scene", "scope": {"characters": ["c3"]}})
    seen.append(places())
    edit(name="Another name")
    seen.append(places())
    for wanted in reversed(seen[:-1]):
        document.undo()
        bench.settle()
        assert places() == wanted
    for wanted in seen[1:]:
        document.redo()
        bench.settle()
        assert places() == wanted
    assert seen[0] != seen[1] != seen[2]
    bench.close()
