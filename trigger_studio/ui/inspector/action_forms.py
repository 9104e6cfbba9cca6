"""The little form of each sort of action."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from trigger_studio.analysis.wording import words
from trigger_studio.model.check import APPROVERS
from trigger_studio.model.i18n import tr
from trigger_studio.studio.form.picks import job_choices
from trigger_studio.studio.form.typed import json_of
from trigger_studio.studio.paths import Path
from trigger_studio.ui.inspector.conditions import TestBox
from trigger_studio.ui.inspector.durations import duration
from trigger_studio.ui.inspector.form import Form
from trigger_studio.ui.inspector.inplace import put_checked, put_lines, put_number, put_text, put_value
from trigger_studio.ui.inspector.params import ParamsEditor, names_in
from trigger_studio.ui.inspector.sections import Section
from trigger_studio.ui.inspector.values import StatusPick, counted, line, pick, whole
from trigger_studio.ui.widgets.kit import column, label
from trigger_studio.ui.widgets.theme import Space

MakeList = Callable[..., QWidget]

TEXT_LINES_PX = 72
METHODS = ("POST", "PUT", "PATCH", "GET", "DELETE")
CHANNELS = ("email",)


def body_of(form: Form, path: Path, make_list: MakeList) -> QWidget:
    """The form of the action there. `make_list` makes the list of actions inside it."""
    kind = form.at((*path, "type"))
    body = QWidget()
    if kind in ("parallel", "sequence"):
        body.setLayout(column(make_list(form, (*path, "actions"), empty=tr("Nothing in it yet."))))
        return body
    if kind == "branch":
        body.setLayout(_branch(form, path, make_list))
        return body
    grid = QFormLayout(body)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(Space.S)
    grid.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    _BODIES.get(kind, _job_action)(form, path, grid)
    return body


def _branch(form: Form, path: Path, make_list: MakeList) -> Any:
    return column(
        label(tr("If"), "muted"),
        TestBox(form, (*path, "if"), empty=tr("No condition yet."), needed=True),
        label(tr("then"), "muted"),
        make_list(form, (*path, "then"), empty=tr("Nothing happens.")),
        label(tr("otherwise"), "muted"),
        make_list(form, (*path, "else"), empty=tr("Otherwise nothing happens. Add here what should happen then.")),
        gap=Space.S,
    )


def _submit_job(form: Form, path: Path, grid: QFormLayout) -> None:
    chosen = counted(
        job_choices(form.profile),
        form.at((*path, "job_type")),
        lambda v: form.put((*path, "job_type"), v, tr("the job")),
    )
    grid.addRow(tr("Job"), form.field((*path, "job_type"), chosen, tr("Job")))
    form.shows((*path, "job_type"), chosen.put)
    _params_and_wait(form, path, grid)


def _job_action(form: Form, path: Path, grid: QFormLayout) -> None:
    _params_and_wait(form, path, grid)


def _params_and_wait(form: Form, path: Path, grid: QFormLayout) -> None:
    params = (*path, "params")
    grid.addRow(tr("With"), Section(form, lambda: names_in(form.at(params)), lambda: ParamsEditor(form, params)))
    wait = QCheckBox(tr("Wait until it is finished before going on"))
    wait.setChecked(form.at((*path, "wait"), True) is not False)
    form.shows((*path, "wait"), lambda given: put_checked(wait, given is not False), True)
    wait.toggled.connect(lambda on: form.put((*path, "wait"), on, "waiting"))
    grid.addRow("", form.field((*path, "wait"), wait))


def _notification(form: Form, path: Path, grid: QFormLayout) -> None:
    channel = pick([(c, words.title(c)) for c in CHANNELS], form.at((*path, "channel")), _put(form, path, "channel"))
    grid.addRow(tr("By"), form.field((*path, "channel"), channel, tr("Channel")))
    people = QLineEdit(_listed(form.at((*path, "to"))), placeholderText="name@studio.org, other@studio.org")
    form.shows((*path, "channel"), channel.put)
    people.textEdited.connect(
        lambda text: form.put((*path, "to"), [p.strip() for p in text.split(",") if p.strip()], tr("who is told"))
    )
    grid.addRow(tr("To"), form.field((*path, "to"), people, tr("Who is told")))
    grid.addRow(tr("Message"), _text(form, (*path, "message"), tr("the message")))
    grid.addRow("", label(tr("{{ event.entity_id }} and the like are filled in."), "caption", wrap=True))
    form.shows((*path, "to"), lambda given: put_text(people, _listed(given)))


def _webhook(form: Form, path: Path, grid: QFormLayout) -> None:
    url = line(form.at((*path, "url")), _put(form, path, "url"), hint="https://…")
    method = pick([(m, m) for m in METHODS], form.at((*path, "method")) or "POST", _put(form, path, "method"))
    grid.addRow(tr("Address"), form.field((*path, "url"), url, tr("Web address")))
    grid.addRow(tr("Method"), form.field((*path, "method"), method, tr("Method")))
    grid.addRow(tr("Sends"), _json(form, (*path, "body")))
    secret = line(form.at((*path, "secret")), lambda v: form.put((*path, "secret"), v or None, tr("the secret")))
    secret.setPlaceholderText(tr("name of a secret, never the secret itself"))
    grid.addRow(tr("Secret"), form.field((*path, "secret"), secret, tr("Name of the secret")))
    retry = (*path, "retry")
    tries = whole(
        form.at((*retry, "attempts"), 8), lambda v: form.put((*retry, "attempts"), v, tr("the tries")), 1, 100
    )
    grid.addRow(tr("Tries"), form.field((*retry, "attempts"), tries, tr("How often it is tried")))
    form.shows((*path, "url"), partial(put_value, url))
    form.shows((*path, "method"), method.put, "POST")
    form.shows((*path, "secret"), partial(put_value, secret))
    form.shows((*retry, "attempts"), partial(put_number, tries), 8)


def _status(form: Form, path: Path, grid: QFormLayout) -> None:
    status = StatusPick(form.census, form.at((*path, "status")), _put(form, path, "status"))
    grid.addRow(tr("To"), form.field((*path, "status"), status, tr("Status")))
    form.shows((*path, "status"), status.show_value)


def _gate(form: Form, path: Path, grid: QFormLayout) -> None:
    who = pick([(a, words.title(a)) for a in APPROVERS], form.at((*path, "approvers")), _put(form, path, "approvers"))
    grid.addRow(tr("Who decides"), form.field((*path, "approvers"), who, tr("Who decides")))
    grid.addRow(tr("Asks"), _text(form, (*path, "message"), tr("the question")))
    grid.addRow(tr("Waits"), Section(form, lambda: None, partial(_timeout, form, (*path, "timeout"))))
    form.shows((*path, "approvers"), who.put)


def _timeout(form: Form, path: Path) -> QWidget:
    what, name = tr("how long it waits"), tr("How long it waits")
    return duration(form, path, none=tr("for ever"), usual=3, what=what, name=name)


def _put(form: Form, path: Path, key: str) -> Callable[[Any], None]:
    return lambda value: form.put((*path, key), value, tr("the {0}", words.plain(key)))


def _text(form: Form, path: Path, what: str) -> QWidget:
    edit = QPlainTextEdit(str(form.at(path) or ""))
    edit.setMaximumHeight(TEXT_LINES_PX)
    edit.setTabChangesFocus(True)
    form.shows(path, lambda given: put_lines(edit, str(given or "")))
    edit.textChanged.connect(lambda: form.put(path, edit.toPlainText(), what))
    return form.field(path, edit, words.title(what))


def _json(form: Form, path: Path) -> QWidget:
    """A free value as JSON; text that is none yet is kept as text."""
    edit = QPlainTextEdit(_as_json(form.at(path)))
    form.shows(path, lambda given: put_lines(edit, _as_json(given)))
    edit.setProperty("role", "mono")
    edit.setMaximumHeight(TEXT_LINES_PX)
    edit.setTabChangesFocus(True)

    def told() -> None:
        text = edit.toPlainText()
        form.put(path, json_of(text) if text.strip() else None, tr("what is sent"))

    edit.textChanged.connect(told)
    return form.field(path, edit, tr("What is sent"))


def _as_json(value: Any) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) if value is not None else ""


def _listed(names: Any) -> str:
    return ", ".join(names or ())


_BODIES: dict[str, Callable[[Form, Path, QFormLayout], None]] = {
    "submit_job": _submit_job,
    "send_notification": _notification,
    "call_webhook": _webhook,
    "set_status": _status,
    "gate": _gate,
}
