"""What the window's commands do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from trigger_studio.model.i18n import tr
from trigger_studio.studio.editing.rules import fresh_rule
from trigger_studio.ui.inspector.halting import ask_halt, halts_of
from trigger_studio.ui.widgets import reduce_motion

if TYPE_CHECKING:
    from trigger_studio.model.event import Event
    from trigger_studio.studio.context import StudioContext
    from trigger_studio.studio.document import Document
    from trigger_studio.studio.search.search import Hit
    from trigger_studio.studio.view_state import ViewState
    from trigger_studio.ui.shell.run_dialog import RunDialog
    from trigger_studio.ui.shell.window import MainWindow


class Handlers:
    """One method for each command that is more than a call of a controller or the document.

    The panels are made after the commands, so they are looked up when a command is called; dialogs are loaded then too.
    """

    def __init__(self, window: MainWindow) -> None:
        self.window: MainWindow = window
        self.context: StudioContext = window.context
        self.document: Document = window.context.document
        self.view: ViewState = window.context.view_state

    def focus(self, widget: QWidget) -> None:
        """Bring the keys to a part of the window."""
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask_link(self) -> None:
        """Ask which rule is to follow the selected step."""
        from trigger_studio.ui.widgets.rule_pick import RulePick

        window = self.window
        step = window.editor.selection().step
        if not step:
            window.editor.follow()  # says what to select first
            return
        dialog = RulePick(window, self.document)
        dialog.picked.connect(lambda rule_id: window.editor.link(step, rule_id))
        dialog.open()

    def show_shortcuts(self) -> None:
        """Show all that keys do."""
        from trigger_studio.ui.shell.shortcuts import Shortcuts

        Shortcuts(self.window, self.window.actions_).open()

    def open_step(self, node: str) -> None:
        """A card was opened: the keys go where its part of the rule is in the form."""
        self.window.inspector.focus_form(node.split(":", 2)[-1])

    def show_page(self, name: str) -> None:
        """Bring a page under the flowchart to the front, with the keys."""
        self.window.tabs.show_page(name)
        page = self.window.tabs.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)
            page.focusNextChild() if page.focusPolicy() == Qt.FocusPolicy.NoFocus else None

    def go_to(self, hit: Hit) -> None:
        """Go to something that was found."""
        window = self.window
        if hit.kind == "gate":
            self.show_page("gates")
            window.tabs.gates.table.select(hit.key)
        elif hit.kind == "job":
            self.show_page("jobs")
            window.tabs.jobs.show_job(hit.key)
        else:
            self.document.select(hit.key, hit.node)
            window.chart.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def tell_left(self, rules: str) -> None:
        """Tell what of a step could not be undone or done again, if anything."""
        if rules:
            told = self.window.tr("Somebody has changed {0} since; that part stays as it is.").format(rules)
            self.context.notices.warn(told)

    def fit(self) -> None:
        """Show everything."""
        self.window.chart.canvas.zoom_to_fit()

    def group(self, grouping: str) -> None:
        """Draw regions by ``project`` or ``character``; "" for none."""
        self.context.view_state.group(grouping)
        QTimer.singleShot(0, self.window.chart.canvas, self.fit)

    def jump(self, *, ahead: bool) -> None:
        """Jump to what the selected rule may start, or to what may start it."""
        canvas = self.window.chart.canvas
        self.window.along.jump(ahead, canvas.mapToGlobal(canvas.rect().center()))

    def fold(self) -> None:
        """Fold the selected rule into one card, or unfold it."""
        selected = self.document.selected
        self.view.fold([selected], selected not in self.view.folded)

    def switch_engine(self) -> None:
        """Switch the engine in this window on or off, as its switch now stands."""
        self.context.engine.switch(self.window.actions_["engine"].isChecked())

    def reduce_motion(self) -> None:
        """Let nothing move by itself, or let it move again."""
        reduce_motion.reduce(self.window.actions_["calm"].isChecked())

    def dry_run(self) -> None:
        """Bring the dry run to the front, and begin one."""
        self.window.tabs.show_page("dry_run")
        self.window.tabs.dry_run.start()

    def ask_export(self) -> None:
        """Ask where the flowchart is to be written."""
        from trigger_studio.ui.shell import exporting

        exporting.ask(self.window)

    def ask_import(self) -> None:
        """Ask which files of rules to bring in."""
        dialog = QFileDialog(
            self.window, self.window.tr("Import rules"), "", self.window.tr("Rules (*.yaml *.yml *.json)")
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.context.rules.import_files([Path(name) for name in names]))
        dialog.open()

    def ask_new(self) -> None:
        """Ask how a new rule is called, and begin it."""
        from trigger_studio.ui.widgets.dialogs import NewRule

        dialog = NewRule(self.window, set(self.document.ids()))
        dialog.named.connect(self._begin_rule)
        dialog.open()

    def ask_gallery(self) -> None:
        """Show the gallery of rules to begin with."""
        from trigger_studio.ui.shell.gallery import Gallery

        gallery = Gallery(self.window, self.document, self.context.tasks)
        gallery.chosen.connect(self._begin_from)
        gallery.open()

    def _begin_from(self, content: Any) -> None:
        self.document.edit(content["id"], content, tr("begin “{0}”", content["name"]))
        self.document.select(content["id"])

    def _begin_rule(self, rule_id: str, name: str) -> None:
        fresh = fresh_rule(self.document, {"event": "approved", "entity": "variant"}, name)
        self.document.edit(rule_id, {**fresh, "id": rule_id}, tr("begin “{0}”", name))
        self.document.select(rule_id)

    def _run_dialog(self, rule: str | None = None, event: Event | None = None) -> RunDialog:
        from trigger_studio.ui.shell.run_dialog import RunDialog

        context = self.context
        return RunDialog(self.window, self.document, context.runs, context.tasks, rule=rule, event=event)

    def ask_raise(self) -> None:
        """Ask which event to raise."""
        self._run_dialog().open()

    def ask_run(self, rule_id: str) -> None:
        """Ask whether to run a rule for real, beginning with an event for which it fires."""
        insight = self.window.truth.seen.insight
        foretold = insight.foretold if insight is not None else None
        event = foretold.example.event if foretold is not None and not foretold.example.invented else None
        self._run_dialog(rule_id, event).open()

    def ask_delete(self, rule_ids: Sequence[str]) -> None:
        """Ask whether published rules are to go for everyone."""
        from trigger_studio.ui.widgets.dialogs import DeleteQuestion

        DeleteQuestion(self.window, self.document, self.context.rules, rule_ids).open()

    def ask_halt(self) -> None:
        """Ask why everything is to stop; one click or Enter does it."""
        from trigger_studio.ui.widgets.dialogs import HaltQuestion

        HaltQuestion(self.window, self.context.halts).open()

    def ask_limit(self) -> None:
        """Ask for a new limit."""
        from trigger_studio.ui.panels.limits import LimitQuestion

        LimitQuestion(self.window, self.document, self.context.limits).open()

    def ask_resume(self) -> None:
        """Ask whether the first halt that stands is to be lifted."""
        from trigger_studio.ui.inspector.resuming import ResumeQuestion

        for halt in self.document.halts[:1]:
            ResumeQuestion(
                self.window, self.document, self.context.halts, halt.scope, halt.target, discard=False
            ).open()

    def ask_halt_of(self, wanted: str) -> None:
        """Ask why the selected rule (``rule``) or its project (``project``) is to stop."""
        for scope, target, name, is_halted in halts_of(self.document, self.document.selected):
            if scope == wanted and not is_halted:
                ask_halt(self.window, self.context.halts, scope, target, name)
