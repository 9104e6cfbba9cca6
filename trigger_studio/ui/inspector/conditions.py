"""Conditions as nested boxes: all, any or none of what is inside."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QBoxLayout, QFrame, QMenu, QToolButton, QVBoxLayout, QWidget

from trigger_studio.analysis.conditions.missing import ALWAYS_CLEAR, tolerated
from trigger_studio.analysis.wording import words
from trigger_studio.model.i18n import tr
from trigger_studio.model.rule import GROUPS
from trigger_studio.studio.form import grouping
from trigger_studio.studio.form.picks import (
    ANYTHING,
    GROUP_WORDS,
    MISSING_WORDS,
    begun,
    field_choices,
    operator_choices,
    put_condition,
    put_missing,
    with_field,
    with_group,
    with_operator,
)
from trigger_studio.studio.paths import Content, Path, text_of, with_item, with_value
from trigger_studio.ui.inspector.form import Form
from trigger_studio.ui.inspector.inplace import put_number, put_value
from trigger_studio.ui.inspector.moving import Grip
from trigger_studio.ui.inspector.sections import Section
from trigger_studio.ui.inspector.values import Counted, NumberBox, Several, Suggested, value_editor
from trigger_studio.ui.widgets.kit import Button, IconButton, Pick, card, column, label, row, wide
from trigger_studio.ui.widgets.theme import Space

INDENT_PX = 20
"""What stands below a condition's first line begins where its attribute does."""
SMALL = (Counted, Pick, NumberBox, Suggested, Several)
"""Editors that have room beside the operator."""


class TestBox(QWidget):
    """A box of conditions, or the offer to make one. `path`: where in the rule the test is.

    Args:
        empty: what it means that there is no condition.
        needed: whether there must be one.
    """

    __test__ = False  # no test of ours, whatever its name

    def __init__(self, form: Form, path: Path, *, empty: str, needed: bool = False) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.S)
        layout.addWidget(Section(form, lambda: _box_shape(form, path), lambda: self._made(form, path, empty, needed)))

    def _made(self, form: Form, path: Path, empty: str, needed: bool) -> QWidget:
        if form.at(path) is not None:
            return _box(form, path, 1, removable=not needed)
        add = Button(self.tr("Add a condition"), icon="plus")
        add.clicked.connect(
            lambda: form.reshape(
                with_value(form.content, path, {"all": [begun(form.profile)]}), "", text_of((*path, "all", 0, "field"))
            )
        )
        form.field(path, add)
        offer = QWidget()
        offer.setLayout(column(label(empty, "muted", wrap=True), row(add, 1), form.note(path)))
        return offer


def _box(form: Form, path: Path, depth: int, *, removable: bool = True) -> QFrame:
    """A box with its conditions and boxes. A condition that stands alone is shown as a box of one."""
    test = form.at(path)
    alone = not grouping.is_box(test)
    kind = "all" if alone else next(name for name in GROUPS if name in test)
    items = [path] if alone else [(*path, kind, place) for place in range(len(test[kind] or ()))]
    choice = Pick([(name, words.title(tr(said))) for name, said in GROUP_WORDS.items()], kind)
    choice.currentIndexChanged.connect(lambda _i: form.reshape(with_group(form.content, path, choice.value), ""))
    choice.setAccessibleName(choice.tr("How the conditions combine"))
    head = row(gap=Space.XS)
    if not alone and isinstance(path[-1], int):
        head.addWidget(Grip(form, path))
    head.addWidget(wide(choice))
    if not alone:
        form.field(path, choice)
        head.addWidget(_more(form, path, depth - 1, choice.tr("this box")))
        if removable:
            head.addWidget(_remove(form, path, choice.tr("Remove this box")))
    body = column(head, gap=Space.M, margin=Space.S)
    for item in items:
        body.addWidget(_item(form, item, depth, alone=alone, removable=removable))
    if not alone:
        body.addWidget(form.note(path))
    body.addLayout(_adders(form, path, alone, len(items), depth))
    return card(body, "box")


def _item(form: Form, path: Path, depth: int, *, alone: bool, removable: bool) -> QWidget:
    """What is in a box: a box, or a condition, each drawn anew by itself."""

    def is_box() -> bool:
        return not alone and grouping.is_box(form.at(path))

    def made() -> QWidget:
        if is_box():
            return _box(form, path, depth + 1)
        return condition_row(form, path, depth, removable=removable or not alone)

    def shape() -> object:
        return _box_shape(form, path) if is_box() else _row_shape(form, path), _can(form, path, depth)

    section = Section(form, shape, made)
    section.setProperty("path", text_of(path))
    return section


def _box_shape(form: Form, path: Path) -> object:
    """What decides which widgets a box has."""
    test = form.at(path)
    if not grouping.is_box(test):
        return test is None
    kind = next(name for name in GROUPS if name in test)
    return kind, len(test[kind] or ())


def _row_shape(form: Form, path: Path) -> object:
    """What decides which widgets a condition has."""
    pair = tolerated(form.at(path))
    test = pair or form.at(path) or {}
    return pair is not None, str(test.get("field")), str(test.get("op"))


def _can(form: Form, path: Path, depth: int) -> object:
    """What else can be done with a condition or box."""
    return (
        [said for said, _done in _changes(form, path, depth)],
        grouping.can_move(form.content, path, -1),
        (grouping.can_move(form.content, path, 1)),
    )


def _changes(form: Form, path: Path, depth: int) -> list[tuple[str, Callable[[], tuple[Content, Path] | None]]]:
    """Other forms that a condition or box can be given, each worked out when it is asked for."""
    offers: tuple[tuple[str, Callable[[], tuple[Content, Path] | None]], ...] = (
        (form.tr("Turn into a group"), lambda: grouping.grouped(form.content, path, depth)),
        (form.tr("Ungroup"), lambda: grouping.ungrouped(form.content, path)),
    )
    return [(said, change) for said, change in offers if change() is not None]


def _adders(form: Form, path: Path, alone: bool, count: int, depth: int) -> QBoxLayout:
    def add(made: Callable[[], object]) -> None:
        content = with_group(form.content, path, "all") if alone else form.content
        kind = next(name for name in GROUPS if name in form.at(path)) if not alone else "all"
        place = (*path, kind, count)
        form.reshape(with_item(content, place, made()), "", text_of((*place, "field")))

    one = Button(form.tr("Condition"), icon="plus", tip=form.tr("Add a condition to this box"))
    one.clicked.connect(lambda: add(lambda: begun(form.profile)))
    adders = row(one)
    if depth < grouping.DEEPEST:
        more = Button(form.tr("Box"), icon="plus", tip=form.tr("Add a box of conditions inside this one"))
        more.clicked.connect(lambda: add(lambda: {"any": [begun(form.profile)]}))
        adders.addWidget(more)
    adders.addStretch(1)
    return adders


def _remove(form: Form, path: Path, tip: str) -> IconButton:
    button = IconButton("cross", tip)
    button.clicked.connect(lambda: form.reshape(grouping.removed(form.content, path), ""))
    return button


def _more(form: Form, path: Path, depth: int, what: str) -> QToolButton:
    """What else can be done with a condition or a box; `depth` is that of the box around it."""
    button = IconButton("", form.tr("More for {0}").format(what))
    button.setText("⋯")
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    for said, change in _changes(form, path, depth):
        menu.addAction(said).triggered.connect(lambda _on=False, change=change: _apply(form, change()))
    for said, by in ((form.tr("Move up (Alt+Up)"), -1), (form.tr("Move down (Alt+Down)"), 1)):
        if grouping.can_move(form.content, path, by):
            menu.addAction(said).triggered.connect(lambda _on=False, by=by: form.move(path, by))
    button.setMenu(menu)
    button.setVisible(not menu.isEmpty())
    return button


def _apply(form: Form, changed: tuple[Content, Path] | None) -> None:
    if changed is not None:
        content, there = changed
        form.reshape(content, "", text_of(there))


def condition_row(form: Form, path: Path, depth: int = 1, *, removable: bool = True) -> QWidget:
    """One condition: which attribute, how compared, with what, and what holds when it is not known."""
    pair = tolerated(form.at(path))
    inner = path if pair is None else (*path, "any", 0)
    test = pair or form.at(path) or {}
    name, op = str(test.get("field") or ""), str(test.get("op") or "eq")
    what = words.plain(name) if name else form.tr("something")
    field = Counted(field_choices(form.profile), name or None)
    field.currentIndexChanged.connect(
        lambda _i: form.reshape(
            put_condition(form.content, inner, with_field(form.at(inner), field.value, form.profile)), ""
        )
    )
    form.field((*inner, "field"), field, form.tr("What is asked about"))
    head = row(Grip(form, path), wide(field), form.slot(path), _more(form, path, depth, what), gap=Space.XS)
    if removable:
        head.addWidget(_remove(form, path, form.tr("Remove the condition on {0}").format(what)))
    rest = _comparison(form, inner, name, op, what)
    if op not in ALWAYS_CLEAR:
        rest.addLayout(_missing(form, path, what, pair is not None))
    rest.addWidget(form.note(path))
    rest.setContentsMargins(INDENT_PX, 0, 0, 0)
    whole = QWidget()
    whole.setLayout(column(head, rest, gap=Space.XS))
    return whole


def _comparison(form: Form, inner: Path, name: str, op: str, what: str) -> QVBoxLayout:
    """How it is compared, and with what."""
    attribute = form.profile.fields.get(name, ANYTHING)
    compare = Counted(operator_choices(form.profile, name), op, capital=False)
    compare.currentIndexChanged.connect(
        lambda _i: form.reshape(
            put_condition(form.content, inner, with_operator(form.at(inner), compare.value, form.profile)), ""
        )
    )
    form.field((*inner, "op"), compare, form.tr("How {0} is compared").format(what))
    if op in ALWAYS_CLEAR:
        return column(row(wide(compare)), gap=Space.XS)
    value = value_editor(
        attribute, op, form.at((*inner, "value")), lambda given: form.put((*inner, "value"), given, what),
        form.census.values(name, attribute.values),
    )  # fmt: skip
    form.field((*inner, "value"), value, form.tr("What {0} is compared with").format(what))
    form.shows((*inner, "value"), _in_place(value))
    if isinstance(value, SMALL):
        return column(row(wide(compare), wide(value), gap=Space.XS), gap=Space.XS)
    return column(row(wide(compare)), value, gap=Space.XS)


def _in_place(editor: QWidget) -> Callable[[object], None] | None:
    """Shows another value in the editor; None for one that is made anew."""
    if isinstance(editor, Pick):
        return editor.put
    if isinstance(editor, NumberBox):
        return partial(put_number, editor)
    return partial(put_value, editor) if isinstance(editor, Suggested) else None


def _missing(form: Form, path: Path, what: str, holds: bool) -> QBoxLayout:
    """What holds when the attribute is not known, as an explicit choice."""
    choice = Pick([(key, tr(said)) for key, said in MISSING_WORDS.items()], holds, fit=True)
    choice.setProperty("role", "flat")
    choice.setAccessibleName(form.tr("If {0} is not known").format(what))
    choice.setObjectName(text_of((*path, "missing")))
    choice.currentIndexChanged.connect(lambda _i: form.reshape(put_missing(form.content, path, choice.value), ""))
    said = label(form.tr("If it is not known:"), "caption")
    return row(said, choice, 1, gap=Space.XS)
