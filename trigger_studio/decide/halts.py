"""What a halt covers: everything, a project, a rule or one chain."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

Scope = Literal["all", "project", "rule", "chain"]
"""What can be halted; limits know only the first three."""


def halted(halts: Collection[tuple[str, str]], project: str | None, rule_id: str, chain: str) -> bool:
    """Whether one of the standing halts covers a firing.

    Args:
        halts: (scope, target) pairs: ``("all", "")``, ``("project", id)``, ``("rule", id)``, ``("chain", id)``.
        project: of the firing; None for none.
    """
    scopes = (("all", ""), ("project", project), ("rule", rule_id), ("chain", chain))
    return bool(halts) and any(scope in halts for scope in scopes)
