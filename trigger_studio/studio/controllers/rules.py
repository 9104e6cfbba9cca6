"""What a person does with rules: publish, approve, switch, delete, import."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from trigger_studio.analysis.wording import words
from trigger_studio.errors import BadInput
from trigger_studio.model.counting import count
from trigger_studio.model.i18n import quoted, tr
from trigger_studio.services import rule_registry
from trigger_studio.studio.background import BackgroundTasks
from trigger_studio.studio.controllers.notices import Notices
from trigger_studio.studio.controllers.pipeline import PipelineController
from trigger_studio.studio.document import Document
from trigger_studio.studio.fifo_lock import FifoLock


class RulesController:
    """Carries rules from the document to everyone.

    Args:
        tasks: runs what is asked off the window's thread.
        notices: told what was done.
        document: has the working copies.
        pipeline: where the published rules stand.
        drafts: held while drafts are written, so that a draft put away late does not outlive its publication.
    """

    def __init__(
        self,
        tasks: BackgroundTasks,
        notices: Notices,
        document: Document,
        pipeline: PipelineController,
        drafts: FifoLock,
    ) -> None:
        self._document = document
        self._tasks, self._notices, self._pipeline, self._drafts = tasks, notices, pipeline, drafts

    def publish(self, rule_id: str) -> None:
        """Publish a working copy, unless somebody published since it was begun."""
        self._tasks.start(self._publish(rule_id))

    async def _publish(self, rule_id: str) -> None:
        work, checked = self._document.working(rule_id), self._document.checked(rule_id)
        if work is None:
            return
        if checked.rule is None:
            raise BadInput(tr("'{0}' has {1}, marked in the form", rule_id, count(len(checked.faults), "problem")))
        try:
            async with self._drafts.turn():
                await self._pipeline.call(rule_registry.publish, [checked.rule], base={rule_id: work.base})
        finally:
            await self._pipeline.reload()
        self._document.is_published(rule_id, work)
        await self._pipeline.read_news()
        standing = self._document.standing(rule_id)
        more = tr("; it starts costly jobs, so it waits for an admin's approval") if _needs(standing) else ""
        self._notices.inform(tr("Published “{0}”{1}.", checked.rule.title, more))

    def publish_over(self, rule_id: str) -> None:
        """Publish a working copy in place of what somebody else published meanwhile, knowing it."""
        self._document.rebase(rule_id)
        self.publish(rule_id)

    def approve(self, rule_id: str) -> None:
        """Approve a rule as it is published."""
        self._tasks.start(self._approve(rule_id))

    async def _approve(self, rule_id: str) -> None:
        await self._pipeline.call(rule_registry.approve, rule_id)
        await self._tell(tr("Approved “{0}” as it is published.", rule_id))

    def switch(self, rule_ids: Sequence[str], on: bool) -> None:
        """Switch rules on or off: published ones for every engine at once, and the drafts of any of them along."""
        published = [rule_id for rule_id in rule_ids if self._document.standing(rule_id) is not None]
        drafts = [rule_id for rule_id in rule_ids if self._document.working(rule_id) is not None]
        self._tasks.start(self._switch(published, drafts, on))

    async def _switch(self, published: Sequence[str], drafts: Sequence[str], on: bool) -> None:
        word, document = "on" if on else "off", self._document
        fresh = [rule_id for rule_id in drafts if rule_id in published and not document.is_stale(rule_id)]
        if published:
            await self._pipeline.call(rule_registry.switch, published, on)
            await self._pipeline.reload()
            for rule_id in fresh:  # what was published since is only this
                if document.working(rule_id) is not None:
                    document.rebase(rule_id)
        contents = {rule_id: {**content, "enabled": on} for rule_id in drafts if (content := document.content(rule_id))}
        document.edit_all(contents, tr("switch {0} {1}", _told(document, drafts), word))
        await self._pipeline.read_news()
        now = tr("Switched {0} {1}, for every engine at once.", _told(document, published), word) if published else ""
        only = [rule_id for rule_id in drafts if rule_id not in published]
        later = tr("{0} is only a draft: switched {1} there.", _told(document, only), word) if only else ""
        self._notices.inform(words.title(f"{now} {later}".strip()))

    def delete(self, rule_ids: Sequence[str]) -> None:
        """Delete rules, published ones for everyone; their history stays, and undo brings them back as drafts."""
        published = [rule_id for rule_id in rule_ids if self._document.standing(rule_id) is not None]
        if published:
            self._tasks.start(self._delete(rule_ids, published))
        else:
            self._document.edit_all(
                dict.fromkeys(rule_ids), tr("delete {0}", _told(self._document, rule_ids)), exact=True
            )

    async def _delete(self, rule_ids: Sequence[str], published: Sequence[str]) -> None:
        document, told = self._document, _told(self._document, rule_ids)
        contents = {rule_id: content for rule_id in rule_ids if (content := document.content(rule_id))}
        await self._pipeline.call(rule_registry.delete_all, published)
        await self._pipeline.reload()
        document.deleted(contents, tr("delete {0}", told))
        self._notices.inform(tr("Deleted {0}. Undo brings it back as a draft, to be published anew.", told))

    def import_files(self, paths: Sequence[Path]) -> None:
        """Bring bundles of rules in: all of them or nothing."""
        self._tasks.start(self._import_files(paths))

    async def _import_files(self, paths: Sequence[Path]) -> None:
        await self._pipeline.call(rule_registry.import_files, paths)
        await self._tell(tr("Imported {0}.", ", ".join(path.name for path in paths)))

    async def _tell(self, done: str) -> None:
        await self._pipeline.reload()
        await self._pipeline.read_news()
        self._notices.inform(done)


def _told(document: Document, rule_ids: Sequence[str]) -> str:
    """The rule's name in quotes, or how many there are."""
    if len(rule_ids) != 1:
        return count(len(rule_ids), "rule")
    content = document.content(rule_ids[0]) or {}
    return quoted(content.get("name") or rule_ids[0])


def _needs(standing: rule_registry.Standing | None) -> bool:
    return standing is not None and standing.approval == "needed"
