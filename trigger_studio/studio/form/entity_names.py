"""Names of the pipeline's entities, found at once however many there are."""

from __future__ import annotations

from trigger_studio.model.event import Entity
from trigger_studio.studio.document import Document


class Names:
    """Looks names up; made anew of itself when the entities have changed."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._of: tuple[Entity, ...] | None = None
        self._names: dict[tuple[str, str], str] = {}

    def name(self, kind: str, entity_id: str) -> str:
        """The entity's name, or its id where it has none or is not known."""
        entities = self._document.entities
        if entities is not self._of:
            self._of = entities
            self._names = {entity.key: entity.name for entity in entities if entity.name}
        return self._names.get((kind, entity_id), entity_id)
