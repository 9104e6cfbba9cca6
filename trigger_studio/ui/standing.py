"""What a person should know about a rule before anything else."""

from __future__ import annotations

from trigger_studio.ui.canvas.chart import Badge
from trigger_studio.ui.document import Document


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


BADGE_ICONS = {
    Badge.PAUSED: ("paused", "failed"),
    Badge.HALTED: ("halt", "failed"),
    Badge.PROBLEM: ("warning", "failed"),
    Badge.APPROVAL: ("lock", "gate"),
    Badge.DISABLED: ("off", "muted"),
    Badge.DRAFT: ("pencil", "accent"),
}
"""Icon and colour of each badge."""
