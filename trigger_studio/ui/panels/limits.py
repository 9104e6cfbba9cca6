"""The limits that stand, how much of each is used and what waits for room; beside the halts. Set and lifted here."""

from __future__ import annotations

from PySide6.QtWidgets import QDoubleSpinBox, QFormLayout, QWidget

from trigger_studio.model.counting import count
from trigger_studio.model.i18n import N_, tr
from trigger_studio.model.limit import Limit
from trigger_studio.services.limits import Standing
from trigger_studio.studio.activity import ActivityModel, Moved
from trigger_studio.studio.controllers.limits import LimitsController
from trigger_studio.studio.document import Change, Document, Part
from trigger_studio.studio.texts.halts import scope_title, title_of
from trigger_studio.studio.texts.limits import KINDS, in_words
from trigger_studio.ui.inspector.durations import UNITS, longest_unit, seconds_of
from trigger_studio.ui.inspector.values import NumberBox, whole
from trigger_studio.ui.widgets.bar import Bar
from trigger_studio.ui.widgets.dialogs import Question
from trigger_studio.ui.widgets.kit import Button, Pick, column, label, on_surface, row, wide
from trigger_studio.ui.widgets.table import Column, Table
from trigger_studio.ui.widgets.theme import Space


class LimitsPanel(QWidget):
    """A table of the limits with what is used of each, to set and to lift them."""

    def __init__(self, document: Document, activity: ActivityModel, limits: LimitsController) -> None:
        super().__init__()
        self._document, self._activity, self._limits = document, activity, limits
        self.table = Table(
            [
                Column(self.tr("State"), _state, 110, state=True),
                Column(self.tr("For"), lambda s: scope_title(document, s.limit.scope, s.limit.target), 150),
                Column(self.tr("At most"), lambda s: in_words(s.limit)),
                Column(self.tr("Used now"), self._used, 120),
                Column(self.tr("Waiting for room"), _held, 120, room=640),
            ],
            name=self.tr("Limits"),
            key=lambda s: (s.limit.scope, s.limit.target, s.limit.kind),
            follows=False,
        )
        self._hint = label(
            self.tr("No limit stands. What goes over a limit is held, and goes on by itself."), "muted", wrap=True
        )
        self.halts = label("", "muted", wrap=True)
        self.add = Button(self.tr("Add a limit…"), icon="plus")
        self.change = Button(self.tr("Change…"), icon="pencil")
        self.remove = Button(self.tr("Lift it"), icon="trash", tip=self.tr("What only this limit held goes on"))
        self.add.clicked.connect(lambda: LimitQuestion(self.window(), document, limits).open())
        self.change.clicked.connect(self._change)
        self.remove.clicked.connect(self._remove)
        buttons = Bar(row(wide(self.halts)), row(self.add, self.change, self.remove, 1))
        self.setLayout(column(self._hint, self.table, buttons, margin=Space.S))
        self.table.chosen.connect(self._chosen)
        self._chosen(None)
        self._tell_halts()
        on_surface(self)
        activity.follow(self._moved)
        document.watch(self._changed)

    def _moved(self, moved: Moved) -> None:
        if moved.limits:
            self.table.put(self._activity.limits)
            self._hint.setVisible(not self._activity.limits)
            self._chosen(self.table.selected())

    def _changed(self, change: Change) -> None:
        if Part.HALTS in change.parts:
            self._tell_halts()

    def _tell_halts(self) -> None:
        halts = self._document.halts
        names = [scope_title(self._document, halt.scope, halt.target) for halt in halts]
        said = self.tr("Halted now: {0}").format(", ".join(names))
        self.halts.setText(said if halts else self.tr("Nothing is halted."))

    def _used(self, standing: Standing) -> str:
        if standing.worst is not None:
            rule, number = standing.worst
            return f"{title_of(self._document, rule)}: {number}"
        if standing.used is None:
            return self.tr("none failed")
        return self.tr("{0} of {1}").format(f"{standing.used:g}", f"{standing.limit.amount:g}")

    def _chosen(self, standing: object) -> None:
        for button in (self.change, self.remove):
            button.setEnabled(standing is not None)

    def _change(self) -> None:
        standing = self.table.selected()
        if standing is not None:
            LimitQuestion(self.window(), self._document, self._limits, standing.limit).open()

    def _remove(self) -> None:
        standing = self.table.selected()
        if standing is not None:
            self._limits.remove(standing.limit)


def _state(standing: Standing) -> str:
    full = standing.used is not None and standing.used >= standing.limit.amount
    return N_("full") if full or standing.held else N_("open")


def _held(standing: Standing) -> str:
    return count(standing.held, "firing") if standing.held else ""


class LimitQuestion(Question):
    """Set a limit: for everything, a project or a rule; or change one."""

    def __init__(
        self, parent: QWidget, document: Document, limits: LimitsController, limit: Limit | None = None
    ) -> None:
        title = parent.tr("Add a limit") if limit is None else parent.tr("Change the limit")
        said = parent.tr(
            "Starts that would go over it are held and go on by themselves, oldest first. A rule that fails too often "
            "is paused until somebody resumes it. It counts for everyone who shares this pipeline."
        )
        super().__init__(parent, title, said, Button(parent.tr("Set the limit"), role="primary", icon="check"))
        self._limits = limits
        self._old = limit
        given = limit or Limit("all", "", "firings", 60, 60)
        self.scope = Pick(_targets(document), (given.scope, given.target), name=self.tr("For"))
        self.kind = Pick([(key, tr(words)) for key, words in KINDS.items()], given.kind, name=self.tr("What"))
        self.amount: QDoubleSpinBox = NumberBox()
        self.amount.setRange(0, 1_000_000)
        self.amount.setDecimals(2)
        self.amount.setAccessibleName(self.tr("At most"))
        self.amount.setValue(given.amount)
        number, unit = longest_unit(given.window_s)
        self.time = whole(number, lambda _value: None, 1, 100_000)
        self.time.setAccessibleName(self.tr("How many"))
        self.unit = Pick([(key, tr(words)) for key, words in UNITS.items()], unit, name=self.tr("Unit"))
        form = QFormLayout()
        form.addRow(self.tr("For"), self.scope)
        form.addRow(self.tr("What"), self.kind)
        form.addRow(self.tr("At most"), self.amount)
        within = QWidget()
        within.setLayout(row(wide(self.time), wide(self.unit)))
        form.addRow(self.tr("Within any"), within)
        self.inside.addLayout(form)
        self.kind.currentIndexChanged.connect(self._show_least)
        self._show_least()
        self.accepted.connect(self._set)

    def _show_least(self) -> None:
        """None may fail is no limit; the others may be nothing at all."""
        self.amount.setMinimum(1 if self.kind.value == "failures" else 0)

    def _set(self) -> None:
        scope, target = self.scope.value
        window_s = seconds_of(self.time.value(), self.unit.value)
        self._limits.put(Limit(scope, target, self.kind.value, self.amount.value(), window_s), self._old)


def _targets(document: Document) -> list[tuple[tuple[str, str], str]]:
    """Everything, each project, each published rule."""
    projects = [entity.id for entity in document.entities if entity.kind == "project"]
    rules = [rule_id for rule_id in document.ids() if document.standing(rule_id) is not None]
    places = [("all", ""), *(("project", id) for id in projects), *(("rule", id) for id in rules)]
    return [(place, scope_title(document, *place)) for place in places]
