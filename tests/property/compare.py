"""Tells where an engine's log, or a dry run's document, differs from the reference's result.

Ids of firings, jobs and raised events are each side's own: firings are matched by position, raised events and chains by
a one-to-one mapping of ids, and a job's id stands for "a job of the n-th entry", also inside other ids and texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

Doc = dict[str, Any]
EVENT_KEYS = ("type", "entity", "entity_id", "project", "character", "attributes")
MOST = 20  # differences told; one mistake early changes everything after it


def compare(
    reference: Doc,
    engine: Doc | list[Doc],
    *,
    events: Iterable[Doc] | None = None,
    statuses: Mapping[tuple[str, str], str] | None = None,
) -> list[str]:
    """The differences, one line each; empty when there are none.

    Args:
        reference: what `Reference.run` returned.
        engine: the rows of `log --json` (a list) or the document of `dry-run --json`.
        events: the engine's events in the order in which it decided them, if the caller has them.
        statuses: the engine's final status of every entity, if the caller has them.
    """
    rows = engine["firings"] if isinstance(engine, dict) else engine
    expected = reference["firings"] if isinstance(engine, dict) else reference["log"]
    sides = Sides(expected, rows)
    found = sides.rows()
    if isinstance(engine, dict):
        for part, keys in (("refusals", ("rule", "depth", "reason")), ("held", ("rule", "depth", "reason"))):
            found += differ(part, pick(reference[part], keys), pick(engine.get(part, []), keys))
        for name, value in reference["totals"].items():
            found += differ(f"totals.{name}", value, engine.get("totals", {}).get(name))
    if events is not None:
        decided = [sides.event(event, mine=True) for event in reference["events"]]
        found += differ_list("event decided", decided, [sides.event(event, mine=False) for event in events])
    if statuses is not None:
        ours = sorted(
            [kind, sides.text(id_, mine=True), status] for (kind, id_), status in reference["statuses"].items()
        )
        theirs = sorted([kind, sides.text(id_, mine=False), status] for (kind, id_), status in statuses.items())
        found += differ_list("status", ours, theirs)
    return found[:MOST]


class Sides:
    """The reference's entries beside the engine's, with what each side's ids stand for."""

    def __init__(self, ours: list[Doc], theirs: list[Doc]) -> None:
        self.ours = ours
        self.theirs = theirs
        self.mine: dict[str, str] = {}
        self.its: dict[str, str] = {}
        for names, side, key in ((self.mine, ours, "job_ids"), (self.its, theirs, "jobs")):
            for number, row in enumerate(side):
                ids = row.get(key)
                names.update(
                    dict.fromkeys(ids if isinstance(ids, list) else row.get("job_ids", []), f"<job of {number}>")
                )
        for row, its_row in zip(ours, theirs, strict=False):  # a dry run counts jobs: their ids show in events only
            id_ = row["event"]["entity_id"]
            its_id = (its_row.get("event") or {}).get("entity_id")
            if id_ in self.mine and its_id and not isinstance(its_row.get("jobs"), list):
                self.its.setdefault(its_id, self.mine[id_])
        self.positions = ({row["id"]: n for n, row in enumerate(ours)}, {row["id"]: n for n, row in enumerate(theirs)})
        self.pairs: dict[str, tuple[dict[str, str], dict[str, str]]] = {"event": ({}, {}), "chain": ({}, {})}

    def text(self, value: Any, *, mine: bool) -> Any:
        """The value with every job id in it replaced by what it stands for."""
        names = self.mine if mine else self.its
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        for job in sorted((job for job in names if job in text), key=len, reverse=True):
            text = text.replace(job, names[job])
        return json.loads(text)

    def event(self, event: Doc, *, mine: bool) -> Doc:
        known = {key: self.text(event[key], mine=mine) for key in EVENT_KEYS if key in event}
        return known | ({"depth": event["depth"]} if "depth" in event else {})

    def rows(self) -> list[str]:
        found: list[str] = []
        for number, (ours, theirs) in enumerate(zip(self.ours, self.theirs, strict=False)):
            where = f"entry {number} ({ours['rule']} on {ours['event']['entity_id']})"
            found += [f"{where}: {line}" for line in self.row(ours, theirs)]
        if len(self.ours) != len(self.theirs):
            longer = max(self.ours, self.theirs, key=len)
            extra = [f"{row['rule']} {row.get('status')}" for row in longer[min(len(self.ours), len(self.theirs)) :]]
            found.append(f"{len(self.ours)} entries expected, {len(self.theirs)} found; beyond: {extra[:5]}")
        return found

    def row(self, ours: Doc, theirs: Doc) -> list[str]:
        found = []
        for key in ("rule", "depth", "status"):
            found += differ(key, ours[key], theirs.get(key))
        found += self.same("chain", ours["chain"], theirs.get("chain"))
        cause = theirs.get("cause")
        position = self.positions[1].get(cause, cause) if isinstance(cause, str) else cause
        found += differ("cause", self.positions[0].get(ours["cause"]), position)
        if ours["status"] in ("held", "refused"):
            found += differ("reason", ours["reason"], theirs.get("reason"))
            return found + self.cause_event(ours["event"], theirs)
        actions = [[action["type"], action.get("status", action.get("outcome"))] for action in theirs["actions"]]
        found += differ("actions", [[action["type"], action["status"]] for action in ours["actions"]], actions)
        jobs = theirs.get("jobs", 0)
        found += differ("jobs", ours["jobs"], len(jobs) if isinstance(jobs, list) else jobs)
        return found + self.cause_event(ours["event"], theirs)

    def cause_event(self, ours: Doc, theirs: Doc) -> list[str]:
        """The event behind an entry: the same one, by id and, where the engine tells it, by content."""
        found = []
        content = theirs.get("event")
        if isinstance(content, dict):
            mine = self.event(ours, mine=True)
            its = self.event(content, mine=False)
            found += [line for key in EVENT_KEYS if key in its for line in differ(f"event.{key}", mine[key], its[key])]
        found += self.same("event", ours["id"], theirs.get("event_id") or (content or {}).get("id"))
        return found

    def same(self, what: str, mine: str, its: Any) -> list[str]:
        """Two ids stand for each other, here and everywhere else; nothing to say where the engine tells none."""
        forth, back = self.pairs[what]
        if what == "event" and not mine.startswith("raised-"):
            forth[mine] = back[mine] = mine  # an event from outside keeps its id
        if not isinstance(its, str) or (forth.setdefault(mine, its) == its and back.setdefault(its, mine) == mine):
            return []
        return [f"{what}: {its} does not stand for {mine} as elsewhere ({forth.get(mine)}, {back.get(its)})"]


def pick(rows: list[Doc], keys: tuple[str, ...]) -> list[list[Any]]:
    return [[row.get(key) for key in keys] for row in rows]


def differ(what: str, expected: Any, found: Any) -> list[str]:
    return [] if expected == found else [f"{what}: expected {expected!r}, found {found!r}"]


def differ_list(what: str, expected: list[Any], found: list[Any]) -> list[str]:
    """Position by position; of two documents only the keys that both hold."""
    lines: list[str] = []
    for number, (ours, theirs) in enumerate(zip(expected, found, strict=False)):
        mine, its = ours, theirs
        if isinstance(ours, dict):
            mine = {key: ours[key] for key in ours if key in theirs}
            its = {key: theirs[key] for key in theirs if key in ours}
        lines += differ(f"{what} {number}", mine, its)
    return lines + differ(f"number of {what}", len(expected), len(found))
