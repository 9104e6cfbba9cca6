"""How this person looks at the flowchart: which rules are folded, and how they are grouped. Nothing here is undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from trigger_studio.model.i18n import N_, tr
from trigger_studio.model.rule import Rule
from trigger_studio.studio.observable import Observable


def _project(rule: Rule) -> tuple[str, ...]:
    return (rule.project,) if rule.project else ()


def _character(rule: Rule) -> tuple[str, ...]:
    whose = rule.when.scope.characters
    return whose if isinstance(whose, tuple) else ()


GROUPINGS: Mapping[str, tuple[Callable[[Rule], tuple[str, ...]], str]] = {
    "project": (_project, N_("Every project")),
    "character": (_character, N_("No character of its own")),
}
"""By what rules can be grouped: the entities whose group a rule is in, and what the group of none is called."""


def group_name(rule: Rule, grouping: str, names: Mapping[str, str]) -> str:
    """The group of a rule; `names` of entities, by id."""
    entities_of, none = GROUPINGS[grouping]
    return ", ".join(names.get(entity) or entity for entity in entities_of(rule)) or tr(none)


class ViewState(Observable[None]):
    """Keeps which rules are folded and how they are grouped. Tells of every change.

    Attributes:
        folded: ids of the rules shown as one card.
        grouping: a key of `GROUPINGS`, or "" for none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folded: frozenset[str] = frozenset()
        self.grouping = ""

    def fold(self, rule_ids: Iterable[str], on: bool) -> None:
        """Fold rules into one card each, or unfold them."""
        chosen = frozenset(rule_ids)
        self._put(self.folded | chosen if on else self.folded - chosen, self.grouping)

    def group(self, grouping: str) -> None:
        """Group the rules by something, or ("") not at all."""
        self._put(self.folded, grouping)

    def _put(self, folded: frozenset[str], grouping: str) -> None:
        if (folded, grouping) != (self.folded, self.grouping):
            self.folded, self.grouping = folded, grouping
            self.emit(None)

    # kept

    def take(self, value: Any) -> None:
        """Take over what was kept; what is none is left out."""
        kept = value if isinstance(value, dict) else {}
        folded = kept.get("folded")
        ids = frozenset(map(str, folded)) if isinstance(folded, list) else frozenset()
        grouping = kept.get("grouping")
        self._put(ids, str(grouping) if grouping in GROUPINGS else "")

    def kept(self) -> dict[str, Any]:
        """What is to be kept."""
        return {"folded": sorted(self.folded), "grouping": self.grouping}
