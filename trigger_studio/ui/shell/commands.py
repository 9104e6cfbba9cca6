"""Every command of the window as data: what it is called, its keys, its icon. One table for toolbar, menu and keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from trigger_studio.frozen import frozen
from trigger_studio.model.i18n import tr
from trigger_studio.ui.widgets.plain import plain


@frozen
class Command:
    """A command. `menu`: where it stands in the menu bar; `words`: written beside its icon in the toolbar.

    `local`: its keys count only where rules and steps are selected, so that they mean what they always do elsewhere.
    """

    id: str
    title: str
    menu: str
    keys: str = ""
    icon: str = ""
    tip: str = ""
    checkable: bool = False
    words: bool = True
    local: bool = False


COMMANDS = (
    Command("import", "Import rules…", "File", "Ctrl+O", "form", "Bring rules in from a file"),
    Command("gallery", "New from the gallery…", "File", "Ctrl+Shift+N", "gallery", "Begin with a rule that others use"),
    Command("new", "New rule…", "File", "Ctrl+N", "plus", "Begin a rule as a private draft"),
    Command("export", "Export the chart…", "File", "Ctrl+Shift+E", "graph", "The selection or all, as picture or text"),
    Command("quit", "Quit", "File", "Ctrl+Q"),
    Command("undo", "Undo", "Edit", "Ctrl+Z", "undo", words=False),
    Command("redo", "Redo", "Edit", "Ctrl+Shift+Z", "redo", words=False),
    Command("cut", "Cut", "Edit", "Ctrl+X", local=True),
    Command("copy", "Copy", "Edit", "Ctrl+C", tip="Copy steps or rules, also for other windows", local=True),
    Command("paste", "Paste", "Edit", "Ctrl+V", tip="Paste steps after the selected one, or rules", local=True),
    Command("duplicate", "Duplicate", "Edit", "Ctrl+D", tip="Copy the selected steps or rules beside them", local=True),
    Command("remove", "Delete", "Edit", "Del", "trash", "Take the selected steps or rules out", local=True),
    Command("insert-step", "Insert a step…", "Edit", "Ins", "plus", "Put a step after the selected one", local=True),
    Command("step-earlier", "Move the step earlier", "Edit", "Alt+Left", local=True),
    Command("step-later", "Move the step later", "Edit", "Alt+Right", local=True),
    Command("wrap-parallel", "Put into a parallel group", "Edit", "", "parallel", local=True),
    Command("wrap-sequence", "Put into a sequence", "Edit", "", "sequence", local=True),
    Command("wrap-branch", "Put into a branch", "Edit", "", "branch", local=True),
    Command("unwrap", "Take the group apart", "Edit", local=True),
    Command("follow", "New rule that follows", "Edit", "Ctrl+Shift+F", "emits", local=True),
    Command(
        "link",
        "Let another rule follow…",
        "Edit",
        "Ctrl+Shift+K",
        "",
        "Another rule starts after this step",
        local=True,
    ),
    Command("follow-failure", "New rule for when it fails", "Edit", local=True),
    Command("tidy", "Tidy up the rule", "Edit", "Ctrl+L", "", "Put the rule's cards back where the layout wants them"),
    Command(
        "tidy-all", "Tidy up everything", "Edit", "Ctrl+Shift+L", "", "Put every card back where the layout wants it"
    ),
    Command(
        "palette", "Find anything…", "Edit", "Ctrl+K", "search", "Rules by name, effect or entity, and every command"
    ),
    Command("search", "Search rules", "Edit", "Ctrl+F", "search"),
    Command("save", "Save draft", "Rule", "Ctrl+S", "save"),
    Command("publish", "Publish", "Rule", "Ctrl+Return", "publish", "Make the draft the rule that engines follow"),
    Command("discard", "Discard draft", "Rule"),
    Command(
        "approve", "Approve", "Rule", "Ctrl+Shift+A", "check", "Let the rule start costly jobs, as it is published"
    ),
    Command("enable", "Switch on or off", "Rule", "Ctrl+E", "off"),
    Command("delete", "Delete rule", "Rule", "Ctrl+Shift+Delete", "trash"),
    Command("dry-run", "Dry run", "Run", "Ctrl+T", "flask", "See what an event would start; changes nothing"),
    Command("replay", "Replay the chain", "Run", "Ctrl+Shift+R", "replay", "Show a chain as it went, step by step"),
    Command("raise", "Run for real…", "Run", "Ctrl+R", "bolt", "Raise an event; asks first, and says what it starts"),
    Command("engine", "Engine", "Run", "F5", "play", "Switch the engine in this window on or off", checkable=True),
    Command("halt", "EMERGENCY HALT", "Run", "Ctrl+Shift+H", "halt", "Stop every rule everywhere"),
    Command("halt-rule", "Halt the rule…", "Run", "", "halt", "Stop the selected rule; the others go on"),
    Command(
        "halt-project", "Halt the rule's project…", "Run", "", "halt", "Stop every rule in the selected rule's project"
    ),
    Command("fit", "Show everything", "View", "Ctrl+0", "fit", words=False),
    Command("zoom-in", "Nearer", "View", "Ctrl++"),
    Command("zoom-out", "Further away", "View", "Ctrl+-"),
    Command("group-none", "Not grouped", "View", "Ctrl+Alt+0", "", "Rules stand where their chains put them"),
    Command("group-project", "Group by project", "View", "Ctrl+Alt+1", "", "A region for each project"),
    Command("group-character", "Group by character", "View", "Ctrl+Alt+2", "", "A region for each character"),
    Command("fold", "Fold the rule into one card, or unfold it", "View", "Ctrl+.", "", "Only how you see it"),
    Command("fold-all", "Fold every rule", "View", "Ctrl+Shift+,"),
    Command("unfold-all", "Unfold every rule", "View", "Ctrl+Shift+."),
    Command("jump-ahead", "Jump to what this rule may start", "View", "Ctrl+]"),
    Command("jump-back", "Jump to what may start this rule", "View", "Ctrl+["),
    Command("show-preview", "Preview", "View", "Alt+1", "eye", "What would happen if the selected rule fired"),
    Command("show-dry-run", "Dry run panel", "View", "Alt+2"),
    Command("show-log", "Trigger log", "View", "Alt+3"),
    Command("show-jobs", "Jobs", "View", "Alt+4"),
    Command("show-gates", "Gates", "View", "Alt+5"),
    Command("show-audit", "Audit trail", "View", "Alt+6"),
    Command("show-engines", "Engines", "View", "Alt+7"),
    Command("show-limits", "Limits and halts", "View", "Alt+8", "gauge", "How much may start, and what waits for room"),
    Command("add-limit", "Add a limit…", "Run", "", "gauge", "At most so many starts, GPU-hours or failures in a time"),
    Command("resume", "Resume…", "Run", "", "play", "Lift the first halt that stands; says what that starts and costs"),
    Command("go-rules", "Go to the rules", "View", "F2"),
    Command("go-chart", "Go to the flowchart", "View", "F3"),
    Command("go-form", "Go to the rule's form", "View", "F4"),
    Command("calm", "Reduce motion", "View", "", "", "Nothing on the flowchart moves by itself", checkable=True),
    Command("shortcuts", "Keyboard shortcuts", "Help", "F1", "", "Everything that keys do"),
)


def make_actions(parent: QWidget, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """An action for every command, by id, each calling its handler."""
    actions = {}
    for command in COMMANDS:
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
        action.triggered.connect(lambda _on=False, run=handlers[command.id]: run())
        actions[command.id] = action
    return actions
