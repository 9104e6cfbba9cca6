"""What the window's commands do, and which can be used now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog

from trigger_studio.model.i18n import tr
from trigger_studio.studio.document import Document
from trigger_studio.studio.editing.rules import fresh_rule
from trigger_studio.ui.inspector.halting import ask_halt, halts_of
from trigger_studio.ui.panels.pages import PAGES
from trigger_studio.ui.widgets import reduce_motion

if TYPE_CHECKING:
    from trigger_studio.model.event import Event
    from trigger_studio.studio.search.search import Hit
    from trigger_studio.ui.shell.run_dialog import RunDialog
    from trigger_studio.ui.shell.window import MainWindow

EDITING = (
    "cut", "copy", "paste", "duplicate", "remove", "enable", "unwrap", "follow", "follow-failure", "step-earlier",
    "step-later",
)  # fmt: skip


class Handlers:
    """One method for each command that is more than a call of a controller or the document.

    The panels are made after the commands, so they are looked up when a command is called; dialogs are loaded then too.
    """

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._context, self._document = window.context, window.context.document

    def by_command(self) -> dict[str, Callable[[], object]]:
        """What each command calls, by the command's id."""
        context, document, view = self._context, self._document, self._context.view_state
        tabs = {f"show-{name.replace('_', '-')}": partial(self._show_page, name) for name in PAGES}
        return {
            **tabs,
            **self._editing(),
            "import": self._ask_import,
            "new": self.ask_new,
            "gallery": self.ask_gallery,
            "quit": self._window.close,
            "undo": lambda: self._say_left(document.undo()),
            "redo": lambda: self._say_left(document.redo()),
            "tidy": lambda: document.tidy(document.selected),
            "tidy-all": document.tidy,
            "palette": self._find_anything,
            "search": self._search,
            "save": context.autosave.save,
            "publish": lambda: context.rules.publish(document.selected),
            "discard": lambda: document.discard(document.selected),
            "approve": lambda: context.rules.approve(document.selected),
            "delete": lambda: self._window.editor.delete_rules([document.selected]),
            "dry-run": self._dry_run,
            "replay": self._replay,
            "export": self._ask_export,
            "calm": lambda: reduce_motion.reduce(self._window.actions_["calm"].isChecked()),
            "raise": self.ask_raise,
            "engine": lambda: context.engine.switch(self._window.actions_["engine"].isChecked()),
            "halt": self.ask_halt,
            "resume": self._ask_resume,
            "add-limit": self._ask_limit,
            "halt-rule": lambda: self._ask_halt_of("rule"),
            "halt-project": lambda: self._ask_halt_of("project"),
            "fit": self._fit,
            "zoom-in": lambda: self._zoom(nearer=True),
            "zoom-out": lambda: self._zoom(nearer=False),
            "group-none": lambda: self._group(""),
            "group-project": lambda: self._group("project"),
            "group-character": lambda: self._group("character"),
            "fold": lambda: view.fold([document.selected], document.selected not in view.folded),
            "fold-all": lambda: view.fold(document.ids(), True),
            "unfold-all": lambda: view.fold(view.folded, False),
            "jump-ahead": lambda: self._jump(ahead=True),
            "jump-back": lambda: self._jump(ahead=False),
            "go-rules": lambda: self._window.rules.tree.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "go-chart": lambda: self._window.chart.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "go-form": self._go_form,
            "shortcuts": self._show_shortcuts,
        }

    def _editing(self) -> dict[str, Callable[[], object]]:
        """What the commands on steps and rules call."""
        editing = {name: partial(self._edit, name) for name in EDITING}
        wrap = {f"wrap-{kind}": partial(self._wrap, kind) for kind in ("parallel", "sequence", "branch")}
        return {**editing, **wrap, "insert-step": self._insert, "link": self._ask_link}

    def _edit(self, name: str) -> None:
        getattr(self._window.editor, name.replace("-", "_"))()

    def _wrap(self, kind: str) -> None:
        self._window.editor.wrap(kind)

    def _insert(self) -> None:
        self._window.chart.ask_step()

    def _ask_link(self) -> None:
        """Ask which rule is to follow the selected step."""
        from trigger_studio.ui.widgets.rule_pick import RulePick

        window = self._window
        step = window.editor.selection().step
        if not step:
            window.editor.follow()  # says what to select first
            return
        dialog = RulePick(window, self._document)
        dialog.picked.connect(lambda rule_id: window.editor.link(step, rule_id))
        dialog.open()

    def _show_shortcuts(self) -> None:
        from trigger_studio.ui.shell.shortcuts import Shortcuts

        Shortcuts(self._window, self._window.actions_).open()

    def open_step(self, node: str) -> None:
        """A card was opened: the keys go where its part of the rule is in the form."""
        self._window.inspector.focus_form(node.split(":", 2)[-1])

    def _show_page(self, name: str) -> None:
        self._window.tabs.show_page(name)
        page = self._window.tabs.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)
            page.focusNextChild() if page.focusPolicy() == Qt.FocusPolicy.NoFocus else None

    def go_to(self, hit: Hit) -> None:
        """Go to something that was found."""
        window = self._window
        if hit.kind == "gate":
            self._show_page("gates")
            window.tabs.gates.table.select(hit.key)
        elif hit.kind == "job":
            self._show_page("jobs")
            window.tabs.jobs.show_job(hit.key)
        else:
            self._document.select(hit.key, hit.node)
            window.chart.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _say_left(self, rules: str) -> None:
        if rules:
            told = self._window.tr("Somebody has changed {0} since; that part stays as it is.").format(rules)
            self._context.notices.warn(told)

    def _find_anything(self) -> None:
        self._window.palette_.ask()

    def _search(self) -> None:
        self._window.rules.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _fit(self) -> None:
        self._window.chart.canvas.zoom_to_fit()

    def _zoom(self, *, nearer: bool) -> None:
        (self._window.chart.canvas.zoom_in if nearer else self._window.chart.canvas.zoom_out)()

    def _group(self, grouping: str) -> None:
        self._context.view_state.group(grouping)
        QTimer.singleShot(0, self._window.chart.canvas, self._fit)

    def _jump(self, *, ahead: bool) -> None:
        canvas = self._window.chart.canvas
        self._window.along.jump(ahead, canvas.mapToGlobal(canvas.rect().center()))

    def _go_form(self) -> None:
        self._window.inspector.focus_form()

    def _dry_run(self) -> None:
        self._window.tabs.show_page("dry_run")
        self._window.tabs.dry_run.start()

    def _replay(self) -> None:
        self._window.tabs.log.ask_replay()

    def _ask_export(self) -> None:
        from trigger_studio.ui.shell import exporting

        exporting.ask(self._window)

    def _ask_import(self) -> None:
        dialog = QFileDialog(
            self._window, self._window.tr("Import rules"), "", self._window.tr("Rules (*.yaml *.yml *.json)")
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self._context.rules.import_files([Path(name) for name in names]))
        dialog.open()

    def ask_new(self) -> None:
        """Ask how a new rule is called, and begin it."""
        from trigger_studio.ui.widgets.dialogs import NewRule

        dialog = NewRule(self._window, set(self._document.ids()))
        dialog.named.connect(self._begin_rule)
        dialog.open()

    def ask_gallery(self) -> None:
        """Show the gallery of rules to begin with."""
        from trigger_studio.ui.shell.gallery import Gallery

        gallery = Gallery(self._window, self._document, self._context.tasks)
        gallery.chosen.connect(self._begin_from)
        gallery.open()

    def _begin_from(self, content: Any) -> None:
        self._document.edit(content["id"], content, tr("begin “{0}”", content["name"]))
        self._document.select(content["id"])

    def _begin_rule(self, rule_id: str, name: str) -> None:
        fresh = fresh_rule(self._document, {"event": "approved", "entity": "variant"}, name)
        self._document.edit(rule_id, {**fresh, "id": rule_id}, tr("begin “{0}”", name))
        self._document.select(rule_id)

    def _run_dialog(self, rule: str | None = None, event: Event | None = None) -> RunDialog:
        from trigger_studio.ui.shell.run_dialog import RunDialog

        context = self._context
        return RunDialog(self._window, self._document, context.runs, context.tasks, rule=rule, event=event)

    def ask_raise(self) -> None:
        """Ask which event to raise."""
        self._run_dialog().open()

    def ask_run(self, rule_id: str) -> None:
        """Ask whether to run a rule for real, beginning with an event for which it fires."""
        insight = self._window.truth.seen.insight
        foretold = insight.foretold if insight is not None else None
        event = foretold.example.event if foretold is not None and not foretold.example.invented else None
        self._run_dialog(rule_id, event).open()

    def ask_delete(self, rule_ids: Sequence[str]) -> None:
        """Ask whether published rules are to go for everyone."""
        from trigger_studio.ui.widgets.dialogs import DeleteQuestion

        DeleteQuestion(self._window, self._document, self._context.rules, rule_ids).open()

    def ask_halt(self) -> None:
        """Ask why everything is to stop; one click or Enter does it."""
        from trigger_studio.ui.widgets.dialogs import HaltQuestion

        HaltQuestion(self._window, self._context.halts).open()

    def _ask_limit(self) -> None:
        from trigger_studio.ui.panels.limits import LimitQuestion

        LimitQuestion(self._window, self._document, self._context.limits).open()

    def _ask_resume(self) -> None:
        from trigger_studio.ui.inspector.resuming import ResumeQuestion

        for halt in self._document.halts[:1]:
            ResumeQuestion(
                self._window, self._document, self._context.halts, halt.scope, halt.target, discard=False
            ).open()

    def _ask_halt_of(self, wanted: str) -> None:
        for scope, target, name, is_halted in halts_of(self._document, self._document.selected):
            if scope == wanted and not is_halted:
                ask_halt(self._window, self._context.halts, scope, target, name)


def enabled(document: Document) -> dict[str, bool]:
    """Which commands can be used now, by id; those that always can are left out."""
    open_, selected = document.profile is not None, bool(document.selected)
    work, checked = document.working(document.selected), document.checked(document.selected)
    standing = document.standing(document.selected)
    return {
        "undo": bool(document.undo_title), "redo": bool(document.redo_title), "save": work is not None,
        "publish": work is not None and checked.rule is not None, "discard": work is not None,
        "approve": standing is not None and standing.approval == "needed", "enable": standing is not None,
        "halt-rule": standing is not None, "halt-project": standing is not None and standing.rule.project is not None,
        "tidy": bool(document.places_of(document.selected)), "tidy-all": document.has_places,
        **dict.fromkeys(("palette", "import", "new", "gallery", "dry-run", "raise", "engine", "add-limit"), open_),
        "resume": bool(document.halts),
        "delete": selected, "jump-ahead": selected, "jump-back": selected,
        **dict.fromkeys(("group-none", "group-project", "group-character"), open_),
        "fold": selected, "fold-all": open_, "unfold-all": open_,
    }  # fmt: skip
