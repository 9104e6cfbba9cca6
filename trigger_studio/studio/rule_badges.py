"""What a person should know about a rule before anything else."""

from __future__ import annotations

from trigger_studio.model.i18n import tr
from trigger_studio.model.rule import digest, needs_approval
from trigger_studio.studio.chart.chart import Badge
from trigger_studio.studio.document import Document


def badges_of(document: Document, rule_id: str) -> tuple[Badge, ...]:
    """The rule's badges, in the order of their weight."""
    checked, standing = document.checked(rule_id), document.standing(rule_id)
    rule = checked.rule or (standing.rule if standing else None)
    paused = any(halt.by_itself and halt.target == rule_id for halt in document.halts)
    found = {
        Badge.PAUSED: paused,
        Badge.HALTED: rule is not None and document.is_halted(rule) and not paused,
        Badge.PROBLEM: bool(checked.faults),
        Badge.APPROVAL: standing is not None and standing.approval == "needed",
        Badge.DISABLED: rule is not None and not rule.enabled,
        Badge.DRAFT: document.working(rule_id) is not None,
    }
    return tuple(badge for badge in Badge if found[badge])


def obstacles(document: Document, rule_id: str) -> list[str]:
    """What must be done before the rule can fire, in words; nothing if it can."""
    standing, work, checked = document.standing(rule_id), document.working(rule_id), document.checked(rule_id)
    rule = checked.rule or (standing.rule if standing is not None else None)
    if rule is None or document.profile is None:
        return [tr("Mend what is marked in its form, and publish it.")]
    found = []
    if work is not None:
        found.append(tr("Publish it: so far it is your private draft, and no engine follows it."))
    changed = standing is None or digest(standing.rule) != digest(rule)
    approved = standing is not None and standing.approval == "approved" and not changed
    if needs_approval(rule, document.profile) and not approved:
        found.append(tr("Have an admin approve it: it starts costly jobs."))
    if not rule.enabled:
        found.append(tr("Switch it on."))
    if document.is_halted(rule):
        found.append(tr("Have the halt lifted: nothing starts while it stands."))
    return found
