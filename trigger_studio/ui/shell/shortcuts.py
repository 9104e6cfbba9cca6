"""Help ▸ Keyboard shortcuts: everything that keys do, found by typing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from trigger_studio.model.i18n import N_, tr
from trigger_studio.ui.shell.commands import COMMANDS
from trigger_studio.ui.widgets.kit import Button, column, label, row
from trigger_studio.ui.widgets.theme import Space

SIZE_PX = (640, 620)
PLACES = {
    N_("On the flowchart"): (
        ("Left", "Right", N_("Along the lines, to the step before or after")),
        ("Up", "Down", N_("To the next card above or below")),
        ("PgUp", "PgDown", N_("To the rule before or after")),
        ("Home", "", N_("To the first card")),
        ("Return", "", N_("Open the step in the form; unfold a folded rule")),
        ("Shift+Left", "Shift+Right", N_("Select the next card as well")),
        ("Ctrl+Space", "", N_("Take the card into the selection, or out of it")),
        ("Ctrl+A", "", N_("Select everything")),
        ("Esc", "", N_("Select nothing; give up a drag")),
        ("Alt+Shift+Left", "Alt+Shift+Right", N_("Move the selected cards; also up and down")),
        ("Ctrl+Left", "Ctrl+Right", N_("Move the view; also up and down")),
        ("+", "-", N_("Nearer, and further away")),
        ("0", "F", N_("Life size, and everything in view")),
        ("Shift+F10", "", N_("The menu of what is selected")),
    ),
    N_("In the list of rules"): (
        ("Alt+Up", "Alt+Down", N_("Let the rule start before or after its neighbour")),
        ("Shift+F10", "", N_("The menu of what is selected")),
    ),
    N_("In the form"): (("Alt+Up", "Alt+Down", N_("Move the condition or the action")),),
    N_("In the palette"): (("Return", "", N_("Put the thing after the selected step, or begin a rule")),),
}
"""What keys do where no menu says it: two keys, and what they do."""


class Shortcuts(QDialog):
    """A dialog that lists the keys and what each does. Commands show the keys that they have now."""

    def __init__(self, parent: QWidget, actions: Mapping[str, QAction]) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE_PX)
        self.line = QLineEdit(placeholderText=self.tr("What do you want to do?"), clearButtonEnabled=True)
        self.line.setAccessibleName(self.tr("Search shortcuts"))
        self.list = QTreeWidget(columnCount=2)
        self.list.setHeaderLabels([self.tr("What"), self.tr("Keys")])
        self.list.setAccessibleName(self.tr("Keyboard shortcuts"))
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        for menu in dict.fromkeys(command.menu for command in COMMANDS):
            ours = [actions[command.id] for command in COMMANDS if command.menu == menu and command.keys]
            self._add(tr(menu), ((_plain(action), shown(action.shortcut())) for action in ours))
        for place, keys in PLACES.items():
            self._add(tr(place), ((tr(does), _pair(one, other)) for one, other, does in keys))
        self.list.expandAll()
        close = Button(self.tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        title = label(self.tr("Keyboard shortcuts"), "heading")
        self.setLayout(column(title, self.line, self.list, row(1, close), gap=Space.M, margin=Space.L))
        self.line.textChanged.connect(self._filter)
        self.line.setFocus()

    def _add(self, heading: str, lines: Iterable[tuple[str, str]]) -> None:
        group = QTreeWidgetItem([heading])
        group.setFirstColumnSpanned(True)
        self.list.addTopLevelItem(group)
        for does, keys in lines:
            item = QTreeWidgetItem([does, keys])
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{does}: {keys}")
            group.addChild(item)

    def _filter(self, text: str) -> None:
        sought = text.lower().split()
        for place in range(self.list.topLevelItemCount()):
            group = self.list.topLevelItem(place)
            if group is None:
                continue
            seen = 0
            for inner in range(group.childCount()):
                item = group.child(inner)
                told = f"{item.text(0)} {item.text(1)}".lower()
                item.setHidden(not all(word in told for word in sought))
                seen += not item.isHidden()
            group.setHidden(not seen)


def shown(keys: QKeySequence) -> str:
    """Keys as they are called on this system, in this language."""
    return keys.toString(QKeySequence.SequenceFormat.NativeText)


def _pair(one: str, other: str) -> str:
    return ", ".join(shown(QKeySequence(keys)) for keys in (one, other) if keys)


def _plain(action: QAction) -> str:
    """What the command is called, whatever undo would take back now."""
    known = next(command for command in COMMANDS if command.id == action.objectName())
    return tr(known.title).rstrip("…")
