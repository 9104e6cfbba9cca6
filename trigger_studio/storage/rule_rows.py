"""Between the rows of rules and rules."""

from __future__ import annotations

from typing import Any

import orjson
import sqlalchemy as sa

from trigger_studio.model.rule import Rule
from trigger_studio.storage.bulk import dump, load
from trigger_studio.storage.damage import reading


def rule_of(row: sa.Row[Any]) -> Rule:
    """A rule from its `triggers` row."""
    return RuleReader().rule(row)


class RuleReader:
    """Reads rules from `triggers` rows. Filters and actions that are written alike are read once, as one object."""

    def __init__(self) -> None:
        self._read: dict[str, Any] = {}

    def rule(self, row: sa.Row[Any]) -> Rule:
        """The rule of a row. Raises Damaged."""
        with reading("triggers", row.id):
            return self._rule(row)

    def _rule(self, row: sa.Row[Any]) -> Rule:
        when = {"event": row.event_type, "entity": row.entity_kind, "scope": orjson.loads(row.scope)}
        if row.conditions is not None:
            when["where"] = self._part(row.conditions)
        if row.join_spec is not None:
            when["every"] = orjson.loads(row.join_spec)
        rule = Rule.model_validate(
            {
                "id": row.id, "name": row.name, "description": row.description, "enabled": bool(row.enabled),
                "project": row.project, "priority": row.priority, "when": when, "mode": row.mode,
                "actions": self._part(row.actions), "max_depth": row.max_depth, "coalesce": load(row.coalesce),
            }
        )  # fmt: skip
        self._read.update({row.conditions: rule.when.where, row.actions: rule.actions})
        return rule

    def _part(self, text: str) -> Any:
        return self._read[text] if text in self._read else orjson.loads(text)


def rule_columns(document: dict[str, Any]) -> dict[str, Any]:
    """The `triggers` columns of a rule's document."""
    when = document["when"]
    return {
        "id": document["id"],
        "event_type": when["event"],
        "entity_kind": when["entity"],
        "scope": dump(when["scope"]),
        "conditions": dump(when["where"]) if "where" in when else None,
        "join_spec": dump(when["every"]) if "every" in when else None,
        "actions": dump(document["actions"]),
        "mode": document["mode"],
        "max_depth": document["max_depth"],
        "enabled": document["enabled"],
        "name": document["name"],
        "description": document["description"],
        "project": document["project"],
        "priority": document["priority"],
        "coalesce": dump(document["coalesce"]) if "coalesce" in document else None,
    }
