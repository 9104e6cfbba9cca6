"""Conditions as nested boxes: all, any or none of what is inside."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from trigger_studio.analysis import words
from trigger_studio.model.compare import operators
from trigger_studio.model.profile import Attribute
from trigger_studio.model.rule import GROUPS, OPERATORS
from trigger_studio.ui.form.form import Form
from trigger_studio.ui.form.values import fresh_value, operator_words, value_editor
from trigger_studio.ui.kit import Button, IconButton, Pick, card, column, label, row, wide
from trigger_studio.ui.paths import Path, text_of, value_at, with_item, with_value, without_item
from trigger_studio.ui.theme import Space

GROUP_WORDS = {"all": "All of these hold", "any": "Any of these holds", "none": "None of these holds"}
DEEPEST = 3
ANYTHING = Attribute(type="text")


class TestBox(QWidget):
    """A condition, a box of conditions, or the offer to make one. `path`: where in the rule the test is.

    Args:
        empty: what it means that there is no condition.
    """

    __test__ = False  # no test of ours, whatever its name

    def __init__(self, form: Form, path: Path, *, empty: str, needed: bool = False) -> None:
        super().__init__()
        self._form, self._path = form, path
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.S)
        test = form.at(path)
        if test is None:
            add = Button(self.tr("Add a condition"), icon="plus")
            add.clicked.connect(self._begin)
            layout.addLayout(row(label(empty, "muted", wrap=True), 1, add))
            form.field(path, add)
            layout.addWidget(form.note(path))
        elif _is_group(test):
            layout.addWidget(group_box(form, path, 1, removable=not needed))
        else:
            layout.addWidget(condition_row(form, path, removable=not needed))
            more = Button(self.tr("Add a condition"), icon="plus")
            more.clicked.connect(self._second)
            layout.addLayout(row(more, 1))

    def _begin(self) -> None:
        form = self._form
        form.reshape(with_value(form.content, self._path, fresh_condition(form)), "add a condition")

    def _second(self) -> None:
        form = self._form
        group = {"all": [form.at(self._path), fresh_condition(form)]}
        form.reshape(with_value(form.content, self._path, group), "add a condition")


def fresh_condition(form: Form) -> dict[str, Any]:
    """A condition to begin with: the first attribute of the profile."""
    name, attribute = next(iter(form.profile.attributes.items()), ("job_type", ANYTHING))
    op = "ge" if attribute.type == "ordered" else "eq"
    return {"field": name, "op": op, "value": fresh_value(attribute, op)}


def _is_group(test: Any) -> bool:
    return isinstance(test, dict) and any(name in test for name in GROUPS)


def group_box(form: Form, path: Path, depth: int, *, removable: bool = True) -> QFrame:
    """A box with its conditions and boxes."""
    test = form.at(path)
    kind = next(name for name in GROUPS if name in test)
    inner = (*path, kind)
    choice = Pick(GROUP_WORDS.items(), kind)
    choice.currentIndexChanged.connect(
        lambda _index: form.reshape(
            with_value(form.content, path, {choice.value: form.at(inner)}), f"ask for {choice.value} of the conditions"
        )
    )
    form.field(path, choice, "How the conditions combine")
    head = row(wide(choice))
    if removable:
        head.addWidget(_remove(form, path, "Remove this box"))
    body = column(head, gap=Space.S, margin=Space.M)
    for place in range(len(test[kind])):
        item = (*inner, place)
        body.addWidget(group_box(form, item, depth + 1) if _is_group(form.at(item)) else condition_row(form, item))
    body.addWidget(form.note(path))
    body.addLayout(_adders(form, inner, len(test[kind]), depth))
    return card(body)


def _adders(form: Form, inner: Path, count: int, depth: int) -> Any:
    one = Button("Condition", icon="plus")
    one.clicked.connect(
        lambda: form.reshape(with_item(form.content, (*inner, count), fresh_condition(form)), "add a condition")
    )
    adders = row(one)
    if depth < DEEPEST:
        more = Button("Box", icon="plus", tip="A box of conditions inside this one")
        more.clicked.connect(
            lambda: form.reshape(
                with_item(form.content, (*inner, count), {"any": [fresh_condition(form)]}), "add a box of conditions"
            )
        )
        adders.addWidget(more)
    adders.addStretch(1)
    return adders


def _remove(form: Form, path: Path, tip: str) -> IconButton:
    button = IconButton("cross", tip)
    button.clicked.connect(lambda: form.reshape(removed(form.content, path), "remove a condition"))
    return button


def removed(content: Any, path: Path) -> Any:
    """The document without the test there; a box that would be left empty goes with it."""
    if isinstance(path[-1], int):
        group = path[:-2]
        rest = without_item(content, path)
        left = value_at(rest, path[:-1])
        return rest if left else removed(content, group)
    return with_value(content, path, None)


def condition_row(form: Form, path: Path, *, removable: bool = True) -> QWidget:
    """One condition: which attribute, how compared, with what."""
    test = form.at(path)
    name, op = str(test.get("field") or ""), str(test.get("op") or "eq")
    attribute = form.profile.fields.get(name, ANYTHING)
    known = operators(attribute) if name in form.profile.fields else OPERATORS
    field = Pick([(item, words.title(words.plain(item))) for item in form.profile.fields], name)
    compare = Pick([(item, operator_words(attribute, item)) for item in known], op)
    what = words.plain(name)

    def refield(_index: int) -> None:
        taken = form.profile.fields[field.value]
        kept = op if op in operators(taken) else "eq"
        fresh = {"field": field.value, "op": kept, "value": fresh_value(taken, kept, test.get("value"))}
        form.reshape(with_value(form.content, path, _tidy(fresh)), f"compare {words.plain(field.value)}")

    def recompare(_index: int) -> None:
        fresh = {**test, "op": compare.value, "value": fresh_value(attribute, compare.value, form.at((*path, "value")))}
        form.reshape(with_value(form.content, path, _tidy(fresh)), f"change how {what} is compared")

    field.currentIndexChanged.connect(refield)
    compare.currentIndexChanged.connect(recompare)
    value = value_editor(attribute, op, test.get("value"), lambda given: form.put((*path, "value"), given, what))
    form.field((*path, "field"), field, "Attribute")
    form.field((*path, "op"), compare, f"How {what} is compared")
    form.field((*path, "value"), value, f"What {what} is compared with")
    head = row(wide(field), wide(compare), form.slot(path))
    if removable:
        head.addWidget(_remove(form, path, f"Remove the condition on {what}"))
    whole = QWidget()
    whole.setProperty("path", text_of(path))
    body = column(head, gap=Space.XS)
    if op not in ("is_set", "is_not_set"):
        body.addWidget(value)
    body.addWidget(form.note(path))
    whole.setLayout(body)
    return whole


def _tidy(condition: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in condition.items() if value is not None}
