"""Whose events count, and how many there must be: two small editors that the form and the sentence share."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from trigger_studio.studio.form.entity_stats import Census
from trigger_studio.ui.inspector.values import Changed, Chips, line, whole
from trigger_studio.ui.widgets.kit import Pick, column, row, wide
from trigger_studio.ui.widgets.theme import Space

MOST_MEMBERS = 1_000_000
NUMBER_PX = 80
COUNT_ATTRIBUTE = "scene_count"


class ScopeEditor(QWidget):
    """Of anyone, of any character, or of some characters by name."""

    def __init__(self, census: Census, scope: Any, changed: Changed) -> None:
        super().__init__()
        characters = scope.get("characters") if isinstance(scope, dict) else None
        kind = "these" if isinstance(characters, list) else "all" if characters == "all" else "project"
        self._changed = changed
        self.choice = Pick(
            [
                ("project", self.tr("of anyone, or of no character at all")),
                ("all", self.tr("of any character")),
                ("these", self.tr("of these characters only:")),
            ],
            kind,
            name=self.tr("Whose events count"),
        )
        self.cast = self._cast(census, characters if isinstance(characters, list) else [])
        self.cast.setVisible(kind == "these")
        self.choice.currentIndexChanged.connect(lambda _i: self._told())
        self.setLayout(column(wide(self.choice), self.cast, gap=Space.S))
        self.setFocusProxy(self.choice)

    def _cast(self, census: Census, chosen: list[str]) -> Chips:
        known = {choice.value: choice.line for choice in census.entities("character")}
        everyone = {**known, **{name: self.tr("{0} (unknown)").format(name) for name in chosen if name not in known}}
        cast = Chips(list(everyone), chosen, lambda _given: self._told(), list(everyone.values()), a_row=1)
        cast.setAccessibleName(self.tr("Characters"))
        return cast

    def _told(self) -> None:
        kind = self.choice.value
        self.cast.setVisible(kind == "these")
        if kind == "these" and not self.cast.chosen() and self.cast.boxes and not self.cast.touched:
            self.cast.tick_first()
        given = {"all": {"characters": "all"}, "these": {"characters": self.cast.chosen()}}
        self._changed(given.get(kind, {"project": True}))


class Least(QWidget):
    """How many there must be: a number, or an attribute of the parent that holds it."""

    def __init__(self, value: Any, changed: Changed) -> None:
        super().__init__()
        least = 1 if value is None else value
        named = isinstance(least, str)
        self._changed = changed
        self.how = Pick(
            [(False, self.tr("at least")), (True, self.tr("as many as its"))],
            named,
            name=self.tr("How their number is given"),
        )
        self.number = whole(1 if named else least, lambda _v: self._told(), 1, MOST_MEMBERS)
        self.number.setAccessibleName(self.tr("How many there must be"))
        self.attribute: QLineEdit = line(least if named else COUNT_ATTRIBUTE, lambda _v: self._told())
        self.attribute.setAccessibleName(self.tr("The attribute that holds their number"))
        self._show()
        self.how.currentIndexChanged.connect(lambda _i: self._told())
        self.number.setMaximumWidth(NUMBER_PX)
        self.setLayout(row(wide(self.how), wide(self.number), wide(self.attribute)))
        self.setFocusProxy(self.attribute if named else self.number)

    def _show(self) -> None:
        self.number.setVisible(not self.how.value)
        self.attribute.setVisible(bool(self.how.value))

    def _told(self) -> None:
        self._show()
        self._changed(self.attribute.text() if self.how.value else self.number.value())
