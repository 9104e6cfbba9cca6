"""``/bundles``: rules in and out, all or nothing."""

from __future__ import annotations

from trigger_studio.api import bodies, examples
from trigger_studio.api.calls import Answer, Call, written
from trigger_studio.api.problems import Problem
from trigger_studio.api.routing import Body, Routes
from trigger_studio.services import rule_registry
from trigger_studio.services.access import Operation

routes = Routes("bundles")

BUNDLE = {"format": "trigger-studio/1", "rules": [examples.RULE]}


@routes.add(
    "GET", "/bundles", Operation.EXPORT_BUNDLE, answers={bodies.JSON: "Bundle", bodies.YAML: "Text"},
    problems=("not-acceptable",), example=BUNDLE,
)  # fmt: skip
def export_bundle(call: Call) -> Answer:
    """Write all rules as one bundle, JSON or YAML as the Accept header says."""
    shown = [item for item in rule_registry.standing(call.session) if sees(call, item.rule.project)]
    bundle = rule_registry.bundle_of(shown)
    if wanted(call, (bodies.JSON, bodies.YAML)) == bodies.JSON:
        return written(bundle)
    return Answer(rule_registry.bundle_text(bundle).encode(), media_type=bodies.YAML)


def sees(call: Call, project: str | None) -> bool:
    """Whether a list shows whoever asks what is of that project."""
    return call.projects is None or project in call.projects


def wanted(call: Call, kinds: tuple[str, ...]) -> str:
    """Which of these media types is accepted, the first if all are. Raises Problem."""
    accepted = call.header("accept") or "*/*"
    asked = [part.partition(";")[0].strip().lower() for part in accepted.split(",")]
    for part in asked:
        for kind in kinds:
            if part in (kind, "*/*", f"{kind.partition('/')[0]}/*"):
                return kind
    raise Problem("not-acceptable", f"found '{accepted[:100]}'; allowed: {', '.join(kinds)}")


@routes.add(
    "POST", "/bundles", Operation.IMPORT_BUNDLE, answers="Triggers", example={"rules": [examples.TRIGGER]},
    body=Body({bodies.JSON: "Bundle", bodies.YAML: "Bundle"}, BUNDLE),
)  # fmt: skip
def import_bundle(call: Call) -> Answer:
    """Import rules, all or nothing; an id that exists gets a new revision, and other rules stay."""
    rules = rule_registry.checked_bundle(call.session, call.json())
    for rule in rules:
        call.of(rule.project)
    if call.actor.project is not None:
        standing = {item.rule.id: item.rule.project for item in rule_registry.standing(call.session)}
        for rule in rules:
            call.of(standing.get(rule.id, call.actor.project))
    saved = rule_registry.import_rules(call.session, rules)
    return written({"rules": [item.summary() for item in saved]})
