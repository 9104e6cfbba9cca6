"""The window: puts the panels in their places and the commands in reach. It decides nothing by itself."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

from trigger_studio.engine.state import State
from trigger_studio.model.i18n import tr
from trigger_studio.studio.context import StudioContext
from trigger_studio.studio.controllers.engine import EngineFacts
from trigger_studio.studio.document import Change, Part
from trigger_studio.ui.inspector.chain_navigator import ChainNavigator
from trigger_studio.ui.inspector.inspector import Inspector
from trigger_studio.ui.inspector.live_evaluation import LiveEvaluation
from trigger_studio.ui.inspector.rule_state import RuleState
from trigger_studio.ui.panels.pages import Pages
from trigger_studio.ui.panels.preview import PreviewPanel
from trigger_studio.ui.panels.rules import RulesPanel
from trigger_studio.ui.shell.banner import HaltBanner, NoticeBar
from trigger_studio.ui.shell.canvas_menu import canvas_menu
from trigger_studio.ui.shell.chart_view import ChartView
from trigger_studio.ui.shell.commands import COMMANDS, enable, make_actions
from trigger_studio.ui.shell.draft_notice import DraftNotice
from trigger_studio.ui.shell.editor import Editor
from trigger_studio.ui.shell.handlers import Handlers
from trigger_studio.ui.shell.language_menu import language_menu
from trigger_studio.ui.shell.selecting import Selecting
from trigger_studio.ui.shell.status import StatusBar
from trigger_studio.ui.shell.toolbar import Toolbar
from trigger_studio.ui.widgets import language, reduce_motion
from trigger_studio.ui.widgets.kit import column, dress_actions
from trigger_studio.ui.widgets.plain import literal, plain

if TYPE_CHECKING:
    from trigger_studio.studio.search.search import Search
    from trigger_studio.ui.panels.replay import ReplayBar
    from trigger_studio.ui.shell.command_palette import CommandPalette

POLL_MS = 1500
"""How often the record is looked at for what engines elsewhere did; one in this process is heard at once."""


class MainWindow(QMainWindow):
    """The main window: panels in their places, commands in menus, toolbar and palette.

    Signals: `closed`, after everything was put away.
    """

    closed = Signal()

    def __init__(self, context: StudioContext) -> None:
        super().__init__()
        self.context = context
        self.setWindowTitle(self.tr("Trigger Studio"))
        self.setAcceptDrops(True)
        self.handlers = Handlers(self)
        self.actions_ = make_actions(self, self.handlers)
        self.actions_["calm"].setChecked(reduce_motion.reduced())
        document, activity, notices = context.document, context.activity, context.notices
        self.truth = LiveEvaluation(document, activity, context.tasks, context.pipeline)
        self.rules: RulesPanel = RulesPanel(document, context.rules)
        self.chart: ChartView = ChartView(document, activity, context.view_state, notices)
        state = RuleState(document, context.rules, context.autosave, context.halts)
        self.inspector: Inspector = Inspector(document, notices, state, self.truth)
        self.preview = PreviewPanel(document, self.truth)
        self.along = ChainNavigator(document, lambda: self.chart.graph)
        self.tabs: Pages = Pages(context, self.preview)
        self._seen = QWidget()
        self._seen.setLayout(column(self.chart, gap=0))
        chosen = Selecting(self.chart, self.rules)
        self.editor: Editor = Editor(document, context.rules, notices, chosen, self.handlers.ask_delete)
        self.chart.use(self.editor)
        self.rules.tree.dropped.connect(self.editor.reorder)
        self.toolbar = Toolbar(self.actions_, self)
        self.addToolBar(self.toolbar)
        self.banner, self.notices = HaltBanner(document, activity, context.halts), NoticeBar(notices, self.chart)
        self.kept = DraftNotice(document)
        middle = QWidget()
        whole = column(self.banner, self.kept, self._make_split(), gap=0)
        whole.setStretch(2, 1)  # however high the window is, what is told above stays as low as it is
        middle.setLayout(whole)
        self.setCentralWidget(middle)
        self.setStatusBar(StatusBar(document, activity, context.pipeline, context.engine))
        self._make_menus()
        self._connect()
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(context.pipeline.refresh)
        self._poll.start()
        self._enable()

    # making

    @cached_property
    def replay(self) -> ReplayBar:
        """The bar under the chart that replays a chain, made when it is first wanted."""
        from trigger_studio.ui.panels.replay import ReplayBar

        bar = ReplayBar(self.context.document, self.context.runs, self.context.tasks)
        bar.moment.connect(self.chart.show_moment)
        bar.ended.connect(self.chart.end_replay)
        layout = self._seen.layout()
        assert layout is not None
        layout.addWidget(bar)
        return bar

    @cached_property
    def palette_(self) -> CommandPalette:
        """The command palette, made when it is first wanted."""
        from trigger_studio.ui.shell.command_palette import CommandPalette

        return CommandPalette(self, self.search, self.actions_, self.handlers.go_to)

    @cached_property
    def search(self) -> Search:
        """What the palette finds things by, made with it."""
        from trigger_studio.studio.search.search import Search

        return Search(self.context.document, self.context.activity, self.context.tasks)

    def _make_split(self) -> QSplitter:
        centre = QSplitter(Qt.Orientation.Vertical)
        centre.addWidget(self._seen)
        centre.addWidget(self.tabs)
        centre.setSizes([620, 300])
        centre.setStretchFactor(0, 1)
        side = QWidget()
        side.setLayout(column(self.inspector, self.along, gap=0))
        split = QSplitter(Qt.Orientation.Horizontal)
        for widget, least in ((self.rules, 200), (centre, 400), (side, 0)):  # the side needs what its rule needs
            widget.setMinimumWidth(least)
            split.addWidget(widget)
        split.setSizes([248, 952, 400])
        split.setStretchFactor(1, 1)
        for splitter in (centre, split):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
        return split

    def _make_menus(self) -> None:
        bar = self.menuBar()
        bar.setNativeMenuBar(False)
        menus = {name: bar.addMenu(self.tr(name)) for name in dict.fromkeys(c.menu for c in COMMANDS)}
        for command in COMMANDS:
            menus[command.menu].addAction(self.actions_[command.id])
            if command.local:
                self.chart.addAction(self.actions_[command.id])
                self.rules.tree.addAction(self.actions_[command.id])
        for menu in menus.values():  # icons are drawn when they are first seen
            menu.aboutToShow.connect(partial(dress_actions, self, menu.actions()))
        menus["View"].addMenu(language_menu(self, self._language_chosen))
        self._dress_tools()

    def _dress_tools(self) -> None:
        dress_actions(self, self.toolbar.actions())

    def _language_chosen(self, code: str) -> None:
        language.choose(code)
        self.context.notices.inform(tr("The language changes with the next start."))

    def _connect(self) -> None:
        context = self.context
        context.document.watch(self._changed)
        context.engine.changed.watch(self._engine_changed)
        context.pipeline.opened.watch(lambda _url: self.kept.tell())
        self.chart.drawn.connect(self.along.follow)
        self.chart.menu_asked.connect(self._show_menu)
        self.chart.opened.connect(self.handlers.open_step)
        self.rules.menu_asked.connect(self._show_menu)
        self.rules.new_rule.connect(self.handlers.ask_new)
        self.tabs.foretold.connect(self.chart.foretell)
        self.inspector.state.run_asked.connect(self.handlers.ask_run)
        self.tabs.chain_chosen.connect(self.chart.show_chain)
        self.tabs.replay_asked.connect(self._ask_replay)

    # following

    def _changed(self, change: Change) -> None:
        if Part.PIPELINE in change.parts and self.context.pipeline.session is not None:
            name = Path(self.context.pipeline.session.database.name).name
            self.setWindowTitle(self.tr("{0} – Trigger Studio").format(name))
        self._enable()

    def _enable(self) -> None:
        """What can be done now, and what undo would do."""
        document, actions = self.context.document, self.actions_
        enable(actions, document)
        for name, word, title, detail in (
            ("undo", self.tr("Undo"), document.undo_title, document.undo_detail),
            ("redo", self.tr("Redo"), document.redo_title, document.redo_detail),
        ):
            keys = actions[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            actions[name].setText(literal(f"{word}: {title}" if title else word))
            actions[name].setToolTip(plain(f"{word}: {detail} ({keys})" if title else f"{word} ({keys})"))

    def _show_menu(self, at: QPoint) -> None:
        """The menu of what is selected on the chart, or in the list."""
        chosen = self.editor.selection()
        menu = canvas_menu(self, self.actions_, chosen, self.context.document.profile, self.editor.insert)
        dress_actions(self, menu.actions())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _ask_replay(self, chain: str) -> None:
        self.replay.ask(chain)

    def _engine_changed(self, facts: EngineFacts) -> None:
        self.toolbar.show_engine(facts)
        if facts.state is State.FAILED:
            self.tabs.show_page("log")

    def show_best(self) -> None:
        """Show what there is to see: of the newest chain the rule that does most sorts of things, and its log entry."""
        live, document = self.context.activity, self.context.document
        chain = [entry for entry in live.entries.values() if entry["chain"] == live.last_chain()]
        chain.sort(key=lambda entry: len({action["type"] for action in entry["actions"]}), reverse=True)
        rule = chain[0]["rule"] if chain else next(iter(document.ids()), "")
        if chain:
            self.tabs.show_firing(chain[0]["id"])
        else:
            self.tabs.show_page("dry_run")
        if rule:
            document.select(rule)
            self.chart.show_near(rule)
        self.rules.tree.setFocus()

    # Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.context.rules.import_files(
            [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "toolbar"):
            self._dress_tools()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._poll.stop()
        self.context.close()
        super().closeEvent(event)
        self.closed.emit()
