"""Where things are selected: on the chart, or in the list of rules while that has the keys."""

from __future__ import annotations

from trigger_studio.ui.panels.rules import RulesPanel
from trigger_studio.ui.shell.chart_view import ChartView
from trigger_studio.ui.shell.editor import Selection


class Selecting:
    """Answers what is selected, by where the keys go."""

    def __init__(self, chart: ChartView, rules: RulesPanel) -> None:
        self._chart, self._rules = chart, rules

    def selection(self) -> Selection:
        """What is selected now."""
        tree = self._rules.tree
        if tree.window().focusWidget() is tree and tree.selected_ids():
            return Selection(rules=tuple(tree.selected_ids()))
        return self._chart.selection()

    def reveal(self, rule_id: str, node: str) -> None:
        """Show what was just made or changed, and select it."""
        self._chart.reveal(rule_id, node)
