"""Every command of the window: menus, toolbar, palette, shortcuts page and the flowchart's menus are made of this."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from trigger_studio.model.i18n import tr
from trigger_studio.studio.document import Document
from trigger_studio.ui.shell.command import (
    Command,
    Context,
    Label,
    can_publish,
    has_draft,
    has_project,
    is_open,
    is_published,
    is_selected,
    needs_approval,
)
from trigger_studio.ui.widgets.plain import plain

if TYPE_CHECKING:
    from trigger_studio.ui.shell.handlers import Handlers

# fmt: off
COMMANDS = (
    Command("import", "Import rules…", "File", lambda h: h.ask_import(), keys="Ctrl+O", icon="form",
        tip="Bring rules in from a file", enabled=is_open, toolbar=11, label=Label.IF_ROOM),
    Command("gallery", "New from the gallery…", "File", lambda h: h.ask_gallery(), keys="Ctrl+Shift+N",
        icon="gallery", tip="Begin with a rule that others use", enabled=is_open, toolbar=13, label=Label.IF_ROOM),
    Command("new", "New rule…", "File", lambda h: h.ask_new(), keys="Ctrl+N", icon="plus",
        tip="Begin a rule as a private draft", enabled=is_open, toolbar=12, label=Label.IF_ROOM,
        context=(Context.GROUND,)),
    Command("export", "Export the chart…", "File", lambda h: h.ask_export(), keys="Ctrl+Shift+E", icon="graph",
        tip="The selection or all, as picture or text"),
    Command("quit", "Quit", "File", lambda h: h.window.close(), keys="Ctrl+Q"),
    Command("undo", "Undo", "Edit", lambda h: h.tell_left(h.document.undo()), keys="Ctrl+Z", icon="undo",
        enabled=lambda d: bool(d.undo_title), toolbar=22, label=Label.NEVER),
    Command("redo", "Redo", "Edit", lambda h: h.tell_left(h.document.redo()), keys="Ctrl+Shift+Z", icon="redo",
        enabled=lambda d: bool(d.redo_title), toolbar=23, label=Label.NEVER),
    Command("cut", "Cut", "Edit", lambda h: h.window.editor.cut(), keys="Ctrl+X", local=True, context=(Context.ANY,)),
    Command("copy", "Copy", "Edit", lambda h: h.window.editor.copy(), keys="Ctrl+C",
        tip="Copy steps or rules, also for other windows", local=True, context=(Context.ANY,)),
    Command("paste", "Paste", "Edit", lambda h: h.window.editor.paste(), keys="Ctrl+V",
        tip="Paste steps after the selected one, or rules", local=True, context=(Context.ANY, Context.GROUND)),
    Command("duplicate", "Duplicate", "Edit", lambda h: h.window.editor.duplicate(), keys="Ctrl+D",
        tip="Copy the selected steps or rules beside them", local=True, context=(Context.ANY,)),
    Command("remove", "Delete", "Edit", lambda h: h.window.editor.remove(), keys="Del", icon="trash",
        tip="Take the selected steps or rules out", local=True, context=(Context.ANY,)),
    Command("insert-step", "Insert a step…", "Edit", lambda h: h.window.chart.ask_step(), keys="Ins", icon="plus",
        tip="Put a step after the selected one", local=True),
    Command("step-earlier", "Move the step earlier", "Edit", lambda h: h.window.editor.step_earlier(),
        keys="Alt+Left", local=True, context=(Context.STEP_PLACE,)),
    Command("step-later", "Move the step later", "Edit", lambda h: h.window.editor.step_later(), keys="Alt+Right",
        local=True, context=(Context.STEP_PLACE,)),
    Command("wrap-parallel", "Put into a parallel group", "Edit", lambda h: h.window.editor.wrap("parallel"),
        icon="parallel", local=True, context=(Context.STEP_GROUP,)),
    Command("wrap-sequence", "Put into a sequence", "Edit", lambda h: h.window.editor.wrap("sequence"),
        icon="sequence", local=True, context=(Context.STEP_GROUP,)),
    Command("wrap-branch", "Put into a branch", "Edit", lambda h: h.window.editor.wrap("branch"), icon="branch",
        local=True, context=(Context.STEP_GROUP,)),
    Command("unwrap", "Take the group apart", "Edit", lambda h: h.window.editor.unwrap(), local=True,
        context=(Context.STEP_GROUP,)),
    Command("follow", "New rule that follows", "Edit", lambda h: h.window.editor.follow(), keys="Ctrl+Shift+F",
        icon="emits", local=True, context=(Context.STEP_FOLLOWERS,)),
    Command("link", "Let another rule follow…", "Edit", lambda h: h.ask_link(), keys="Ctrl+Shift+K",
        tip="Another rule starts after this step", local=True, context=(Context.STEP_FOLLOWERS,)),
    Command("follow-failure", "New rule for when it fails", "Edit", lambda h: h.window.editor.follow_failure(),
        local=True, context=(Context.STEP_FOLLOWERS,)),
    Command("tidy", "Tidy up the rule", "Edit", lambda h: h.document.tidy(h.document.selected), keys="Ctrl+L",
        tip="Put the rule's cards back where the layout wants them", enabled=lambda d: bool(d.places_of(d.selected)),
        context=(Context.RULE,)),
    Command("tidy-all", "Tidy up everything", "Edit", lambda h: h.document.tidy(), keys="Ctrl+Shift+L",
        tip="Put every card back where the layout wants it", enabled=lambda d: d.has_places, context=(Context.GROUND,)),
    Command("palette", "Find anything…", "Edit", lambda h: h.window.palette_.ask(), keys="Ctrl+K", icon="search",
        tip="Rules by name, effect or entity, and every command", enabled=is_open),
    Command("search", "Search rules", "Edit", lambda h: h.focus(h.window.rules.search), keys="Ctrl+F", icon="search"),
    Command("save", "Save draft", "Rule", lambda h: h.context.autosave.save(), keys="Ctrl+S", icon="save",
        enabled=has_draft),
    Command("publish", "Publish", "Rule", lambda h: h.context.rules.publish(h.document.selected), keys="Ctrl+Return",
        icon="publish", tip="Make the draft the rule that engines follow", enabled=can_publish, toolbar=21,
        label=Label.IF_ROOM, context=(Context.RULE,)),
    Command("discard", "Discard draft", "Rule", lambda h: h.document.discard(h.document.selected), enabled=has_draft,
        context=(Context.RULE,)),
    Command("approve", "Approve", "Rule", lambda h: h.context.rules.approve(h.document.selected), keys="Ctrl+Shift+A",
        icon="check", tip="Let the rule start costly jobs, as it is published", enabled=needs_approval,
        context=(Context.RULE,)),
    Command("enable", "Switch on or off", "Rule", lambda h: h.window.editor.enable(), keys="Ctrl+E", icon="off",
        enabled=is_published, context=(Context.RULE,)),
    Command("delete", "Delete rule", "Rule", lambda h: h.window.editor.delete_rules([h.document.selected]),
        keys="Ctrl+Shift+Delete", icon="trash", enabled=is_selected),
    Command("dry-run", "Dry run", "Run", lambda h: h.dry_run(), keys="Ctrl+T", icon="flask",
        tip="See what an event would start; changes nothing", enabled=is_open, toolbar=31, label=Label.IF_ROOM),
    Command("replay", "Replay the chain", "Run", lambda h: h.window.tabs.log.ask_replay(), keys="Ctrl+Shift+R",
        icon="replay", tip="Show a chain as it went, step by step"),
    Command("raise", "Run for real…", "Run", lambda h: h.ask_raise(), keys="Ctrl+R", icon="bolt",
        tip="Raise an event; asks first, and says what it starts", enabled=is_open, toolbar=32),
    Command("engine", "Engine", "Run", lambda h: h.switch_engine(), keys="F5", icon="play",
        tip="Switch the engine in this window on or off", enabled=is_open, checkable=True),
    Command("halt", "EMERGENCY HALT", "Run", lambda h: h.ask_halt(), keys="Ctrl+Shift+H", icon="halt",
        tip="Stop every rule everywhere"),
    Command("halt-rule", "Halt the rule…", "Run", lambda h: h.ask_halt_of("rule"), icon="halt",
        tip="Stop the selected rule; the others go on", enabled=is_published, context=(Context.RULE,)),
    Command("halt-project", "Halt the rule's project…", "Run", lambda h: h.ask_halt_of("project"), icon="halt",
        tip="Stop every rule in the selected rule's project", enabled=has_project, context=(Context.RULE,)),
    Command("fit", "Show everything", "View", lambda h: h.fit(), keys="Ctrl+0", icon="fit", toolbar=41,
        label=Label.NEVER, context=(Context.GROUND,)),
    Command("zoom-in", "Nearer", "View", lambda h: h.window.chart.canvas.zoom_in(), keys="Ctrl++"),
    Command("zoom-out", "Further away", "View", lambda h: h.window.chart.canvas.zoom_out(), keys="Ctrl+-"),
    Command("group-none", "Not grouped", "View", lambda h: h.group(""), keys="Ctrl+Alt+0",
        tip="Rules stand where their chains put them", enabled=is_open),
    Command("group-project", "Group by project", "View", lambda h: h.group("project"), keys="Ctrl+Alt+1",
        tip="A region for each project", enabled=is_open),
    Command("group-character", "Group by character", "View", lambda h: h.group("character"), keys="Ctrl+Alt+2",
        tip="A region for each character", enabled=is_open),
    Command("fold", "Fold the rule into one card, or unfold it", "View", lambda h: h.fold(), keys="Ctrl+.",
        tip="Only how you see it", enabled=is_selected, context=(Context.RULE,)),
    Command("fold-all", "Fold every rule", "View", lambda h: h.view.fold(h.document.ids(), True), keys="Ctrl+Shift+,",
        enabled=is_open),
    Command("unfold-all", "Unfold every rule", "View", lambda h: h.view.fold(h.view.folded, False),
        keys="Ctrl+Shift+.", enabled=is_open),
    Command("jump-ahead", "Jump to what this rule may start", "View", lambda h: h.jump(ahead=True), keys="Ctrl+]",
        enabled=is_selected),
    Command("jump-back", "Jump to what may start this rule", "View", lambda h: h.jump(ahead=False), keys="Ctrl+[",
        enabled=is_selected),
    Command("show-preview", "Preview", "View", lambda h: h.show_page("preview"), keys="Alt+1", icon="eye",
        tip="What would happen if the selected rule fired"),
    Command("show-dry-run", "Dry run panel", "View", lambda h: h.show_page("dry_run"), keys="Alt+2"),
    Command("show-log", "Trigger log", "View", lambda h: h.show_page("log"), keys="Alt+3"),
    Command("show-jobs", "Jobs", "View", lambda h: h.show_page("jobs"), keys="Alt+4"),
    Command("show-gates", "Gates", "View", lambda h: h.show_page("gates"), keys="Alt+5"),
    Command("show-audit", "Audit trail", "View", lambda h: h.show_page("audit"), keys="Alt+6"),
    Command("show-engines", "Engines", "View", lambda h: h.show_page("engines"), keys="Alt+7"),
    Command("show-limits", "Limits and halts", "View", lambda h: h.show_page("limits"), keys="Alt+8", icon="gauge",
        tip="How much may start, and what waits for room"),
    Command("add-limit", "Add a limit…", "Run", lambda h: h.ask_limit(), icon="gauge",
        tip="At most so many starts, GPU-hours or failures in a time", enabled=is_open),
    Command("resume", "Resume…", "Run", lambda h: h.ask_resume(), icon="play",
        tip="Lift the first halt that stands; says what that starts and costs", enabled=lambda d: bool(d.halts)),
    Command("go-rules", "Go to the rules", "View", lambda h: h.focus(h.window.rules.tree), keys="F2"),
    Command("go-chart", "Go to the flowchart", "View", lambda h: h.focus(h.window.chart), keys="F3"),
    Command("go-form", "Go to the rule's form", "View", lambda h: h.window.inspector.focus_form(), keys="F4"),
    Command("calm", "Reduce motion", "View", lambda h: h.reduce_motion(),
        tip="Nothing on the flowchart moves by itself", checkable=True),
    Command("shortcuts", "Keyboard shortcuts", "Help", lambda h: h.show_shortcuts(), keys="F1",
        tip="Everything that keys do"),
)
# fmt: on


def in_context(part: Context) -> Iterator[Command]:
    """The commands of a part of the flowchart's menus."""
    return (command for command in COMMANDS if part in command.context)


def in_toolbar() -> list[Command]:
    """The commands of the toolbar, in their order."""
    return sorted((command for command in COMMANDS if command.toolbar), key=lambda command: command.toolbar)


def make_actions(parent: QWidget, handlers: Handlers) -> dict[str, QAction]:
    """An action for every command, by id."""
    return {command.id: _action(parent, command, handlers) for command in COMMANDS}


def enable(actions: Mapping[str, QAction], document: Document) -> None:
    """Enable what can be used now."""
    for command in COMMANDS:
        actions[command.id].setEnabled(command.enabled(document))


def _action(parent: QWidget, command: Command, handlers: Handlers) -> QAction:
    title, tip = tr(command.title), tr(command.tip)
    action = QAction(title, parent)
    action.setObjectName(command.id)
    action.setCheckable(command.checkable)
    keys = QKeySequence(command.keys)
    if command.keys:
        action.setShortcut(keys)
        contexts = Qt.ShortcutContext
        action.setShortcutContext(contexts.WidgetWithChildrenShortcut if command.local else contexts.WindowShortcut)
    shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(plain(f"{tip or title}{f' ({shown})' if shown else ''}"))
    action.setStatusTip(plain(tip))
    action.setProperty("icon_name", command.icon)
    action.triggered.connect(lambda _on=False: command.run(handlers))
    return action
