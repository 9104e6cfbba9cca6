"""Firings for people: each chain as a tree, every firing below the one that caused it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.text import Text
from rich.tree import Tree

from trigger_studio.model.counting import count
from trigger_studio.model.printing import printable

if TYPE_CHECKING:
    from rich.console import RenderableType

Entry = dict[str, Any]
Lines = Callable[[Entry], Iterable[Text]]

STYLES = {
    "done": "green", "running": "cyan", "waiting": "yellow", "failed": "red", "held": "magenta", "refused": "red",
    "pending": "dim", "skipped": "dim",
}  # fmt: skip


def trees(entries: Iterable[Entry], lines: Lines) -> Iterator[RenderableType]:
    """One tree for each firing whose cause is not among the entries, in their order."""
    nodes: dict[str, Tree] = {}
    tops = []
    for entry in entries:
        above = nodes.get(entry["cause"] or "")
        label = Text("\n").join(lines(entry))
        nodes[entry["id"]] = node = above.add(label) if above else Tree(label)
        if above is None:
            tops.append(node)
    yield from tops


def log_lines(entry: Entry) -> Iterator[Text]:
    """A firing of the log: when, which rule, why, what it did."""
    yield _head(entry, entry["status"], entry["reason"])
    yield _plain(f"on {entry['event_id']} ({entry['entity']} {entry['entity_id']})", "dim")
    yield from _actions(entry["actions"], "status")


def dry_lines(entry: Entry) -> Iterator[Text]:
    """A firing of a dry run."""
    event = entry["event"]
    yield _head(entry, entry["status"], None)
    yield _plain(f"on {event['entity']} {event['entity_id']} {event['type']}", "dim")
    yield from _actions(entry["actions"], "outcome")


def line(entry: Entry) -> Text:
    """A firing of the log on one line, for following it."""
    text = _head(entry, entry["status"], entry["reason"])
    text.append(printable(f"  {entry['entity']} {entry['entity_id']}"), "dim")
    if jobs := entry["jobs"]:
        text.append(f"  {count(len(jobs), 'job')}")
    return text


def told(entries: Iterable[Entry], acts: Iterable[tuple[str, str]]) -> Iterator[Text]:
    """People's acts and the firings between them, as time goes.

    Args:
        entries: of the log.
        acts: (when, who did what), in order.
    """
    lines = [(at, 0, Text.assemble((clock(at), "dim"), "  ", (printable(what), "bold cyan"))) for at, what in acts]
    lines += [(entry["at"], 1, _told(entry)) for entry in entries]
    yield from (text for *_, text in sorted(lines, key=lambda line: line[:2]))


def _told(entry: Entry) -> Text:
    why = f"on {entry['entity']} {entry['entity_id']}, event {entry['event_id']}"
    why += f", caused by {entry['cause']}" if entry["cause"] else ""
    jobs = [_plain(f"  jobs {', '.join(entry['jobs'])}", "dim")] if entry["jobs"] else []
    rest = [_plain(why, "dim"), *_actions(entry["actions"], "status"), *jobs]
    return Text("\n" + " " * 21).join([_head(entry, entry["status"], entry["reason"]), *rest])


def _head(entry: Entry, status: str, reason: str | None) -> Text:
    text = Text()
    text.append(clock(entry["at"]), "dim").append("  ")
    text.append(printable(entry["rule"]), "bold").append("  ")
    text.append(status, STYLES.get(status, ""))
    if reason:
        text.append(f" ({printable(reason)})")
    return text.append(f"  {entry['id']}, depth {entry['depth']}", "dim")


def _actions(actions: Iterable[Entry], key: str) -> Iterator[Text]:
    """What the actions came to, in one line; those in a row of the same type and outcome together."""
    parts = []
    for (kind, taken, status, detail), group in groupby(
        actions, lambda action: (action["type"], action.get("taken"), action[key], action.get("detail"))
    ):
        number = len(list(group))
        text = Text(printable(kind) + (f" ×{number}" if number > 1 else "") + (f" ({taken})" if taken else "") + " ")
        text.append(status, STYLES.get(status, ""))
        parts.append(text.append(f": {printable(detail)}") if detail else text)
    if parts:
        yield Text(", ").join(parts)


def clock(at: str) -> str:
    """A moment for people: RFC 3339 without what nobody reads."""
    return at[:19].replace("T", " ")


def _plain(text: str, style: str) -> Text:
    return Text(printable(text), style)
