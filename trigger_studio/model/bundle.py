"""Rule bundles in and out (formats.md): every fault in one answer, each with its path."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from pydantic import ValidationError

from trigger_studio.errors import BadInput, Fault, Message, allowed, found
from trigger_studio.model.check import UNKNOWN_ACTION, check_document
from trigger_studio.model.documents import at, enough, in_order, in_source, plain_faults
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import FORMAT, Rule, document
from trigger_studio.model.validation_messages import faults_of, shown, unknown_key
from trigger_studio.model.yaml_core import MAX_FAULTS

_KEYS = ["format", "rules"]


def parse_bundle(data: Any, profile: Profile) -> list[Rule]:
    """The rules of one bundle.

    Raises:
        BadInput: with every fault of the bundle.
    """
    return parse_bundles([("", data)], profile)


def parse_bundles(documents: Iterable[tuple[str, Any]], profile: Profile, *, plain: bool = False) -> list[Rule]:
    """The rules of several bundles, given as (source, data) and taken together: an id may be used once in all.

    Args:
        plain: the values are already known to be plain.

    Raises:
        BadInput: with every fault of all of them; their paths begin with the source if there is more than one.
    """
    bundles = list(documents)
    several = len(bundles) > 1
    faults: list[Fault] = []
    rules: list[Rule] = []
    first_use: dict[str, str] = {}
    for source, data in bundles:
        read, wrong = _read_bundle(data, profile, plain)
        wrong += _used_twice(data, source if several else "", first_use)
        faults += in_source(source if several else "", in_order(wrong, data, ""))
        if enough(faults):
            break
        rules += read
    if faults:
        raise BadInput(faults)
    return rules


def parse_rule(data: Any, profile: Profile, path: str = "") -> Rule:
    """One rule.

    Raises:
        BadInput: with every fault of the rule, their paths beginning with `path`.
    """
    rule, faults = _read_rule(data, profile, path)
    if rule is None or faults:
        raise BadInput(in_order(faults, data, path))
    return rule


def bundle_document(rules: Iterable[Rule]) -> dict[str, Any]:
    """The bundle that holds these rules, in their order, keys in the order of formats.md."""
    written = [{key: rule[key] for key in Rule.model_fields if key in rule} for rule in map(document, rules)]
    return {"format": FORMAT, "rules": written}


def _read_bundle(data: Any, profile: Profile, plain: bool) -> tuple[list[Rule], list[Fault]]:
    """The sound rules of a bundle, and every fault but ids used twice."""
    if not plain and (faults := plain_faults(data)):
        return [], faults
    if not isinstance(data, dict):
        return [], [Fault("", Message("found {0}; a bundle is a mapping with the keys format and rules", shown(data)))]
    unknown = islice((key for key in data if key not in _KEYS), MAX_FAULTS)
    faults = [Fault(at("", key), unknown_key(key, _KEYS)) for key in unknown]
    if "format" not in data:
        faults.append(Fault("format", Message("is needed and missing; {0}", allowed([FORMAT]))))
    elif data["format"] != FORMAT:
        faults.append(
            Fault("format", Message("found {0}; {1}", shown(data["format"]), allowed([FORMAT], data["format"])))
        )
    items = data.get("rules")
    if not isinstance(items, list):
        message = (
            Message("found {0}; needed: {1}", shown(items), Message("a list of rules"))
            if "rules" in data
            else Message("is needed and missing")
        )
        return [], [*faults, Fault("rules", message)]
    rules = []
    for index, item in enumerate(items):
        rule, wrong = _read_rule(item, profile, at("rules", index), plain=True)
        faults += wrong
        if rule is not None:
            rules.append(rule)
        if len(faults) >= MAX_FAULTS:
            break
    return rules, faults


def _read_rule(data: Any, profile: Profile, path: str, plain: bool = False) -> tuple[Rule | None, list[Fault]]:
    """The rule, if its form is right, and every fault. `plain`: the values are already known to be plain."""
    if not plain and (faults := plain_faults(data, path)):
        return None, faults
    checked = [Fault(_below(path, fault.path), fault.message) for fault in check_document(data, profile)]
    try:
        return Rule.model_validate(data), checked
    except ValidationError as error:
        formal = faults_of(error, Rule, path)
    # What else is wrong with an action of unknown type cannot be told.
    unknown = tuple(f.path.removesuffix("type") for f in checked if f.message.startswith(UNKNOWN_ACTION))
    return None, [fault for fault in formal if not fault.path.startswith(unknown)] + checked


def _below(path: str, inner: str) -> str:
    """A path within the rule as one within the bundle."""
    return f"{path}.{inner}" if path and inner and not inner.startswith("[") else path + inner


def _used_twice(data: Any, source: str, first_use: dict[str, str]) -> list[Fault]:
    """A fault for each id that an earlier rule has; `first_use` remembers the ids over several bundles."""
    faults: list[Fault] = []
    items = data.get("rules") if isinstance(data, dict) else None
    for index, item in enumerate(items if isinstance(items, list) else []):
        if len(faults) >= MAX_FAULTS:
            break
        identity = item.get("id") if isinstance(item, dict) else None
        if not isinstance(identity, str):
            continue
        path = at(at("rules", index), "id")
        if identity in first_use:
            faults.append(
                Fault(path, Message("the id {0} is used twice; first at {1}", found(identity), first_use[identity]))
            )
        else:
            first_use[identity] = f"{source}: {path}" if source else path
    return faults
