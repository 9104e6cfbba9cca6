"""The flowchart in the window: fed by the document and the record, telling the document what is clicked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trigger_studio.analysis.graph.chain_graph import ChainGraph, chain_graph
from trigger_studio.analysis.layout.layout import Layout, layout
from trigger_studio.gc_control import collector_paused
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import Rule
from trigger_studio.studio.activity import ActivityModel, Moved
from trigger_studio.studio.chart.chart import Badge, RunState
from trigger_studio.studio.chart.drop_target import DragPayload, DropTarget, PayloadKind
from trigger_studio.studio.chart.layout_history import Drawing, Drawings
from trigger_studio.studio.chart.projection import Projection
from trigger_studio.studio.chart.run_states import without_actions
from trigger_studio.studio.controllers.notices import Notices
from trigger_studio.studio.document import Change, Document, Part
from trigger_studio.studio.history import Position as Spot
from trigger_studio.studio.rule_badges import badges_of
from trigger_studio.studio.view_state import ViewState, group_name
from trigger_studio.ui.canvas.view.canvas import FlowCanvas
from trigger_studio.ui.canvas.view.palette import Palette, step_menu
from trigger_studio.ui.shell.editor import Editor, Selection
from trigger_studio.ui.widgets.soon import Soon

TYPING_MS = 80
"""While somebody types in the form, what they look at goes first; the chart follows when they pause."""


class ChartView(QWidget):
    """Joins the canvas to the document and the activity, and hands on what is clicked.

    Signals: `drawn`, the rules were projected anew; `menu_asked`, where on the screen; `opened`, a card that a person
    means to change.
    """

    drawn = Signal()
    menu_asked = Signal(QPoint)
    opened = Signal(str)

    def __init__(self, document: Document, activity: ActivityModel, view_state: ViewState, notices: Notices) -> None:
        super().__init__()
        self._document, self._activity, self._view_state = document, activity, view_state
        self._notices = notices
        self.canvas = FlowCanvas(self)
        self.palette_ = Palette()
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.palette_)
        box.addWidget(self.canvas, 1)
        self._editor: Editor | None = None
        self._projection = Projection()
        self._drawings = Drawings()
        self._graph: ChainGraph | None = None
        self._layout: Layout | None = None
        self._grouping = ""
        self._let_go: dict[str, Spot] = {}
        self._rules: dict[str, Rule] = {}
        self._badges: dict[str, tuple[Badge, ...]] = {}
        self._stale: set[str] | None = None
        self._rule = self._chain = ""
        self._foretold: Mapping[str, RunState] | None = None
        self._moment: Mapping[str, RunState] | None = None
        self._following = False
        self._redraw = Soon(self, self._draw)
        self._dropped = QTimer(self, singleShot=True, interval=0)
        self._dropped.timeout.connect(self._move_cards)
        self.setFocusProxy(self.canvas)
        self.canvas.rule_selected.connect(self._picked_rule)
        self.canvas.selection_changed.connect(lambda _cards: self._picked())
        self.canvas.node_moved.connect(self._moved_card)
        self.canvas.node_activated.connect(self._open)
        self._document.watch(self._changed)
        self._view_state.watch(lambda _change: self._redraw.start())
        self._activity.watch(self._happened)

    def _changed(self, change: Change) -> None:
        if change.parts & (Part.RULES | Part.WORK | Part.HALTS | Part.PLACES):
            if change.parts & (Part.RULES | Part.HALTS):
                self._stale = None
            elif self._stale is not None:
                self._stale.update(change.rules)
            typed = change.source is not None and Part.WORK in change.parts
            self._redraw.start(TYPING_MS if typed else 0)
        if Part.SELECTION in change.parts and change.source is not self:
            self._follow()

    def _draw(self) -> None:
        """Project the rules anew; what did not change keeps its place."""
        document = self._document
        if document.profile is None:
            return
        self.palette_.offer(document.profile)
        self._look_again()
        with collector_paused():
            self._graph, self._layout = self._plan(document.profile)
            chart = self._projection.chart(self._graph, self._layout, self._badges, self._states())
            self._following = True
            self.canvas.set_chart(chart)
            self._following = False
        self.drawn.emit()

    def _plan(self, profile: Profile) -> tuple[ChainGraph, Layout]:
        """The graph and its layout; those of before where an undo or redo leads back to them."""
        asked = (profile, frozenset(self._view_state.folded), self._document.places)
        free = not self._view_state.grouping and not self._grouping  # the names of groups may have changed
        if free and (known := self._drawings.find(self._rules, asked)) is not None:
            self._rules = dict(known.rules)
            return known.graph, known.layout
        graph = chain_graph(self._rules.values(), profile, previous=self._graph, fold=self._view_state.folded)
        made = self._lay_out(graph)
        if free:
            self._drawings.keep(Drawing(dict(self._rules), asked, graph, made))
        return graph, made

    def _lay_out(self, graph: ChainGraph) -> Layout:
        """Grouped rules stand where their groups do; else cards stand where people put them."""
        grouping = self._view_state.grouping
        previous, self._grouping = self._layout if grouping == self._grouping else None, grouping
        if not grouping:
            return layout(graph, previous, self._document.places)
        names = {entity.id: entity.name for entity in self._document.entities if entity.kind == grouping}
        grouped = {rule.id: group_name(rule, grouping, names) for rule in self._rules.values()}
        return layout(graph, previous, grouped=grouped)

    @property
    def graph(self) -> ChainGraph | None:
        """The graph that is on screen."""
        return self._graph

    def _look_again(self) -> None:
        """Take from the document the rules that were edited since, or all."""
        document = self._document
        if self._stale is None:
            self._rules, self._badges = {}, {}
        for rule_id in document.ids() if self._stale is None else self._stale:
            rule = document.shown_rule(rule_id)
            self._rules.pop(rule_id, None)
            if rule is not None:
                self._rules[rule_id] = rule
                self._badges[rule_id] = badges_of(document, rule_id)
        self._stale = set()

    def _follow(self) -> None:
        """Show what is selected elsewhere; a step that is folded away is unfolded."""
        document = self._document
        if document.selected in self._view_state.folded and document.node.count(":") > 1:
            self._view_state.fold([document.selected], document.node.endswith(":when"))
        if self._redraw.isActive():
            self._redraw.stop()
            self._draw()
        self._following = True
        self.canvas.select_rule(document.selected or None)
        if document.node:
            self.canvas.centre_on(document.node)
        self._following = False

    def _open(self, node: str) -> None:
        """A card was opened: a folded rule is unfolded, a step goes into the form."""
        rule = node.split(":", 2)[1]
        if rule in self._view_state.folded:
            self._view_state.fold([rule], False)
        elif self._document.selected == rule:
            self.opened.emit(node)

    def _picked_rule(self, rule: str) -> None:
        self._rule = rule
        self._picked()

    def _picked(self) -> None:
        """A person clicked here: one card means its part of the rule."""
        if self._following:
            return
        cards = self.canvas.selection()
        rule = cards[0].split(":")[1] if cards and cards[0].startswith("rule:") else self._rule
        self._document.select(rule, cards[0] if len(cards) == 1 else "", source=self)

    def _moved_card(self, node: str, x: float, y: float) -> None:
        self._let_go[node] = (x, y)
        self._dropped.start()

    def _move_cards(self) -> None:
        """All cards of one drag are one step."""
        let_go, self._let_go = self._let_go, {}
        if self._grouping:  # a place in one's own grouping would mean nothing to others
            self._notices.inform(self.tr("Grouped rules keep their places; end the grouping to move cards."))
            self._redraw.start()
        else:
            self._document.move(let_go)

    # editing

    def use(self, editor: Editor) -> None:
        """Let hands change the rules."""
        self._editor = editor
        self.canvas.use(editor)
        self.canvas.step_asked.connect(self._ask_step_at)
        self.palette_.chosen.connect(editor.insert)

    def selection(self) -> Selection:
        """What is selected on the canvas."""
        return Selection(tuple(self.canvas.selected_steps()), tuple(self.canvas.selected_rules()))

    def reveal(self, rule_id: str, node: str) -> None:
        """Select what was just made or changed, and scroll just far enough to see it."""
        if self._redraw.isActive():
            self._redraw.stop()
            self._draw()
        if not rule_id or self._document.content(rule_id) is None:
            return
        if not self.canvas.select_card(node):
            self.canvas.select_rule(rule_id)

    def ask_step(self) -> None:
        """Offer the steps that can be put after the selected one."""
        if self._editor is not None:
            self._offer_steps(self.canvas.place_of_current(), self._editor.insert)

    def _ask_step_at(self, place: object, at: QPoint) -> None:
        """Offer the steps that can be put on a line."""
        editor = self._editor
        if editor is not None and isinstance(place, DropTarget):
            self._offer_steps(at, lambda name: editor.drop(DragPayload(PayloadKind.NEW, name), place))

    def _offer_steps(self, at: QPoint, choose: Callable[[str], None]) -> None:
        if self._document.profile is not None:
            menu = step_menu(self, self._document.profile, choose)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.palette_.make_room(event.size().width())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self.menu_asked.emit(self.canvas.place_of_current() if by_key else event.globalPos())

    def show_near(self, rule_id: str) -> None:
        """Show all of a rule, as near as there is room."""
        self.canvas.fit_rule(rule_id)

    # run states

    def _happened(self, moved: Moved) -> None:
        if moved.log:
            self._foretold = None
            self.canvas.set_states(self._states())

    def show_chain(self, chain: str) -> None:
        """Show how one chain went; "" for the one that moved last."""
        self._chain, self._foretold = chain, None
        self.canvas.set_states(self._states())

    def foretell(self, states: Any) -> None:
        """Show what a dry run came to, until something really happens."""
        self._foretold = states
        self.canvas.set_states(self._states())

    def show_moment(self, states: Any, card: str) -> None:
        """Show a moment of a replay, until `end_replay`, whatever happens meanwhile."""
        self._moment = states
        self.canvas.set_states(states)
        self.canvas.bring_into_view(card)

    def end_replay(self) -> None:
        """Show what really is again."""
        self._moment = None
        self.canvas.set_states(self._states())

    def _states(self) -> Mapping[str, RunState]:
        if self._moment is not None:
            return self._moment
        if self._foretold is not None:
            return self._foretold
        last = self._activity.last_chain()
        return without_actions(self._activity.states(self._chain or last), self._document.has_other_actions)
