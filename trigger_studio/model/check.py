"""What only the profile can tell about a rule: kinds, fields, comparisons, job types, templates (formats.md).

The check reads the rule's document and passes over whatever has the wrong form: that is told by the model itself,
so a person gets both kinds of fault in one answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from trigger_studio.errors import Fault, Message, allowed, found
from trigger_studio.model.compare import comparison_faults
from trigger_studio.model.documents import at
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import BUILT_IN, GROUPS, Branch, Rule, document
from trigger_studio.model.secret_names import OWN, is_own
from trigger_studio.model.template import check_templates, has_template
from trigger_studio.model.validation_messages import keys_of, shown, unknown_key

APPROVERS = ("admin", "creator")
MAX_GROUP_DEPTH = 20
UNKNOWN_ACTION = "unknown action"
"""How the fault of an action begins whose type neither we nor the profile know."""

_TEMPLATED = ("params", "channel", "to", "message", "body")
_LITERAL = ("job_type", "url", "secret", "status")


def check_rule(rule: Rule, profile: Profile, path: str = "") -> list[Fault]:
    """Every fault of a rule under a profile, in the order of its document."""
    return check_document(document(rule), profile, path)


def check_document(data: Any, profile: Profile, path: str = "") -> list[Fault]:
    """Every fault of a rule's document that depends on the profile or on the sense of its values."""
    faults: list[Fault] = []
    if not isinstance(data, dict):
        return faults
    if isinstance(when := data.get("when"), dict):
        _when(when, profile, at(path, "when"), faults)
        if data.get("coalesce") is not None and when.get("every") is not None:
            message = "cannot stand beside when.every: a join fires once for many already"
            faults.append(Fault(at(path, "coalesce"), message))
    _actions(data.get("actions"), profile, at(path, "actions"), faults)
    return faults


def _when(when: dict[str, Any], profile: Profile, path: str, faults: list[Fault]) -> None:
    _known(when.get("entity"), profile.kinds, Message("entity kind"), at(path, "entity"), faults)
    if when.get("where") is not None:
        _test(when["where"], profile, at(path, "where"), 1, faults)
    if isinstance(join := when.get("every"), dict):
        _join(join, profile, at(path, "every"), faults)


def _join(join: dict[str, Any], profile: Profile, path: str, faults: list[Fault]) -> None:
    _known(join.get("entity"), profile.kinds, Message("entity kind"), at(path, "entity"), faults)
    _literal(join, "status", path, faults)
    if join.get("where") is not None:
        _test(join["where"], profile, at(path, "where"), 1, faults)


def _test(test: Any, profile: Profile, path: str, depth: int, faults: list[Fault]) -> None:
    """One condition or group; `depth` counts the groups around it, itself included."""
    if not isinstance(test, dict):
        return
    if "field" in test or "op" in test:
        _condition(test, profile, path, faults)
        return
    if depth > MAX_GROUP_DEPTH:
        faults.append(Fault(path, Message("groups are nested deeper than the {0} levels allowed", MAX_GROUP_DEPTH)))
        return
    for kind, items in test.items():
        if kind in GROUPS and isinstance(items, list | tuple):
            for index, item in enumerate(items):
                _test(item, profile, at(at(path, kind), index), depth + 1, faults)


def _condition(test: dict[str, Any], profile: Profile, path: str, faults: list[Fault]) -> None:
    name = test.get("field")
    if not isinstance(name, str) or not name:
        return
    attribute = profile.fields.get(name)
    if attribute is None:
        _known(name, profile.fields, Message("field"), at(path, "field"), faults)
    else:
        faults += comparison_faults(attribute, name, test.get("op"), test.get("value"), path)


def _actions(actions: Any, profile: Profile, path: str, faults: list[Fault]) -> None:
    if isinstance(actions, list | tuple):
        for index, action in enumerate(actions):
            if isinstance(action, dict):
                _action(action, profile, at(path, index), faults)


def _action(action: dict[str, Any], profile: Profile, path: str, faults: list[Fault]) -> None:
    kind = action.get("type")
    if not isinstance(kind, str):
        return
    if kind not in BUILT_IN:
        _known(kind, [*BUILT_IN, *profile.actions], Message("action"), at(path, "type"), faults)
    for key, value in action.items():
        if key in _LITERAL:
            _literal(action, key, path, faults)
        elif key in _TEMPLATED:
            faults += check_templates(value, at(path, key))
    if kind in _BY_TYPE:
        _BY_TYPE[kind](action, profile, path, faults)


def _submit_job(action: dict[str, Any], profile: Profile, path: str, faults: list[Fault]) -> None:
    if not has_template(action.get("job_type")):
        _known(action.get("job_type"), profile.job_types, Message("job type"), at(path, "job_type"), faults)


def _webhook(action: dict[str, Any], profile: Profile, path: str, faults: list[Fault]) -> None:
    url = action.get("url")
    if isinstance(url, str) and url and not has_template(url) and (message := url_fault(url)):
        faults.append(Fault(at(path, "url"), Message("found {0}; {1}", found(url), message)))
    secret = action.get("secret")
    if isinstance(secret, str) and is_own(secret):
        message = Message("found {0}; this name is the program's own ({1}): name another secret", found(secret), OWN)
        faults.append(Fault(at(path, "secret"), message))


def _branch(action: dict[str, Any], profile: Profile, path: str, faults: list[Fault]) -> None:
    # The model's own names for keys that Python reserves are no keys of a document.
    faults += [Fault(at(path, key), unknown_key(key, keys_of(Branch))) for key in ("if_", "else_") if key in action]
    _test(action.get("if"), profile, at(path, "if"), 1, faults)
    for side in ("then", "else"):
        _actions(action.get(side), profile, at(path, side), faults)


def _gate(action: dict[str, Any], profile: Profile, path: str, faults: list[Fault]) -> None:
    if "approvers" in action:
        _known(action["approvers"], APPROVERS, Message("role that may approve"), at(path, "approvers"), faults)


def _group(action: dict[str, Any], profile: Profile, path: str, faults: list[Fault]) -> None:
    _actions(action.get("actions"), profile, at(path, "actions"), faults)


_BY_TYPE: dict[str, Callable[[dict[str, Any], Profile, str, list[Fault]], None]] = {
    "submit_job": _submit_job,
    "call_webhook": _webhook,
    "branch": _branch,
    "gate": _gate,
    "parallel": _group,
    "sequence": _group,
}


def url_fault(url: str) -> str:
    """What is wrong with the address of a webhook, in words; empty when nothing is."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        return Message("not a web address: {0}", error)
    if any(char.isspace() or not char.isprintable() for char in url):
        return Message("a web address holds no spaces or control characters")
    if parts.scheme not in ("http", "https") or not host:
        return Message("needed: an absolute address, http://host/… or https://host/…")
    if "@" in parts.netloc:
        return Message("a web address here holds no user or password; name a secret instead")
    return ""


def _literal(owner: dict[str, Any], key: str, path: str, faults: list[Fault]) -> None:
    if has_template(owner.get(key)):
        message = Message("found {0}; it is literal, so that no template evades an approval", found(owner[key]))
        faults.append(Fault(at(path, key), message))


def _known(name: Any, names: Any, what: str, path: str, faults: list[Fault]) -> None:
    """A fault if a text is none of the names; anything but a text is told by the model."""
    if isinstance(name, str) and name and name not in names:
        faults.append(Fault(path, Message("unknown {0} {1}; {2}", what, shown(name), allowed(names, name))))
