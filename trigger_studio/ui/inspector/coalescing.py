"""Whether a rule's firings act each by itself, or once for all that come close (docs/coalescing.md)."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from trigger_studio.model.i18n import tr
from trigger_studio.studio.paths import with_value
from trigger_studio.ui.inspector.durations import duration
from trigger_studio.ui.inspector.form import Form
from trigger_studio.ui.inspector.inplace import put_number
from trigger_studio.ui.inspector.sections import Section
from trigger_studio.ui.inspector.values import whole
from trigger_studio.ui.widgets.kit import Pick, column, label, row

PATH = ("coalesce",)
FIRST: dict[str, Any] = {"within": "30s", "max": 200}


def together(form: Form) -> QWidget:
    """Each by itself, or together: for how long they gather, and how many at most."""
    return Section(form, lambda: form.at(PATH) is None, lambda: _made(form))


def _made(form: Form) -> QWidget:
    choice = Pick(
        [(False, tr("Each event by itself")), (True, tr("Once for all that come close"))],
        form.at(PATH) is not None,
    )
    choice.setToolTip(tr("Together, a burst of 200 approvals starts one job that names all 200, not 200 jobs."))

    def chosen() -> None:
        title = tr("take events together") if choice.value else tr("take each event by itself")
        form.reshape(with_value(form.content, PATH, dict(FIRST) if choice.value else None), title, "coalesce")

    choice.currentIndexChanged.connect(lambda _i: chosen())
    form.field(PATH, choice, tr("Taken together"))
    holder = QWidget()
    if form.at(PATH) is None:
        holder.setLayout(column(choice))
        return holder
    within = duration(
        form, (*PATH, "within"), usual=30, what=tr("how long events gather"), name=tr("How long events gather")
    )
    most = whole(form.at((*PATH, "max"), 200), lambda v: form.put((*PATH, "max"), v, tr("the most together")), 2, 1000)
    form.shows((*PATH, "max"), partial(put_number, most), 200)
    form.field((*PATH, "max"), most, tr("At most"))
    holder.setLayout(
        column(
            choice,
            row(label(tr("gather for"), "muted"), within),
            row(label(tr("at most"), "muted"), most, 1),
            form.note(PATH),
        )
    )
    return holder
