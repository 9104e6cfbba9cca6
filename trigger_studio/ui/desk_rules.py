"""What a person does with rules: publish, approve, switch, delete, import."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from trigger_studio.errors import BadInput
from trigger_studio.model.counting import count
from trigger_studio.services import rulebook
from trigger_studio.ui.autosave import Autosave
from trigger_studio.ui.desk_core import Notice


class RuleDesk(Autosave):
    """See the module."""

    def publish(self, rule_id: str) -> None:
        """Publish a working copy, unless somebody published since it was begun."""
        self._work.start(self._publish(rule_id))

    async def _publish(self, rule_id: str) -> None:
        work, checked = self.document.working(rule_id), self.document.checked(rule_id)
        if work is None:
            return
        if checked.rule is None:
            raise BadInput(f"'{rule_id}' has {count(len(checked.faults), 'problem')}, marked in the form")
        session = self._open_session()
        try:
            async with self._lock:
                await self._work.call(rulebook.publish, session, [checked.rule], base={rule_id: work.base})
        finally:
            await self._reload(drafts=False)
        self.document.is_published(rule_id, work)
        await self._read_news()
        standing = self.document.standing(rule_id)
        more = "; it starts costly jobs, so it waits for an admin's approval" if _needs(standing) else ""
        self.notices.tell(Notice(f"Published “{checked.rule.title}”{more}."))

    def publish_over(self, rule_id: str) -> None:
        """Publish a working copy in place of what somebody else published meanwhile, knowing it."""
        self.document.rebase(rule_id)
        self.publish(rule_id)

    def approve(self, rule_id: str) -> None:
        """Approve a rule as it is published."""
        self._do(rulebook.approve, rule_id, said=f"Approved “{rule_id}” as it is published.", reload=True)

    def set_enabled(self, rule_id: str, enabled: bool) -> None:
        """Switch a published rule on or off."""
        word = "on" if enabled else "off"
        self._do(rulebook.set_enabled, rule_id, enabled, said=f"Switched “{rule_id}” {word}.", reload=True)

    def delete(self, rule_id: str) -> None:
        """Delete a published rule; its history stays."""
        self.document.discard(rule_id)
        if self.document.standing(rule_id) is not None:
            self._do(rulebook.delete, rule_id, said=f"Deleted “{rule_id}”.", reload=True)

    def import_files(self, paths: Sequence[Path]) -> None:
        """Bring bundles of rules in: all of them or nothing."""
        self._do(rulebook.import_files, paths, said=f"Imported {', '.join(path.name for path in paths)}.", reload=True)


def _needs(standing: rulebook.Standing | None) -> bool:
    return standing is not None and standing.approval == "needed"
