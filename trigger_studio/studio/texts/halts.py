"""What a halt stopped, and what a resume would start, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from trigger_studio.analysis.wording import words
from trigger_studio.model.counting import count
from trigger_studio.model.i18n import N_, tr
from trigger_studio.studio.document import Document

if TYPE_CHECKING:
    from trigger_studio.services.halt_impact import Aftermath, Counts, Preview

MOST_NAMES = 8
REASONS = {
    "halt": N_("another halt stands"),
    "budget": N_("over a limit"),
    "hourly": N_("too often for one entity within an hour"),
    "depth": N_("too deep in its chain"),
    "approval": N_("not approved"),
    "discarded": N_("discarded"),
}


def title_of(document: Document, rule_id: str) -> str:
    """A rule's name, or its id."""
    return str((document.content(rule_id) or {}).get("name") or rule_id)


def scope_title(document: Document, scope: str, target: str) -> str:
    """What a halt or a limit covers, by the names that people gave."""
    if scope == "all":
        return tr("everything")
    if scope == "rule":
        return tr("the rule “{0}”", title_of(document, target))
    if scope == "chain":
        return tr("the chain {0}", target)
    name = next((e.name for e in document.entities if (e.kind, e.id) == ("project", target)), "")
    return tr("the project {0}", name or target)


def in_short(found: Aftermath) -> str:
    """One line: ``12 firings held · 3 jobs go on``."""
    stalled, gathering, jobs = (sum(counts.values()) for counts in (found.stalled, found.gathering, found.jobs))
    parts = (
        (stalled, tr("{0} stopped midway", count(stalled, "firing"))),
        (gathering, tr("{0} waiting for a batch", count(gathering, "firing"))),
        (found.events, tr("{0} still to be decided", count(found.events, "event"))),
        (jobs, tr("{0} still running", count(jobs, "job"))),
        (found.deliveries, tr("{0} still being sent", count(found.deliveries, "message"))),
    )
    held = tr("{0} held", count(sum(found.held.values()), "firing"))
    return " · ".join([held, *(text for number, text in parts if number)])


def stopped_lines(document: Document, found: Aftermath) -> Iterator[tuple[str, str]]:
    """(role of the label, text), one a line."""
    for counts, said in (
        (found.held, N_("Held until somebody resumes: {0}")),
        (found.stalled, N_("Stopped before their next action: {0}")),
        (found.gathering, N_("Waiting for their batch, held when it would act: {0}")),
    ):
        if counts:
            yield "title", tr(said, count(sum(counts.values()), "firing"))
            yield from (("", line) for line in _each(document, counts))
    if found.events:
        yield "", tr("{0} still to be decided; what would fire is held.", count(found.events, "event"))
    if found.jobs:
        yield "title", tr("Goes on: {0}", count(sum(found.jobs.values()), "job"))
        yield from (("", f"{number} × {words.plain(job_type)}") for job_type, number in found.jobs.items())
    if found.deliveries:
        yield "", tr("Handed over before the halt and still being sent: {0}", found.deliveries)
    if not any((found.held, found.stalled, found.gathering, found.events, found.jobs, found.deliveries)):
        yield "", tr("Nothing was under way there.")


def preview_lines(document: Document, found: Preview) -> Iterator[tuple[str, str]]:
    """What a resume would do, as (role, text)."""
    if found.starts:
        said = tr("{0} start now: at most {1}, {2}, and what follows from them")
        firings, jobs = count(sum(found.starts.values()), "firing"), count(found.jobs, "job")
        yield "title", said.format(firings, jobs, count(found.gpu_hours, "GPU-hour"))
        yield from (("", line) for line in _each(document, found.starts))
    for counts, said in ((found.stays, N_("{0} stay held: {1}")), (found.refused, N_("{0} are refused: {1}"))):
        for reason, number in counts.items():
            yield "", tr(said, count(number, "firing"), tr(REASONS.get(reason, reason)))
    if found.continues:
        yield "title", tr("{0} that had started go on", count(sum(found.continues.values()), "firing"))
        yield from (("", line) for line in _each(document, found.continues))
    if not any((found.starts, found.stays, found.refused, found.continues)):
        yield "", tr("Nothing is held there.")


def _each(document: Document, counts: Counts) -> Iterator[str]:
    shown = list(counts.items())[:MOST_NAMES]
    for rule_id, number in shown:
        yield f"{number} × {title_of(document, rule_id)}"
    if len(counts) > len(shown):
        yield tr("and {0} more rules", len(counts) - len(shown))
